"""Page after page through a CRM, the place noted behind each."""

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass

from peergroup.sync.sources.cursors import Cursor, cursor_of
from peergroup.sync.sources.protocol import SourcePage, SourceRecord


@dataclass(frozen=True, slots=True)
class Turn:
    """What one request brought: records, the time by the earlier of both clocks, and where to go on, if anywhere."""

    records: Iterable[SourceRecord]
    at: dt.datetime
    onward: Cursor | None


async def walk(
    kind: str, cursor: str | None, fetch: Callable[[Cursor], Awaitable[Turn]]
) -> AsyncIterator[SourcePage]:
    """The pages from here on. Nothing is fetched before it is asked for."""
    place = cursor_of(kind, cursor)
    is_last = False
    while not is_last:
        turn = await fetch(place)
        is_last = turn.onward is None
        place = (turn.onward or place).begun(turn.at)
        yield SourcePage(tuple(turn.records), str(place.closed(turn.at) if is_last else place), is_last)
