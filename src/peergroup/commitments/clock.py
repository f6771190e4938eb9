"""When the clock does what with a promise, where its owner lives. `reminding` does it."""

import datetime as dt

from peergroup.commitments.guards import zone_of
from peergroup.commitments.models import Commitment
from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.kit.time import end_of_local_day, local_instant

GRACE = dt.timedelta(days=14)
MORNING = "09:00"
LAPSE = "lapse"


def steps(by_on: dt.date, zone: str) -> list[tuple[str, dt.datetime]]:
    """What happens when: reminders on the mornings before and on the day, its end, and 14 days after that."""
    over = end_of_local_day(by_on, zone)
    return [
        ("day_before", _morning(by_on - dt.timedelta(days=1), zone)),
        ("due_today", _morning(by_on, zone)),
        ("overdue", over),
        (LAPSE, over + GRACE),
    ]


def _morning(day: dt.date, zone: str) -> dt.datetime:
    return local_instant(f"{day.isoformat()}T{MORNING}", zone)


async def follow(ctx: Context, commitment: Commitment) -> None:
    """Let the clock take the next step of a promise, from now on."""
    zone = await zone_of(ctx, commitment.owner_id)
    step, due_at = next(one for one in steps(commitment.by_on, zone) if one[1] > ctx.now or one[0] == LAPSE)
    commitment.next_step = step
    await schedule(ctx, commitment, step, due_at)


async def forget(ctx: Context, commitment: Commitment) -> None:
    """A promise that is settled needs no clock."""
    commitment.next_step = None
    await jobs.cancel(ctx, "follow_commitment", str(commitment.id))


async def schedule(ctx: Context, commitment: Commitment, step: str, due_at: dt.datetime) -> None:
    await jobs.enqueue(
        ctx,
        "follow_commitment",
        due_at=due_at,
        dedupe=str(commitment.id),
        commitment_id=commitment.id,
        step=step,
    )
