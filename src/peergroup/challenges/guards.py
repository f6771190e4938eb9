"""What may stand in the way of a verb of a challenge. Each judge says what is wrong, or None."""

from typing import Any, Literal

from sqlalchemy import func, or_, select

from peergroup.challenges.models import Challenge
from peergroup.commitments.guards import zone_of
from peergroup.commitments.models import Commitment
from peergroup.facilitation import exercises
from peergroup.facilitation.models import GOING_ON, Exercise
from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.kit.time import local_day
from peergroup.sessions.models import OVER, Session
from peergroup.sessions.running import session_for

TEXTS = ("question", "context", "tried", "help_wanted")
MOST_AT_ONCE = 3
_FIRST = {
    "draft": "schedule and start it first",
    "scheduled": "start it first",
    "paused": "resume it first",
}


async def has_the_four_texts(_ctx: Context, challenge: Any, _taken: Any) -> str | None:
    """Nobody can help with a question alone."""
    missing = [name for name in TEXTS if not getattr(challenge, name)]
    return f"Still missing: {', '.join(missing)}." if missing else None


async def owner_is_active(ctx: Context, challenge: Any, _taken: Any) -> str | None:
    """A challenge is worked on with its owner."""
    query = select(Membership.id).where(
        Membership.group_id == challenge.group_id,
        Membership.person_id == challenge.owner_id,
        Membership.state == "active",
        Membership.role != "guest",
    )
    return None if await ctx.db.scalar(query) else "Its owner is not active in the group at present."


async def its_session(ctx: Context, challenge: Challenge) -> Session | None:
    """The session a challenge was given to."""
    return None if challenge.session_id is None else await session_for(ctx, challenge.session_id)


async def mode_of(ctx: Context, challenge: Challenge, taken: Any) -> Literal["live", "async"]:
    """How it is run: as asked for; else live where it has a session that is not over."""
    if taken is not None and taken.mode is not None:
        mode: Literal["live", "async"] = taken.mode
        return mode
    session = await its_session(ctx, challenge)
    return "live" if session is not None and session.state not in OVER else "async"


async def session_runs(ctx: Context, challenge: Any, taken: Any) -> str | None:
    """Live work needs a session that is under way."""
    if await mode_of(ctx, challenge, taken) == "async":
        return None
    session = await its_session(ctx, challenge)
    if session is None:
        return "It has no session to be worked on in: give it one, or run it asynchronously."
    if session.state == "in_progress":
        return None
    first = _FIRST.get(session.state, "give it another one")
    return f'Its session is {session.state}: {first}, or send {{"mode": "async"}}.'


async def session_is_free(ctx: Context, challenge: Any, taken: Any) -> str | None:
    """One exercise at a time in a session."""
    if challenge.session_id is None or await mode_of(ctx, challenge, taken) == "async":
        return None
    running = await exercises.running_in(ctx, challenge.session_id)
    return "An exercise is running in the session; finish or abandon it first." if running else None


async def few_run_asynchronously(ctx: Context, challenge: Any, taken: Any) -> str | None:
    """Three at once are as much as a group can follow. Counted under the lock of the group."""
    if await mode_of(ctx, challenge, taken) == "live":
        return None
    query = (
        select(func.count())
        .select_from(Exercise)
        .join(Challenge, Challenge.exercise_id == Exercise.id)
        .where(
            Exercise.group_id == challenge.group_id,
            Exercise.mode == "async",
            Exercise.state.in_(GOING_ON),
            Challenge.state == "in_progress",
        )
    )
    running = await ctx.db.scalar(query) or 0
    return (
        f"{running} challenges are being worked on asynchronously already."
        if running >= MOST_AT_ONCE
        else None
    )


async def owner_promised(ctx: Context, challenge: Any, _taken: Any) -> str | None:
    """It ends with a promise of its owner, by a day that is still to come."""
    exercise: Exercise | None = await ctx.db.scalar(
        select(Exercise).where(Exercise.id == challenge.exercise_id)
    )
    session_id = exercise.session_id if exercise is not None else None
    here = [Commitment.exercise_id == challenge.exercise_id]
    if session_id is not None:
        here.append(Commitment.session_id == session_id)
    today = local_day(ctx.now, await zone_of(ctx, challenge.owner_id))
    query = select(func.min(Commitment.by_on)).where(
        Commitment.owner_id == challenge.owner_id,
        Commitment.state == "open",
        Commitment.by_on >= today,
        Commitment.created_at >= challenge.started_at,
        or_(*here),
    )
    earliest = await ctx.db.scalar(query)
    ctx.memory["earliest promise", challenge.id] = earliest
    return None if earliest else "Its owner has promised nothing yet, by a day that is still to come."
