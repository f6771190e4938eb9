"""Tables of sessions: the meeting and its segments, who comes, who was there; themes and agenda templates."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from peergroup.kit.model import Entity, Json, Model, TenantOwned, Versioned, index, refers, unique
from peergroup.kit.text import fold
from peergroup.kit.wire import Named
from peergroup.people.models import FOLDED_NAME
from peergroup.sessions.series_models import Series

HELD = ("scheduled", "in_progress", "paused")
"""States in which a session takes its time: no other one of the group may overlap it."""
RUNNING = ("in_progress", "paused")
OVER = ("completed", "cancelled")
_HELD_SQL = "state IN ('scheduled', 'in_progress', 'paused')"
_RUNNING_SQL = "state IN ('in_progress', 'paused')"


class Theme(Versioned, Entity, Model):
    """What a group, or one of its sessions, is about; from the organization's library."""

    __tablename__ = "theme"
    __table_args__ = (unique("theme_title", "title_folded"),)
    title: Mapped[str]
    title_folded: Mapped[str] = mapped_column(FOLDED_NAME)
    description: Mapped[str | None] = mapped_column(String(2_000))
    archived: Mapped[bool] = mapped_column(Boolean, default=False)

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_folded = fold(title)
        return title


class AgendaTemplate(Versioned, Entity, Model):
    """A run of show that new sessions may begin with: a list of `{title, kind, minutes}`."""

    __tablename__ = "agenda_template"
    __table_args__ = (index("agenda_template_listed", "title_folded", "id"),)
    title: Mapped[str]
    title_folded: Mapped[str] = mapped_column(FOLDED_NAME)
    segments: Mapped[list[dict[str, Any]]]
    archived: Mapped[bool] = mapped_column(Boolean, default=False)

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_folded = fold(title)
        return title


class Plan(Versioned, Entity, Model):
    """A group's year. What it plans are the sessions that carry its id; `usual` is what they have in common."""

    __tablename__ = "plan"
    __table_args__ = (unique("plan_year", "group_id", "year"),)
    group_id: Mapped[UUID] = refers("group")
    year: Mapped[int] = mapped_column(Integer)
    usual: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[dt.datetime] = mapped_column(sort_order=92)


class Session(Versioned, Entity, Model):
    """One meeting of a group: local wall time with its zone, the instants that follow from it, and its clock."""

    __tablename__ = "session"
    __table_args__ = (
        index("session_group", "group_id", "starts_at", "id"),
        # Whether two overlap is judged under the group's lock; these are the walls behind it.
        unique("session_start", "group_id", "starts_at", where=_HELD_SQL),
        unique("session_running", "group_id", where=_RUNNING_SQL),
        unique("session_plan", "plan_id", "plan_key", where="plan_id IS NOT NULL"),
        CheckConstraint("plan_id IS NULL OR series_id IS NULL", name="plan_or_series"),
    )
    group_id: Mapped[UUID] = refers("group")
    plan_id: Mapped[UUID | None] = refers("plan")
    plan_key: Mapped[str | None] = mapped_column(String(100))
    """What the plan of a year calls it."""
    planned_agenda: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Where the plan took its agenda from: `{template: id}` or `{segments: […]}`."""
    theme_id: Mapped[UUID | None] = refers("theme")
    state: Mapped[str] = mapped_column(String(20), default="draft")
    title: Mapped[str | None]
    place: Mapped[str | None] = mapped_column(String(2_000))
    local_start: Mapped[str] = mapped_column(String(16))
    time_zone: Mapped[str] = mapped_column(String(64))
    dst_policy: Mapped[str] = mapped_column(String(20), default="refuse")
    minutes: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """Counts the changes of time, for calendars (SEQUENCE)."""
    series_id: Mapped[UUID | None] = refers(Series.__tablename__)
    occurrence: Mapped[str | None] = mapped_column(String(16))
    """When it would begin by the rule of its series, in local time (RECURRENCE-ID)."""
    overridden: Mapped[list[str]] = mapped_column(default=list)
    """What was changed by hand on this one, and follows its series no more."""
    capacity: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(String(2_000))
    """Why it was cancelled, or why it started outside of its time."""
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    host_id: Mapped[UUID | None] = refers("person")
    """Who has everybody in: at whose place, or in whose video room, they meet."""
    led_by_id: Mapped[UUID | None] = refers("person")
    claimed_by_id: Mapped[UUID | None] = refers("person")
    """An active member who may pause and end it while nobody leads it."""
    minutes_opened: Mapped[bool] = mapped_column(Boolean, default=False)
    current_id: Mapped[UUID | None]
    """The segment that runs: a bare id, because segments refer to their session."""
    clock_ends_at: Mapped[dt.datetime | None]
    clock_left: Mapped[int | None] = mapped_column(Integer)
    """Seconds that were left when it was paused; below zero where it had overrun."""
    updated_at: Mapped[dt.datetime] = mapped_column(sort_order=92)

    @property
    def agenda(self) -> Sequence["Segment"]:
        """The segments in order, as far as `queries.find_session` loaded them."""
        loaded: Sequence[Segment] = self.__dict__.get("_agenda", ())
        return loaded

    @agenda.setter
    def agenda(self, segments: Sequence["Segment"]) -> None:
        self.__dict__["_agenda"] = segments

    @property
    def current(self) -> "Segment | None":
        """The segment that runs."""
        return next((one for one in self.agenda if one.id == self.current_id), None)


class Segment(Entity, Model):
    """One timebox of an agenda. Once started it is locked. Going back empties the `ended_at` of the segment it
    leads to, and the `started_at` of the one it leaves."""

    __tablename__ = "segment"
    __table_args__ = (index("segment_session", "session_id", "position"),)
    session_id: Mapped[UUID] = refers("session")
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int] = mapped_column(Integer)
    extended: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    person_id: Mapped[UUID | None] = refers("person")
    """Whose it is: who sits in this hot seat, who leads the check-in."""
    exercise_id: Mapped[UUID | None]
    """The exercise this hot seat was given to."""

    @property
    def person(self) -> Named | None:
        """Whose it is, with the name that `queries.agenda_of` read beside it."""
        return (
            None if self.person_id is None else Named(id=self.person_id, name=self.__dict__.get("_name", ""))
        )

    def name_person(self, name: str | None) -> None:
        """Remember whose it is by name, to show it."""
        self.__dict__["_name"] = name or ""


class SessionTouch(TenantOwned, Model):
    """When somebody who moderates last touched a running session: apart, so that nothing waits for the session."""

    __tablename__ = "session_touch"
    session_id: Mapped[UUID] = refers("session", primary_key=True)
    moderated_at: Mapped[dt.datetime]


class Rsvp(TenantOwned, Model):
    """Whether somebody comes. A yes with a seat is confirmed, one without it waits."""

    __tablename__ = "rsvp"
    __table_args__ = (
        unique("rsvp_seat", "session_id", "seat_no", where="seat_no IS NOT NULL"),
        index("rsvp_person", "person_id"),
    )
    session_id: Mapped[UUID] = refers("session", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    answer: Mapped[str] = mapped_column(String(10))
    seat_no: Mapped[int | None] = mapped_column(Integer)
    queue_no: Mapped[int | None] = mapped_column(Integer)
    promoted_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime]

    @property
    def waits(self) -> bool:
        return self.answer == "yes" and self.seat_no is None


class Attendance(TenantOwned, Model):
    """Whether somebody was there."""

    __tablename__ = "attendance"
    __table_args__ = (index("attendance_person", "person_id", "mark"),)
    session_id: Mapped[UUID] = refers("session", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    mark: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(String(2_000))
    marked_by_id: Mapped[UUID | None] = refers("person")
    marked_at: Mapped[dt.datetime]
