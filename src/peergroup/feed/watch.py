"""One watch per organization and process: it reads new events once, and hands them to whoever may hear them."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.feed.listener import Listener
from peergroup.feed.queries import COLUMNS, shown
from peergroup.feed.rights import NONE, rights_of
from peergroup.feed.visibility import ANY_PERSON, SERVICE, readable
from peergroup.feed.wire import encoded
from peergroup.kit.bulk import among
from peergroup.kit.context import House
from peergroup.kit.events import Event, EventCounter
from peergroup.kit.logs import where_it_broke
from peergroup.people.models import Person

log = logging.getLogger("peergroup.feed")
POLL_SECONDS = 0.5
AT_ONCE = 200


class Watch:
    """Looks twice a second, and at once when this process has recorded something.

    `reached` is the number up to which its listeners of that moment have been served or are being served:
    whoever joins catches up to it, and hears everything after it from here.
    """

    def __init__(self, house: House, organization: UUID, reached: int) -> None:
        self.house, self.organization, self.reached = house, organization, reached
        self.listeners: set[Listener] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be something new."""
        self._woken.set()

    async def run(self) -> None:
        """Look as long as somebody listens."""
        while self.listeners:
            try:
                more = await self._look()
            except (SQLAlchemyError, OSError) as error:
                log.error("could not read the feed: %s", where_it_broke(error))
                more = False
            if not more:
                await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return
        finally:
            self._woken.clear()

    async def _look(self) -> bool:
        """Serve what is new, end the streams whose rights have ended, and say whether there is more."""
        async with self.house.database.transaction(self.organization, writes=False) as db:
            last = await db.scalar(
                select(EventCounter.last).where(EventCounter.organization_id == self.organization)
            )
            # From here to the next await nobody can join: the range and its listeners belong together.
            since, self.reached = self.reached, min(max(last or 0, self.reached), self.reached + AT_ONCE)
            served = list(self.listeners)
            try:
                if self.reached > since:
                    await self._serve(db, served, since)
                await self._let_go(db, served)
            except BaseException:
                if self.reached > since:
                    _close(served, "interrupted")
                raise
        return self.reached < (last or 0)

    async def _serve(self, db: AsyncSession, served: list[Listener], since: int) -> None:
        heard = await self._audiences(db, served, since)
        if not heard:
            return
        new = select(*COLUMNS).where(Event.sequence > since, Event.sequence <= self.reached)
        for row in await db.execute(new.order_by(Event.sequence)):
            listening = heard.get(row.sequence, ())
            if listening:
                # Encoded once for everybody who hears it.
                chunk = encoded(shown(self.house, self.organization, row))
                for listener in listening:
                    listener.offer(row.sequence, row.type, chunk)

    async def _audiences(
        self, db: AsyncSession, served: list[Listener], since: int
    ) -> dict[int, list[Listener]]:
        """By number: who hears this event."""
        by_person, now = _by_person(served), self.house.clock()
        heard: dict[int, list[Listener]] = defaultdict(list)
        new = (Event.sequence > since, Event.sequence <= self.reached)
        people = [person for person in by_person if person is not None]
        if people:
            pairs = (
                select(Event.sequence, Person.id)
                .join(Person, Person.organization_id == Event.organization_id)
                .where(*new, among(db, Person.id, people), readable(ANY_PERSON, now))
            )
            for sequence, person in await db.execute(pairs):
                heard[sequence] += by_person[person]
        if None in by_person:
            for sequence in await db.scalars(select(Event.sequence).where(*new, readable(SERVICE, now))):
                heard[sequence] += by_person[None]
        return heard

    async def _let_go(self, db: AsyncSession, served: Sequence[Listener]) -> None:
        """End the streams whose credential no longer counts, or whose person has lost a standing."""
        credentials = {listener.credential_id for listener in served}
        count = (
            await self.house.still_count(db, self.house, credentials)
            if self.house.still_count
            else credentials
        )
        people = {listener.person_id for listener in served if listener.person_id is not None}
        rights = await rights_of(db, people, self.house.clock()) if people else {}
        for listener in served:
            now = rights.get(listener.person_id, NONE) if listener.person_id is not None else NONE
            if listener.credential_id not in count:
                listener.close("credential_ended")
            elif not listener.rights <= now:
                listener.close("standing_ended")
            listener.rights = now


def _by_person(listeners: Iterable[Listener]) -> dict[UUID | None, list[Listener]]:
    found: dict[UUID | None, list[Listener]] = defaultdict(list)
    for listener in listeners:
        found[listener.person_id].append(listener)
    return found


def _close(listeners: Iterable[Listener], reason: str) -> None:
    for listener in listeners:
        listener.close(reason)
