"""Read one challenge with its whole thread: ten contributions, their marks, a promise, who helped."""

from collections.abc import Iterator
from itertools import count

from benchmarks.filling import MEMBERS, Filled
from benchmarks.load import request

NAME = "thread of ten"
WRITES = False


def requests(filled: Filled, _offset: int = 0) -> Iterator[bytes]:
    """The readers take turns, never two of one group after each other; each reads another thread every time."""
    turns = [filled.keys[place::MEMBERS] for place in range(MEMBERS)]
    for number in count():
        for turn in turns:
            for group, _, token in turn:
                threads = filled.finished[group]
                yield request("GET", f"/v1/challenges/{threads[number % len(threads)]}", token)


def same(ours: bytes, naive: bytes) -> bool:
    """The very same bytes."""
    return ours == naive
