"""What happens to a session: one function per verb, in the order in which they happen in life."""

from typing import Any

from peergroup.facilitation import exercises
from peergroup.groups.roster import active_moderators
from peergroup.kit.context import Context
from peergroup.kit.wire import Reason
from peergroup.sessions import clock
from peergroup.sessions.attention import note_touch
from peergroup.sessions.guards import EARLY
from peergroup.sessions.models import Session, SessionTouch
from peergroup.sessions.schemas import ExtendIn, StartIn

Facts = dict[str, Any]


async def schedule(ctx: Context, session: Session, _taken: Any) -> Facts:
    """Fix a session: from now on it takes its time, and people say whether they come.

    While promises of the group are open, an agenda without a segment of the kind `commitments` gets one after its
    beginning, "What we promised", if five minutes are left for it: one that was sent explicitly, too.
    """
    session.updated_at = ctx.now
    return {"starts_at": session.starts_at, "ends_at": session.ends_at, "sequence": session.sequence}


async def start(ctx: Context, session: Session, taken: StartIn | None) -> Facts:
    """Open the session with its first segment; the clock runs on the server."""
    session.started_at, session.updated_at = ctx.now, ctx.now
    session.led_by_id = ctx.principal.person_id
    unusual = not session.starts_at - EARLY <= ctx.now <= session.ends_at
    session.reason = taken.reason if taken and unusual else None
    clock.begin(session, clock.following(session), ctx.now)
    ctx.db.add(SessionTouch(session_id=session.id, moderated_at=ctx.now))
    return {"segment_id": session.current_id, "unusual_time": unusual}


async def next(ctx: Context, session: Session, _taken: Any) -> Facts:  # noqa: A001 - the verb's name
    """Go on to the next segment of the agenda; exercises are neither started nor ended by it."""
    await touch(ctx, session)
    following = clock.following(session)
    clock.close_current(session, ctx.now)
    clock.begin(session, following, ctx.now)
    return {"segment_id": session.current_id}


async def back(ctx: Context, session: Session, _taken: Any) -> Facts:
    """Go back to the segment before, with its full time; the one that is left is still to come."""
    await touch(ctx, session)
    clock.put_off_current(session)
    clock.begin(session, clock.previous(session), ctx.now)
    return {"segment_id": session.current_id}


async def extend(ctx: Context, session: Session, taken: ExtendIn) -> Facts:
    """Give the segment that runs more time."""
    await touch(ctx, session)
    clock.lengthen(session, taken.minutes)
    return {"segment_id": session.current_id, "minutes": taken.minutes}


async def pause(ctx: Context, session: Session, _taken: Any) -> None:
    """Stop the clock of the session and of its exercise."""
    clock.stop_clock(session, ctx.now)
    await exercises.pause_in(ctx, session.id)
    await touch(ctx, session)  # after the exercise, as where that is what was touched


async def resume(ctx: Context, session: Session, _taken: Any) -> None:
    """Let the clock of the session and of its exercise run on with what was left."""
    clock.restart_clock(session, ctx.now)
    await exercises.resume_in(ctx, session.id)
    await touch(ctx, session)


async def complete(ctx: Context, session: Session, _taken: Any) -> None:
    """End the session; everyone who said yes has an attendance mark by now."""
    clock.close_current(session, ctx.now)
    session.ended_at = session.updated_at = ctx.now
    session.claimed_by_id = None


async def cancel(ctx: Context, session: Session, taken: Reason) -> Facts:
    """Call a session off, with a reason that everybody reads."""
    session.reason, session.updated_at = taken.reason, ctx.now
    session.sequence += 1
    return {"starts_at": session.starts_at, "sequence": session.sequence}


async def claim(ctx: Context, session: Session, _taken: Any) -> Facts:
    """Take over a session that nobody leads any more; members may then pause or end it."""
    if ctx.principal.person_id in await active_moderators(ctx, session.group_id):
        session.led_by_id = ctx.principal.person_id
        await touch(ctx, session)
        return {"leads": True}
    session.claimed_by_id, session.updated_at = ctx.principal.person_id, ctx.now
    return {"leads": False}


async def touch(ctx: Context, session: Session) -> None:
    """Remember that a moderator is at work here; what a member claimed meanwhile is theirs again."""
    session.updated_at = ctx.now
    if session.claimed_by_id is not None and session.claimed_by_id == ctx.principal.person_id:
        return
    session.claimed_by_id = None
    await note_touch(ctx, session.id)
