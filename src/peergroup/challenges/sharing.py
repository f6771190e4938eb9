"""Letting others read: newcomers what began before their time, the organization what was learned."""

from uuid import UUID

from peergroup.challenges import policy
from peergroup.challenges.facts import tell
from peergroup.challenges.finding import find_challenge
from peergroup.challenges.models import Challenge
from peergroup.challenges.schemas import ReleaseIn
from peergroup.facilitation.models import Exercise
from peergroup.groups.standing import Standing
from peergroup.kit.context import Context, get
from peergroup.kit.problems import CONFLICT, GUARD_FAILED, Problem


async def set_opened(ctx: Context, challenge_id: UUID, *, opened: bool) -> tuple[Challenge, Standing]:
    """Let those who joined later read a challenge with everything said about it, or no longer."""
    challenge, standing = await find_challenge(ctx, challenge_id, lock=True)
    ctx.require(policy.OPEN, standing, challenge)
    ctx.expect(challenge)
    if challenge.exercise_id is None:
        raise Problem(CONFLICT, "Work on it has not begun: everybody in the group reads it.")
    exercise = await get(ctx, Exercise, challenge.exercise_id, lock=True)
    if opened != (exercise.opened_at is not None):
        exercise.opened_at = ctx.now if opened else None
        ctx.record("exercise.opened" if opened else "exercise.closed", exercise)
        tell(ctx, "challenge.opened" if opened else "challenge.closed", challenge)
        await ctx.db.flush()
    return challenge, standing


async def release(ctx: Context, challenge_id: UUID, given: ReleaseIn) -> tuple[Challenge, Standing]:
    """Let everybody in the organization read a text about what was learned."""
    challenge, standing = await find_challenge(ctx, challenge_id, lock=True)
    ctx.require(policy.RELEASE, standing, challenge)
    ctx.expect(challenge)
    guards = []
    if challenge.state != "resolved":
        guards.append({"code": "not_resolved", "detail": "Tell first what came of it: resolve it."})
    if challenge.confidentiality != "shareable":
        detail = "It stays in the group: make it `shareable` first."
        guards.append({"code": "not_shareable", "detail": detail})
    if guards:
        raise Problem(GUARD_FAILED, " ".join(guard["detail"] for guard in guards), guards=guards)
    challenge.released_text, challenge.released_at = given.text, ctx.now
    tell(ctx, "challenge.released", challenge)
    await ctx.db.flush()
    return challenge, standing
