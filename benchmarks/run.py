"""One command: `python -m benchmarks.run`, with `--help` for what can be chosen.

Bare, naive and ours are pressed in turns on one core; the load and PostgreSQL live on the other. Figures are
medians of at least three rounds, as CPU of the server for each request: ratios within one run mean something,
the times themselves only on an idle machine.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.store import Store
from benchmarks.tables import said, written

CASES = sorted(file.stem for file in (Path(__file__).parent / "cases").glob("[a-z]*.py"))
WORDS = {
    "quick": "a thousand rows, rounds of one second",
    "rows": "contributions; default: 1000 and 1000000",
    "workers": "also press two processes of ours, on one core: what each request costs when they share a database",
    "keep": "keep the filled databases in this folder, and use those that are there",
}


def main() -> None:
    """Measure, and say what came of it."""
    wanted = _arguments()
    os.sched_setaffinity(0, {servers.OTHER_CORE})
    folder = Path(tempfile.mkdtemp(prefix="peergroup-benchmarks-"))
    found: list[dict[str, Any]] = []
    try:
        for database in wanted.database:
            with ExitStack() as stack:
                store = Store(wanted.keep or folder, database, stack)
                for rows in wanted.rows:
                    found += _measured(store, rows, folder, wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said(found, written(found), wanted.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--quick", action="store_true", help=WORDS["quick"])
    parser.add_argument("--only", action="append", choices=CASES)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--rows", action="append", type=int, help=WORDS["rows"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", action="store_true", help=WORDS["workers"])
    parser.add_argument("--keep", type=Path, help=WORDS["keep"])
    parser.add_argument("--json", type=Path, help="write every round here")
    wanted = parser.parse_args()
    wanted.database = wanted.database or ["sqlite", "postgresql"]
    wanted.rows = wanted.rows or ([1_000] if wanted.quick else [1_000, 1_000_000])
    wanted.only = wanted.only or CASES
    return wanted


def _measured(store: Store, rows: int, folder: Path, wanted: argparse.Namespace) -> list[dict[str, Any]]:
    """What a process of its own measures on a copy of a filled database of this size."""
    filled = store.filled(rows)
    with store.copy(rows) as url:
        order = {
            "filled": str(filled),
            "url": url,
            "cases": wanted.only,
            "rounds": wanted.rounds,
            "workers": wanted.workers,
            "seconds": 1.0 if wanted.quick else 4.0,
            "postmaster": store.postmaster,
            "folder": str(folder),
        }
        print(f"{store.database}, {rows} contributions …", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.measuring", json.dumps(order)],
            cwd=servers.ROOT,
            env=servers.environment(url),
            stdout=subprocess.PIPE,
            check=True,
        )
    return [{"database": store.database, "rows": rows, **one} for one in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
