"""One watch per organization and process: it reads new events once, and hands them to whoever may hear them."""

import asyncio
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, select

from peergroup.feed import wire
from peergroup.feed.asking import Question
from peergroup.feed.audience import audiences
from peergroup.feed.listener import Listener
from peergroup.feed.queries import COLUMNS, Told, shown
from peergroup.feed.rights import GIVEN_AND_TAKEN, rights_of
from peergroup.kit.compiled import given
from peergroup.kit.context import House
from peergroup.kit.events import Event
from peergroup.kit.logs import where_it_broke

log = logging.getLogger("peergroup.feed")
AT_ONCE = 200
BREATH_SECONDS = 0.05
"""Between two looks: what happens meanwhile is read together."""
LONGEST_TRUST = dt.timedelta(seconds=15)


_NEW = Question(
    lambda _house: (
        select(*COLUMNS, Event.only_for, Event.began_at)
        .where(Event.sequence > given("since", BigInteger()))
        .order_by(Event.sequence)
        .limit(AT_ONCE)
    )
)


class Watch:
    """Looks when it is woken: something was recorded here or elsewhere, or the clock has ended a right.

    `reached` is the number up to which its listeners of that moment have been served or are being served:
    whoever joins catches up to it, and hears everything after it from here.
    """

    def __init__(self, house: House, organization: UUID, reached: int) -> None:
        self.house, self.organization, self.reached = house, organization, reached
        self.listeners: set[Listener] = set()
        self._trusted_until = house.clock()
        self._looking: asyncio.Task[None] | None = None
        self._again = False

    def is_due(self, now: dt.datetime) -> bool:
        """Whether a right may have ended by the clock."""
        return now >= self._trusted_until

    def doubt(self) -> None:
        """Somebody's rights were read before something that this watch has read already."""
        self._trusted_until = self.house.clock()
        self.wake()

    def trust_until(self, instant: dt.datetime) -> None:
        """Somebody's token ends then."""
        self._trusted_until = min(self._trusted_until, instant)

    def wake(self) -> None:
        """There may be something new, or a right may have ended."""
        self._again = True
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_until_quiet())

    async def _look_until_quiet(self) -> None:
        try:
            while self._again and self.listeners:
                self._again = False
                await self._look()
                await asyncio.sleep(BREATH_SECONDS)
        except (*self.house.database.reads.trouble, OSError) as error:
            log.error("could not read the feed: %s", where_it_broke(error))
        finally:
            self._looking = None

    async def _look(self) -> None:
        """End the streams whose rights have ended, and serve what is new."""
        rows = await _NEW.rows(self.house, self.organization, since=self.reached)
        # From here to the next await nobody can join: the range and its listeners belong together.
        served, events = list(self.listeners), [Told(*row) for row in rows]
        self._again = self._again or len(events) == AT_ONCE
        if events:
            self.reached = events[-1].sequence
        try:
            if self.is_due(self.house.clock()) or _may_end_rights(events):
                await self._let_go(served)
            if events:
                await self._serve(events, [one for one in served if one.reason is None])
        except BaseException:
            self._trusted_until = self.house.clock()
            if events:
                for listener in served:
                    listener.close("interrupted")
            raise

    async def _let_go(self, served: Sequence[Listener]) -> None:
        """End the streams whose credential no longer counts, or whose person has lost a standing."""
        # Before they are read: whoever joins meanwhile may bring a doubt of their own.
        now = self.house.clock()
        ends = (one.expires_at for one in served if one.expires_at is not None and one.expires_at > now)
        self._trusted_until = min([now + LONGEST_TRUST, *ends])
        rights = await rights_of(self.house, self.organization, {one.credential_id for one in served})
        for listener in served:
            held = rights.held.get(listener.credential_id)
            if held is None or (listener.expires_at is not None and listener.expires_at <= now):
                listener.close("credential_ended")
            elif not listener.rights <= held:
                listener.close("standing_ended")
            else:
                listener.rights = held
        self._trusted_until = min(self._trusted_until, rights.until or self._trusted_until)

    async def _serve(self, events: Sequence[Told], served: Iterable[Listener]) -> None:
        heard = await audiences(self.house, self.organization, events, served)
        mine: dict[Listener, list[int]] = defaultdict(list)
        chunks: dict[int, bytes] = {}
        for event in events:
            for listener in heard.get(event.sequence, ()):
                if listener.wants(event.sequence, event.type):
                    mine[listener].append(event.sequence)
                    if event.sequence not in chunks:
                        chunks[event.sequence] = wire.encoded(shown(self.house, self.organization, event))
        # Joined once for everybody who hears the same.
        parts: dict[tuple[int, ...], Any] = {}
        for listener, numbers in mine.items():
            key = tuple(numbers)
            if key not in parts:
                parts[key] = wire.part(b"".join(chunks[number] for number in key))
            listener.hand(parts[key])


def _may_end_rights(events: Sequence[Told]) -> bool:
    return any(event.type.partition(".")[0] in GIVEN_AND_TAKEN for event in events)
