"""What may stand in the way of a verb of a session. Each judge says what is wrong, or None."""

import datetime as dt
from typing import Any

from sqlalchemy import exists, select

from peergroup.facilitation import exercises
from peergroup.groups.models import Group
from peergroup.groups.roster import active_moderators
from peergroup.kit.context import Context, get
from peergroup.kit.time import to_wire
from peergroup.sessions.clock import previous, upcoming
from peergroup.sessions.models import RUNNING, Attendance, Rsvp, Session, SessionTouch
from peergroup.sessions.times import overlapping

EARLY = dt.timedelta(minutes=60)
CLAIM_AFTER = dt.timedelta(minutes=5)


async def group_is_active(ctx: Context, session: Session, _taken: Any) -> str | None:
    """Nothing is scheduled before a group is activated, or after it is archived."""
    group = await get(ctx, Group, session.group_id)
    return None if group.state == "active" else f"The group is {group.state}, not active."


async def is_not_over(ctx: Context, session: Session, _taken: Any) -> str | None:
    """What is scheduled lies ahead."""
    return None if session.ends_at > ctx.now else "Its time is over; give it another one."


async def time_is_free(ctx: Context, session: Session, _taken: Any) -> str | None:
    """Two sessions of a group cannot overlap."""
    other = await overlapping(ctx, session)
    return None if other is None else f"Another session of the group takes its time from {to_wire(other)} on."


async def is_not_early(ctx: Context, session: Session, taken: Any) -> str | None:
    """From 60 minutes before; earlier with a reason."""
    if ctx.now >= session.starts_at - EARLY or getattr(taken, "reason", None):
        return None
    return f"It begins at {to_wire(session.starts_at)}; to start more than 60 minutes early, give a reason."


async def is_not_late(ctx: Context, session: Session, taken: Any) -> str | None:
    """Until its planned end; later with a reason."""
    if ctx.now <= session.ends_at or getattr(taken, "reason", None):
        return None
    return f"It was planned until {to_wire(session.ends_at)}; to start after that, give a reason."


async def no_other_runs(ctx: Context, session: Session, _taken: Any) -> str | None:
    """A group is in one session at a time."""
    query = select(Session.id).where(
        Session.group_id == session.group_id, Session.state.in_(RUNNING), Session.id != session.id
    )
    return "Another session of the group is running." if await ctx.db.scalar(query) else None


async def no_exercise_runs(ctx: Context, session: Session, _taken: Any) -> str | None:
    """An exercise is finished or abandoned by whoever leads it, never by moving on."""
    if await exercises.running_in(ctx, session.id) is None:
        return None
    return "An exercise is running; finish or abandon it first."


async def agenda_goes_on(_ctx: Context, session: Session, _taken: Any) -> str | None:
    """Going on ends the present segment, even if none follows."""
    return None if session.current_id or upcoming(session) else "The agenda is over."


async def can_go_back(_ctx: Context, session: Session, _taken: Any) -> str | None:
    """Back leads to the segment that ended last."""
    return None if previous(session) else "No segment has ended yet."


async def segment_runs(_ctx: Context, session: Session, _taken: Any) -> str | None:
    """Only a segment that runs can get more time."""
    return None if session.current_id else "No segment is running."


async def attendance_is_marked(ctx: Context, session: Session, _taken: Any) -> str | None:
    """Everyone who said yes was there, came late, was absent or is excused: the server does not guess."""
    marked = exists().where(Attendance.session_id == session.id, Attendance.person_id == Rsvp.person_id)
    query = select(Rsvp.person_id).where(
        Rsvp.session_id == session.id, Rsvp.answer == "yes", Rsvp.seat_no.is_not(None), ~marked
    )
    missing = len((await ctx.db.scalars(query)).all())
    return f"{missing} of those who said yes have no attendance mark yet." if missing else None


async def nobody_leads(ctx: Context, session: Session, _taken: Any) -> str | None:
    """Five minutes after a moderator last touched it, another one may take over.

    Where another one could, members wait five minutes longer: failing them, it is anybody's to pause or end.
    """
    touched = await ctx.db.scalar(
        select(SessionTouch.moderated_at).where(SessionTouch.session_id == session.id)
    )
    leaders = await active_moderators(ctx, session.group_id)
    others = [one for one in leaders if one != session.led_by_id]
    steps = 2 if others and ctx.principal.person_id not in leaders else 1
    free_at = (touched or session.starts_at) + steps * CLAIM_AFTER
    return None if ctx.now >= free_at else f"It can be claimed from {to_wire(free_at)} on."
