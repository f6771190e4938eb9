"""How long events are kept: 400 days. Once a day, the older ones of each organization are forgotten."""

import datetime as dt

from sqlalchemy import delete, func, select

from peergroup.feed.cursors import RETENTION
from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.kit.events import Event, Fact, on
from peergroup.people import merging

EVERY = dt.timedelta(days=1)
AT_ONCE = 10_000


merging.register("events", follows=(Event.only_for,))


@on("organization.founded")
async def begin_forgetting(ctx: Context, _fact: Fact) -> None:
    """From the first day on, every organization forgets what is too old."""
    await _again(ctx, EVERY)


@jobs.job("forget_old_events")
async def forget_old_events(house: House, due: jobs.Due) -> None:
    """Forget the oldest events, so many at once, and come back tomorrow, or at once if there are more."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        first = await ctx.db.scalar(select(func.min(Event.sequence)))
        upto = (first or 0) + AT_ONCE
        old = (Event.sequence < upto, Event.occurred_at <= ctx.now - RETENTION)
        gone = await ctx.db.execute(delete(Event).where(*old).execution_options(synchronize_session=False))
        await _again(ctx, dt.timedelta() if getattr(gone, "rowcount", 0) == AT_ONCE else EVERY)


async def _again(ctx: Context, wait: dt.timedelta) -> None:
    await jobs.enqueue(ctx, "forget_old_events", due_at=ctx.now + wait, dedupe="daily")
