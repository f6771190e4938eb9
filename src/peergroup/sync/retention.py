"""How long runs are kept: what was applied for 90 days, what nobody applied for 7. Once a day, older ones go."""

import datetime as dt
from typing import Any

from sqlalchemy import delete, or_, select

from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.kit.events import Fact, on
from peergroup.sync.models import Conflict, SyncRecord, SyncRun

EVERY = dt.timedelta(days=1)
APPLIED, WAITING = dt.timedelta(days=90), dt.timedelta(days=7)
AT_ONCE = 3
"""Runs for each transaction: each may have a hundred thousand records."""
JOB = "forget_old_runs"
_UNSEEN: dict[str, Any] = {"synchronize_session": False}


@on("organization.founded")
async def begin_forgetting(ctx: Context, _fact: Fact) -> None:
    """From the first day on, no organization keeps what it does not need."""
    await jobs.enqueue(ctx, JOB, due_at=ctx.now + EVERY, dedupe="daily")


@jobs.job(JOB)
async def forget_old_runs(house: House, due: jobs.Due) -> None:
    """Forget the oldest runs with their records, and come back tomorrow, or at once if there are more."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        old = (await ctx.db.scalars(_old(ctx.now))).all()
        if old:
            await ctx.db.execute(
                delete(SyncRecord).where(SyncRecord.run_id.in_(old)).execution_options(**_UNSEEN)
            )
            await ctx.db.execute(delete(SyncRun).where(SyncRun.id.in_(old)).execution_options(**_UNSEEN))
        wait = dt.timedelta() if len(old) == AT_ONCE else EVERY
        await jobs.enqueue(ctx, JOB, due_at=ctx.now + wait, dedupe="daily")


def _old(now: dt.datetime) -> Any:
    """Runs whose time is over; one that open conflicts come from stays until they are settled."""
    waits = select(Conflict.id).where(Conflict.run_id == SyncRun.id).exists()
    return (
        select(SyncRun.id)
        .where(
            SyncRun.state != "fetching",
            or_(
                SyncRun.created_at <= now - APPLIED,
                (SyncRun.state != "applied") & (SyncRun.created_at <= now - WAITING),
            ),
            ~waits,
        )
        .order_by(SyncRun.created_at)
        .limit(AT_ONCE)
    )
