"""Who listens in this process, by organization, and the two beats that serve all of them.

Four times a second the counters of all organizations with listeners are read, in one statement, and every second
whoever has heard nothing for long gets a sign of life. An organization in which nothing happens costs no more.
"""

import asyncio
import logging
import signal
import threading
import time
from types import FrameType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from peergroup.feed.listener import Listener
from peergroup.feed.watch import Watch
from peergroup.kit.bulk import among
from peergroup.kit.context import House
from peergroup.kit.events import EventCounter
from peergroup.kit.logs import where_it_broke

log = logging.getLogger("peergroup.feed")
POLL_SECONDS = 0.25
PING_SECONDS = 15.0
LOOK_FOR_SILENCE_SECONDS = 1.0
AT_ONCE = 200
"""Signs of life between which others get their turn."""


class Live:
    """Every open stream of this process."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._watches: dict[UUID, Watch] = {}
        self._beats: list[asyncio.Task[None]] = []

    def join(self, organization: UUID, listener: Listener, last: int) -> int:
        """Listen from now on; gives the number up to which the listener has to read for itself.

        `last` is the organization's latest number when the listener's rights were read, or an earlier one.
        """
        watch = self._watches.get(organization)
        if watch is None:
            watch = self._watches[organization] = Watch(self.house, organization, last)
        watch.listeners.add(listener)
        if listener.expires_at is not None:
            watch.trust_until(listener.expires_at)
        if watch.reached > last:
            watch.doubt()
        if not self._beats:
            self._beats = [asyncio.create_task(beat()) for beat in (self._look_for_news, self._give_signs)]
        return watch.reached

    def leave(self, organization: UUID, listener: Listener) -> None:
        """Listen no longer."""
        watch = self._watches[organization]
        watch.listeners.discard(listener)
        if not watch.listeners:
            # The next one begins a watch of their own: this one ends with its look, if there is one.
            del self._watches[organization]
        if not self._watches:
            for beat in self._beats:
                beat.cancel()
            self._beats = []

    def wake(self, organization: UUID) -> None:
        """This process has recorded something."""
        if organization in self._watches:
            self._watches[organization].wake()

    def close(self, reason: str = "shutting_down") -> None:
        """End every stream."""
        for watch in self._watches.values():
            for listener in watch.listeners:
                listener.close(reason)

    async def _look_for_news(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            now = self.house.clock()
            try:
                numbers = await self._numbers()
            except (SQLAlchemyError, OSError) as error:
                log.error("could not read the feed: %s", where_it_broke(error))
                numbers = {}
            for organization, watch in self._watches.items():
                if numbers.get(organization, 0) > watch.reached or watch.is_due(now):
                    watch.wake()

    async def _numbers(self) -> dict[UUID, int]:
        """The latest number of every organization with listeners: from the directory, for all tenants at once."""
        async with self.house.database.transaction(None, writes=False) as db:
            query = select(EventCounter.organization_id, EventCounter.last).where(
                among(db, EventCounter.organization_id, [*self._watches])
            )
            return {row.organization_id: row.last for row in await db.execute(query)}

    async def _give_signs(self) -> None:
        while True:
            await asyncio.sleep(min(LOOK_FOR_SILENCE_SECONDS, PING_SECONDS))
            everybody = [one for watch in self._watches.values() for one in watch.listeners]
            for start in range(0, len(everybody), AT_ONCE):
                long_ago = time.monotonic() - PING_SECONDS
                for listener in everybody[start : start + AT_ONCE]:
                    listener.give_sign(long_ago)
                await asyncio.sleep(0)

    def end_with_the_process(self) -> None:
        """End every stream when the server is asked to end: it waits for its answers, and these never finish."""
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if not callable(before):
                continue

            def end(signum: int, frame: FrameType | None, before: object = before) -> None:
                loop.call_soon_threadsafe(self.close)
                if callable(before):
                    before(signum, frame)

            signal.signal(number, end)
