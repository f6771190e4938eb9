"""Who hears an event: those whom it can concern, and of them those whom `visibility` lets know it.

People of one group who hold the same rights there are asked about once, through one of them: a hundred events
and ten listeners to each of them are a hundred questions and not a thousand.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, func, select

from peergroup.feed.asking import Question, among, pairs
from peergroup.feed.listener import Listener
from peergroup.feed.rights import ADMIN
from peergroup.feed.visibility import ANY_PERSON, SERVICE, readable
from peergroup.groups.models import ActivePeriod
from peergroup.groups.reach import readers
from peergroup.kit.compiled import NOW, given
from peergroup.kit.context import House
from peergroup.kit.events import Event
from peergroup.people.models import Person

Heard = dict[int, list[Listener]]
"""By number of the event."""


def _roster(house: House) -> Any:
    one = readers(NOW).subquery("reader")
    # Whoever has been active since before something began: newcomers' rule says no more about them.
    since = select(func.min(ActivePeriod.started_at)).where(
        ActivePeriod.group_id == one.c.group_id,
        ActivePeriod.person_id == one.c.person_id,
        ActivePeriod.ended_at.is_(None),
    )
    active_since = since.scalar_subquery().label("active_since")
    return select(one, active_since).where(among(house, one.c.group_id, "groups"))


def _known(house: House) -> Any:
    asked = pairs(house)
    # Outer joins, so that every database begins with what was asked.
    return (
        select(asked.c.place)
        .outerjoin(Event, Event.sequence == asked.c.sequence)
        .outerjoin(Person, Person.id == asked.c.person_id)
        .where(readable(ANY_PERSON, NOW))
    )


def _known_to_services(_house: House) -> Any:
    since, upto = given("since", BigInteger()), given("upto", BigInteger())
    return select(Event.sequence).where(
        Event.sequence > since, Event.sequence <= upto, readable(SERVICE, NOW)
    )


_ROSTER, _KNOWN, _KNOWN_TO_SERVICES = Question(_roster), Question(_known), Question(_known_to_services)


async def audiences(
    house: House, organization: UUID, events: Sequence[Any], listeners: Iterable[Listener]
) -> Heard:
    """Who of these listeners hears which of these events."""
    by_person: dict[UUID | None, list[Listener]] = defaultdict(list)
    for listener in listeners:
        by_person[listener.person_id].append(listener)
    services = by_person.pop(None, [])
    heard: Heard = defaultdict(list)
    now = house.clock()
    if by_person:
        likes = await _alike(house, organization, events, by_person, now)
        for number, person in await _knowing(house, organization, likes, now):
            heard[number] += by_person[person]
    if services:
        between = {"since": events[0].sequence - 1, "upto": events[-1].sequence}
        for (number,) in await _KNOWN_TO_SERVICES.rows(house, organization, now=now, **between):
            heard[number] += services
    return heard


Alike = tuple[int, list[UUID]]
"""An event's number, and people for whom the answer is the same."""


async def _alike(
    house: House,
    organization: UUID,
    events: Sequence[Any],
    by_person: dict[Any, list[Listener]],
    now: dt.datetime,
) -> list[Alike]:
    """Whom each event can concern, by what they hold where it happened."""
    rosters: dict[UUID, list[Any]] = defaultdict(list)
    groups = list({event.group_id for event in events if event.group_id is not None})
    if groups:
        for person, group, *held in await _ROSTER.rows(house, organization, groups=groups, now=now):
            if person in by_person:
                rosters[group].append((person, *held))
    admins = {person for person, mine in by_person.items() if ADMIN in mine[0].rights}
    found: list[Alike] = []
    for event in events:
        if event.only_for is not None:
            found += [(event.sequence, [event.only_for])] if event.only_for in by_person else []
            continue
        alike: dict[Any, list[UUID]] = defaultdict(list)
        for person, is_guest, signed, active_since in rosters.get(event.group_id, ()):
            if person not in admins:
                is_alone = is_guest or active_since is None or active_since > event.began
                alike[person if is_alone else signed].append(person)
        found += [(event.sequence, people) for people in alike.values()]
        found += [(event.sequence, [admin]) for admin in admins]
    return found


async def _knowing(
    house: House, organization: UUID, likes: Sequence[Alike], now: dt.datetime
) -> list[tuple[int, UUID]]:
    """Who may know what. Where one may not, the others are asked about themselves: that one may just have left."""
    first = await _ask(house, organization, [(number, people[0]) for number, people in likes], now)
    others = [
        (number, person)
        for place, (number, people) in enumerate(likes)
        if place not in first
        for person in people[1:]
    ]
    second = await _ask(house, organization, others, now)
    found = [(number, person) for place in first for number, people in [likes[place]] for person in people]
    return found + [others[place] for place in second]


async def _ask(house: House, organization: UUID, asked: list[tuple[int, UUID]], now: dt.datetime) -> set[int]:
    """The places of those who may know what they are asked about with."""
    if not asked:
        return set()
    apart = {"sequences": [number for number, _ in asked], "people": [person for _, person in asked]}
    rows = await _KNOWN.rows(house, organization, now=now, pairs=asked, **apart)
    return {place for (place,) in rows}
