"""`python -m tests.adversary sqlite --rounds 200 --tallies FILE`: one portion of many rounds, added to those before."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.adversary.trial import tried
from tests.adversary.verdict import Tally, Verdict
from tests.databases import stop_servers


def main() -> int:
    """1 where anything was linked better than by chance."""
    parser = argparse.ArgumentParser(prog="python -m tests.adversary", description=__doc__)
    parser.add_argument("kind", choices=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=200, help="how many more")
    parser.add_argument(
        "--tallies", type=Path, required=True, help="a JSON file with what came of those before"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(tried(given.kind, Path(folder), given.rounds))
        stop_servers()
    before = json.loads(given.tallies.read_text()) if given.tallies.exists() else {}
    total = {what: added(verdict, before.get(what, {})) for what, verdict in found.items()}
    given.tallies.write_text(json.dumps({what: kept(verdict) for what, verdict in total.items()}))
    for what, verdict in total.items():
        sys.stdout.write(f"{given.kind}, {what}: {verdict.told()}\n")
    return int(not all(verdict.is_chance for verdict in total.values()))


def added(verdict: Verdict, before: dict[str, list[int]]) -> Verdict:
    """A verdict with the tallies of the portions before; the best way stands under an empty name."""
    sums = {name: Tally(*pair) for name, pair in before.items()}
    for name, tally in [("", verdict.best), *verdict.ways.items()]:
        sums[name] = sums.get(name, Tally()) + tally
    return Verdict(sums.pop(""), Counter(), sums)


def kept(verdict: Verdict) -> dict[str, list[int]]:
    """The tallies of a verdict as JSON has them."""
    return {name: [tally.right, tally.of] for name, tally in [("", verdict.best), *verdict.ways.items()]}


if __name__ == "__main__":
    sys.exit(main())
