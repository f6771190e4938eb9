"""List the fifty challenges of a group, each with the number of its contributions."""

from collections.abc import Iterator
from itertools import cycle

from benchmarks.filling import MEMBERS, Filled
from benchmarks.load import request

NAME = "list of fifty"
WRITES = False


def requests(filled: Filled, _offset: int = 0) -> Iterator[bytes]:
    """Every reader asks for their own group, in turns; never two of one group after each other."""
    turns = [filled.keys[place::MEMBERS] for place in range(MEMBERS)]
    asked = [
        request("GET", f"/v1/groups/{group}/challenges?limit=50", token)
        for turn in turns
        for group, _, token in turn
    ]
    return cycle(asked)


def same(ours: bytes, naive: bytes) -> bool:
    """The very same bytes."""
    return ours == naive
