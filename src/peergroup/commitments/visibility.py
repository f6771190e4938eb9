"""Who reads a promise: to oneself, its owner alone; in a group, whoever reads what was said there.

Its owner too, who needs the group's words today like everybody else: left, suspended or not signed, nobody
reads it, changes it, or is reminded of it. Only that it was promised before their time keeps no owner away.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, true
from sqlalchemy.orm import aliased

from peergroup.commitments.models import Commitment
from peergroup.facilitation.entering import covers
from peergroup.facilitation.models import Contribution
from peergroup.facilitation.seen import sees
from peergroup.groups.reach import began_in_time_of, words_of
from peergroup.kit.context import Context

_Said = aliased(Contribution)


def readable(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether the actor reads a `Commitment`, in a statement that has its `Exercise` joined beside it."""
    return true() if ctx.principal.is_system else readable_by(ctx.principal.person_id, ctx.now)


def readable_by(me: Any, now: Any, organization: Any = None) -> ColumnElement[bool]:
    """The same for a person; an id, or a column of the statement around, where the organization is one too."""
    began = began_in_time_of(me, Commitment.group_id, Commitment.began_at)
    of_exercise = and_(Commitment.exercise_id.is_not(None), covers(me), _heard(me, organization))
    of_session = and_(Commitment.exercise_id.is_(None), began)
    mine, to_oneself = Commitment.owner_id == me, Commitment.group_id.is_(None)
    in_group = and_(Commitment.group_id.in_(words_of(me, now)), or_(mine, of_exercise, of_session))
    return or_(and_(to_oneself, mine), in_group)


def _heard(me: Any, organization: Any) -> ColumnElement[bool]:
    """Whether it was said before everybody, or its contribution is one that somebody sees."""
    who = str(me) if isinstance(me, UUID) else cast(me, String(36))
    said = exists().where(_Said.id == Commitment.contribution_id, sees(_Said, me, who, organization))
    return or_(Commitment.in_common, said)
