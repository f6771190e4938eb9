"""Guests of a session: what their invitation asks about it, when they go, and whether they were there."""

from uuid import UUID

from sqlalchemy import and_, exists, select

from peergroup.groups import guests, meetings
from peergroup.groups.meetings import Meeting
from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.kit.events import Fact, on
from peergroup.sessions.models import OVER, RUNNING, Attendance, Session

THERE = ("present", "late")


async def meeting_of(ctx: Context, session_id: UUID) -> Meeting | None:
    """Whose a session is, until when by its plan, and whether it runs or is over."""
    query = select(Session.group_id, Session.ends_at, Session.state).where(Session.id == session_id)
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        return None
    return Meeting(row.group_id, row.ends_at, runs=row.state in RUNNING, is_over=row.state in OVER)


meetings.register(meeting_of)


async def came_as_a_guest(ctx: Context, person_id: UUID) -> bool:
    """Whether somebody was marked present, or late, at a session to which they were invited as a guest."""
    visit = exists().where(
        Membership.person_id == person_id,
        Membership.role == "guest",
        Membership.session_id == Attendance.session_id,
    )
    seen = select(Attendance.session_id).where(
        and_(Attendance.person_id == person_id, Attendance.mark.in_(THERE), visit)
    )
    return await ctx.db.scalar(seen.limit(1)) is not None


@on("session.completed", "session.cancelled", "session.deleted")
async def let_guests_go(ctx: Context, fact: Fact) -> None:
    """A guest is there for one session: with its end they go; one that never was, they have not been to."""
    if fact.type == "session.deleted" and fact.facts.get("by") == "series":
        return  # a series deletes nothing to which somebody was invited, but maybe two hundred at once
    await guests.end_visits(ctx, fact.subject_id, took_place=fact.type == "session.completed")
