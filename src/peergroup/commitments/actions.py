"""What happens to a promise: one function per verb, in the order in which they happen in life."""

from typing import Any

from peergroup.commitments import clock
from peergroup.commitments.models import Commitment
from peergroup.commitments.schemas import CommitmentDropIn, RenegotiateIn
from peergroup.kit.context import Context
from peergroup.kit.time import to_wire

Facts = dict[str, Any]


async def complete(ctx: Context, commitment: Commitment, _taken: Any) -> Facts:
    """Say that a promise is kept."""
    return await _close(ctx, commitment)


async def renegotiate(ctx: Context, commitment: Commitment, taken: RenegotiateIn) -> Facts:
    """Move a promise to another day and say why; what it was before stays visible."""
    entry = {
        "at": to_wire(ctx.now),
        "was_by_on": commitment.by_on.isoformat(),
        "by_on": taken.by_on.isoformat(),
        "reason": taken.reason,
    }
    commitment.history = [*commitment.history, entry]
    commitment.renegotiated += 1
    before, commitment.by_on = commitment.by_on, taken.by_on
    await clock.follow(ctx, commitment)
    return about(commitment) | {"was_by_on": before, "by_on": taken.by_on}


async def miss(ctx: Context, commitment: Commitment, _taken: Any) -> Facts:
    """Say that a promise was not kept."""
    return await _close(ctx, commitment)


async def drop(ctx: Context, commitment: Commitment, taken: CommitmentDropIn | None) -> Facts:
    """Let go of a promise."""
    commitment.reason = taken.reason if taken else None
    return await _close(ctx, commitment)


async def lapse(ctx: Context, commitment: Commitment, _taken: Any) -> Facts:
    """Count a promise as missed that nobody closed within 14 days after its day."""
    return await _close(ctx, commitment) | {"by": "clock"}


def about(commitment: Commitment) -> Facts:
    """What every fact about a promise says, and to whom: only its owner, where others may not know."""
    facts: Facts = {
        "owner_id": commitment.owner_id,
        "exercise_id": commitment.exercise_id,
        "session_id": commitment.session_id,
    }
    return facts if commitment.is_told_to_all else facts | {"only_for": commitment.owner_id}


async def _close(ctx: Context, commitment: Commitment) -> Facts:
    commitment.closed_at = ctx.now
    await clock.forget(ctx, commitment)
    return about(commitment)
