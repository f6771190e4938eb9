"""What is sent inside of bodies.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from peergroup.client.asking import Id


class BatchRecord(TypedDict):
    """One record of a batch, with its reference."""

    email: NotRequired[str | None]
    """E-mail address; unique in the organization whatever its case. Without one a person cannot
    sign in.
    """
    show_email: NotRequired[bool | None]
    """Whether the people of their groups see the address."""
    company: NotRequired[str | None]
    """Name of the company; one that is not known yet is added."""
    job_title: NotRequired[str | None]
    """What they are at work."""
    level: NotRequired[str | None]
    """Level of responsibility, for parity in a group."""
    industry: NotRequired[str | None]
    """Industry."""
    zone_of_genius: NotRequired[str | None]
    """What they do best, in their words."""
    offers: NotRequired[Sequence[str] | None]
    """What they can help with."""
    needs: NotRequired[Sequence[str] | None]
    """What they look for."""
    gaps: NotRequired[Sequence[str] | None]
    """What they are weak in."""
    values: NotRequired[Sequence[str] | None]
    """What matters to them."""
    name: str
    """Full name."""
    time_zone: NotRequired[str | None]
    """IANA time zone; one that is not known is left out, with a warning."""
    source: str
    """Which system the reference comes from."""
    external_id: str
    """How that system calls the person; case matters."""


class ColumnField(TypedDict):
    """Says which field a column gives, where its name does not."""

    column: str
    """Name of the column in the file."""
    field: str
    """Field of a person, or `ignore`."""


class ColumnMeaning(TypedDict):
    """What one column or property means."""

    column: str
    """Name of the column or property."""
    field: str
    """Field of a person, `is_active` (a clear no shuts them out), or `ignore`."""
    values: NotRequired[Mapping[str, str]]
    """What a text of this column means, whatever its case: the text that is taken in its place."""


class Entitlements(TypedDict):
    """What a prospect gets for free, once per person."""

    discovery_call: NotRequired[int]
    """Free discovery calls."""
    strategy_session: NotRequired[int]
    """Free strategy sessions."""


class EntryIn(TypedDict):
    """One session of the year. What is left out is as usual; null says that there is none."""

    key: NotRequired[str | None]
    """Its identity within the group and year; the month of `local_start` if left out."""
    local_start: NotRequired[str | None]
    """When it begins; if left out, the day of the usual rule in the month that its key names."""
    time_zone: NotRequired[str | None]
    """Zone of `local_start`, if not the usual one."""
    dst_policy: NotRequired[Literal["refuse", "shift_forward"] | None]
    """What to do with a time that the clocks skip."""
    minutes: NotRequired[int | None]
    title: NotRequired[str | None]
    """Name of this meeting."""
    theme_id: NotRequired[Id | None]
    """Its theme, from the library."""
    place: NotRequired[str | None]
    """Where it is."""
    capacity: NotRequired[int | None]
    host_id: NotRequired[Id | None]
    """Who has everybody in. Somebody of the group."""
    hot_seats: NotRequired[Sequence[Id] | None]
    """Who sits in the hot seats of the agenda, in order. Left out: as it is."""
    agenda_template_id: NotRequired[Id | None]
    """Template of the agenda, if not the usual one."""
    agenda: NotRequired[Sequence[SegmentPlan] | None]
    """The segments in order, instead of a template's."""


class FunnelStep(TypedDict):
    """One step on a prospect's way into a group."""

    key: str
    """Identity of the step."""
    title: str
    """Name to show."""
    optional: NotRequired[bool]
    """Whether the step may be skipped."""
    uses: NotRequired[Literal["discovery_call", "strategy_session"] | None]
    """What free thing it uses up; once that is used up, the step can be skipped."""
    needs_visit: NotRequired[bool]
    """Whether it is taken only by somebody whom a session's attendance marks present as a guest."""


class HubSpotConnectionIn(TypedDict):
    """A HubSpot account: a service key (or a private app's access token), or an app's OAuth grant."""

    kind: Literal["hubspot"]
    """The CRM."""
    access_token: NotRequired[str | None]
    """Service key, or access token of a private app, with the scope crm.objects.contacts.read."""
    refresh_token: NotRequired[str | None]
    """Refresh token of an app's grant."""
    client_id: NotRequired[str | None]
    """Client id of that app."""
    client_secret: NotRequired[str | None]
    """Client secret of that app."""


class MarkList(TypedDict):
    """A named list of marks with a budget for each person: votes, `helped`, and the like."""

    list: str
    """The list's name, once per protocol."""
    on: Sequence[str]
    """The kinds of contribution it marks."""
    by: str
    """The role that marks, or `everyone`."""
    budget: int
    """How many marks each person has."""
    tally: NotRequired[Literal["open", "hidden"]]
    """`hidden`: nobody sees counts before the phase ends."""
    top: NotRequired[int | None]
    """How many are kept as the frozen top of this list."""


class MinCommitments(TypedDict):
    """At least so many commitments in this phase; hard, no reason overrides it."""

    min_commitments: int
    """The least number."""


class MinContributions(TypedDict):
    """At least so many contributions in this phase; soft."""

    min_contributions: int
    """The least number."""


class NewPerson(TypedDict):
    """Somebody who may not be known yet; found by e-mail, else made."""

    name: str
    """Name."""
    email: str
    """Address the invitation goes to."""


class Participants(TypedDict):
    """How few and how many people the method is made for."""

    min: NotRequired[int]
    """The fewest people."""
    max: NotRequired[int]
    """The most people."""


class Phase(TypedDict):
    """One phase of a method, in the words of its document."""

    key: str
    """The phase's name, once per protocol."""
    title: str
    """What people call this phase."""
    prompt: NotRequired[str | None]
    """What everyone is asked."""
    minutes: int | Timebox
    """Planned minutes, or the least and the planned."""
    breakout: NotRequired[Literal[1, 2, 3, 4, "all", "merge"]]
    """People per breakout; `merge` joins the former breakouts two by two."""
    accepts: NotRequired[Mapping[str, Sequence[str]]]
    """Kinds by role."""
    parents: NotRequired[Mapping[str, str | Sequence[str]]]
    """Kinds that answer to another contribution, and to which kinds."""
    per_person: NotRequired[Mapping[str, int]]
    """Most of a kind each."""
    per_group: NotRequired[Mapping[str, int]]
    """Most of a kind by all together; in open phases without breakouts."""
    visibility: NotRequired[Literal["open", "blind", "sealed"]]
    """When others read what is said here."""
    reveals: NotRequired[str | None]
    """Sealed phases: the later phase that opens them."""
    anonymous: NotRequired[bool]
    """Nobody learns the authors, ever."""
    listens: NotRequired[Sequence[str]]
    """Roles that are silent here."""
    marks: NotRequired[Sequence[MarkList]]
    """Mark lists of this phase."""
    merges: NotRequired[bool]
    """The moderator may merge duplicates here."""
    carries_over: NotRequired[bool]
    """Here the promises are shown that were made when the group last played this method."""
    exit: NotRequired[
        Sequence[
            Literal["everyone_posted_or_passed", "min_contributions", "min_commitments", "top_selected"]
            | MinContributions
            | MinCommitments
        ]
    ]
    """What has to hold before the phase ends."""


class Protocol(TypedDict):
    """A facilitation method. Whoever holds one holds a document that contradicts itself nowhere."""

    key: str
    """The method's name in the organization."""
    title: str
    """What people call the method."""
    subject: NotRequired[Literal["challenge", "none"]]
    """What an exercise is about."""
    participants: NotRequired[Participants]
    """For how many people."""
    roles: NotRequired[Mapping[str, Literal["subject.owner", "others", "volunteer", "rotate", "drawn"]]]
    """Roles and where they come from."""
    rounds: NotRequired[int | str]
    """How often all phases are run; `each owner` gives each a turn."""
    phases: Sequence[Phase]
    """The phases, in order."""


class Resolution(TypedDict):
    """How one conflict of a merge is settled."""

    conflict: str
    """The conflict's key, as the refusal named it."""
    keep: Literal["this", "into"]
    """Whose side stays: that of the person merged (`this`) or of the survivor (`into`)."""


class SalesforceConnectionIn(TypedDict):
    """A Salesforce organization: an external client app with the client credentials flow, or a
    refresh token.
    """

    kind: Literal["salesforce"]
    """The CRM."""
    instance_url: str
    """The organization's My Domain address."""
    client_id: str
    """Consumer key of the app."""
    client_secret: str
    """Consumer secret of the app."""
    refresh_token: NotRequired[str | None]
    """Refresh token, where the app acts for a user who agreed to it."""


class SeasonGroup(TypedDict):
    """A group, and its year. What is left out stays as it is."""

    name: str
    """Name; the group is found by it."""
    id: NotRequired[Id | None]
    """Its identifier, where the name is not enough."""
    focus: NotRequired[str | None]
    """What the group is about."""
    cadence: NotRequired[str | None]
    """How often it meets."""
    time_zone: NotRequired[str | None]
    """Zone of the group."""
    capacity: NotRequired[int | None]
    """How many members it may have."""
    covenant: NotRequired[str | None]
    """First covenant version of a new group; a group that has one keeps it."""
    agenda_template: NotRequired[str | None]
    """Run of show of new sessions, by its title."""
    active: NotRequired[bool]
    """Whether the group is activated; nothing is scheduled before."""
    moderators: NotRequired[Sequence[str]]
    """Who leads it."""
    members: NotRequired[Sequence[str | SeasonPerson]]
    """Who is invited, unless they take part. Nobody is removed."""
    usual: NotRequired[SeasonUsual]
    """What the sessions have in common."""
    sessions: NotRequired[Sequence[SeasonSession] | None]
    """The whole year; left out: as it is."""
    series: NotRequired[Sequence[SeasonSeries]]
    """What recurs beside it. Others stay as they are."""


class SeasonPerson(TypedDict):
    """Somebody who may not be known yet."""

    name: str
    """Full name."""
    email: str
    """Address."""


class SeasonSeries(TypedDict):
    """Meetings that recur beside the plan; known by their title."""

    title: str
    """Name; the series is found by it."""
    id: NotRequired[Id | None]
    """Its identifier, where several have this title."""
    rule: str
    """When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY), INTERVAL,
    BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an end it goes on for
    as long as a series may be: 200 occurrences or 5 years, whichever comes first.
    """
    local_start: str
    """What the clock on the wall shows: date and time to the minute, without an offset."""
    time_zone: NotRequired[str | None]
    """Zone of `local_start`; the group's if left out."""
    dst_policy: NotRequired[Literal["refuse", "shift_forward"] | None]
    """What to do where the clocks skip the time."""
    minutes: NotRequired[int | None]
    place: NotRequired[str | None]
    """Where they are."""
    capacity: NotRequired[int | None]
    theme: NotRequired[str | None]
    """Their theme, by title."""
    agenda: NotRequired[Sequence[SegmentPlan] | None]
    """The segments of each, in order."""


class SeasonSession(TypedDict):
    """One session of the year. What is left out is as usual; null says that there is none."""

    key: NotRequired[str | None]
    """Its identity; the month of `local_start` if left out."""
    local_start: NotRequired[str | None]
    """When it begins; if left out, the day of the usual rule in the month that its key names."""
    time_zone: NotRequired[str | None]
    """Zone of `local_start`, if not the usual one."""
    dst_policy: NotRequired[Literal["refuse", "shift_forward"] | None]
    """What to do with a time that the clocks skip."""
    minutes: NotRequired[int | None]
    title: NotRequired[str | None]
    """Name of this meeting."""
    theme: NotRequired[str | None]
    """Its theme, by title."""
    place: NotRequired[str | None]
    """Where it is."""
    capacity: NotRequired[int | None]
    host: NotRequired[str | None]
    """Who has everybody in."""
    hot_seats: NotRequired[Sequence[str] | None]
    """Who sits in the hot seats of the agenda, in order. Left out: as it is."""
    agenda_template: NotRequired[str | None]
    """Template of the agenda, by its title."""
    agenda: NotRequired[Sequence[SegmentPlan] | None]
    """The segments in order, instead of a template's."""


class SeasonTemplate(TypedDict):
    """A run of show that the library has, or gets."""

    title: str
    """Name."""
    segments: Sequence[SegmentPlan]
    """The segments in order."""


class SeasonTheme(TypedDict):
    """A theme that the library has, or gets."""

    title: str
    """Name, unique in the organization."""
    description: NotRequired[str | None]
    """What it is about; left out: as it is."""


class SeasonUsual(TypedDict):
    """What the sessions of a group have in common."""

    rule: NotRequired[str | None]
    """The days, as an RFC 5545 RRULE."""
    local_time: NotRequired[str | None]
    time_zone: NotRequired[str | None]
    """Zone of the times; the group's if left out."""
    dst_policy: NotRequired[Literal["refuse", "shift_forward"] | None]
    """What to do with a time that the clocks skip."""
    minutes: NotRequired[int | None]
    place: NotRequired[str | None]
    """Where they are."""
    capacity: NotRequired[int | None]
    agenda_template: NotRequired[str | None]
    """Template of the agendas, by its title."""


class SegmentIn(TypedDict):
    """One timebox of an agenda."""

    title: str
    """Name to show."""
    kind: NotRequired[
        Literal[
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
    ]
    """What happens in it."""
    minutes: int
    """Length in minutes."""
    person_id: NotRequired[Id | None]
    """Whose it is: who sits in this hot seat, for example. Somebody of the group."""
    id: NotRequired[Id | None]
    """The segment this is, if it exists already; else recognized by what it says."""


class SegmentOf(TypedDict):
    """One timebox of a session's agenda, and whose it is."""

    title: str
    """Name to show."""
    kind: NotRequired[
        Literal[
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
    ]
    """What happens in it."""
    minutes: int
    """Length in minutes."""
    person_id: NotRequired[Id | None]
    """Whose it is: who sits in this hot seat, for example. Somebody of the group."""


class SegmentPlan(TypedDict):
    """One timebox of a run of show."""

    title: str
    """Name to show."""
    kind: NotRequired[
        Literal[
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
    ]
    """What happens in it."""
    minutes: int
    """Length in minutes."""


class Settings(TypedDict):
    """What an organization may set; every member has a default."""

    funnel: NotRequired[Sequence[FunnelStep]]
    """Steps of the prospect funnel, in order."""
    prospect_lapses_after_days: NotRequired[int]
    """Days without a step after which a prospect lapses."""
    levels: NotRequired[Sequence[Sequence[str]]]
    """The ladder of levels, the lowest rung first, each with its names in any case. A level that is
    not on it is compared with nothing.
    """
    level_distance: NotRequired[int]
    """Rungs that a new member may be away from the middle of the group."""
    working_hours: NotRequired[WorkingHours]
    """The working day that is compared across time zones."""
    shared_hours: NotRequired[int]
    """Hours of it that a new member shares with everybody."""
    misses_before_review: NotRequired[int]
    """Misses in twelve months beyond which a review is raised."""
    leave_keeps_seat: NotRequired[bool]
    """Whether a member on leave keeps the seat."""
    shared_limits: NotRequired[Sequence[str]]
    """Kinds of contribution whose limit for each person holds for the whole group instead, in
    exercises made from now on; `proposal` in a value exchange, for example.
    """
    entitlements: NotRequired[Entitlements]
    """What prospects get for free."""
    covenant_template: NotRequired[str]
    """Text of the first covenant version that a group is offered."""


class Timebox(TypedDict):
    """The shortest and the planned length of a phase, in minutes."""

    min: int
    """The shortest useful length, in minutes."""
    max: int
    """The planned length, in minutes."""


class TrytonConnectionIn(TypedDict):
    """A Tryton database: the key of a user application of the kind “REST API”."""

    kind: Literal["tryton"]
    """The CRM."""
    base_url: str
    """The server's address."""
    database: str
    """Name of the database."""
    key: str
    """Key of the user application."""


class Usual(TypedDict):
    """What the sessions of a year have in common; an entry says only what is different about it."""

    rule: NotRequired[str | None]
    """The days, as an RFC 5545 RRULE without an end: the third Tuesday of each month, for example."""
    local_time: NotRequired[str | None]
    time_zone: NotRequired[str | None]
    """Zone of the times; the group's if left out."""
    dst_policy: NotRequired[Literal["refuse", "shift_forward"]]
    """What to do with a time that the clocks skip."""
    minutes: NotRequired[int | None]
    place: NotRequired[str | None]
    """Where they are."""
    capacity: NotRequired[int | None]
    agenda_template_id: NotRequired[Id | None]
    """Template of the agendas; the group's if left out."""


class WorkingHours(TypedDict):
    """The hours of a working day, by the clock of whoever works them."""

    begins: NotRequired[int]
    """Hour at which it begins."""
    ends: NotRequired[int]
    """Hour at which it ends."""
