"""What hangs on sessions: with that, one is not simply deleted. Rooms above add what is theirs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, union_all

from peergroup.facilitation.models import Exercise
from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.sessions.models import Attendance, Rsvp

_kinds: list[tuple[str, Any, tuple[Any, ...]]] = []


def register(said: str, session_id: Any, *conditions: Any) -> None:
    """Let rows whose column `session_id` names a session keep it; `said` says so in words: "somebody answered"."""
    _kinds.append((said, session_id, conditions))


register("people have said whether they come", Rsvp.session_id)
register("it was marked who was there", Attendance.session_id)
register("an exercise was prepared for it", Exercise.session_id)
register("a guest was invited to it", Membership.session_id, Membership.state.in_(("invited", "active")))


async def hanging(ctx: Context, session_ids: Sequence[UUID], *, guests: bool = True) -> dict[UUID, str]:
    """For each of these sessions on which something hangs, what that is. One statement.

    Without `guests`, an invitation alone keeps none: whoever was invited hears that it will not be.
    """
    if not session_ids:
        return {}
    found = [
        select(column.label("session_id"), literal(place).label("place")).where(
            column.class_.organization_id == ctx.organization_id, column.in_(session_ids), *conditions
        )
        for place, (_, column, conditions) in enumerate(_kinds)
        if guests or column is not Membership.session_id
    ]
    rows: Any = (await ctx.db.execute(union_all(*found))).all()
    return {
        session_id: _kinds[place][0] for session_id, place in sorted(rows, key=lambda row: -int(row.place))
    }
