"""Which facts somebody may know: one condition in SQL, for pages and for every listener of the live stream.

A fact for one person is theirs alone. A fact of a group is for those who read its figures, and, where it is
about what people say, for those who read its words, if it, or the thing it is a part of, began while they were
active: what is a part of something older than they are here is as little theirs as the whole. Whatever else
happens in the organization is for its admins. Service keys know a closed list of kinds.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import Membership
from peergroup.groups.reach import began_in_time_of, rosters_of, words_of
from peergroup.groups.standing import MODERATORS
from peergroup.kit.events import Event
from peergroup.people.models import Person

_Asking, _Guest, _Leading = aliased(Person), aliased(Membership), aliased(Membership)
FOR_SERVICES = ("person", "company", "prospect", "group", "membership", "session")
FOR_LEADERS = ("case", "admission")
"""Kinds of facts about people of a group that its moderators alone may know; each is `only_for` one of them."""
FIGURES = (
    "admission",
    "agenda",
    "attendance",
    "case",
    "covenant",
    "group",
    "introduction",
    "membership",
    "person",
    "plan",
    "rsvp",
    "segment",
    "series",
    "session",
    "theme",
)
"""Kinds of facts of a group that say who, when and how many. A kind that is not listed counts as words."""


@dataclass(frozen=True)
class Reader:
    """Who reads: values, or columns of the enclosing statement. A service key has no person."""

    person: Any
    is_admin: Any
    is_service: bool = False


ANY_PERSON = Reader(Person.id, Person.organization_role.in_(("owner", "admin")))
"""Whoever `Person` is in the enclosing statement, with the rights they have at this moment."""
SERVICE = Reader(None, false(), is_service=True)


def person_or_service(person: Any) -> Reader:
    """A reader with the rights they have at this moment; a service key has no person."""
    if person is None:
        return SERVICE
    admin = select(_Asking.id).where(_Asking.id == person, _Asking.organization_role.in_(("owner", "admin")))
    return Reader(person, admin.exists())


def of_kind(*kinds: str) -> ColumnElement[bool]:
    """Whether an event's type is one of these kinds: `group` stands for `group.founded` and its like."""
    return or_(*(Event.type.startswith(f"{kind}.", autoescape=True) for kind in kinds))


def readable(reader: Reader, now: Any) -> ColumnElement[bool]:
    """Whether somebody may know an `Event` now; that, too, may be a parameter of the enclosing statement."""
    if reader.is_service:
        return and_(Event.only_for.is_(None), of_kind(*FOR_SERVICES))
    figures = of_kind(*FIGURES)
    reads_words = and_(
        Event.group_id.in_(words_of(reader.person, now)),
        began_in_time_of(reader.person, Event.group_id, func.coalesce(Event.began_at, Event.occurred_at)),
    )
    reads_figures = or_(
        reader.is_admin, Event.group_id.in_(rosters_of(reader.person)), _is_their_session(reader.person)
    )
    of_group = and_(
        Event.group_id.is_not(None), or_(and_(figures, reads_figures), and_(~figures, reads_words))
    )
    of_organization = and_(Event.group_id.is_(None), reader.is_admin)
    # What only those who lead a group may know, they know as long as they do.
    private = or_(~of_kind(*FOR_LEADERS), Event.group_id.in_(_led_by(reader.person)))
    return or_(
        and_(Event.only_for == reader.person, private),
        and_(Event.only_for.is_(None), or_(of_group, of_organization)),
    )


def _led_by(person: Any) -> Any:
    return select(_Leading.group_id).where(
        _Leading.person_id == person, _Leading.state == "active", _Leading.role.in_(MODERATORS)
    )


def _is_their_session(person: Any) -> ColumnElement[bool]:
    """A guest knows of the one session they are invited to."""
    theirs = select(_Guest.session_id).where(
        _Guest.person_id == person,
        _Guest.state == "active",
        _Guest.role == "guest",
        _Guest.session_id.is_not(None),
    )
    return and_(of_kind("session"), Event.subject_id.in_(theirs))
