"""Passing: having nothing to say is fine, needs no reason, and lets others go on."""

from uuid import UUID

from peergroup.facilitation import policy
from peergroup.facilitation.accepts import may_pass
from peergroup.facilitation.circle import PASS
from peergroup.facilitation.entering import enter
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.posting import refusal
from peergroup.facilitation.speaking import raise_voice
from peergroup.facilitation.telling import progressed
from peergroup.facilitation.turn import require_open
from peergroup.groups.standing import Standing
from peergroup.kit.context import Context


async def pass_on(ctx: Context, exercise_id: UUID) -> tuple[Exercise, Standing]:
    """Say nothing in this phase. Passing twice changes nothing; who has posted cannot pass."""
    exercise, standing = await enter(ctx, exercise_id, policy.SAY, share=True)
    require_open(ctx, exercise)
    raised = await raise_voice(ctx, exercise, ctx.me, PASS)
    circle, phase = raised.circle, raised.circle.phase
    posted = sum(circle.counts(phase, exercise.round, ctx.me).values())
    if not may_pass(phase, circle.roles(ctx.me), has_posted=posted > 0):
        said = "you have posted already" if posted else "you have nothing to say here"
        raise refusal(circle, f"In the phase `{phase.key}` {said}, so there is nothing to pass.")
    if not phase.anonymous:
        ctx.record("exercise.passed", exercise, only_for=ctx.me, phase=phase.key, round=exercise.round)
        if not phase.is_secret:
            progressed(ctx, exercise)
    return exercise, standing
