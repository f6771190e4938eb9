"""When to ask what came of a challenge: when the earliest promise is due, where its owner lives."""

from peergroup.challenges.models import Challenge
from peergroup.commitments.guards import zone_of
from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.kit.time import end_of_local_day

KIND = "follow_up_challenge"


async def schedule(ctx: Context, challenge: Challenge) -> None:
    """Let the clock ask at the end of the day on which the earliest promise is due."""
    if challenge.follow_up_on is None:
        return
    due_at = end_of_local_day(challenge.follow_up_on, await zone_of(ctx, challenge.owner_id))
    await jobs.enqueue(
        ctx, KIND, due_at=due_at, dedupe=str(challenge.id), challenge_id=challenge.id, due=due_at.isoformat()
    )


async def forget(ctx: Context, challenge: Challenge) -> None:
    """There is nothing to ask any more."""
    if challenge.follow_up_on is not None:
        await jobs.cancel(ctx, KIND, str(challenge.id))
