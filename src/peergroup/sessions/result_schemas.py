"""Answers, attendance and minutes on the wire."""

import datetime as dt
from typing import Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Note
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out
from peergroup.sessions.schemas import SegmentOut

Answer = Literal["yes", "no", "maybe"]
Mark = Literal["present", "late", "absent", "excused"]


class RsvpIn(In):
    """Whether one comes."""

    answer: Answer = Field(description="yes, no or maybe.", examples=["yes"])


class RsvpOut(Out):
    """Whether somebody comes, and whether they were there."""

    person: Named = Field(description="Who.")
    answer: str | None = Field(
        description="yes, no or maybe; null if never answered.", max_length=10, examples=["yes"]
    )
    waiting: bool = Field(description="Said yes, but there is no place yet.", examples=[False])
    promoted_at: Instant | None = Field(description="When a place became free for them.")
    answered_at: Instant | None = Field(description="When they answered.")
    attendance: str | None = Field(
        description="present, late, absent or excused; null if not marked.",
        max_length=10,
        examples=["present"],
    )
    note: str | None = Field(
        description="Note to the attendance: for those who may read words.",
        max_length=2_000,
        examples=["Had to leave at eight."],
    )


class AttendanceIn(In):
    """Whether somebody was there."""

    mark: Mark = Field(
        description="present, late, absent or excused. Before the session has begun: absent or excused.",
        examples=["present"],
    )
    note: Note | None = Field(
        None, description="A note for those who may read words.", examples=["Had to leave at eight."]
    )


class AttendanceOut(Out):
    """Whether somebody was there."""

    person: Named = Field(description="Who.")
    mark: str = Field(description="present, late, absent or excused.", max_length=10, examples=["present"])
    note: str | None = Field(description="Note.", max_length=2_000, examples=["Had to leave at eight."])
    marked_at: Instant = Field(description="When it was marked.")


class OpenedIn(In):
    """Whether newcomers may read the minutes."""

    opened: bool = Field(True, description="True opens them, false closes them again.", examples=[True])


class EntryOut(Out):
    """One line of a section of the minutes."""

    text: str = Field(
        description="What was said or decided.", max_length=10_100, examples=["Call three customers."]
    )
    person: Named | None = Field(description="Whose it is; null where no name belongs to it.")
    by_on: dt.date | None = Field(None, description="By when, for a promise.", examples=["2026-12-15"])


class SectionOut(Out):
    """What one kind of thing contributes to the minutes, as far as this reader may see it."""

    key: str = Field(description="What kind of thing.", max_length=60, examples=["commitments"])
    title: str = Field(description="Heading.", max_length=600, examples=["Commitments"])
    entries: list[EntryOut] = Field(description="The lines.", max_length=500)


class MinutesOut(Out):
    """The minutes of a session: seen whole or not at all, each section with its own visibility."""

    session_id: UUID = Field(description="The session.")
    group: Named = Field(description="The group.")
    title: str | None = Field(description="Name of the meeting.", max_length=200, examples=["Hiring well"])
    theme: Named | None = Field(description="Its theme.")
    state: str = Field(description="State of the session.", max_length=20, examples=["completed"])
    starts_at: Instant = Field(description="The planned start.")
    time_zone: str = Field(
        description="The session's zone: Markdown shows times in it.", max_length=64, examples=["Europe/Oslo"]
    )
    started_at: Instant | None = Field(description="When it really started.")
    ended_at: Instant | None = Field(description="When it really ended.")
    reason: str | None = Field(
        description="Why it started outside of its time.",
        max_length=2_000,
        examples=["Everybody was here."],
    )
    opened: bool = Field(description="Whether newcomers may read them.", examples=[False])
    agenda: list[SegmentOut] = Field(description="The segments in order.", max_length=100)
    attendance: list[AttendanceOut] = Field(description="Who was there.", max_length=1_000)
    sections: list[SectionOut] = Field(description="What came of it.", max_length=50)
    version: int = Field(description="Counts the changes of the session.", ge=1, examples=[1])
