"""Sending without a task of its own: nearly every send ends at once, because the bytes fit into a buffer."""

from collections.abc import Coroutine, Generator
from typing import Any


def begin(sending: Coroutine[Any, Any, None]) -> "Rest | None":
    """Go as far as can be gone at once; None where that was all, else what is left to be awaited.

    Tasks begin only in the loop's next round, and cost more than the send itself.
    """
    try:
        waits_for = sending.send(None)
    except StopIteration:
        return None
    return Rest(sending, waits_for)


class Rest:
    """A coroutine that has begun, from what it waits for on. To be awaited once, by any task."""

    def __init__(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._sending, self._waits_for = sending, waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._waits_for
        except BaseException:
            self._sending.close()
            raise
        yield from self._sending.__await__()
