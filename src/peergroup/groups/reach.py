"""SQL: the groups in which somebody reads, for lists and streams that span more than one group.

`person` is an id, or a column of the enclosing statement. The rules are those of `groups.standing`.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import ActivePeriod, Membership, Signature
from peergroup.groups.standing import covenant_in_force

READING = ("active", "on_leave")


def rosters_of(person: Any) -> Select[Any]:
    """The groups whose roster, agenda and figures somebody reads as one of their people."""
    mine = aliased(Membership)
    return select(mine.group_id).where(
        mine.person_id == person, mine.state.in_(READING), mine.role != "guest"
    )


def words_of(person: Any, now: Any) -> Select[Any]:
    """The groups whose words somebody reads: as `rosters_of`, and the covenant in force is signed."""
    mine = aliased(Membership)
    return select(mine.group_id).where(
        mine.person_id == person, mine.state.in_(READING), mine.role != "guest", _has_signed(mine, now)
    )


def readers(now: Any) -> Select[Any, Any, Any, Any]:
    """Everybody who reads something of a group: person, group, whether as a guest, whether its words."""
    one = aliased(Membership)
    is_guest = one.role == "guest"
    return select(
        one.person_id, one.group_id, is_guest.label("is_guest"), _has_signed(one, now).label("signed")
    ).where(one.state.in_(READING))


def began_in_time_of(person: Any, group_id: Any, started_at: Any) -> ColumnElement[bool]:
    """Whether something that started then falls into one of somebody's active periods (newcomers' rule)."""
    period = aliased(ActivePeriod)
    return exists().where(
        period.group_id == group_id,
        period.person_id == person,
        period.started_at <= started_at,
        or_(period.ended_at.is_(None), period.ended_at >= started_at),
    )


def _has_signed(membership: Any, now: Any) -> ColumnElement[bool]:
    covenant = covenant_in_force(membership.group_id, now)
    signed = exists().where(Signature.covenant_id == covenant, Signature.person_id == membership.person_id)
    return or_(covenant.is_(None), signed)
