"""Whose a session is, who is expected in it and who is known not to be there: what exercises ask."""

from uuid import UUID

from sqlalchemy import and_, or_, select

from peergroup.facilitation.presence import Meeting, Presence, register
from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.sessions.models import Attendance, Segment, Session


async def present_at(ctx: Context, session_id: UUID) -> Presence:
    """Active members of the group and guests of this session are expected; absent and excused ones are absent."""
    marked = and_(Attendance.person_id == Membership.person_id, Attendance.session_id == session_id)
    query = (
        select(Membership.person_id, Attendance.mark)
        .join(Session, Session.group_id == Membership.group_id)
        .outerjoin(Attendance, marked)
        .where(
            Session.id == session_id,
            Membership.state == "active",
            or_(Membership.role != "guest", Membership.session_id == session_id),
        )
    )
    rows = (await ctx.db.execute(query)).all()
    absent = {row.person_id for row in rows if row.mark in ("absent", "excused")}
    return Presence(expected={row.person_id for row in rows}, absent=absent)


async def meeting_of(ctx: Context, session_id: UUID) -> Meeting:
    """The group and the segments of a session."""
    query = (
        select(Session.group_id, Segment.id)
        .outerjoin(Segment, Segment.session_id == Session.id)
        .where(Session.id == session_id)
    )
    rows = (await ctx.db.execute(query)).all()
    segments = frozenset(row.id for row in rows if row.id is not None)
    return Meeting(rows[0].group_id, segments) if rows else Meeting()


register(present_at, meeting_of)
