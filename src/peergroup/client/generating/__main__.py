"""`python -m peergroup.client.generating` writes what is generated of the client; `--check` says what is stale."""

import argparse
import sys
from pathlib import Path

from peergroup.client.generating.writing import CLIENT, CONTRACT, stale, write


def main() -> int:
    """Write, or say what is stale. Run it in a checkout, after `peergroup openapi --write`."""
    parser = argparse.ArgumentParser(prog="python -m peergroup.client.generating", description=main.__doc__)
    parser.add_argument("contract", nargs="?", type=Path, default=CONTRACT, help="The contract to read.")
    parser.add_argument("--check", action="store_true", help="Write nothing; say which files are stale.")
    said = parser.parse_args()
    if not said.contract.is_file():
        parser.error(f"there is no {said.contract}: run it in a checkout, or name the contract")
    if not said.check:
        write(said.contract)
        return 0
    wrong = stale(said.contract)
    for file in wrong:
        print(f"stale: {file.relative_to(CLIENT)}", file=sys.stderr)  # noqa: T201 - a command says what it found
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
