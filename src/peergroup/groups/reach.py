"""SQL: the groups in which somebody reads, for lists and streams that span more than one group.

`person` is an id, or a column of the enclosing statement. The rules are those of `groups.standing`.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import ActivePeriod, Membership, Signature
from peergroup.groups.standing import covenant_in_force

READING = ("active", "on_leave")
_OnRoster, _Signed, _Reading = aliased(Membership), aliased(Membership), aliased(Membership)
_Period = aliased(ActivePeriod)


def rosters_of(person: Any) -> Select[Any]:
    """The groups whose roster, agenda and figures somebody reads as one of their people."""
    return select(_OnRoster.group_id).where(
        _OnRoster.person_id == person, _OnRoster.state.in_(READING), _OnRoster.role != "guest"
    )


def words_of(person: Any, now: Any) -> Select[Any]:
    """The groups whose words somebody reads: as `rosters_of`, and the covenant in force is signed."""
    return select(_Signed.group_id).where(
        _Signed.person_id == person,
        _Signed.state.in_(READING),
        _Signed.role != "guest",
        _has_signed(_Signed, now),
    )


def readers(now: Any) -> Select[Any, Any, Any, Any]:
    """Everybody who reads something of a group: person, group, whether as a guest, whether its words."""
    is_guest = _Reading.role == "guest"
    return select(
        _Reading.person_id,
        _Reading.group_id,
        is_guest.label("is_guest"),
        _has_signed(_Reading, now).label("signed"),
    ).where(_Reading.state.in_(READING))


def began_in_time_of(person: Any, group_id: Any, started_at: Any) -> ColumnElement[bool]:
    """Whether something that started then falls into one of somebody's active periods (newcomers' rule)."""
    return exists().where(
        _Period.group_id == group_id,
        _Period.person_id == person,
        _Period.started_at <= started_at,
        or_(_Period.ended_at.is_(None), _Period.ended_at >= started_at),
    )


def _has_signed(membership: Any, now: Any) -> ColumnElement[bool]:
    covenant = covenant_in_force(membership.group_id, now)
    signed = exists().where(Signature.covenant_id == covenant, Signature.person_id == membership.person_id)
    return or_(covenant.is_(None), signed)
