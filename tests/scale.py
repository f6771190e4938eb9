"""How much the heavy tests do: `PEERGROUP_TEST_SCALE=ci` (the default) or `full`."""

import os

FULL = os.environ.get("PEERGROUP_TEST_SCALE", "ci") == "full"


def scaled(ci: int, full: int) -> int:
    """The amount for this run."""
    return full if FULL else ci
