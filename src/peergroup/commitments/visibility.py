"""Who reads a promise: its owner, and where it was made in a group, whoever reads what was said there."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from peergroup.commitments.models import Commitment
from peergroup.facilitation.entering import covers
from peergroup.groups.reach import began_in_time_of, words_of
from peergroup.kit.context import Context


def readable(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether the actor reads a `Commitment`, in a statement that has its `Exercise` joined beside it."""
    return true() if ctx.principal.is_system else readable_by(ctx.principal.person_id, ctx.now)


def readable_by(me: Any, now: Any) -> ColumnElement[bool]:
    """The same for a person; an id, or a column of the statement around."""
    began = began_in_time_of(me, Commitment.group_id, Commitment.began_at)
    of_exercise = and_(Commitment.exercise_id.is_not(None), covers(me))
    of_session = and_(Commitment.exercise_id.is_(None), began)
    in_group = and_(Commitment.group_id.in_(words_of(me, now)), or_(of_exercise, of_session))
    return or_(Commitment.owner_id == me, in_group)
