"""Read one group with its roster of ten."""

from collections.abc import Iterator
from itertools import cycle

from benchmarks.filling import Filled
from benchmarks.load import request

NAME = "group with roster"
WRITES = False


def requests(filled: Filled, _offset: int = 0) -> Iterator[bytes]:
    """Every reader asks for their own group, in turns; never two of one group after each other."""
    turns = [filled.keys[place % 10 :: 10] for place in range(10)]
    return cycle([request("GET", f"/v1/groups/{group}", token) for turn in turns for group, _, token in turn])


def same(ours: bytes, naive: bytes) -> bool:
    """The very same bytes."""
    return ours == naive
