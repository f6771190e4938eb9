"""What happens, while it happens: events one after the other, over as many connections as it takes."""

import asyncio
import time
from collections.abc import AsyncIterator, Generator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import httpx

from peergroup.client import transport
from peergroup.client.asking import Ask
from peergroup.client.base import shown
from peergroup.client.course import Lost, Reply
from peergroup.client.hearing import Hearing
from peergroup.client.records import Record

if TYPE_CHECKING:
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.base import Speaker
    from peergroup.client.synchronous import Peergroup

R = TypeVar("R", bound=Record)


class _Stream(Generic[R]):
    """A stream, however it is read."""

    def __init__(self, speaker: "Speaker[Any]", ask: Ask[R], after: str | None) -> None:
        self._hearing = Hearing(
            ask, after, speaker.retry, shown(speaker.url), is_renewable=speaker.is_renewable
        )

    @property
    def last_event_id(self) -> str | None:
        """Where to go on: give it as `after` the next time, and nothing is skipped."""
        return self._hearing.last_event_id

    @property
    def closed(self) -> str | None:
        """Why the service ended the stream, such as `standing_ended`; None as long as it has not."""
        return self._hearing.closed

    def __repr__(self) -> str:
        return f"<{type(self).__name__} closed={self.closed!r}>"


class EventStream(_Stream[R]):
    """Iterate over it: it outlasts broken connections, and ends when the service says so."""

    def __init__(self, speaker: "Peergroup", ask: Ask[R], after: str | None) -> None:
        super().__init__(speaker, ask, after)
        self._speaker = speaker

    def __iter__(self) -> Iterator[R]:
        hearing = self._hearing
        while hearing.closed is None:
            if hearing.has_to_renew:
                hearing.has_to_renew = False
                self._speaker.renew(self._speaker.access_token)
            came = yield from self._connection()
            if hearing.closed is None:
                time.sleep(hearing.break_off(came))

    def _connection(self) -> Generator[R, None, Reply | Lost | None]:
        """One connection to its end; gives what came instead of a stream, if anything did."""
        try:
            with self._speaker.connect(self._hearing.connect()) as response:
                if response.status_code != 200:
                    response.read()
                    return transport.reply_of(response)
                for line in response.iter_lines():
                    if (event := self._hearing.take(line)) is not None:
                        yield event
        except httpx.RequestError as error:
            return transport.lost(error)
        return None


class AsyncEventStream(_Stream[R]):
    """Iterate over it with `async for`: it outlasts broken connections, and ends when the service says so."""

    def __init__(self, speaker: "AsyncPeergroup", ask: Ask[R], after: str | None) -> None:
        super().__init__(speaker, ask, after)
        self._speaker = speaker
        self._came: Reply | Lost | None = None

    async def __aiter__(self) -> AsyncIterator[R]:
        hearing = self._hearing
        while hearing.closed is None:
            if hearing.has_to_renew:
                hearing.has_to_renew = False
                await self._speaker.renew(self._speaker.access_token)
            async for event in self._connection():
                yield event
            if hearing.closed is None:
                await asyncio.sleep(hearing.break_off(self._came))

    async def _connection(self) -> AsyncIterator[R]:
        self._came = None
        try:
            async with self._speaker.connect(self._hearing.connect()) as response:
                if response.status_code != 200:
                    await response.aread()
                    self._came = transport.reply_of(response)
                    return
                async for line in response.aiter_lines():
                    if (event := self._hearing.take(line)) is not None:
                        yield event
        except httpx.RequestError as error:
            self._came = transport.lost(error)
