"""Tables of groups: the group, its covenant versions and signatures, memberships and their active periods."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, TenantOwned, Versioned, index, refers, unique
from peergroup.kit.time import UtcDateTime

LIVE = ("invited", "provisional", "active", "on_leave", "suspended")
TAKING_PART = ("provisional", "active", "on_leave")
_LIVE_SQL = "state IN ('invited', 'provisional', 'active', 'on_leave', 'suspended')"


class Group(Versioned, Entity, Model):
    """Peers with a focus, a moderator, a capacity, a covenant and a cadence; a pod has a parent."""

    __tablename__ = "group"
    __table_args__ = (index("group_name", "name", "id"),)
    state: Mapped[str] = mapped_column(String(20), default="forming")
    name: Mapped[str]
    focus: Mapped[str | None] = mapped_column(String(2_000))
    cadence: Mapped[str | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    capacity: Mapped[int] = mapped_column(Integer, default=10)
    parent_id: Mapped[UUID | None] = refers("group")
    agenda_template_id: Mapped[UUID | None]
    """Lives a floor above: a bare id without a foreign key."""


class Covenant(Entity, Model):
    """One version of a group's confidentiality agreement and ground rules. Never changed once written."""

    __tablename__ = "covenant"
    __table_args__ = (unique("covenant_number", "group_id", "number"),)
    group_id: Mapped[UUID] = refers("group")
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    effective_on: Mapped[dt.date] = mapped_column(Date)
    effective_at: Mapped[dt.datetime]
    """The first instant of `effective_on` in the group's zone."""


class Signature(TenantOwned, Model):
    """Somebody signed a covenant version; binding for ever."""

    __tablename__ = "signature"
    covenant_id: Mapped[UUID] = refers("covenant", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    signed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime())


class Waiver(Entity, Model):
    """A moderator's recorded decision that a finding does not stand in somebody's way."""

    __tablename__ = "waiver"
    __table_args__ = (unique("waiver_finding", "group_id", "person_id", "finding"),)
    group_id: Mapped[UUID] = refers("group")
    person_id: Mapped[UUID] = refers("person")
    finding: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(2_000))
    made_by_id: Mapped[UUID | None] = refers("person")


class ActivePeriod(Entity, Model):
    """A time in which somebody was active (or on leave) in a group: what began in it, they may read."""

    __tablename__ = "active_period"
    __table_args__ = (index("active_period_reader", "group_id", "person_id", "started_at"),)
    group_id: Mapped[UUID] = refers("group")
    person_id: Mapped[UUID] = refers("person")
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class Membership(Versioned, Entity, Model):
    """One person in one group, from invitation to end."""

    __tablename__ = "membership"
    __table_args__ = (
        unique("membership_live", "group_id", "person_id", where=_LIVE_SQL),
        unique("membership_seat", "group_id", "seat_no", where="seat_no IS NOT NULL"),
        index("membership_person", "person_id", "state"),
        index("membership_session", "session_id", where="session_id IS NOT NULL"),
    )
    group_id: Mapped[UUID] = refers("group")
    person_id: Mapped[UUID] = refers("person")
    role: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="invited")
    seat_no: Mapped[int | None] = mapped_column(Integer)
    session_id: Mapped[UUID | None]
    """The one session of a guest; lives a floor above: a bare id."""
    visit_id: Mapped[UUID | None]
    """The use of a guest's one visit, for giving it back where the session never took place."""
    suspended_from: Mapped[str | None] = mapped_column(String(20))
    invited_by_id: Mapped[UUID | None] = refers("person")
    connector_id: Mapped[UUID | None] = refers("person")
    expires_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(String(2_000))
    farewell: Mapped[str | None] = mapped_column(String(2_000))
    ended_at: Mapped[dt.datetime | None]
