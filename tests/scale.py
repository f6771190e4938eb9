"""How much the heavy tests do: `PEERGROUP_TEST_SCALE=ci` (the default) or `full`."""

import os
import sys

FULL = os.environ.get("PEERGROUP_TEST_SCALE", "ci") == "full"


def scaled(ci: int, full: int) -> int:
    """The amount for this run."""
    return full if FULL else ci


def report(figures: str) -> None:
    """Tell what a run came to; pytest shows it with `-s`."""
    sys.stdout.write(f"{figures}\n")
