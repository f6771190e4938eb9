"""What is read of the feed: events in the order in which they happened, as far as the reader may know them."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, func, or_, select, true

from peergroup.feed import policy
from peergroup.feed.asking import Question
from peergroup.feed.cursors import RETENTION, position, seal
from peergroup.feed.schemas import EventOut
from peergroup.feed.visibility import SERVICE, Reader, of_kind, person_or_service, readable
from peergroup.kit.compiled import NOW, given
from peergroup.kit.context import Context, House
from peergroup.kit.events import Event
from peergroup.kit.ids import Id
from peergroup.kit.pagination import Paging
from peergroup.kit.time import UtcDateTime
from peergroup.kit.wire import Page

COLUMNS = (
    Event.sequence,
    Event.type,
    Event.subject_id,
    Event.actor_id,
    Event.group_id,
    Event.facts,
    Event.occurred_at,
)


PAGE = 200


class Told(NamedTuple):
    """An event as `COLUMNS` give it, and where that was asked, too, for whom alone it is, and what `feed.audience`
    compares with the periods in which people were active."""

    sequence: int
    type: str
    subject_id: UUID
    actor_id: UUID | None
    group_id: UUID | None
    facts: dict[str, Any]
    occurred_at: dt.datetime
    only_for: UUID | None = None
    began_at: dt.datetime | None = None

    @property
    def began(self) -> dt.datetime:
        """When it began, or the thing that it is a part of."""
        return self.began_at or self.occurred_at


def wanted(types: str | None) -> frozenset[str]:
    """The types in a filter such as `membership.left,session.*`; empty means all of them."""
    return frozenset(types.split(",")) if types else frozenset()


def is_wanted(type_: str, types: frozenset[str]) -> bool:
    """Whether an event's type fits a filter."""
    return not types or type_ in types or f"{type_.partition('.')[0]}.*" in types


def _of_types(types: frozenset[str]) -> ColumnElement[bool]:
    if not types:
        return true()
    kinds = [name.removesuffix(".*") for name in types if name.endswith(".*")]
    named = Event.type.in_([name for name in types if not name.endswith(".*")])
    return or_(named, of_kind(*kinds)) if kinds else named


def events(reader: Reader, now: dt.datetime, *, after: int, types: frozenset[str]) -> Select[Any]:
    """The events after a number that somebody may know, in order."""
    return (
        select(*COLUMNS)
        .where(
            Event.sequence > after,
            Event.occurred_at > now - RETENTION,
            _of_types(types),
            readable(reader, now),
        )
        .order_by(Event.sequence)
    )


def shown(house: House, organization: UUID, row: Any) -> EventOut:
    """An event on the wire."""
    return EventOut.model_construct(
        id=seal(house, organization, row.sequence),
        type=row.type,
        subject_id=row.subject_id,
        actor_id=row.actor_id,
        group_id=row.group_id,
        facts=row.facts,
        occurred_at=row.occurred_at,
    )


def _reader(ctx: Context) -> Reader:
    return person_or_service(ctx.principal.person_id)


async def list_events(
    ctx: Context, paging: Paging, after: str | None, types: frozenset[str]
) -> Page[EventOut]:
    """One page of the feed after an event; `next_cursor` is null where nothing more has happened yet."""
    ctx.require(policy.READ, ctx.principal)
    start = 0
    if paging.cursor is not None:
        start = await position(ctx, "cursor", paging.cursor)
    elif after is not None:
        start = await position(ctx, "after", after)
    statement = events(_reader(ctx), ctx.now, after=start, types=types)
    rows = (await ctx.db.execute(statement.limit(paging.limit + 1))).all()
    items = [shown(ctx.house, ctx.organization_id, row) for row in rows[: paging.limit]]
    return Page[EventOut](items=items, next_cursor=items[-1].id if len(rows) > paging.limit else None)


def _latest(reader: Reader) -> Select[Any]:
    known = (Event.sequence <= given("upto", BigInteger()), readable(reader, NOW))
    return select(Event.sequence).where(*known).order_by(Event.sequence.desc()).limit(1)


def _missed(reader: Reader) -> Select[Any]:
    number, earliest = BigInteger(), given("earliest", UtcDateTime())
    return (
        select(*COLUMNS)
        .where(
            Event.sequence > given("after", number),
            Event.sequence <= given("upto", number),
            Event.occurred_at > earliest,
            readable(reader, NOW),
        )
        .order_by(Event.sequence)
        .limit(PAGE)
    )


def _of_both(build: Callable[[Reader], Select[Any]]) -> Callable[[UUID | None], Question]:
    """The question for a person, and the one for service keys."""
    person, service = (
        Question(lambda _house: build(person_or_service(given("person", Id())))),
        Question(lambda _house: build(SERVICE)),
    )
    return lambda one: service if one is None else person


_LATEST, _MISSED = _of_both(_latest), _of_both(_missed)


async def latest_known(ctx: Context, upto: int) -> int:
    """The number of the last event up to there that the reader may know: where a stream without a cursor begins."""
    person = ctx.principal.person_id
    rows = await _LATEST(person).rows(ctx.house, ctx.organization_id, person=person, upto=upto, now=ctx.now)
    if rows:
        found: int = rows[0][0]
        return found
    return (await ctx.db.scalar(select(func.min(Event.sequence))) or 1) - 1


async def missed(house: House, organization: UUID, person: UUID | None, after: int, upto: int) -> list[Told]:
    """The next page of what somebody may know of what happened between two numbers."""
    now = house.clock()
    given = {"person": person, "after": after, "upto": upto, "earliest": now - RETENTION, "now": now}
    return [Told(*row) for row in await _MISSED(person).rows(house, organization, **given)]
