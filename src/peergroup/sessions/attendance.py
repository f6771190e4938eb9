"""Who was there. Marks are facts that moderators read as figures; notes are words."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.kit.problems import INVALID_TRANSITION, Problem, not_found
from peergroup.kit.wire import Named
from peergroup.people.models import Person
from peergroup.sessions import policy, reviews
from peergroup.sessions.attention import note_touch
from peergroup.sessions.lifecycles import SESSION
from peergroup.sessions.models import RUNNING, Attendance, Rsvp, Session
from peergroup.sessions.queries import find_session
from peergroup.sessions.result_schemas import AttendanceIn, AttendanceOut

MISSES = ("absent", "excused")
"""What can be known ahead."""
_UNMARKED = {
    "draft": " First comes 'schedule'.",
    "scheduled": " First comes 'start'; who will be absent or is excused can be noted before.",
    "cancelled": "",
}


async def mark(ctx: Context, session_id: UUID, person_id: UUID, given: AttendanceIn) -> AttendanceOut:
    """Mark whether somebody was there; too many misses in twelve months raise a review for the moderators."""
    session, here = await find_session(ctx, session_id, lock=True, agenda=False)
    ctx.require(policy.MARK, here, session)
    if session.state in _UNMARKED and not (session.state == "scheduled" and given.mark in MISSES):
        raise Problem(
            INVALID_TRANSITION,
            f"Nobody is marked {given.mark} while it is {session.state}.{_UNMARKED[session.state]}",
            state=session.state,
            allowed=SESSION.allowed(here, session),
        )
    name, known = await _expected(ctx, session, person_id)
    one = known or Attendance(session_id=session.id, person_id=person_id, mark="", marked_at=ctx.now)
    if known is None:
        ctx.db.add(one)
    before, one.mark = one.mark, given.mark
    if "note" in given.model_fields_set:
        one.note = given.note
    one.marked_at, one.marked_by_id = ctx.now, ctx.principal.person_id
    if before != one.mark:
        ctx.record("attendance.marked", session, person_id=person_id, mark=one.mark)
        await ctx.db.flush()
        if "absent" in (before, one.mark):
            await reviews.reckon(ctx, session, person_id)
    if session.state in RUNNING and here.is_moderator:
        await note_touch(ctx, session.id)
    await ctx.db.flush()
    return AttendanceOut(
        person=Named(id=person_id, name=name), mark=one.mark, note=one.note, marked_at=one.marked_at
    )


async def _expected(ctx: Context, session: Session, person_id: UUID) -> tuple[str, Attendance | None]:
    """The name and present mark of somebody who belongs to this session; 404 for anybody else."""
    in_group = exists().where(
        Membership.group_id == session.group_id,
        Membership.person_id == person_id,
        or_(
            and_(Membership.role != "guest", Membership.state.in_(("active", "on_leave"))),
            and_(Membership.role == "guest", Membership.session_id == session.id),
        ),
    )
    answered = exists().where(Rsvp.session_id == session.id, Rsvp.person_id == person_id)
    own = and_(Attendance.person_id == Person.id, Attendance.session_id == session.id)
    query: Any = (
        select(Person.name, Attendance)
        .outerjoin(Attendance, own)
        .where(Person.id == person_id, or_(in_group, answered, Attendance.mark.is_not(None)))
        .execution_options(populate_existing=True)
    )
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        raise not_found()
    return row[0], row[1]
