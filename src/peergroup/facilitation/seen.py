"""Who sees a contribution, in SQL: the one place. `facilitation.visibility` says the same of values."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from peergroup.facilitation.models import Hearing, Voice


@dataclass(frozen=True, slots=True)
class Eyes:
    """Where is read, and whose eyes read: values, or columns of the statement around. `who` is the person as text."""

    organization: Any
    exercise_id: Any
    person: Any
    who: Any


def sees(contribution: Any, person: Any, who: Any, organization: Any = None) -> ColumnElement[bool]:
    """Whether somebody sees a contribution of an exercise that is theirs to read.

    It is revealed, or theirs, or its phase is blind and they have posted or passed in it; never across the
    edge of a breakout; and what was deleted without having been readable is gone. `contribution` is a table,
    an alias or the class; `person` is an id and `who` its text, values or columns; `organization` is what the
    tables that are asked are tied to, if not to that of the contribution. Anonymous cards are not
    here before their reveal.
    """
    there = or_(contribution.deleted_at.is_(None), contribution.is_tombstone)
    tenant = contribution.organization_id if organization is None else organization
    within = or_(contribution.breakout.is_(None), _hears(contribution, person, tenant))
    blind = and_(contribution.visibility == "blind", _has_spoken(contribution, who, tenant))
    shown = or_(contribution.revealed_at.is_not(None), blind)
    return and_(there, or_(contribution.author_id == person, and_(within, shown)))


def _has_spoken(contribution: Any, who: Any, tenant: Any) -> ColumnElement[bool]:
    voice = Voice.__table__.alias()
    return exists(
        select(1).where(
            voice.c.organization_id == tenant,
            voice.c.exercise_id == contribution.exercise_id,
            voice.c.round == contribution.round,
            voice.c.phase == contribution.phase,
            voice.c.who == who,
        )
    )


def _hears(contribution: Any, person: Any, tenant: Any) -> ColumnElement[bool]:
    hearing = Hearing.__table__.alias()
    return exists(
        select(1).where(
            hearing.c.organization_id == tenant,
            hearing.c.exercise_id == contribution.exercise_id,
            hearing.c.breakout == contribution.breakout,
            hearing.c.person_id == person,
        )
    )
