"""Sessions on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Line, Note
from peergroup.kit.time import Instant, LocalTime, TimeZone
from peergroup.kit.wire import KEPT, In, Named, Out
from peergroup.sessions.recurrence_text import RuleText

Kind = Literal[
    "opening",
    "check_in",
    "icebreaker",
    "updates",
    "commitments",
    "theme",
    "hot_seat",
    "retrospective",
    "break",
    "housekeeping",
    "closing",
    "custom",
]
State = Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"]
DstPolicy = Literal["refuse", "shift_forward"]
Actions = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)]
Names = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)]
Length = Annotated[int, Field(ge=5, le=1_440, description="How long it takes, in minutes.", examples=[120])]
Capacity = Annotated[
    int, Field(ge=1, le=500, description="How many can come; no limit if null.", examples=[12])
]


class SegmentPlan(In):
    """One timebox of a run of show."""

    title: Line = Field(description="Name to show.", examples=["Hot seat"])
    kind: Kind = Field("custom", description="What happens in it.", examples=["hot_seat"])
    minutes: int = Field(ge=1, le=600, description="Length in minutes.", examples=[45])


class SegmentOf(SegmentPlan):
    """One timebox of a session's agenda, and whose it is."""

    person_id: UUID | None = Field(
        None, description="Whose it is: who sits in this hot seat, for example. Somebody of the group."
    )


class SegmentIn(SegmentOf):
    """One timebox of an agenda."""

    id: UUID | None = Field(
        None, description="The segment this is, if it exists already; else recognized by what it says."
    )


Agenda = Annotated[list[SegmentIn], Field(max_length=50)]


class AgendaIn(In):
    """The whole agenda, in order; it replaces the one before. Segments that started stay as they are."""

    segments: Agenda = Field(description="The segments in order.")


class SessionIn(In):
    """A new session, still a draft."""

    title: Line | None = Field(None, description="Name of this meeting.", examples=["Hiring well"])
    theme_id: UUID | None = Field(None, description="Its theme, from the library.")
    place: Note | None = Field(None, description="Where it is.", examples=["Hotel Nord, room 3"])
    local_start: LocalTime
    time_zone: TimeZone | None = Field(None, description="Zone of `local_start`; the group's if left out.")
    dst_policy: DstPolicy = Field(
        "refuse", description="What to do with a time that the clocks skip.", examples=["refuse"]
    )
    minutes: Length | None = Field(
        None, description="How long it takes, in minutes; as long as its agenda, else 120, if left out."
    )
    capacity: Capacity | None = None
    host_id: UUID | None = Field(None, description="Who has everybody in. Somebody of the group.")
    agenda: Annotated[list[SegmentOf], Field(max_length=50)] | None = Field(
        None, description="The segments in order."
    )
    agenda_template_id: UUID | None = Field(
        None, description="Template of the agenda; the group's if neither this nor `agenda` is sent."
    )


class SessionPatch(In):
    """Merge patch of a session."""

    title: Line | None = Field(None, description="New name; null clears it.", examples=["Hiring well"])
    theme_id: UUID | None = Field(None, description="New theme; null clears it.")
    place: Note | None = Field(None, description="New place; null clears it.", examples=["Room 4"])
    local_start: Annotated[LocalTime | None, KEPT] = None
    time_zone: Annotated[TimeZone | None, KEPT] = Field(None, description="New zone of `local_start`.")
    dst_policy: Annotated[DstPolicy | None, KEPT] = Field(
        None, description="What to do with a time that the clocks skip.", examples=["shift_forward"]
    )
    minutes: Annotated[Length | None, KEPT] = None
    capacity: Capacity | None = None
    host_id: UUID | None = Field(None, description="New host; null clears it.")
    rule: Annotated[RuleText | None, KEPT] = Field(
        None,
        description="The rule of its series from now on; with `scope=following` or `scope=all` only.",
        examples=["FREQ=MONTHLY;BYDAY=2WE;COUNT=12"],
    )


class StartIn(In):
    """Starting; outside of the usual time with a reason."""

    reason: Note | None = Field(
        None,
        description="Why it starts more than 60 minutes early, or after its end.",
        examples=["Everybody is here already."],
    )


class ExtendIn(In):
    """More time for the segment that runs."""

    minutes: int = Field(ge=1, le=240, description="Minutes to add.", examples=[10])


class SegmentOut(Out):
    """One timebox of the agenda."""

    id: UUID = Field(description="Identifier.")
    title: str = Field(description="Name to show.", max_length=200, examples=["Hot seat"])
    kind: str = Field(description="What happens in it.", max_length=20, examples=["hot_seat"])
    minutes: int = Field(description="Planned length.", ge=1, le=600, examples=[45])
    extended: int = Field(description="Minutes added while it ran.", ge=0, le=100_000, examples=[0])
    started_at: Instant | None = Field(description="When it started.")
    ended_at: Instant | None = Field(description="When it ended.")
    person: Named | None = Field(description="Whose it is: who sits in this hot seat, for example.")
    exercise_id: UUID | None = Field(description="The exercise this hot seat was given to.")


class ClockOut(Out):
    """The server's clock of the segment that runs."""

    segment_id: UUID = Field(description="The segment that runs.")
    ends_at: Instant | None = Field(description="When its time is over; null while paused.")
    left_seconds: int | None = Field(
        description="What was left when it was paused, below zero if overrun; null while it runs.",
        ge=-(10**9),
        le=10**9,
        examples=[300],
    )


class CountsOut(Out):
    """How many said what."""

    yes: int = Field(description="Will come.", ge=0, le=1_000, examples=[8])
    maybe: int = Field(description="May come.", ge=0, le=1_000, examples=[1])
    no: int = Field(description="Will not come.", ge=0, le=1_000, examples=[1])
    waiting: int = Field(description="Would come, but there is no room yet.", ge=0, le=1_000, examples=[0])


class SessionBrief(Out):
    """A session as lists show it; to those who may see its times only, the rest is null."""

    id: UUID = Field(description="Identifier.")
    state: State = Field(description="State.", examples=["scheduled"])
    local_start: str = Field(
        description="Wall time of the start.", max_length=16, examples=["2026-12-15T18:00"]
    )
    time_zone: str = Field(description="Zone of that time.", max_length=64, examples=["Europe/Berlin"])
    minutes: int = Field(description="Length in minutes.", ge=5, le=1_440, examples=[120])
    starts_at: Instant = Field(description="The start.")
    ends_at: Instant = Field(description="The planned end.")
    series_id: UUID | None = Field(description="The series it belongs to.")
    occurrence: str | None = Field(
        description="When it would begin by the rule of its series, in local time: the calendar's RECURRENCE-ID.",
        max_length=16,
        examples=["2026-12-15T18:00"],
    )
    overridden: Names | None = Field(
        description="What was changed by hand on this one session of a series.", examples=[["place"]]
    )
    title: str | None = Field(description="Name of this meeting.", max_length=200, examples=["Hiring well"])
    theme: Named | None = Field(description="Its theme.")
    host: Named | None = Field(description="Who has everybody in.")
    counts: CountsOut | None = Field(description="How many said what.")
    my_answer: str | None = Field(
        description="Your own answer: yes, no or maybe.", max_length=10, examples=["yes"]
    )
    i_wait: bool | None = Field(description="Whether you said yes and wait for a place.", examples=[False])


class SessionOut(SessionBrief):
    """A session, as far as you may see it; to those who may see its times only, the rest is null or empty."""

    group: Named = Field(description="The group.")
    sequence: int = Field(description="Counts the changes of time, for calendars.", ge=0, examples=[0])
    dst_policy: str | None = Field(
        description="What becomes of a time that the clocks skip.", max_length=20, examples=["refuse"]
    )
    place: str | None = Field(description="Where it is.", max_length=2_000, examples=["Hotel Nord, room 3"])
    capacity: int | None = Field(description="How many can come.", ge=1, le=500, examples=[12])
    reason: str | None = Field(
        description="Why it was cancelled.", max_length=2_000, examples=["The moderator is ill."]
    )
    agenda: list[SegmentOut] = Field(description="The segments in order.", max_length=100)
    clock: ClockOut | None = Field(description="The segment that runs and its time; null if none does.")
    led_by_id: UUID | None = Field(description="Who leads it.")
    claimed_by_id: UUID | None = Field(description="The member who claimed it while nobody leads it.")
    started_at: Instant | None = Field(description="When it really started.")
    ended_at: Instant | None = Field(description="When it really ended.")
    created_at: Instant | None = Field(description="When it was made.")
    updated_at: Instant | None = Field(description="When it was last changed.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="Verbs whose state and role fit.", examples=[["start"]])
