"""Who is expected in a session and who is known not to be there: what exercises ask when they begin."""

from uuid import UUID

from sqlalchemy import and_, or_, select

from peergroup.facilitation.presence import Presence, register
from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.sessions.models import Attendance, Session


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


register(present_at)
