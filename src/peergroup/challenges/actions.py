"""What happens to a challenge: one function per verb, in the order in which they happen in life."""

from typing import Any

from peergroup.challenges import crediting, following
from peergroup.challenges.facts import told
from peergroup.challenges.guards import mode_of
from peergroup.challenges.models import Challenge
from peergroup.challenges.presenting import DEFAULT_PROTOCOL
from peergroup.challenges.schemas import ChallengeStartIn, ResolveIn
from peergroup.facilitation import exercises
from peergroup.facilitation.exercises import Subject
from peergroup.facilitation.models import Exercise
from peergroup.kit.context import Context, get
from peergroup.kit.wire import Reason
from peergroup.sessions.running import move_to_hot_seat, session_for

Facts = dict[str, Any]


async def submit(_ctx: Context, challenge: Challenge, _taken: Any) -> Facts:
    """Ask for a hot seat with your problem."""
    challenge.draft, challenge.reason = False, None
    return told(challenge)


async def accept(_ctx: Context, challenge: Challenge, _taken: Any) -> Facts:
    """Take a problem for a hot seat."""
    return told(challenge)


async def send_back(_ctx: Context, challenge: Challenge, taken: Reason) -> Facts:
    """Give a problem back to its owner, with a reason they will read."""
    challenge.reason = taken.reason
    challenge.session_id = challenge.position = None
    return told(challenge)


async def start(ctx: Context, challenge: Challenge, taken: ChallengeStartIn | None) -> Facts:
    """Begin to work on a problem: the exercise is made and started, and a running session moves to its hot seat."""
    mode = await mode_of(ctx, challenge, taken)
    session = None
    if mode == "live" and challenge.session_id is not None:
        session = await session_for(ctx, challenge.session_id, lock=True)
    exercise = await exercises.create(
        ctx,
        group_id=challenge.group_id,
        protocol=challenge.protocol or DEFAULT_PROTOCOL,
        mode=mode,
        subject=Subject("challenge", challenge.id, challenge.owner_id, challenge.question),
        session_id=session.id if session is not None else None,
        deadlines=taken.deadlines if taken is not None else None,
        confidentiality=challenge.confidentiality,  # type: ignore[arg-type]  # one of the four by its schema
    )
    if session is not None:
        exercise.segment_id = await move_to_hot_seat(ctx, session, exercise.id)
    challenge.exercise_id, challenge.started_at = exercise.id, ctx.now
    await ctx.db.flush()
    await exercises.start(ctx, exercise)
    return told(challenge, exercise_id=exercise.id, mode=mode, session_id=exercise.session_id)


async def commit(ctx: Context, challenge: Challenge, _taken: Any) -> Facts:
    """Close the work on your problem with what you promised; the exercise ends."""
    challenge.committed_at = ctx.now
    challenge.follow_up_on = ctx.memory["earliest promise", challenge.id]
    await following.schedule(ctx, challenge)
    if challenge.exercise_id is not None:
        exercise = await get(ctx, Exercise, challenge.exercise_id)
        if exercise.is_going_on:
            await exercises.finish(ctx, exercise)
        await crediting.credit(ctx, challenge, exercise)
    return told(challenge, exercise_id=challenge.exercise_id, follow_up_on=challenge.follow_up_on)


async def follow_up(_ctx: Context, challenge: Challenge, _taken: Any) -> Facts:
    """Ask what came of it: the earliest promise is due."""
    return told(challenge)


async def resolve(ctx: Context, challenge: Challenge, taken: ResolveIn) -> Facts:
    """Tell whether it worked, and what you learned."""
    challenge.outcome, challenge.learned = taken.outcome, taken.learned
    return await _end(ctx, challenge) | {"outcome": taken.outcome}


async def withdraw(ctx: Context, challenge: Challenge, _taken: Any) -> Facts:
    """Take your problem back; if it is being worked on, that ends."""
    facts = await _end(ctx, challenge)
    await _abandon(ctx, challenge)
    return facts


async def drop(ctx: Context, challenge: Challenge, taken: Reason) -> Facts:
    """Take a problem off the list, with a reason its owner will read."""
    challenge.reason = taken.reason
    facts = await _end(ctx, challenge)
    await _abandon(ctx, challenge)
    return facts


async def reopen(_ctx: Context, challenge: Challenge, _taken: Any) -> Facts:
    """Put a problem back on the list, because the work on it was given up."""
    exercise_id = challenge.exercise_id
    challenge.exercise_id = challenge.started_at = None
    return told(challenge, exercise_id=exercise_id)


async def _end(ctx: Context, challenge: Challenge) -> Facts:
    challenge.ended_at = ctx.now
    await following.forget(ctx, challenge)
    return told(challenge)


async def _abandon(ctx: Context, challenge: Challenge) -> None:
    """The challenge has changed first: the reaction to this finds it ended and leaves it alone."""
    await ctx.db.flush()
    if challenge.exercise_id is not None:
        exercise = await get(ctx, Exercise, challenge.exercise_id)
        if exercise.state in ("pending", "running", "paused"):
            await exercises.abandon(ctx, exercise)
