"""Who hears an event: those whom it can concern, by their rights, and of them those whom `visibility` lets know it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, select

from peergroup.feed.asking import Question, pairs
from peergroup.feed.listener import Listener
from peergroup.feed.rights import Right
from peergroup.feed.visibility import ANY_PERSON, SERVICE, readable
from peergroup.kit.compiled import NOW, given
from peergroup.kit.context import House
from peergroup.kit.events import Event
from peergroup.people.models import Person

Heard = dict[int, list[Listener]]
"""By number of the event."""
_ADMIN: Right = ("admin", None)


def _known(house: House) -> Any:
    asked = pairs(house)
    return (
        select(asked.c.place)
        .join(Event, Event.sequence == asked.c.sequence)
        .join(Person, Person.id == asked.c.person_id)
        .where(readable(ANY_PERSON, NOW))
    )


def _known_to_services(_house: House) -> Any:
    since, upto = given("since", BigInteger()), given("upto", BigInteger())
    return select(Event.sequence).where(
        Event.sequence > since, Event.sequence <= upto, readable(SERVICE, NOW)
    )


_KNOWN, _KNOWN_TO_SERVICES = Question(_known), Question(_known_to_services)


async def audiences(
    house: House, organization: UUID, events: Sequence[Any], listeners: Iterable[Listener]
) -> Heard:
    """Who of these listeners hears which of these events."""
    concerned = _Concerned(listeners)
    heard: Heard = defaultdict(list)
    asked = [(event.sequence, person) for event in events for person in concerned.by(event)]
    now = house.clock()
    if asked:
        numbers, people = [number for number, _ in asked], [person for _, person in asked]
        for (place,) in await _KNOWN.rows(house, organization, sequences=numbers, people=people, now=now):
            number, person = asked[place]
            heard[number] += concerned.people[person]
    if concerned.services:
        between = {"since": events[0].sequence - 1, "upto": events[-1].sequence}
        for (number,) in await _KNOWN_TO_SERVICES.rows(house, organization, now=now, **between):
            heard[number] += concerned.services
    return heard


class _Concerned:
    """Listeners by person, and people by what they may read. Asking about all of them would be asking for
    everybody times everything."""

    def __init__(self, listeners: Iterable[Listener]) -> None:
        self.people: dict[UUID, list[Listener]] = defaultdict(list)
        self.services: list[Listener] = []
        self._groups: dict[UUID | None, set[UUID]] = defaultdict(set)
        for listener in listeners:
            if listener.person_id is None:
                self.services.append(listener)
                continue
            self.people[listener.person_id].append(listener)
            for _, group in listener.rights:
                self._groups[group].add(listener.person_id)

    def by(self, event: Any) -> Iterable[UUID]:
        """The people of whom one has to ask. Admins are those whose right is no group's."""
        if event.only_for is not None:
            return [event.only_for] if event.only_for in self.people else []
        return self._groups[event.group_id] | self._groups[None]
