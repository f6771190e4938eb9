"""Plans of a year on the wire."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from peergroup.kit.text import Key, Line, Note, form
from peergroup.kit.time import Instant, LocalTime, TimeZone
from peergroup.kit.wire import In, Named, Out
from peergroup.sessions.recurrence_text import RuleText
from peergroup.sessions.schemas import Capacity, DstPolicy, Length, SegmentPlan, State

MOST_ENTRIES = 60
Year = Annotated[int, Field(ge=2000, le=2199, description="The year.", examples=[2027])]
Change = Literal["created", "updated", "unchanged", "deleted", "kept", "locked"]
ClockTime = Annotated[
    str,
    Field(
        pattern=form("^([01][0-9]|2[0-3]):[0-5][0-9]$", "Use the form 18:00."),
        description="What the clock on the wall shows when sessions begin.",
        examples=["18:00"],
        json_schema_extra={"minLength": 5, "maxLength": 5},
    ),
]


class Usual(In):
    """What the sessions of a year have in common; an entry says only what is different about it."""

    rule: RuleText | None = Field(
        None,
        description="The days, as an RFC 5545 RRULE without an end: the third Tuesday of each month, for example.",
        examples=["FREQ=MONTHLY;BYDAY=3TU"],
    )
    local_time: ClockTime | None = None
    time_zone: TimeZone | None = Field(None, description="Zone of the times; the group's if left out.")
    dst_policy: DstPolicy = Field(
        "refuse", description="What to do with a time that the clocks skip.", examples=["refuse"]
    )
    minutes: Length | None = None
    place: Note | None = Field(None, description="Where they are.", examples=["Hotel Nord, room 3"])
    capacity: Capacity | None = None
    agenda_template_id: UUID | None = Field(
        None, description="Template of the agendas; the group's if left out."
    )


class EntryIn(In):
    """One session of the year. What is left out is as usual; null says that there is none."""

    key: Key | None = Field(
        None,
        description="Its identity within the group and year; the month of `local_start` if left out.",
        examples=["2027-03"],
    )
    local_start: LocalTime | None = Field(
        None,
        description="When it begins; if left out, the day of the usual rule in the month that its key names.",
    )
    time_zone: TimeZone | None = Field(None, description="Zone of `local_start`, if not the usual one.")
    dst_policy: DstPolicy | None = Field(
        None, description="What to do with a time that the clocks skip.", examples=["shift_forward"]
    )
    minutes: Length | None = None
    title: Line | None = Field(None, description="Name of this meeting.", examples=["Hiring well"])
    theme_id: UUID | None = Field(None, description="Its theme, from the library.")
    place: Note | None = Field(None, description="Where it is.", examples=["Hotel Nord, room 3"])
    capacity: Capacity | None = None
    host_id: UUID | None = Field(None, description="Who has everybody in. Somebody of the group.")
    hot_seats: Annotated[list[UUID], Field(max_length=20)] | None = Field(
        None, description="Who sits in the hot seats of the agenda, in order. Left out: as it is."
    )
    agenda_template_id: UUID | None = Field(None, description="Template of the agenda, if not the usual one.")
    agenda: Annotated[list[SegmentPlan], Field(max_length=50)] | None = Field(
        None, description="The segments in order, instead of a template's."
    )


class PlanIn(In):
    """The whole year. Sessions that are not named any more are deleted, or kept where something hangs on them."""

    usual: Usual = Field(default=Usual(), description="What the sessions have in common.")
    entries: Annotated[list[EntryIn], Field(max_length=MOST_ENTRIES)] = Field(description="The sessions.")


class PlannedOut(Out):
    """One session of the year."""

    key: str = Field(
        description="Its identity within the group and year.", max_length=100, examples=["2027-03"]
    )
    session_id: UUID | None = Field(description="The session; null for one that a dry run would create.")
    state: State = Field(description="Its state.", examples=["scheduled"])
    local_start: str = Field(
        description="Wall time of the start.", max_length=16, examples=["2027-03-16T18:00"]
    )
    time_zone: str = Field(description="Zone of that time.", max_length=64, examples=["Europe/Berlin"])
    dst_policy: str = Field(
        description="What becomes of a time that the clocks skip.", max_length=20, examples=["refuse"]
    )
    minutes: int = Field(description="Length in minutes.", ge=5, le=1_440, examples=[120])
    starts_at: Instant = Field(description="The start.")
    ends_at: Instant = Field(description="The planned end.")
    title: str | None = Field(description="Name of this meeting.", max_length=200, examples=["Hiring well"])
    theme: Named | None = Field(description="Its theme.")
    place: str | None = Field(description="Where it is.", max_length=2_000, examples=["Hotel Nord, room 3"])
    capacity: int | None = Field(description="How many can come.", ge=1, le=500, examples=[12])
    host: Named | None = Field(description="Who has everybody in.")
    hot_seats: list[Named] = Field(description="Who sits in the hot seats, in order.", max_length=100)
    agenda_template_id: UUID | None = Field(description="The template its agenda was made from.")
    agenda: list[SegmentPlan] | None = Field(
        description="The segments it was planned with, where that was no template.", max_length=50
    )


class FieldChange(Out):
    """One thing that is different."""

    field: str = Field(description="What.", max_length=60, examples=["local_start"])
    before: JsonValue = Field(
        description="As it was.",
        examples=["2027-03-16T18:00"],
    )
    after: JsonValue = Field(description="As it is to be.", examples=["2027-03-23T18:00"])


class EntryChange(Out):
    """What became of one entry, or would become of it."""

    key: str = Field(description="The entry.", max_length=100, examples=["2027-03"])
    session_id: UUID | None = Field(description="The session; null for one that a dry run would create.")
    change: Change = Field(description="What became of it.", examples=["updated"])
    fields: list[FieldChange] = Field(description="What is different.", max_length=30)
    reason: str | None = Field(
        description="Why it was kept, or is locked.",
        max_length=2_000,
        examples=["People have said whether they come."],
    )


class ChangeCounts(Out):
    """How many entries had which outcome."""

    created: int = Field(description="New sessions.", ge=0, le=1_000_000, examples=[12])
    updated: int = Field(description="Sessions that changed.", ge=0, le=1_000_000, examples=[0])
    unchanged: int = Field(description="Sessions that stayed as they are.", ge=0, le=1_000_000, examples=[0])
    deleted: int = Field(description="Sessions that are gone.", ge=0, le=1_000_000, examples=[0])
    kept: int = Field(
        description="Sessions that are not in the plan any more, and stay.", ge=0, le=1_000_000, examples=[0]
    )
    locked: int = Field(
        description="Sessions that began or ended, and stay as they are.", ge=0, le=1_000_000, examples=[0]
    )


class PlanOut(Out):
    """The plan of a group's year; of a year without one, an empty one of version 0."""

    group: Named = Field(description="The group.")
    year: Year
    usual: dict[str, JsonValue] = Field(
        description="What the sessions have in common, as it was sent.", max_length=20, examples=[{}]
    )
    entries: list[PlannedOut] = Field(description="The sessions, the earliest first.", max_length=1_000)
    version: int = Field(description="Counts the changes.", ge=0, examples=[1])


class PlanChangedOut(PlanOut):
    """The plan as it is now, or would be, and what became of each entry."""

    changes: list[EntryChange] = Field(description="One for each entry, by its key.", max_length=1_000)
    summary: ChangeCounts = Field(description="How many had which outcome.")


def as_data(value: Any) -> JsonValue:
    """A value as JSON has it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [as_data(one) for one in value]
    return value  # type: ignore[no-any-return]  # numbers, text and null are JSON already
