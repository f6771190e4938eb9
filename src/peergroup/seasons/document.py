"""What a season file says. Names instead of identifiers: people by address, themes and templates by title."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from peergroup.groups.schemas import Capacity as Seats
from peergroup.kit.text import Email, Key, Line, Note, Words, form
from peergroup.kit.time import LocalTime, TimeZone
from peergroup.kit.wire import In
from peergroup.sessions.plan_schemas import MOST_ENTRIES, ClockTime, Year
from peergroup.sessions.recurrence_text import RuleText
from peergroup.sessions.schemas import Capacity, DstPolicy, Length, SegmentPlan

Who = Annotated[
    str,
    Field(
        min_length=3,
        max_length=320,
        pattern=form(r"^[^\s\x00]+$", "Name an address, source/external-id, or an identifier."),
        description="Somebody known: an e-mail address, `source/external-id`, or an identifier.",
        examples=["ada@example.com"],
    ),
]
Segments = Annotated[list[SegmentPlan], Field(max_length=50)]


class SeasonTheme(In):
    """A theme that the library has, or gets."""

    title: Line = Field(description="Name, unique in the organization.", examples=["Hiring well"])
    description: Note | None = Field(
        None, description="What it is about; left out: as it is.", examples=["…"]
    )


class SeasonTemplate(In):
    """A run of show that the library has, or gets."""

    title: Line = Field(description="Name.", examples=["Two hours, two hot seats"])
    segments: Segments = Field(description="The segments in order.")


class SeasonUsual(In):
    """What the sessions of a group have in common."""

    rule: RuleText | None = Field(
        None, description="The days, as an RFC 5545 RRULE.", examples=["FREQ=MONTHLY;BYDAY=3TU"]
    )
    local_time: ClockTime | None = None
    time_zone: TimeZone | None = Field(None, description="Zone of the times; the group's if left out.")
    dst_policy: DstPolicy | None = Field(
        None, description="What to do with a time that the clocks skip.", examples=["refuse"]
    )
    minutes: Length | None = None
    place: Note | None = Field(None, description="Where they are.", examples=["Hotel Nord, room 3"])
    capacity: Capacity | None = None
    agenda_template: Line | None = Field(None, description="Template of the agendas, by its title.")


class SeasonSession(In):
    """One session of the year. What is left out is as usual; null says that there is none."""

    key: Key | None = Field(
        None, description="Its identity; the month of `local_start` if left out.", examples=["2027-03"]
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
    theme: Line | None = Field(None, description="Its theme, by title.", examples=["Hiring well"])
    place: Note | None = Field(None, description="Where it is.", examples=["Hotel Nord, room 3"])
    capacity: Capacity | None = None
    host: Who | None = Field(None, description="Who has everybody in.")
    hot_seats: Annotated[list[Who], Field(max_length=20)] | None = Field(
        None, description="Who sits in the hot seats of the agenda, in order. Left out: as it is."
    )
    agenda_template: Line | None = Field(None, description="Template of the agenda, by its title.")
    agenda: Segments | None = Field(None, description="The segments in order, instead of a template's.")


class SeasonSeries(In):
    """Meetings that recur beside the plan; known by their title."""

    title: Line = Field(description="Name; the series is found by it.", examples=["Coffee"])
    id: UUID | None = Field(None, description="Its identifier, where several have this title.")
    rule: RuleText
    local_start: LocalTime
    time_zone: TimeZone | None = Field(None, description="Zone of `local_start`; the group's if left out.")
    dst_policy: DstPolicy | None = Field(
        None, description="What to do where the clocks skip the time.", examples=["refuse"]
    )
    minutes: Length | None = None
    place: Note | None = Field(None, description="Where they are.", examples=["Hotel Nord, bar"])
    capacity: Capacity | None = None
    theme: Line | None = Field(None, description="Their theme, by title.")
    agenda: Segments | None = Field(None, description="The segments of each, in order.")


class SeasonPerson(In):
    """Somebody who may not be known yet."""

    name: Line = Field(description="Full name.", examples=["Ada Lovelace"])
    email: Email = Field(description="Address.")


class SeasonGroup(In):
    """A group, and its year. What is left out stays as it is."""

    name: Line = Field(description="Name; the group is found by it.", examples=["Founders North"])
    id: UUID | None = Field(None, description="Its identifier, where the name is not enough.")
    focus: Note | None = Field(None, description="What the group is about.", examples=["Growing past twenty"])
    cadence: Line | None = Field(None, description="How often it meets.", examples=["third Tuesday"])
    time_zone: TimeZone | None = Field(None, description="Zone of the group.")
    capacity: Seats | None = Field(None, description="How many members it may have.", examples=[10])
    covenant: Words | None = Field(
        None,
        description="First covenant version of a new group; a group that has one keeps it.",
        examples=["What is said here stays here."],
    )
    agenda_template: Line | None = Field(None, description="Run of show of new sessions, by its title.")
    active: bool = Field(
        True, description="Whether the group is activated; nothing is scheduled before.", examples=[True]
    )
    moderators: Annotated[list[Who], Field(max_length=10)] = Field(
        default_factory=list, description="Who leads it."
    )
    members: Annotated[list[Who | SeasonPerson], Field(max_length=500)] = Field(
        default_factory=list, description="Who is invited, unless they take part. Nobody is removed."
    )
    usual: SeasonUsual = Field(default=SeasonUsual(), description="What the sessions have in common.")
    sessions: Annotated[list[SeasonSession], Field(max_length=MOST_ENTRIES)] | None = Field(
        None, description="The whole year; left out: as it is."
    )
    series: Annotated[list[SeasonSeries], Field(max_length=20)] = Field(
        default_factory=list, description="What recurs beside it. Others stay as they are."
    )


class Season(In):
    """A season: what every group does in a year."""

    season: Year
    themes: Annotated[list[SeasonTheme], Field(max_length=500)] = Field(
        default_factory=list, description="Themes that the library is to have."
    )
    agenda_templates: Annotated[list[SeasonTemplate], Field(max_length=200)] = Field(
        default_factory=list, description="Runs of show that the library is to have."
    )
    groups: Annotated[list[SeasonGroup], Field(max_length=2_000)] = Field(
        default_factory=list, description="The groups."
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a season file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Season.model_json_schema()}
