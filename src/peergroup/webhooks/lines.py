"""The line in which endpoints wait to be served: claimed for a while, kept by beating, and left again.

It needs no word from whoever records an event: an endpoint is due when its organization's counter of events has
passed what it has reached. So recording costs nothing, and nothing is lost where a process dies.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, insert, or_, select, update

from peergroup.kit.context import Context, House
from peergroup.kit.events import EventCounter
from peergroup.webhooks.models import WebhookLine

LEASE = dt.timedelta(seconds=30)
_UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Turn:
    """An endpoint whose turn it is; `served_at` tells this claim from a later one."""

    organization_id: UUID
    endpoint_id: UUID
    served_at: dt.datetime


def _is_due(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    behind = exists().where(
        EventCounter.organization_id == WebhookLine.organization_id, EventCounter.last > WebhookLine.reached
    )
    return (
        or_(WebhookLine.leased_until.is_(None), WebhookLine.leased_until < now),
        or_(WebhookLine.rests_until.is_(None), WebhookLine.rests_until <= now),
        # A lease that ran out is a turn that nobody ended: something of it may be left to be sent.
        or_(WebhookLine.due_at <= now, WebhookLine.leased_until.is_not(None), behind),
    )


async def claim(house: House, most: int) -> list[Turn]:
    """Take up to so many endpoints whose turn it is, those first that were served longest ago."""
    now = house.clock()
    waiting = select(WebhookLine.endpoint_id).where(*_is_due(now)).order_by(WebhookLine.served_at).limit(most)
    async with house.database.transaction(None, writes=False) as db:
        found = list(await db.scalars(waiting))
    if not found:
        return []
    mine = (WebhookLine.endpoint_id.in_(found), *_is_due(now))
    locked = select(WebhookLine.endpoint_id).where(*mine).with_for_update(skip_locked=True)
    async with house.database.transaction(None, writes=True) as db:
        rows = await db.execute(
            update(WebhookLine)
            .where(WebhookLine.endpoint_id.in_(locked))
            .values(leased_until=now + LEASE, served_at=now)
            .returning(WebhookLine.organization_id, WebhookLine.endpoint_id, WebhookLine.served_at)
            .execution_options(**_UNSEEN)
        )
        return [Turn(*row) for row in rows]


async def beat(house: House, turn: Turn) -> None:
    """Keep an endpoint that takes its time, unless another worker has it by now."""
    async with house.database.transaction(None, writes=True) as db:
        await db.execute(_of(turn).values(leased_until=house.clock() + LEASE))


def _of(turn: Turn) -> Any:
    mine = (WebhookLine.endpoint_id == turn.endpoint_id, WebhookLine.served_at == turn.served_at)
    return update(WebhookLine).where(*mine).execution_options(**_UNSEEN)


Place = tuple[int, int]
"""The numbers of the last event that was looked at for an endpoint, and of the last one there is."""


async def place(ctx: Context, turn: Turn) -> Place | None:
    """Where an endpoint is in the feed; None where it is not our turn any more."""
    where = (
        select(WebhookLine.reached, EventCounter.last)
        .join(EventCounter, EventCounter.organization_id == WebhookLine.organization_id)
        .where(WebhookLine.endpoint_id == turn.endpoint_id, WebhookLine.served_at == turn.served_at)
    )
    row = (await ctx.db.execute(where)).one_or_none()
    return None if row is None else (row.reached, row.last)


async def advance(ctx: Context, turn: Turn, reached: int) -> None:
    """Everything up to this event is looked at."""
    await ctx.db.execute(_of(turn).values(reached=reached))


async def leave(
    ctx: Context, turn: Turn, due_at: dt.datetime | None, rests_until: dt.datetime | None
) -> None:
    """The turn is over: say when the next delivery is due, and whether to leave the receiver alone until then."""
    await ctx.db.execute(_of(turn).values(due_at=due_at, rests_until=rests_until, leased_until=None))


async def join(ctx: Context, endpoint_id: UUID) -> None:
    """Let an endpoint wait from now on: it hears of what happens after this."""
    last = select(EventCounter.last).where(EventCounter.organization_id == ctx.organization_id)
    await quit_line(ctx, endpoint_id)
    await ctx.db.execute(
        insert(WebhookLine).values(
            endpoint_id=endpoint_id,
            organization_id=ctx.organization_id,
            reached=last.scalar_subquery(),
            served_at=ctx.now,
        )
    )


async def quit_line(ctx: Context, endpoint_id: UUID) -> None:
    """Let it wait no more."""
    mine = (WebhookLine.organization_id == ctx.organization_id, WebhookLine.endpoint_id == endpoint_id)
    await ctx.db.execute(delete(WebhookLine).where(*mine).execution_options(**_UNSEEN))


async def hurry(ctx: Context, endpoint_id: UUID) -> None:
    """Something is due at once, whether the receiver rests or not."""
    mine = (WebhookLine.organization_id == ctx.organization_id, WebhookLine.endpoint_id == endpoint_id)
    await ctx.db.execute(
        update(WebhookLine).where(*mine).values(due_at=ctx.now, rests_until=None).execution_options(**_UNSEEN)
    )
    ctx.after_commit.append(lambda: ctx.house.wake(ctx.organization_id))
