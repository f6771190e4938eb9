"""Where somebody is in the feed: a sealed number outside, the event's sequence inside."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select, true

from peergroup.kit.context import Context, House
from peergroup.kit.events import Event, EventCounter
from peergroup.kit.problems import Problem, invalid, problem_type

RETENTION = dt.timedelta(days=400)
WHAT_A_CURSOR_IS = "has to be an id from the feed or the stream, exactly as given, or leave it out"
CURSOR_EXPIRED = problem_type(
    "cursor_expired",
    410,
    "The feed does not reach back that far",
    "Events are kept for 400 days. Read the present state of what you follow, then go on without 'after'.",
)


def seal(house: House, organization: UUID, sequence: int) -> str:
    """The id of an event outside: says nothing about how many there are."""
    return house.vault.seal_number("event", str(organization), sequence)


def unseal(ctx: Context, where: str, cursor: str) -> int:
    """The sequence in a cursor; 422 where it was not made here for this organization."""
    sequence = ctx.house.vault.open_number("event", str(ctx.organization_id), cursor)
    if sequence is None:
        raise invalid(where, WHAT_A_CURSOR_IS)
    return sequence


async def position(ctx: Context, where: str, cursor: str) -> int:
    """Where to go on; 410 where something that followed has been forgotten since."""
    sequence = unseal(ctx, where, cursor)
    following = (
        select(Event.sequence, Event.occurred_at)
        .where(Event.organization_id == ctx.organization_id, Event.sequence > sequence)
        .order_by(Event.sequence)
        .limit(1)
        .subquery()
    )
    # One statement: between two, another transaction could add the event that the first one did not find.
    both = (
        select(EventCounter.last, following.c.sequence, following.c.occurred_at)
        .outerjoin(following, true())
        .where(EventCounter.organization_id == ctx.organization_id)
    )
    row: Any = (await ctx.db.execute(both)).one()
    if row.sequence is None:
        gone = row.last > sequence
    else:
        gone = row.sequence != sequence + 1 or row.occurred_at <= ctx.now - RETENTION
    if gone:
        raise Problem(CURSOR_EXPIRED, "Events that followed this one are no longer kept.")
    return sequence


async def last_number(ctx: Context) -> int:
    """The number of the organization's latest event."""
    query = select(EventCounter.last).where(EventCounter.organization_id == ctx.organization_id)
    return await ctx.db.scalar(query) or 0
