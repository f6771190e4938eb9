"""The first route against the last one: what finding a route costs."""

from collections.abc import Iterator
from itertools import cycle

from benchmarks.filling import Filled
from benchmarks.load import request
from benchmarks.ours import FIRST, LAST

NAME = "first and last route"
WRITES = False
ENDS = (FIRST, LAST)


def requests(filled: Filled, end: int = 0) -> Iterator[bytes]:
    """A route that does nothing: 0 for the first one, 1 for the last.

    The tokens are not looked at, except by the rate limit.
    """
    return cycle([request("GET", ENDS[end], token) for _, _, token in filled.keys])
