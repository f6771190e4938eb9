"""How long answers are kept for those who ask again: a day. Once a day, the older ones of each organization go."""

import datetime as dt

from sqlalchemy import delete, select

from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.kit.events import Fact, on
from peergroup.kit.idempotency import KEPT_FOR, IdempotencyKey

EVERY = dt.timedelta(days=1)
AT_ONCE = 10_000


@on("organization.founded")
async def begin_forgetting(ctx: Context, _fact: Fact) -> None:
    """From the first day on, no organization keeps more than the answers of a day or two."""
    await _again(ctx, EVERY)


@jobs.job("forget_old_answers")
async def forget_old_answers(house: House, due: jobs.Due) -> None:
    """Forget the oldest answers, so many at once, and come back tomorrow, or at once if there are more."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        gone = await _forget_expired(ctx)
        await _again(ctx, dt.timedelta() if gone == AT_ONCE else EVERY)


async def _forget_expired(ctx: Context) -> int:
    """Delete answers that nobody can ask for again, the oldest first; gives how many, at most 10,000."""
    expired = (
        select(IdempotencyKey.key_hash)
        .where(IdempotencyKey.created_at <= ctx.now - KEPT_FOR)
        .order_by(IdempotencyKey.created_at)
        .limit(AT_ONCE)
    )
    gone = await ctx.db.execute(
        delete(IdempotencyKey)
        .where(IdempotencyKey.key_hash.in_(expired))
        .execution_options(synchronize_session=False)
    )
    return int(getattr(gone, "rowcount", 0))


async def _again(ctx: Context, wait: dt.timedelta) -> None:
    await jobs.enqueue(ctx, "forget_old_answers", due_at=ctx.now + wait, dedupe="daily")
