"""Accepting a problem: its owner comes first, and who is too early is told so."""

from uuid import UUID

from peergroup.challenges import actions
from peergroup.challenges.finding import find_challenge
from peergroup.challenges.lifecycles import CHALLENGE
from peergroup.challenges.models import Challenge
from peergroup.groups.standing import Standing
from peergroup.kit import events
from peergroup.kit.context import Context
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import INVALID_TRANSITION, Problem


async def accept(ctx: Context, challenge_id: UUID) -> tuple[Challenge, Standing]:
    """Take a problem for a hot seat; 409 that names what comes first where it was not submitted."""
    challenge, standing = await find_challenge(ctx, challenge_id, lock=True)
    ctx.consulted.add(CHALLENGE.policy("accept"))
    try:
        await perform(ctx, CHALLENGE, "accept", challenge, action=actions.accept, standing=standing)
    except Problem as problem:
        if problem.kind is INVALID_TRANSITION and challenge.state in CHALLENGE.verbs["submit"].sources:
            detail = f"{problem.detail.rstrip('.')}: its owner has to submit it first ('submit')."
            raise Problem(INVALID_TRANSITION, detail, **problem.extra) from None
        raise
    await events.settle(ctx)  # what reacts to it belongs to what is shown
    return challenge, standing
