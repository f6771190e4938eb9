"""Recurring sessions on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Line, Note
from peergroup.kit.time import Instant, LocalTime, TimeZone
from peergroup.kit.wire import KEPT, In, Named, Out
from peergroup.sessions.recurrence import MOST, YEARS
from peergroup.sessions.recurrence_text import RuleText
from peergroup.sessions.schemas import Capacity, DstPolicy, Length, Names, SegmentPlan, State

Scope = Literal["this", "following", "all"]
EndsBy = Literal["count", "until", "horizon"]
Became = Literal["made", "changed", "moved", "cancelled", "deleted"]
Segments = Annotated[list[SegmentPlan], Field(max_length=50)]
_Local = Annotated[str, Field(max_length=16, examples=["2026-12-15T18:00"])]


class SeriesIn(In):
    """Meetings that recur. They are scheduled at once, so the group has to be active."""

    rule: RuleText
    local_start: LocalTime = Field(
        description="When the first one begins, on a day of the rule: what the clock on the wall shows, as it does"
        " on every further day.",
        examples=["2027-01-12T18:00"],
    )
    time_zone: TimeZone | None = Field(None, description="Zone of `local_start`; the group's if left out.")
    dst_policy: DstPolicy = Field(
        "refuse",
        description="What to do where the clocks skip the time on a day: refuse the series, or begin later there.",
        examples=["refuse"],
    )
    minutes: Length | None = Field(
        None, description="How long each takes, in minutes; as long as the agenda, else 120, if left out."
    )
    title: Line | None = Field(None, description="Name of each meeting.", examples=["Founders' evening"])
    theme_id: UUID | None = Field(None, description="Their theme, from the library.")
    place: Note | None = Field(None, description="Where they are.", examples=["Hotel Nord, room 3"])
    capacity: Capacity | None = None
    agenda: Segments | None = Field(None, description="The segments of each, in order.")
    agenda_template_id: UUID | None = Field(
        None, description="Template of the agenda; the group's if neither this nor `agenda` is sent."
    )


class SeriesPatch(In):
    """Merge patch of a series: of all its sessions that are still to come, but for what was changed by hand there."""

    rule: Annotated[RuleText | None, KEPT] = None
    local_start: Annotated[LocalTime | None, KEPT] = Field(
        None,
        description="When the first one begins; as before, or on the first day of the new rule, if left out.",
        examples=["2027-01-12T19:00"],
    )
    time_zone: Annotated[TimeZone | None, KEPT] = Field(None, description="New zone of `local_start`.")
    dst_policy: Annotated[DstPolicy | None, KEPT] = Field(
        None, description="What to do where the clocks skip the time.", examples=["shift_forward"]
    )
    minutes: Annotated[Length | None, KEPT] = None
    title: Line | None = Field(None, description="New name; null clears it.", examples=["Founders' evening"])
    theme_id: UUID | None = Field(None, description="New theme; null clears it.")
    place: Note | None = Field(None, description="New place; null clears it.", examples=["Room 4"])
    capacity: Capacity | None = None
    agenda: Annotated[Segments | None, KEPT] = Field(None, description="The new segments, in order.")
    agenda_template_id: Annotated[UUID | None, KEPT] = Field(None, description="Template of the new agenda.")


class OccurrenceOut(Out):
    """One session of a series."""

    session_id: UUID = Field(description="The session.")
    occurrence: _Local = Field(description="When it would begin by the rule, in local time.")
    local_start: _Local = Field(description="When it begins, in local time.")
    starts_at: Instant = Field(description="The start.")
    ends_at: Instant = Field(description="The planned end.")
    state: State = Field(description="State.", examples=["scheduled"])
    overridden: Names = Field(description="What was changed by hand on this one.", examples=[["place"]])


class ChangeOut(Out):
    """What became of one session through this request."""

    session_id: UUID = Field(description="The session.")
    occurrence: _Local = Field(description="When it would begin by the rule, in local time.")
    became: Became = Field(
        description="What it became: deleted only where nothing hung on it, else cancelled.",
        examples=["cancelled"],
    )
    reason: str | None = Field(
        description="Why it was cancelled and not deleted.",
        max_length=200,
        examples=["people have said whether they come"],
    )


class SeriesBrief(Out):
    """A series as lists show it; to those who may see its times only, the rest is null."""

    id: UUID = Field(description="Identifier.")
    rule: str = Field(
        description="When it recurs (RFC 5545).",
        max_length=500,
        examples=["FREQ=MONTHLY;BYDAY=2TU;COUNT=12"],
    )
    local_start: _Local = Field(description="When the first one begins, in local time.")
    time_zone: str = Field(description="Zone of that time.", max_length=64, examples=["Europe/Berlin"])
    minutes: int = Field(description="Length of each in minutes.", ge=5, le=1_440, examples=[120])
    last_occurrence: _Local = Field(description="When the last one of the rule begins, in local time.")
    ends_by: EndsBy = Field(
        description="What ends it: COUNT or UNTIL of the rule, or, where it has neither, how far a series may"
        f" reach ({MOST} occurrences or {YEARS} years).",
        examples=["count"],
    )
    title: str | None = Field(
        description="Name of each meeting.", max_length=200, examples=["Founders' evening"]
    )
    theme: Named | None = Field(description="Their theme.")
    ended_at: Instant | None = Field(description="When it was deleted; what happened before stays.")


class SeriesOut(SeriesBrief):
    """A series with its sessions."""

    group: Named = Field(description="The group.")
    dst_policy: str | None = Field(
        description="What becomes of a time that the clocks skip.", max_length=20, examples=["refuse"]
    )
    place: str | None = Field(
        description="Where they are.", max_length=2_000, examples=["Hotel Nord, room 3"]
    )
    capacity: int | None = Field(description="How many can come.", ge=1, le=500, examples=[12])
    agenda: Segments = Field(description="The segments of each, in order.")
    exdates: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=1_000)] = Field(
        description="The days that were taken out, and stay out.", examples=[["2027-03-09"]]
    )
    occurrences: Annotated[list[OccurrenceOut], Field(max_length=MOST)] = Field(
        description="Its sessions that are not over, the earliest first."
    )
    changes: Annotated[list[ChangeOut], Field(max_length=1_000)] | None = Field(
        description="What this request did to sessions; null where the series is only read."
    )
    created_at: Instant = Field(description="When it was made.")
    updated_at: Instant = Field(description="When it was last changed.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
