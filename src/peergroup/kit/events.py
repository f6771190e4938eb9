"""One row per fact: audit trail, outbox, live stream and change feed at once. Ids and facts, never words.

Actions buffer facts in the context; reactions run inside the same transaction, after the action, in the
order of their registration, and may record further facts. The last step of the transaction takes numbers
from the organization's counter and inserts the rows: gap-free, and in the order of commits.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.bulk import insert_rows
from peergroup.kit.compiled import ORGANIZATION, given
from peergroup.kit.model import Model, TenantOwned, index
from peergroup.kit.prepared import Prepared
from peergroup.kit.time import to_wire

if TYPE_CHECKING:
    from peergroup.kit.context import Context

AT_ONCE = 5_000


class Event(TenantOwned, Model):
    """A fact of one organization; `sequence` has no gaps."""

    __tablename__ = "event"
    __table_args__ = (
        index("event_group", "group_id", "sequence"),
        index("event_only_for", "only_for", "sequence"),
        index("event_subject", "subject_id", "sequence"),
    )
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[UUID]
    actor_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    only_for: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]]
    occurred_at: Mapped[dt.datetime]
    began_at: Mapped[dt.datetime | None]
    """When the thing began that this is a part of; whoever came later does not learn of it."""


class EventCounter(Model):
    """The last number given out in an organization; its row is the last lock a transaction takes."""

    __tablename__ = "event_counter"
    __table_args__ = {"info": {"directory": True}}
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(BigInteger)


@dataclass(slots=True)
class Fact:
    """An event before it has its number."""

    type: str
    subject: Any
    group_id: UUID | None
    only_for: UUID | None
    actor_id: UUID | None
    began_at: dt.datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def subject_id(self) -> UUID:
        """The id of what the fact is about."""
        found: UUID = self.subject if isinstance(self.subject, UUID) else self.subject.id
        return found


Reaction = Callable[["Context", Fact], Awaitable[None]]
_reactions: dict[str, list[Reaction]] = {}


def on(*types: str) -> Callable[[Reaction], Reaction]:
    """Register a reaction to events of lower floors. It runs in their transaction and fails it if it fails."""

    def register(reaction: Reaction) -> Reaction:
        for type_ in types:
            _reactions.setdefault(type_, []).append(reaction)
        return reaction

    return register


async def settle(ctx: "Context") -> None:
    """Run the reactions to everything recorded, those to the facts they record included."""
    while ctx.unsettled < len(ctx.facts):
        fact = ctx.facts[ctx.unsettled]
        ctx.unsettled += 1
        for reaction in _reactions.get(fact.type, ()):
            await reaction(ctx, fact)
    await ctx.db.flush()


_COUNTER: Any = EventCounter.__table__
_COUNT = Prepared(
    lambda _dialect: (
        update(_COUNTER)
        .where(_COUNTER.c.organization_id == ORGANIZATION)
        .values(last=_COUNTER.c.last + given("count", BigInteger()))
        .returning(_COUNTER.c.last)
    )
)


def _count_and_tell(_dialect: str) -> Any:
    """One fact and its number in one statement, where the database takes both in one."""
    table: Any = Event.__table__
    counted = (
        update(_COUNTER)
        .where(_COUNTER.c.organization_id == ORGANIZATION)
        .values(last=_COUNTER.c.last + 1)
        .returning(_COUNTER.c.last)
        .cte("counted")
    )
    names = [column.name for column in table.columns]
    row = (counted.c.last if name == "sequence" else given(name, table.c[name].type) for name in names)
    return insert(table).from_select(names, select(*row)).returning(table.c.sequence)


_TELL = Prepared(_count_and_tell)


async def number(ctx: "Context") -> None:
    """Take numbers for the recorded facts and insert them. Nothing may be recorded afterwards."""
    if not ctx.facts:
        return
    count = len(ctx.facts)
    if count == 1 and not ctx.house.database.is_sqlite:
        ((_sequence,),) = await _TELL.rows(ctx.db, **_row(ctx, ctx.facts[0], 0))
        return
    ((last,),) = await _COUNT.rows(ctx.db, count=count)
    for start in range(0, count, AT_ONCE):
        facts = ctx.facts[start : start + AT_ONCE]
        rows = [_row(ctx, fact, last - count + place) for place, fact in enumerate(facts, start + 1)]
        await insert_rows(ctx.db, Event.__table__, rows)


def _row(ctx: "Context", fact: Fact, sequence: int) -> dict[str, Any]:
    return {
        "organization_id": ctx.organization_id,
        "sequence": sequence,
        "type": fact.type,
        "subject_id": fact.subject_id,
        "actor_id": fact.actor_id,
        "group_id": fact.group_id,
        "only_for": fact.only_for,
        "facts": {key: _plain(value) for key, value in fact.facts.items()},
        "occurred_at": ctx.now,
        "began_at": fact.began_at,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        return to_wire(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
