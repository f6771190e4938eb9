"""What the service answers.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

import builtins
import datetime as dt
from typing import Any, Literal

from peergroup.client.records import Record


class AcceptedOut(Record):
    """Something you may post now."""

    kind: str
    """Kind of contribution."""
    parent_kind: str | None
    """What it has to answer to, named by `parent_id`."""
    max: int | None
    """How many more; null is no limit."""
    by_on: bool
    """Whether it is a promise and needs a by-when."""


class ActionOut(Record):
    """One verb, and whether it would be carried out now."""

    verb: str
    """Name of the verb."""
    possible: bool
    """Whether it would be carried out now."""
    reasons: list[Obstacle]
    """What stands in the way."""


class ActionsOut(Record):
    """Every verb whose state and role fit, with its guards evaluated."""

    actions: list[ActionOut]
    """The verbs."""


class AdmissionOut(Record):
    """Whether somebody could join; nothing was changed."""

    admissible: bool
    """No blocker, and nothing unwaived."""
    findings: list[Finding]
    """Every point with its reason."""


class Alive(Record):
    """The process answers."""

    status: Literal["alive"] | str
    """Always `alive`."""


class AttendanceOut(Record):
    """Whether somebody was there."""

    person: Named
    """Who."""
    mark: str
    """present, late, absent or excused."""
    note: str | None
    """Note."""
    marked_at: dt.datetime
    """When it was marked."""


class BatchOut(Record):
    """What became of each record, in the order of the request."""

    results: list[ItemResult]
    """One entry per record."""
    summary: BatchSummary
    """The outcomes, counted."""


class BatchSummary(Record):
    """How many records had which outcome."""

    created: int
    """New people."""
    updated: int
    """People changed."""
    unchanged: int
    """People who are as the record says."""
    conflict: int
    """Records in conflict."""
    rejected: int
    """Records that cannot be taken."""
    footer_rows: int
    """Lines of a file that are no records."""


class BoardOut(Record):
    """The frozen top of one list."""

    list: str
    """Name of the list."""
    phase: str
    """The phase it was marked in."""
    round: int
    """Its round, from 1."""
    contribution_ids: builtins.list[str]
    """What was chosen, most marks first."""


class BrainsOut(Record):
    """How many brains have helped."""

    contributed: int
    """People who posted."""
    passed: int
    """People who passed instead."""
    target: int
    """How many are aimed at, at most ten."""


class BreakoutOut(Record):
    """Some who sit together."""

    name: str
    """Name of the breakout."""
    people: list[Named]
    """Who sits there."""


class BuiltIn(Record):
    """Names that are understood without being mapped."""

    field: str
    """Field of a person."""
    columns: list[str]
    """Names of columns and properties, the better ones first; compared by letters and digits."""


class CarriedOut(Record):
    """A promise of the last time."""

    commitment_id: str
    """The promise."""
    body: str
    """What was promised."""
    action: str | None
    """The one action."""
    about: str | None
    """What was taken on: the proposal, if it answered to one."""
    by_on: dt.date
    """By when."""
    state: str
    """open, done, missed or dropped."""
    owner: Named | None
    """Whose it is; null where that is not shown."""
    mine: bool
    """Whether it is yours."""


class CaseOut(Record):
    """Something about one person, for the moderators of a group alone."""

    id: str
    """Identifier."""
    kind: Literal["conflict", "attendance", "handover", "suggestion"] | str
    """`conflict`: connected by now with somebody in the group; `attendance`: missed too often;
    `handover`: outgrew the group and left; `suggestion`: outgrew another group, and might come
    to this one.
    """
    group: Named
    """The group."""
    person: Named
    """The person it is about."""
    state: Literal["open", "closed"] | str
    """open or closed."""
    findings: list[str]
    """Of a conflict: its connections, as an admission check names them."""
    misses: int | None
    """Of attendance: misses in twelve months."""
    suggested_by: Named | None
    """Of a suggestion: the moderator who made it."""
    decision: Literal["waive", "introduce", "talk", "nothing", "settled"] | str | None
    """What was decided; `settled`: its reason was gone."""
    reason: str | None
    """Why."""
    closed_by: Named | None
    """Who closed it; nobody where it was settled."""
    created_at: dt.datetime
    """When it was raised."""
    closed_at: dt.datetime | None
    """When it was closed."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class ChallengeBrief(Record):
    """A challenge as lists show it."""

    id: str
    """Identifier."""
    group_id: str
    """The group."""
    question: str
    """The problem as a question."""
    owner: Named | None
    """Whose it is; null where no name is shown any more."""
    mine: bool
    """Whether it is yours."""
    state: (
        Literal[
            "parked",
            "submitted",
            "returned",
            "accepted",
            "in_progress",
            "committed",
            "follow_up_due",
            "resolved",
            "withdrawn",
            "dropped",
        ]
        | str
    )
    """Where it stands."""
    draft: bool
    """Whether only its owner sees it."""
    help_wanted: str | None
    """What would help most: experience, ideas, introductions or challenge_me."""
    importance: int
    """How much depends on it."""
    urgency: int
    """How soon it is needed."""
    times_asked: int
    """How many people have this problem, the owner included."""
    seconded: bool
    """Whether you said 'mine too'."""
    confidentiality: Literal["group", "session_only", "chatham", "shareable"] | str
    """Who reads it."""
    session_id: str | None
    """The session it was given to."""
    position: int | None
    """Its place there."""
    exercise_id: str | None
    """The exercise that works on it, or did."""
    contributions: int
    """What everybody could read when the last phase ended."""
    follow_up_on: dt.date | None
    """When to ask what came of it."""
    outcome: str | None
    """worked, partly or not."""
    created_at: dt.datetime
    """When it was parked."""


class ChallengeOut(Record):
    """A challenge with its whole thread, as far as you may see it."""

    id: str
    """Identifier."""
    group_id: str
    """The group."""
    question: str
    """The problem as a question."""
    owner: Named | None
    """Whose it is; null where no name is shown any more."""
    mine: bool
    """Whether it is yours."""
    state: (
        Literal[
            "parked",
            "submitted",
            "returned",
            "accepted",
            "in_progress",
            "committed",
            "follow_up_due",
            "resolved",
            "withdrawn",
            "dropped",
        ]
        | str
    )
    """Where it stands."""
    draft: bool
    """Whether only its owner sees it."""
    help_wanted: str | None
    """What would help most: experience, ideas, introductions or challenge_me."""
    importance: int
    """How much depends on it."""
    urgency: int
    """How soon it is needed."""
    times_asked: int
    """How many people have this problem, the owner included."""
    seconded: bool
    """Whether you said 'mine too'."""
    confidentiality: Literal["group", "session_only", "chatham", "shareable"] | str
    """Who reads it."""
    session_id: str | None
    """The session it was given to."""
    position: int | None
    """Its place there."""
    exercise_id: str | None
    """The exercise that works on it, or did."""
    contributions: int
    """What everybody could read when the last phase ended."""
    follow_up_on: dt.date | None
    """When to ask what came of it."""
    outcome: str | None
    """worked, partly or not."""
    created_at: dt.datetime
    """When it was parked."""
    context: str | None
    """What one needs to know."""
    tried: str | None
    """What was tried already."""
    protocol: str
    """The method."""
    reason: str | None
    """Why it was sent back or dropped: for its owner and the moderators."""
    learned: str | None
    """What was learned."""
    opened: bool
    """Whether newcomers may read it."""
    released_text: str | None
    """What the whole organization may read; null while nothing is released."""
    released_at: dt.datetime | None
    """When it was released."""
    started_at: dt.datetime | None
    """When work on it began."""
    committed_at: dt.datetime | None
    """When its owner made a promise."""
    ended_at: dt.datetime | None
    """When it was resolved, withdrawn or dropped."""
    exercise: ExerciseOut | None
    """The exercise, as you see it; null before it was started."""
    brains: BrainsOut | None
    """How many brains helped; null where nobody may know yet."""
    contributions_seen: list[ContributionOut]
    """What was said, in its order, as far as you see it: the first 200."""
    more: str | None
    """Where to go on reading; null where this is everything."""
    commitments: list[CommitmentOut]
    """What was promised."""
    credits: list[CreditOut]
    """Who helped, the most helpful first."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class ChangeCounts(Record):
    """How many entries had which outcome."""

    created: int
    """New sessions."""
    updated: int
    """Sessions that changed."""
    unchanged: int
    """Sessions that stayed as they are."""
    deleted: int
    """Sessions that are gone."""
    kept: int
    """Sessions that are not in the plan any more, and stay."""
    locked: int
    """Sessions that began or ended, and stay as they are."""


class ClientTokenOut(Record):
    """A service's token (RFC 6749, 5.1)."""

    access_token: str
    """Send it as `Authorization: Bearer …`."""
    token_type: Literal["Bearer"] | str
    """How to send it."""
    expires_in: int
    """Seconds until it ends."""
    scope: str
    """What it is cut down to."""


class ClockOut(Record):
    """The server's clock of the segment that runs."""

    segment_id: str
    """The segment that runs."""
    ends_at: dt.datetime | None
    """When its time is over; null while paused."""
    left_seconds: int | None
    """What was left when it was paused, below zero if overrun; null while it runs."""


class ColumnMeaningOut(Record):
    """What one column or property means."""

    column: str
    """Name of the column or property."""
    field: str
    """Field of a person, or `ignore`."""
    values: dict[str, str]
    """What a text of this column means."""


class Columns(Record):
    """How the file was read."""

    fields: dict[str, str]
    """Which column gives which field."""
    ignored: list[str]
    """Columns that were not used."""


class CommitmentOut(Record):
    """Something a person promised."""

    id: str
    """Identifier."""
    owner: Named | None
    """Who promised it; null where no name is shown any more."""
    mine: bool
    """Whether it is yours."""
    source: str
    """`exercise`, `session` or `self`."""
    group: Named | None
    """The group it was made in; null for one to oneself."""
    exercise_id: str | None
    """The exercise it was made in."""
    contribution_id: str | None
    """The contribution that made it."""
    session_id: str | None
    """The session it was made in."""
    state: Literal["open", "done", "missed", "dropped"] | str
    """What became of it."""
    overdue: bool
    """Whether it is open although its day is over: see `due_at`."""
    body: str
    """What is promised."""
    action: str | None
    """The one next action."""
    by_on: dt.date
    """By when."""
    due_at: dt.datetime
    """The end of that day where its owner lives; where no owner is shown, where the group is at
    home.
    """
    history: list[EarlierOut]
    """By-whens that were moved, the oldest first."""
    reason: str | None
    """Why it was dropped."""
    created_at: dt.datetime
    """When it was made."""
    closed_at: dt.datetime | None
    """When it was done, missed or dropped."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class CompanyOut(Record):
    """A company that people work for."""

    id: str
    """Identifier."""
    name: str
    """Name."""
    created_at: dt.datetime
    """When it was added."""
    version: int
    """Counts the changes."""


class ConflictOut(Record):
    """A record that was left alone."""

    id: str
    """Identifier."""
    source: str
    """The system the record comes from."""
    external_id: str
    """The record's reference."""
    fields: dict[str, str]
    """What the record says."""
    person_id: str | None
    """Who is known under the reference already."""
    candidate: Named
    """Who has the address."""
    run_id: str
    """The run that met it last."""
    created_at: dt.datetime
    """When that was."""
    version: int
    """Counts the changes."""


class ConnectionOut(Record):
    """A connection, without its credentials."""

    id: str
    """Identifier."""
    source: str
    """How references from there are called."""
    kind: str
    """hubspot, salesforce or tryton."""
    address: str | None
    """Where the account is; null where all accounts of the kind are at one place."""
    on_conflict: str
    """What becomes of conflicts."""
    every_minutes: int | None
    """How often it is walked through by itself, in minutes; null: only when somebody asks."""
    full_every_days: int | None
    """How often everybody is walked through, in days; null: what vanishes without a trace stays."""
    state: str
    """active, or paused: the account refused the credentials, and new ones are needed."""
    has_cursor: bool
    """Whether the next delta brings only what has changed."""
    full_at: dt.datetime | None
    """When everybody was walked through last."""
    created_at: dt.datetime
    """When it was made."""
    version: int
    """Counts the changes."""


class ContributionOut(Record):
    """One thing said in an exercise."""

    id: str
    """Identifier."""
    exercise_id: str
    """The exercise."""
    kind: str
    """Kind of contribution."""
    body: str | None
    """What was said; null once deleted."""
    author: Named | None
    """Who said it; null where that is not shown."""
    mine: bool
    """Whether you said it."""
    parent_id: str | None
    """The contribution it answers to."""
    by_on: dt.date | None
    """By when, for a promise."""
    action: str | None
    """The one action of a promise."""
    phase: str
    """Key of the phase it was said in."""
    round: int
    """Its round, from 1."""
    breakout: str | None
    """The breakout it was said in."""
    revealed: bool
    """Whether its phase has been opened."""
    after_seeing: bool
    """Whether its author had seen others in this phase."""
    recorded_by: Named | None
    """Who noted it for its author."""
    confirmed_at: dt.datetime | None
    """When its author confirmed the note."""
    revisions: list[RevisionOut]
    """What it said before, where others could have read that."""
    deleted: bool
    """Whether its author took it back."""
    merged_into_id: str | None
    """The contribution it was merged into."""
    dropped: str | None
    """Why nobody takes it."""
    marks: list[MarksOut]
    """Its marks, list by list."""
    created_at: dt.datetime | None
    """When it was said; of anonymous cards the end of their phase, and null before."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """What you may do with it."""


class CountedOut(Record):
    """A contribution in the result of a list."""

    contribution_id: str
    """The contribution."""
    kind: str
    """Its kind."""
    body: str | None
    """What it says."""
    count: int | None
    """How many marks it got; null while only its tie is known."""
    run_off: int | None
    """How many in a second vote."""
    top: bool | None
    """Whether it is among the top, frozen or so far; null where that is undecided, as of the tied."""


class CountsOut(Record):
    """How many said what."""

    yes: int
    """Will come."""
    maybe: int
    """May come."""
    no: int
    """Will not come."""
    waiting: int
    """Would come, but there is no room yet."""


class CovenantOut(Record):
    """One version of the covenant."""

    number: int
    """Version, counted from 1."""
    text: str
    """Confidentiality and ground rules."""
    effective_on: dt.date
    """Day from which it binds."""
    in_force: bool
    """Whether this is the version that binds now."""
    signed_at: dt.datetime | None
    """When you signed it; null if you did not."""
    signatures: int
    """How many people signed it."""


class CreditOut(Record):
    """Somebody who helped."""

    person: Named
    """The person."""
    helped: int
    """How many of their contributions helped."""


class DifferenceOut(Record):
    """What changed from one version of a method to another."""

    key: str
    """Key of the method."""
    version: int
    """The version."""
    since: int | None
    """The version before; null for nothing."""
    changes: list[FacilitationChangeOut]
    """What changed: the head first, then phase by phase."""


class DrawOut(Record):
    """The question of a session."""

    session_id: str
    """The session."""
    key: str
    """Key of the question."""
    text: str
    """The question."""
    depth: int
    """How much trust it needs."""
    why: str
    """Why it is this one."""
    first: FirstOut | None
    """Who begins; null where whoever likes to begins."""
    exercise_id: str | None
    """The round in which everybody writes, if there is one."""
    drawn_at: dt.datetime
    """When it was drawn."""


class EarlierOut(Record):
    """A by-when that was moved."""

    at: dt.datetime
    """When it was moved."""
    was_by_on: dt.date
    """The by-when until then."""
    by_on: dt.date
    """The new one."""
    reason: str
    """Why."""


class Entitlements(Record):
    """What a prospect gets for free, once per person."""

    discovery_call: int
    """Free discovery calls."""
    strategy_session: int
    """Free strategy sessions."""


class EntryChange(Record):
    """What became of one entry, or would become of it."""

    key: str
    """The entry."""
    session_id: str | None
    """The session; null for one that a dry run would create."""
    change: Literal["created", "updated", "unchanged", "deleted", "kept", "locked"] | str
    """What became of it."""
    fields: list[FieldChange]
    """What is different."""
    reason: str | None
    """Why it was kept, or is locked."""


class EntryOut(Record):
    """One line of a section of the minutes."""

    text: str
    """What was said or decided."""
    person: Named | None
    """Whose it is; null where no name belongs to it."""
    by_on: dt.date | None
    """By when, for a promise."""


class ErasureOut(Record):
    """The receipt of an erasure."""

    id: str
    """Identifier of the receipt."""
    person_id: str
    """The id that stays; nothing else of the person does."""
    state: Literal["running", "finished"] | str
    """Whether every room is done."""
    words: Literal["remove", "keep_unnamed"] | str
    """What becomes of the words."""
    removed: list[Removed]
    """What was removed so far."""
    created_at: dt.datetime
    """When it was asked for."""
    finished_at: dt.datetime | None
    """When the last room was done."""


class EventOut(Record):
    """A fact: what happened to what, and when. Ids and states, never words."""

    id: str
    """Where it stands in the feed; `after=<id>` goes on from here."""
    type: str
    """What happened; new types may be added."""
    subject_id: str
    """What it happened to; the type says what kind of thing that is."""
    actor_id: str | None
    """Who did it; null where a rule or a service key did, or where nobody is to know."""
    group_id: str | None
    """The group it happened in; null outside of groups."""
    facts: dict[str, Any]
    """Ids, states and counts that belong to it, by type."""
    occurred_at: dt.datetime
    """When it happened."""


class ExerciseBrief(Record):
    """An exercise as lists show it."""

    id: str
    """Identifier."""
    group_id: str
    """The group."""
    state: str
    """pending, running, paused, finished or abandoned."""
    mode: Literal["live", "async"] | str
    """Whether people are together, or write when they can."""
    protocol: ProtocolNamed
    """The method."""
    confidentiality: Literal["group", "session_only", "chatham", "shareable"] | str
    """Who reads it."""
    session_id: str | None
    """The session it belongs to."""
    phase: str | None
    """Key of the present phase."""
    contribution_count: int
    """Contributions everybody could read when the last phase ended."""
    participant_count: int
    """People who take part."""
    started_at: dt.datetime | None
    """When it began."""
    ended_at: dt.datetime | None
    """When it ended."""
    created_at: dt.datetime
    """When it was prepared."""


class ExerciseMinutesOut(Record):
    """What remains of a finished exercise, without names."""

    exercise_id: str
    """The exercise."""
    title: str
    """The method."""
    subject: str | None
    """What it was about."""
    started_at: dt.datetime
    """When it began."""
    ended_at: dt.datetime
    """When it ended."""
    time_zone: str
    """The group's zone: Markdown shows times in it."""
    phases: list[MinutesPhase]
    """Phase by phase."""
    withheld: list[MinutesWithheld]
    """Phases of which something is left out, and why."""


class ExerciseOut(Record):
    """An exercise as you see it: all that is needed to play any method."""

    id: str
    """Identifier."""
    group_id: str
    """The group."""
    state: str
    """pending, running, paused, finished or abandoned."""
    mode: Literal["live", "async"] | str
    """Whether people are together, or write when they can."""
    protocol: ProtocolNamed
    """The method."""
    confidentiality: Literal["group", "session_only", "chatham", "shareable"] | str
    """Who reads it."""
    subject: SubjectOut | None
    """What it is about."""
    session_id: str | None
    """The session it belongs to."""
    segment_id: str | None
    """The segment of its agenda."""
    round: int
    """The present round, from 1."""
    rounds: int
    """How many rounds there are."""
    phase: PhaseOut | None
    """The present phase; null before the start and after the end."""
    breakout: BreakoutOut | None
    """Where you sit; null with everybody together."""
    breakouts: list[BreakoutOut]
    """Who sits where, if not together."""
    held: list[HeldOut]
    """Who holds which single-handed role."""
    roles: list[str]
    """Your roles now."""
    accepts: list[AcceptedOut]
    """What you may post now."""
    marks: list[MarksLeftOut]
    """What you may mark now."""
    board: list[BoardOut]
    """The tops that were chosen so far, from the end of their phase on."""
    carried_over: list[CarriedOut]
    """What was promised the last time, in a phase that opens with it."""
    progress: ProgressOut | None
    """How far the present phase is."""
    overrides: list[OverrideOut]
    """Phases that were ended early."""
    withheld: list[WithheldOut]
    """Phases of which nobody sees what was said, and why."""
    opened: bool
    """Whether newcomers may read it."""
    contribution_count: int
    """Contributions everybody could read when the last phase ended."""
    participant_count: int
    """People who take part."""
    started_at: dt.datetime | None
    """When it began."""
    ended_at: dt.datetime | None
    """When it ended."""
    created_at: dt.datetime
    """When it was prepared."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit; `pass` where you may."""


class FeedCreated(Record):
    """A new calendar feed with its address."""

    id: str
    """Identifier."""
    name: str
    """Where it is subscribed to."""
    created_at: dt.datetime
    """When it was made."""
    expires_at: dt.datetime | None
    """When it ends; null: never."""
    address: str | None
    """Subscribe to this in a calendar. Whoever has it sees when your sessions are, and nothing
    else. Shown this once; null when a repeated request is answered.
    """


class FeedOut(Record):
    """A calendar feed without its address."""

    id: str
    """Identifier."""
    name: str
    """Where it is subscribed to."""
    created_at: dt.datetime
    """When it was made."""
    expires_at: dt.datetime | None
    """When it ends; null: never."""


class FieldChange(Record):
    """One thing that is different."""

    field: str
    """What."""
    before: Any
    """As it was."""
    after: Any
    """As it is to be."""


class Finding(Record):
    """One point of an admission check."""

    code: str
    """What was looked at: capacity, covenant, conflict, parity or time_zone."""
    result: Literal["ok", "blocker", "waivable"] | str
    """What came of it."""
    detail: str
    """Why, in a sentence."""
    finding: str | None
    """Name it to waive this."""
    waived: bool
    """Whether a moderator waived it."""


class FirstOut(Record):
    """Who begins."""

    person: Named
    """The person."""
    why: str
    """Why they do."""


class FunnelStep(Record):
    """One step on a prospect's way into a group."""

    key: str
    """Identity of the step."""
    title: str
    """Name to show."""
    optional: bool
    """Whether the step may be skipped."""
    uses: Literal["discovery_call", "strategy_session"] | str | None
    """What free thing it uses up; once that is used up, the step can be skipped."""
    needs_visit: bool
    """Whether it is taken only by somebody whom a session's attendance marks present as a guest."""


class GroupBrief(Record):
    """A group as lists show it."""

    id: str
    """Identifier."""
    name: str
    """Name."""
    state: str
    """forming, active or archived."""
    capacity: int
    """How many members it may have."""
    seats_taken: int
    """How many it has."""
    my_state: str | None
    """State of your own membership."""
    my_role: str | None
    """Your own role."""


class GroupOut(Record):
    """A group with its roster, as far as you may see it."""

    id: str
    """Identifier."""
    name: str
    """Name."""
    state: str
    """forming, active or archived."""
    focus: str | None
    """What it is about."""
    cadence: str | None
    """How often it meets."""
    time_zone: str
    """Zone of the group."""
    capacity: int
    """How many members it may have."""
    parent_id: str | None
    """The group this pod belongs to."""
    agenda_template_id: str | None
    """Run of show that new sessions begin with."""
    roster: list[RosterEntry]
    """Who is in it."""
    created_at: dt.datetime
    """When it was founded."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class HeldOut(Record):
    """A role that one person holds at a time."""

    role: str
    """Name of the role."""
    person: Named
    """Who holds it now."""


class HitOut(Record):
    """Something that was found."""

    kind: str
    """challenge, outcome, contribution or commitment."""
    id: str
    """Its identifier; of an outcome that of its challenge."""
    challenge_id: str | None
    """The challenge it belongs to."""
    exercise_id: str | None
    """The exercise it was said in."""
    excerpt: str
    """Some of its words around the first that was asked for."""
    author: Named | None
    """Whose words these are; null where no name is shown."""
    happened_at: dt.datetime
    """When it was said."""


class IcebreakerOut(Record):
    """A question to begin with."""

    key: str
    """Key of a built-in one, else its id."""
    text: str
    """The question."""
    depth: int
    """How much trust it needs."""
    builtin: bool
    """Whether it ships with the service."""


class IdentityOut(Record):
    """A linked identity. Who you are at the issuer is kept as a keyed hash only."""

    id: str
    """Identifier."""
    issuer: str
    """Where it is an identity."""
    provider_id: str
    """The organization's identity provider."""
    created_at: dt.datetime
    """When it was linked."""


class IdentityProviderOut(Record):
    """An issuer that the organization trusts."""

    id: str
    """Identifier."""
    issuer: str
    """As its tokens write it."""
    audience: str
    """What its tokens have to name in `aud`."""
    algorithms: list[str]
    """Tokens signed otherwise are refused."""
    clients: list[str]
    """Clients whose tokens are taken besides those of the audience itself."""
    created_at: dt.datetime
    """When it was registered."""
    version: int
    """Version, as in the ETag."""


class IntroductionOut(Record):
    """Who introduced whom: the credit is the introducer's."""

    id: str
    """Identifier."""
    kind: Literal["members", "joining"] | str
    """`members`: two people of the group; `joining`: a new member, to the group."""
    introducer: Named
    """Whose credit it is."""
    person: Named
    """Who was introduced."""
    other: Named | None
    """To whom; null where it was to the group."""
    created_at: dt.datetime
    """When."""


class Issue(Record):
    """What is wrong with a record, or was not taken as given."""

    code: str
    """Code."""
    column: str | None
    """Column of the file."""
    detail: str
    """In a sentence."""
    person_id: str | None
    """The person who has the address, in a conflict."""


class ItemError(Record):
    """One unacceptable value of a record."""

    pointer: str
    """JSON Pointer into the record."""
    detail: str
    """What is expected."""


class ItemProblem(Record):
    """Why one record was not taken."""

    type: str
    """Address of the page that explains it."""
    title: str
    """The kind of problem."""
    status: int
    """The status a single request would have got."""
    detail: str
    """What is wrong with this record."""
    code: str
    """Stable code of the kind of problem."""
    errors: list[ItemError]
    """The unacceptable values."""
    candidate_id: str | None
    """Who has this e-mail address already."""


class ItemResult(Record):
    """What became of one record."""

    index: int
    """Place of the record in the request, from 0."""
    status: Literal["created", "updated", "unchanged", "conflict", "rejected"] | str
    """The outcome."""
    id: str | None
    """The person; null where there is none."""
    problem: ItemProblem | None
    """Why it was not taken."""
    warnings: list[ItemWarning]
    """What was not taken as given."""


class ItemWarning(Record):
    """Something of a record that was not taken as it was given."""

    code: str
    """Kind of warning."""
    field: str
    """The field."""
    detail: str
    """What was done instead."""


class KeyCreated(Record):
    """A new key with its secret."""

    id: str
    """Identifier; of a service key also its `client_id`."""
    kind: Literal["personal", "service"] | str
    """Whose key it is: a person's or the organization's."""
    name: str
    """What it is for."""
    scopes: list[str]
    """What it is cut down to."""
    person: Named | None
    """Whose it is; null for a service key."""
    made_by: Named | None
    """Who made it; null where the operator did."""
    created_at: dt.datetime
    """When it was made."""
    expires_at: dt.datetime | None
    """When it ends; null: never."""
    secret: str | None
    """The key itself, shown this once; null when a repeated request is answered."""


class KeyOut(Record):
    """A key without its secret."""

    id: str
    """Identifier; of a service key also its `client_id`."""
    kind: Literal["personal", "service"] | str
    """Whose key it is: a person's or the organization's."""
    name: str
    """What it is for."""
    scopes: list[str]
    """What it is cut down to."""
    person: Named | None
    """Whose it is; null for a service key."""
    made_by: Named | None
    """Who made it; null where the operator did."""
    created_at: dt.datetime
    """When it was made."""
    expires_at: dt.datetime | None
    """When it ends; null: never."""


class ListResult(Record):
    """What came of one list."""

    list: str
    """Name of the list."""
    phase: str
    """The phase it was marked in."""
    round: int
    """Its round, from 1."""
    state: Literal["open", "hidden", "too_few", "tied", "decided"] | str
    """`open`: marks are still taken and counted openly. `hidden`: not before the phase ends.
    `too_few`: never, fewer than three took part. `tied`: the last place waits for a decision.
    `decided`: this is it.
    """
    voters: int | None
    """How many people marked."""
    places: int
    """Places that wait for a decision."""
    tied: builtins.list[str]
    """The contributions between which it has to be decided, or is voted again."""
    run_off: bool
    """Whether it is voted again: marks are taken for the tied ones alone."""
    reason: str | None
    """Why the moderator decided so."""
    items: builtins.list[CountedOut]
    """The marked contributions, most marks first."""


class MappingOut(Record):
    """The mapping of a source: what was set here, and what is understood anyway."""

    source: str
    """The system."""
    columns: list[ColumnMeaningOut]
    """What was set here."""
    built_in: list[BuiltIn]
    """What is understood without being set."""
    version: int
    """Counts the changes; 0 while nothing was set."""


class MappingPreviewOut(Record):
    """How an export would be read. Nothing is stored."""

    columns: Columns
    """Which column gives which field."""
    records: list[PreviewedRecord]
    """The first hundred records."""
    footer_rows: int
    """Lines that are no records."""


class MarkList(Record):
    """A named list of marks with a budget for each person: votes, `helped`, and the like."""

    list: str
    """The list's name, once per protocol."""
    on: builtins.list[str]
    """The kinds of contribution it marks."""
    by: str
    """The role that marks, or `everyone`."""
    budget: int
    """How many marks each person has."""
    tally: Literal["open", "hidden"] | str
    """`hidden`: nobody sees counts before the phase ends."""
    top: int | None
    """How many are kept as the frozen top of this list."""


class MarkOut(Record):
    """A mark that stands."""

    list: str
    """Name of the list."""
    contribution_id: str
    """What it marks."""
    left: int
    """How many marks you have left in this list."""


class MarksLeftOut(Record):
    """A list you may mark now."""

    list: str
    """Name of the list."""
    left: int
    """How many marks you have left."""
    on: builtins.list[str]
    """Kinds of contribution that it marks."""


class MarksOut(Record):
    """The marks of one list on a contribution, as far as they are shown."""

    list: str
    """Name of the list."""
    round: int
    """The round in which they were given, from 1."""
    count: int | None
    """How many; null while the list is hidden."""
    mine: bool
    """Whether one of them is yours."""
    by: builtins.list[Named]
    """Who gave them, where that is shown."""


class MeOut(Record):
    """Who a credential is."""

    kind: Literal["person", "service"] | str
    """A person, or an organization's service."""
    person: MyPerson | None
    """Null for a service key."""
    organization: Named
    """The organization it belongs to."""
    organization_role: Literal["owner", "admin"] | str | None
    """Role in the organization, if any."""
    scopes: list[str]
    """What it is cut down to."""
    credential: MyCredential
    version: int
    """Version of the person; 1 for a service key."""


class MembershipOut(Record):
    """One person in one group."""

    id: str
    """Identifier."""
    group: Named
    """The group."""
    person: Named
    """The person."""
    role: str
    """moderator, co_moderator, member or guest."""
    state: str
    """State."""
    seat_no: int | None
    """The seat taken."""
    session_id: str | None
    """The one session of a guest."""
    connector: Named | None
    """Who introduced the person."""
    expires_at: dt.datetime | None
    """When the invitation runs out."""
    reason: str | None
    """Why it was suspended, removed or ended: for moderators and the person concerned."""
    created_at: dt.datetime
    """When it began."""
    ended_at: dt.datetime | None
    """When it ended."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class MinCommitments(Record):
    """At least so many commitments in this phase; hard, no reason overrides it."""

    min_commitments: int
    """The least number."""


class MinContributions(Record):
    """At least so many contributions in this phase; soft."""

    min_contributions: int
    """The least number."""


class MinuteOut(Record):
    """One line of the minutes. Nobody is named."""

    contribution_id: str
    """The contribution."""
    kind: str
    """Its kind."""
    body: str
    """What was said; empty where its author has taken it back since."""
    parent_id: str | None
    """What it answered to."""
    by_on: dt.date | None
    """By when, for a promise."""
    action: str | None
    """The one action of a promise."""
    marks: dict[str, int]
    """Marks by list, where they are shown."""
    top: list[str]
    """Lists in whose frozen top it is."""
    dropped: str | None
    """Why nobody takes it."""


class MinutesOut(Record):
    """The minutes of a session: seen whole or not at all, each section with its own visibility."""

    session_id: str
    """The session."""
    group: Named
    """The group."""
    title: str | None
    """Name of the meeting."""
    theme: Named | None
    """Its theme."""
    state: str
    """State of the session."""
    starts_at: dt.datetime
    """The planned start."""
    time_zone: str
    """The session's zone: Markdown shows times in it."""
    started_at: dt.datetime | None
    """When it really started."""
    ended_at: dt.datetime | None
    """When it really ended."""
    reason: str | None
    """Why it started outside of its time."""
    opened: bool
    """Whether newcomers may read them."""
    agenda: list[SegmentOut]
    """The segments in order."""
    attendance: list[AttendanceOut]
    """Who was there."""
    sections: list[SectionOut]
    """What came of it."""
    version: int
    """Counts the changes of the session."""


class MinutesPhase(Record):
    """What remains of one phase."""

    phase: str
    """Key of the phase."""
    title: str
    """What people call it."""
    round: int
    """Its round, from 1."""
    said: list[MinuteOut]
    """What was said to everybody."""


class MinutesWithheld(Record):
    """A phase of which something that was said is not shown, with its title."""

    phase: str
    """Key of the phase."""
    round: int
    """Its round, from 1."""
    reason: Literal["too_few_authors", "never_opened", "stays_in_breakouts"] | str
    """`too_few_authors`: fewer than three people wrote here, so that the others could tell whose a
    card is. How many did, and whether anybody, is not told. `never_opened`: the exercise ended
    before this was to be opened. `stays_in_breakouts` (in minutes): what is said in a breakout
    is for those who sat there.
    """
    title: str
    """What people call it."""


class MisfitOut(Record):
    """One thing that does not fit."""

    code: str
    """What is wrong."""
    detail: str
    """What is wrong, in a sentence."""
    phase: str | None
    """The phase it is about."""


class MyCredential(Record):
    """What the request came with."""

    id: str
    """Identifier."""
    kind: Literal["session", "personal", "service", "identity"] | str
    """A signed-in device, a personal key, a service key, or an identity at an external issuer."""
    name: str | None
    """Name of the key, or the identity's issuer; null for a device."""
    expires_at: dt.datetime | None
    """When it ends; null: never."""


class MyPerson(Record):
    """The person behind the credential."""

    id: str
    """Identifier."""
    name: str
    """Name."""
    email: str | None
    """Address."""
    time_zone: str | None
    """Time zone."""


class Named(Record):
    """A person or group that is mentioned: enough to show it without a second request."""

    id: str
    """Identifier."""
    name: str
    """Name to show."""


class Obstacle(Record):
    """Something that stands in the way of a verb."""

    code: str
    """Code of the guard."""
    detail: str
    """What is missing, in a sentence."""


class OccurrenceOut(Record):
    """One session of a series."""

    session_id: str
    """The session."""
    occurrence: str
    """When it would begin by the rule, in local time."""
    local_start: str
    """When it begins, in local time."""
    starts_at: dt.datetime
    """The start."""
    ends_at: dt.datetime
    """The planned end."""
    state: Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"] | str
    """State."""
    overridden: list[str]
    """What was changed by hand on this one."""


class OrganizationOut(Record):
    """The organization of the credential."""

    id: str
    """Identifier."""
    name: str
    """Name."""
    time_zone: str
    """Zone used where a person has none."""
    settings: Settings
    """Settings with their defaults filled in."""
    created_at: dt.datetime
    """When it was made."""
    version: int
    """Counts the changes."""


class OutcomeOut(Record):
    """What somebody in the organization learned, as they released it: without names."""

    id: str
    """The challenge, which only its group reads."""
    text: str
    """What was learned."""
    outcome: str | None
    """worked, partly or not."""
    released_at: dt.datetime
    """When it was released."""


class OverrideOut(Record):
    """A phase that was ended although something was missing."""

    phase: str
    """Key of the phase."""
    round: int
    """Its round, from 1."""
    guards: list[str]
    """What did not hold."""
    reason: str
    """Why it was ended."""
    at: dt.datetime
    """When."""


class ParkedOut(Record):
    """A challenge in the parking lot."""

    id: str
    """Identifier."""
    group_id: str
    """The group."""
    question: str
    """The problem as a question."""
    owner: Named | None
    """Whose it is; null where no name is shown any more."""
    mine: bool
    """Whether it is yours."""
    state: (
        Literal[
            "parked",
            "submitted",
            "returned",
            "accepted",
            "in_progress",
            "committed",
            "follow_up_due",
            "resolved",
            "withdrawn",
            "dropped",
        ]
        | str
    )
    """Where it stands."""
    draft: bool
    """Whether only its owner sees it."""
    help_wanted: str | None
    """What would help most: experience, ideas, introductions or challenge_me."""
    importance: int
    """How much depends on it."""
    urgency: int
    """How soon it is needed."""
    times_asked: int
    """How many people have this problem, the owner included."""
    seconded: bool
    """Whether you said 'mine too'."""
    confidentiality: Literal["group", "session_only", "chatham", "shareable"] | str
    """Who reads it."""
    session_id: str | None
    """The session it was given to."""
    position: int | None
    """Its place there."""
    exercise_id: str | None
    """The exercise that works on it, or did."""
    contributions: int
    """What everybody could read when the last phase ended."""
    follow_up_on: dt.date | None
    """When to ask what came of it."""
    outcome: str | None
    """worked, partly or not."""
    created_at: dt.datetime
    """When it was parked."""
    why: WhyOut
    """Why it stands here."""


class Participants(Record):
    """How few and how many people the method is made for."""

    min: int
    """The fewest people."""
    max: int
    """The most people."""


class Passed(Record):
    """A step somebody took."""

    step: str
    """Its key."""
    at: dt.datetime
    """When it was recorded."""


class PersonOut(Record):
    """A person, as far as the reader may see them."""

    id: str
    """Identifier."""
    state: Literal["active", "deactivated", "merged", "erased"] | str
    """`merged` and `erased` are for ever."""
    name: str
    """Full name."""
    email: str | None
    """Address; null where there is none or you may not see it."""
    show_email: bool
    """Whether the people of their groups see the address."""
    organization_role: Literal["owner", "admin"] | str | None
    """Owner, admin or neither."""
    company: Named | None
    """Where they work."""
    job_title: str | None
    """What they are at work."""
    level: str | None
    """Level of responsibility."""
    industry: str | None
    """Industry."""
    time_zone: str | None
    """Time zone; null: the organization's."""
    zone_of_genius: str | None
    """What they do best."""
    offers: list[str]
    """What they can help with."""
    needs: list[str]
    """What they look for."""
    gaps: list[str]
    """What they are weak in."""
    values: list[str]
    """What matters to them."""
    references: list[Reference]
    """Who else knows them; for admins and service keys."""
    merged_into: str | None
    """Who they were merged into."""
    created_at: dt.datetime
    """When they were added."""
    updated_at: dt.datetime
    """When they last changed."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class Phase(Record):
    """One phase of a method, in the words of its document."""

    key: str
    """The phase's name, once per protocol."""
    title: str
    """What people call this phase."""
    prompt: str | None
    """What everyone is asked."""
    minutes: int | Timebox
    """Planned minutes, or the least and the planned."""
    breakout: Literal[1, 2, 3, 4, "all", "merge"]
    """People per breakout; `merge` joins the former breakouts two by two."""
    accepts: dict[str, list[str]]
    """Kinds by role."""
    parents: dict[str, str | list[str]]
    """Kinds that answer to another contribution, and to which kinds."""
    per_person: dict[str, int]
    """Most of a kind each."""
    per_group: dict[str, int]
    """Most of a kind by all together; in open phases without breakouts."""
    visibility: Literal["open", "blind", "sealed"] | str
    """When others read what is said here."""
    reveals: str | None
    """Sealed phases: the later phase that opens them."""
    anonymous: bool
    """Nobody learns the authors, ever."""
    listens: list[str]
    """Roles that are silent here."""
    marks: list[MarkList]
    """Mark lists of this phase."""
    merges: bool
    """The moderator may merge duplicates here."""
    carries_over: bool
    """Here the promises are shown that were made when the group last played this method."""
    exit: list[
        Literal["everyone_posted_or_passed", "min_contributions", "min_commitments", "top_selected"]
        | str
        | MinContributions
        | MinCommitments
    ]
    """What has to hold before the phase ends."""


class PhaseOut(Record):
    """The present phase."""

    key: str
    """Key of the phase."""
    title: str
    """What people call it."""
    prompt: str | None
    """What everyone is asked."""
    visibility: Literal["open", "blind", "sealed"] | str
    """When others read what is said here."""
    anonymous: bool
    """Whether nobody ever learns the authors."""
    minutes: int
    """Planned minutes."""
    number: int
    """Place of the phase on the whole way, from 1."""
    of: int
    """How many phases there are, over all rounds."""
    opened_at: dt.datetime
    """When it began."""
    ends_at: dt.datetime | None
    """When it ends: live phases run over, asynchronous ones close; null while paused."""


class PhaseShareOut(Record):
    """What one phase takes."""

    phase: str
    """Key of the phase."""
    minutes: int
    """Minutes in one round."""
    total_minutes: int
    """Minutes in all rounds."""
    breakouts: list[int]
    """Sizes of its breakouts, largest first."""
    speakers: int
    """Who speaks in the largest one."""
    seconds_each: int
    """Time that each of them has in a round; 0 where nobody speaks."""


class PlanChangedOut(Record):
    """The plan as it is now, or would be, and what became of each entry."""

    group: Named
    """The group."""
    year: int
    """The year."""
    usual: dict[str, Any]
    """What the sessions have in common, as it was sent."""
    entries: list[PlannedOut]
    """The sessions, the earliest first."""
    version: int
    """Counts the changes."""
    changes: list[EntryChange]
    """One for each entry, by its key."""
    summary: ChangeCounts
    """How many had which outcome."""


class PlanOut(Record):
    """The plan of a group's year; of a year without one, an empty one of version 0."""

    group: Named
    """The group."""
    year: int
    """The year."""
    usual: dict[str, Any]
    """What the sessions have in common, as it was sent."""
    entries: list[PlannedOut]
    """The sessions, the earliest first."""
    version: int
    """Counts the changes."""


class PlannedOut(Record):
    """One session of the year."""

    key: str
    """Its identity within the group and year."""
    session_id: str | None
    """The session; null for one that a dry run would create."""
    state: Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"] | str
    """Its state."""
    local_start: str
    """Wall time of the start."""
    time_zone: str
    """Zone of that time."""
    dst_policy: str
    """What becomes of a time that the clocks skip."""
    minutes: int
    """Length in minutes."""
    starts_at: dt.datetime
    """The start."""
    ends_at: dt.datetime
    """The planned end."""
    title: str | None
    """Name of this meeting."""
    theme: Named | None
    """Its theme."""
    place: str | None
    """Where it is."""
    capacity: int | None
    """How many can come."""
    host: Named | None
    """Who has everybody in."""
    hot_seats: list[Named]
    """Who sits in the hot seats, in order."""
    agenda_template_id: str | None
    """The template its agenda was made from."""
    agenda: list[SegmentPlan] | None
    """The segments it was planned with, where that was no template."""


class PreviewedRecord(Record):
    """One record of the sample, as it would be taken."""

    row: int
    """Row of the sample."""
    external_id: str | None
    """The record's reference."""
    is_active: bool | None
    """Whether the source still lists them; null where rejected."""
    fields: dict[str, str | None]
    """What would be said about the person."""
    problem: Issue | None
    """Why it would be rejected."""
    warnings: list[Issue]
    """What would not be taken as given."""


class ProblemKind(Record):
    """One kind of refusal."""

    type: str
    """What problems of this kind carry as `type`."""
    code: str
    """Stable code, for programs."""
    status: int
    """The HTTP status it comes with."""
    title: str
    """What it means."""
    remedy: str
    """What the caller can do about it."""


class ProgressOut(Record):
    """How far the present phase is. In sealed and anonymous phases nobody learns who has spoken."""

    overall: Literal["none", "some", "all"] | str
    """How many have spoken."""
    people: list[VoiceOut]
    """Person by person, where that is shown."""
    brains: BrainsOut | None
    """The same in numbers; null where that is not shown, and where nobody may speak."""


class ProspectBrief(Record):
    """A prospect as lists show them."""

    id: str
    """Identifier."""
    person: Named
    """Who it is."""
    connector: Named | None
    """Who introduced them."""
    state: Literal["new", "in_funnel", "converted", "declined", "lapsed"] | str
    """Where they are."""
    step: str | None
    """The last step taken."""
    moved_at: dt.datetime
    """When they last took a step."""
    created_at: dt.datetime
    """When they became a prospect."""


class ProspectOut(Record):
    """A prospect, with the way they came and what may follow."""

    id: str
    """Identifier."""
    person: Named
    """Who it is."""
    connector: Named | None
    """Who introduced them."""
    state: Literal["new", "in_funnel", "converted", "declined", "lapsed"] | str
    """Where they are."""
    step: str | None
    """The last step taken."""
    moved_at: dt.datetime
    """When they last took a step."""
    created_at: dt.datetime
    """When they became a prospect."""
    passed: list[Passed]
    """The steps they took, in order."""
    next_steps: list[str]
    """Steps that may come next: up to the first one that cannot be skipped. One whose free call or
    session this person has used up before can be skipped too.
    """
    note: str | None
    """What is worth knowing."""
    reason: str | None
    """Why they were declined."""
    membership_id: str | None
    """The invitation they were converted to."""
    ended_at: dt.datetime | None
    """When they were converted, declined, or lapsed."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class Protocol(Record):
    """A facilitation method. Whoever holds one holds a document that contradicts itself nowhere."""

    key: str
    """The method's name in the organization."""
    title: str
    """What people call the method."""
    subject: Literal["challenge", "none"] | str
    """What an exercise is about."""
    participants: Participants
    """For how many people."""
    roles: dict[str, Literal["subject.owner", "others", "volunteer", "rotate", "drawn"] | str]
    """Roles and where they come from."""
    rounds: int | str
    """How often all phases are run; `each owner` gives each a turn."""
    phases: list[Phase]
    """The phases, in order."""


class ProtocolBrief(Record):
    """A method as lists show it."""

    key: str
    """Key of the method."""
    title: str
    """What people call it."""
    version: int
    """The version a new exercise plays."""
    builtin: bool
    """Whether it ships with the service."""
    minutes: int
    """Planned minutes of one round."""
    subject: str
    """What it is about: challenge or none."""


class ProtocolNamed(Record):
    """The method an exercise plays, in the version it started with."""

    key: str
    """Key of the method."""
    version: int
    """Version, counted from 1."""
    title: str
    """What people call it."""


class ProtocolOut(Record):
    """A method with its document."""

    key: str
    """Key of the method."""
    title: str
    """What people call it."""
    version: int
    """Version, counted from 1."""
    builtin: bool
    """Whether it ships with the service."""
    digest: str
    """SHA-256 of what the document says."""
    document: Protocol
    """The method itself."""


class ProtocolVersionOut(Record):
    """One version of a method, as it was written."""

    id: str
    """Identifier."""
    version: int
    """Version, counted from 1."""
    digest: str
    """SHA-256 of what the document says."""
    created_at: dt.datetime
    """When it was written, or first used where it ships with the service."""
    document: Protocol
    """The method as it was."""


class Readiness(Record):
    """Whether requests can be served, and what that depends on."""

    status: Literal["ready", "not_ready"] | str
    """The verdict."""
    database: Literal["reachable", "unreachable"] | str
    """The database."""
    tables: Literal["current", "empty", "outdated", "unknown"] | str | None
    """How the tables stand to this version; null where the database is not reachable."""
    worker: Literal["alive", "silent"] | str
    """Whether a worker gave a sign of life in the last minute; requests do not wait for it."""
    worker_seen_at: dt.datetime | None
    """The last sign of life of any worker; null before the first."""


class Reference(Record):
    """How another system calls a person."""

    source: str
    """The system."""
    external_id: str
    """Its name for the person."""


class RelationOut(Record):
    """What another company is to this one; seen from there, customer and supplier change places."""

    company: Named
    """This company."""
    other: Named
    """The other one."""
    relation: Literal["competitor", "customer", "supplier"] | str | Literal["none"]
    """What the other one is to this one."""


class Removals(Record):
    """Whom a run shuts out, weighed against whom its source listed before."""

    people: int
    """People shut out."""
    of: int
    """Active people whom the source listed before."""
    unreadable: int
    """Records whose reference could not be read."""
    must_confirm: bool
    """Whether the number has to be confirmed with `confirm_removals`."""


class Removed(Record):
    """How much of one kind was removed."""

    what: str
    """Kind of data."""
    count: int
    """How many entries."""


class ResolvedOut(Record):
    """What came of the record."""

    status: str
    """created, updated or unchanged."""
    id: str
    """The person."""


class ResultsOut(Record):
    """What came of all lists of an exercise."""

    exercise_id: str
    """The exercise."""
    lists: list[ListResult]
    """The lists, in the order of the phases."""
    withheld: list[WithheldOut]
    """Phases of which nobody sees what was said, and why."""


class RevisionOut(Record):
    """What a contribution said before."""

    body: str
    """The words that stood there."""
    replaced_at: dt.datetime
    """When they were replaced."""


class RosterEntry(Record):
    """Somebody in the group."""

    membership_id: str
    """Their membership."""
    person: Named
    """The person."""
    role: str
    """moderator, co_moderator, member or guest."""
    state: str
    """State of the membership."""


class RotationOut(Record):
    """Why it is somebody's turn, or not yet. Hot seats that show no names are in no figure."""

    hot_seats: int
    """Hot seats in this group in the last twelve months: fewer come first."""
    last_at: dt.datetime | None
    """When the last one was; longer ago comes first."""
    waiting: bool
    """Whether a problem was submitted or accepted, and waits."""
    member_since: dt.datetime | None
    """Since when in this group; longer comes first."""
    next_at: dt.datetime | None
    """The session ahead in which a hot seat is theirs already: they come last."""
    said: str
    """The same in a sentence."""


class RsvpOut(Record):
    """Whether somebody comes, and whether they were there."""

    person: Named
    """Who."""
    answer: str | None
    """yes, no or maybe; null if never answered."""
    waiting: bool
    """Said yes, but there is no place yet."""
    promoted_at: dt.datetime | None
    """When a place became free for them."""
    answered_at: dt.datetime | None
    """When they answered."""
    attendance: str | None
    """present, late, absent or excused; null if not marked."""
    note: str | None
    """Note to the attendance: for those who may read words."""


class Season(Record):
    """A season: what every group does in a year."""

    season: int
    """The year."""
    themes: list[SeasonTheme]
    """Themes that the library is to have."""
    agenda_templates: list[SeasonTemplate]
    """Runs of show that the library is to have."""
    groups: list[SeasonGroup]
    """The groups."""


class SeasonAppliedOut(Record):
    """Everything that a season names, with what became of it."""

    changes: list[SeasonChange]
    """In the order of the document."""
    summary: ChangeCounts
    """How many had which outcome."""


class SeasonChange(Record):
    """What became of one thing that a season names, or would become of it."""

    kind: Literal["theme", "agenda_template", "group", "member", "session", "series"] | str
    """What it is."""
    group: str | None
    """Name of the group it belongs to."""
    name: str
    """How the season calls it: a title, a key, an address."""
    id: str | None
    """What it is; null for what a dry run would create."""
    person_id: str | None
    """Of a member: who it is; null for others."""
    change: Literal["created", "updated", "unchanged", "deleted", "kept", "locked"] | str
    """What became of it."""
    fields: list[FieldChange]
    """What is different."""
    reason: str | None
    """Why it was kept, or is locked."""


class SeasonGroup(Record):
    """A group, and its year. What is left out stays as it is."""

    name: str
    """Name; the group is found by it."""
    id: str | None
    """Its identifier, where the name is not enough."""
    focus: str | None
    """What the group is about."""
    cadence: str | None
    """How often it meets."""
    time_zone: str | None
    """Zone of the group."""
    capacity: int | None
    """How many members it may have."""
    covenant: str | None
    """First covenant version of a new group; a group that has one keeps it."""
    agenda_template: str | None
    """Run of show of new sessions, by its title."""
    active: bool
    """Whether the group is activated; nothing is scheduled before."""
    moderators: list[str]
    """Who leads it."""
    members: list[str | SeasonPerson]
    """Who is invited, unless they take part. Nobody is removed."""
    usual: SeasonUsual
    """What the sessions have in common."""
    sessions: list[SeasonSession] | None
    """The whole year; left out: as it is."""
    series: list[SeasonSeries]
    """What recurs beside it. Others stay as they are."""


class SeasonPerson(Record):
    """Somebody who may not be known yet."""

    name: str
    """Full name."""
    email: str
    """Address."""


class SeasonSeries(Record):
    """Meetings that recur beside the plan; known by their title."""

    title: str
    """Name; the series is found by it."""
    id: str | None
    """Its identifier, where several have this title."""
    rule: str
    """When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY), INTERVAL,
    BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an end it goes on for
    as long as a series may be: 200 occurrences or 5 years, whichever comes first.
    """
    local_start: str
    """What the clock on the wall shows: date and time to the minute, without an offset."""
    time_zone: str | None
    """Zone of `local_start`; the group's if left out."""
    dst_policy: Literal["refuse", "shift_forward"] | str | None
    """What to do where the clocks skip the time."""
    minutes: int | None
    place: str | None
    """Where they are."""
    capacity: int | None
    theme: str | None
    """Their theme, by title."""
    agenda: list[SegmentPlan] | None
    """The segments of each, in order."""


class SeasonSession(Record):
    """One session of the year. What is left out is as usual; null says that there is none."""

    key: str | None
    """Its identity; the month of `local_start` if left out."""
    local_start: str | None
    """When it begins; if left out, the day of the usual rule in the month that its key names."""
    time_zone: str | None
    """Zone of `local_start`, if not the usual one."""
    dst_policy: Literal["refuse", "shift_forward"] | str | None
    """What to do with a time that the clocks skip."""
    minutes: int | None
    title: str | None
    """Name of this meeting."""
    theme: str | None
    """Its theme, by title."""
    place: str | None
    """Where it is."""
    capacity: int | None
    host: str | None
    """Who has everybody in."""
    hot_seats: list[str] | None
    """Who sits in the hot seats of the agenda, in order. Left out: as it is."""
    agenda_template: str | None
    """Template of the agenda, by its title."""
    agenda: list[SegmentPlan] | None
    """The segments in order, instead of a template's."""


class SeasonTemplate(Record):
    """A run of show that the library has, or gets."""

    title: str
    """Name."""
    segments: list[SegmentPlan]
    """The segments in order."""


class SeasonTheme(Record):
    """A theme that the library has, or gets."""

    title: str
    """Name, unique in the organization."""
    description: str | None
    """What it is about; left out: as it is."""


class SeasonUsual(Record):
    """What the sessions of a group have in common."""

    rule: str | None
    """The days, as an RFC 5545 RRULE."""
    local_time: str | None
    time_zone: str | None
    """Zone of the times; the group's if left out."""
    dst_policy: Literal["refuse", "shift_forward"] | str | None
    """What to do with a time that the clocks skip."""
    minutes: int | None
    place: str | None
    """Where they are."""
    capacity: int | None
    agenda_template: str | None
    """Template of the agendas, by its title."""


class SecondOut(Record):
    """How often a problem is asked."""

    challenge_id: str
    """The challenge."""
    times_asked: int
    """How many people have it."""
    seconded: bool
    """Whether you said 'mine too'."""


class SectionOut(Record):
    """What one kind of thing contributes to the minutes, as far as this reader may see it."""

    key: str
    """What kind of thing."""
    title: str
    """Heading."""
    entries: list[EntryOut]
    """The lines."""


class SegmentOut(Record):
    """One timebox of the agenda."""

    id: str
    """Identifier."""
    title: str
    """Name to show."""
    kind: str
    """What happens in it."""
    minutes: int
    """Planned length."""
    extended: int
    """Minutes added while it ran."""
    started_at: dt.datetime | None
    """When it started."""
    ended_at: dt.datetime | None
    """When it ended."""
    person: Named | None
    """Whose it is: who sits in this hot seat, for example."""
    exercise_id: str | None
    """The exercise this hot seat was given to."""


class SegmentPlan(Record):
    """One timebox of a run of show."""

    title: str
    """Name to show."""
    kind: (
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
        | str
    )
    """What happens in it."""
    minutes: int
    """Length in minutes."""


class SeriesBrief(Record):
    """A series as lists show it; to those who may see its times only, the rest is null."""

    id: str
    """Identifier."""
    rule: str
    """When it recurs (RFC 5545)."""
    local_start: str
    """When the first one begins, in local time."""
    time_zone: str
    """Zone of that time."""
    minutes: int
    """Length of each in minutes."""
    last_occurrence: str
    """When the last one of the rule begins, in local time."""
    ends_by: Literal["count", "until", "horizon"] | str
    """What ends it: COUNT or UNTIL of the rule, or, where it has neither, how far a series may
    reach (200 occurrences or 5 years).
    """
    title: str | None
    """Name of each meeting."""
    theme: Named | None
    """Their theme."""
    ended_at: dt.datetime | None
    """When it was deleted; what happened before stays."""


class SeriesOut(Record):
    """A series with its sessions."""

    id: str
    """Identifier."""
    rule: str
    """When it recurs (RFC 5545)."""
    local_start: str
    """When the first one begins, in local time."""
    time_zone: str
    """Zone of that time."""
    minutes: int
    """Length of each in minutes."""
    last_occurrence: str
    """When the last one of the rule begins, in local time."""
    ends_by: Literal["count", "until", "horizon"] | str
    """What ends it: COUNT or UNTIL of the rule, or, where it has neither, how far a series may
    reach (200 occurrences or 5 years).
    """
    title: str | None
    """Name of each meeting."""
    theme: Named | None
    """Their theme."""
    ended_at: dt.datetime | None
    """When it was deleted; what happened before stays."""
    group: Named
    """The group."""
    dst_policy: str | None
    """What becomes of a time that the clocks skip."""
    place: str | None
    """Where they are."""
    capacity: int | None
    """How many can come."""
    agenda: list[SegmentPlan]
    """The segments of each, in order."""
    exdates: list[str]
    """The days that were taken out, and stay out."""
    occurrences: list[OccurrenceOut]
    """Its sessions that are not over, the earliest first."""
    changes: list[SessionsChangeOut] | None
    """What this request did to sessions; null where the series is only read."""
    created_at: dt.datetime
    """When it was made."""
    updated_at: dt.datetime
    """When it was last changed."""
    version: int
    """Counts the changes."""


class SessionBrief(Record):
    """A session as lists show it; to those who may see its times only, the rest is null."""

    id: str
    """Identifier."""
    state: Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"] | str
    """State."""
    local_start: str
    """Wall time of the start."""
    time_zone: str
    """Zone of that time."""
    minutes: int
    """Length in minutes."""
    starts_at: dt.datetime
    """The start."""
    ends_at: dt.datetime
    """The planned end."""
    series_id: str | None
    """The series it belongs to."""
    occurrence: str | None
    """When it would begin by the rule of its series, in local time: the calendar's RECURRENCE-ID."""
    overridden: list[str] | None
    """What was changed by hand on this one session of a series."""
    title: str | None
    """Name of this meeting."""
    theme: Named | None
    """Its theme."""
    host: Named | None
    """Who has everybody in."""
    counts: CountsOut | None
    """How many said what."""
    my_answer: str | None
    """Your own answer: yes, no or maybe."""
    i_wait: bool | None
    """Whether you said yes and wait for a place."""


class SessionOut(Record):
    """A session, as far as you may see it; to those who may see its times only, the rest is null or
    empty.
    """

    id: str
    """Identifier."""
    state: Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"] | str
    """State."""
    local_start: str
    """Wall time of the start."""
    time_zone: str
    """Zone of that time."""
    minutes: int
    """Length in minutes."""
    starts_at: dt.datetime
    """The start."""
    ends_at: dt.datetime
    """The planned end."""
    series_id: str | None
    """The series it belongs to."""
    occurrence: str | None
    """When it would begin by the rule of its series, in local time: the calendar's RECURRENCE-ID."""
    overridden: list[str] | None
    """What was changed by hand on this one session of a series."""
    title: str | None
    """Name of this meeting."""
    theme: Named | None
    """Its theme."""
    host: Named | None
    """Who has everybody in."""
    counts: CountsOut | None
    """How many said what."""
    my_answer: str | None
    """Your own answer: yes, no or maybe."""
    i_wait: bool | None
    """Whether you said yes and wait for a place."""
    group: Named
    """The group."""
    sequence: int
    """Counts the changes of time, for calendars."""
    dst_policy: str | None
    """What becomes of a time that the clocks skip."""
    place: str | None
    """Where it is."""
    capacity: int | None
    """How many can come."""
    reason: str | None
    """Why it was cancelled."""
    agenda: list[SegmentOut]
    """The segments in order."""
    clock: ClockOut | None
    """The segment that runs and its time; null if none does."""
    led_by_id: str | None
    """Who leads it."""
    claimed_by_id: str | None
    """The member who claimed it while nobody leads it."""
    started_at: dt.datetime | None
    """When it really started."""
    ended_at: dt.datetime | None
    """When it really ended."""
    created_at: dt.datetime | None
    """When it was made."""
    updated_at: dt.datetime | None
    """When it was last changed."""
    version: int
    """Counts the changes."""
    allowed_actions: list[str]
    """Verbs whose state and role fit."""


class Settings(Record):
    """What an organization may set; every member has a default."""

    funnel: list[FunnelStep]
    """Steps of the prospect funnel, in order."""
    prospect_lapses_after_days: int
    """Days without a step after which a prospect lapses."""
    levels: list[list[str]]
    """The ladder of levels, the lowest rung first, each with its names in any case. A level that is
    not on it is compared with nothing.
    """
    level_distance: int
    """Rungs that a new member may be away from the middle of the group."""
    working_hours: WorkingHours
    """The working day that is compared across time zones."""
    shared_hours: int
    """Hours of it that a new member shares with everybody."""
    misses_before_review: int
    """Misses in twelve months beyond which a review is raised."""
    leave_keeps_seat: bool
    """Whether a member on leave keeps the seat."""
    shared_limits: list[str]
    """Kinds of contribution whose limit for each person holds for the whole group instead, in
    exercises made from now on; `proposal` in a value exchange, for example.
    """
    entitlements: Entitlements
    """What prospects get for free."""
    covenant_template: str
    """Text of the first covenant version that a group is offered."""


class SignInAsked(Record):
    """Noted. Whether the address is known is not said here."""

    expires_in: int
    """Seconds until link and code stop working."""


class SimulationOut(Record):
    """Whether it fits, and where the time goes."""

    fits: bool
    """Whether nothing is in the way."""
    rounds: int
    """How many rounds are played."""
    total_minutes: int
    """Minutes in all."""
    misfits: list[MisfitOut]
    """What does not fit."""
    phases: list[PhaseShareOut]
    """Phase by phase."""


class SubjectOut(Record):
    """What an exercise is about."""

    kind: str
    """Kind of thing."""
    id: str
    """Its identifier."""
    title: str | None
    """What it says."""
    owner: Named | None
    """Whose it is."""


class Summary(Record):
    """How many records came out how."""

    created: int
    """People made."""
    updated: int
    """People changed."""
    unchanged: int
    """Nothing to do."""
    removed: int
    """People shut out: their source does not list them any more."""
    conflict: int
    """Left alone: somebody else has the address."""
    rejected: int
    """Not acceptable."""
    footer_rows: int
    """Lines that are no records."""


class SyncResultOut(Record):
    """What came of one record."""

    index: int
    """Position among the records, from 0."""
    row: int | None
    """Row of the file as a spreadsheet counts; null for whom a full run does not mention."""
    external_id: str | None
    """The record's reference."""
    status: str
    """created, updated, unchanged, removed, conflict or rejected; staged before it was applied."""
    id: str | None
    """The person."""
    problem: Issue | None
    """Why it was not taken."""
    warnings: list[Issue]
    """What was not taken as given."""


class SyncRunOut(Record):
    """A run with its progress."""

    id: str
    """Identifier."""
    source: str
    """The system the records come from."""
    mode: str
    """How missing records are taken."""
    on_conflict: str
    """What becomes of conflicts."""
    state: str
    """open (waits for a file), fetching, staged, applied, failed, or superseded by a later one."""
    received: int
    """Records received so far."""
    columns: Columns | None
    """How the file was read; null before an upload."""
    failure: Issue | None
    """Why it failed, or what it waits for somebody to confirm; null where all is well."""
    summary: Summary | None
    """What came of it; null before it was applied."""
    removals: Removals | None
    """Whom it shut out, or would in a dry run; null before it was applied."""
    rehearsed: list[SyncResultOut] | None
    """In a dry run: what would come of each record, the first 10,000."""
    created_at: dt.datetime
    """When it was opened."""
    applied_at: dt.datetime | None
    """When it was applied."""
    version: int
    """Counts the changes."""


class TemplateOut(Record):
    """A run of show that sessions may begin with."""

    id: str
    """Identifier."""
    title: str
    """Name."""
    segments: list[SegmentPlan]
    """The segments in order."""
    minutes: int
    """How long they take together."""
    archived: bool
    """Whether it is not offered any more."""
    created_at: dt.datetime
    """When it was made."""
    version: int
    """Counts the changes."""


class ThemeOut(Record):
    """A theme of the library."""

    id: str
    """Identifier."""
    title: str
    """Name."""
    description: str | None
    """What it is about."""
    archived: bool
    """Whether it is not offered any more."""
    created_at: dt.datetime
    """When it was made."""
    version: int
    """Counts the changes."""


class Timebox(Record):
    """The shortest and the planned length of a phase, in minutes."""

    min: int
    """The shortest useful length, in minutes."""
    max: int
    """The planned length, in minutes."""


class TokensOut(Record):
    """A signed-in device's tokens."""

    access_token: str
    """Send it as `Authorization: Bearer …`."""
    token_type: Literal["Bearer"] | str
    """How to send it."""
    expires_in: int
    """Seconds until the access token ends."""
    refresh_token: str
    """Exchange it once for new tokens at /v1/tokens/refresh."""
    refresh_expires_at: dt.datetime
    """When the device has to sign in anew, unless it refreshes."""
    person: Named
    """Who is signed in."""
    organization: Named
    """Where."""


class TurnOut(Record):
    """Somebody's place in the rotation of hot seats."""

    person: Named
    """Who."""
    why: RotationOut
    """Why they stand here."""


class Version(Record):
    """What runs here."""

    version: str
    """Version of the service."""
    api: Literal["v1"] | str
    """Version of the contract."""


class VoiceOut(Record):
    """What one person has done in the present phase."""

    person: Named
    """The person."""
    voice: Literal["waiting", "posted", "passed"] | str
    """What they did."""


class WaiverOut(Record):
    """A recorded decision."""

    id: str
    """Identifier."""
    person_id: str
    """The person it is about."""
    person: Named
    """The same, with their name."""
    made_by: Named | None
    """Who decided."""
    finding: str
    """What was waived."""
    reason: str
    """Why."""
    created_at: dt.datetime
    """When."""


class WebhookDeliveryOut(Record):
    """One event for one endpoint, and what came of it. What the receiver answered is not kept."""

    id: str
    """Identifier."""
    webhook_id: str
    """What the receiver sees as `webhook-id`: the same at every attempt."""
    event_id: str | None
    """The event's id in the feed; null for a test."""
    type: str
    """The event's type."""
    state: str
    """pending; delivered; failed (tried ten times); withheld (its registrant may not read it any
    more); cancelled (the endpoint was disabled).
    """
    attempts: int
    """How often it was tried."""
    status_code: int | None
    """What was answered last."""
    duration_ms: int | None
    """How long the last answer took, in milliseconds."""
    error: str | None
    """Why the last attempt failed: `answered` (with another status than 2xx), `redirected`,
    `timeout`, `unreachable`, `tls`, `broken` (the connection or the answer), or
    `refused_address`.
    """
    created_at: dt.datetime
    """When it came to be delivered."""
    attempted_at: dt.datetime | None
    """When it was tried last."""
    next_attempt_at: dt.datetime | None
    """When it is tried next; null where it is not."""


class WebhookEndpointOut(Record):
    """An endpoint, without its secret."""

    id: str
    """Identifier."""
    url: str
    """Where it is sent to."""
    description: str | None
    """What it is for."""
    types: list[str]
    """Only these types; empty: all that its registrant may read."""
    state: str
    """enabled or disabled."""
    reason: str | None
    """Why it is disabled: `requested`; `gone` (it answered 410); `failing` (nothing but failures
    for five days); `credential_ended` or `standing_ended` (whoever registered it may read no
    more).
    """
    disabled_at: dt.datetime | None
    """Since when it is disabled."""
    failing_since: dt.datetime | None
    """Since when nothing but failures; null while it works."""
    person: Named | None
    """Whose reading it follows; null where it follows a service key."""
    key_id: str | None
    """The key it follows, and ends with; null for a signed-in device."""
    previous_secret_until: dt.datetime | None
    """Until when the secret before the present one signs, too."""
    created_at: dt.datetime
    """When it was registered."""
    version: int
    """Counts the changes."""


class WebhookEndpointWithSecret(Record):
    """An endpoint with its secret, which is shown this once."""

    id: str
    """Identifier."""
    url: str
    """Where it is sent to."""
    description: str | None
    """What it is for."""
    types: list[str]
    """Only these types; empty: all that its registrant may read."""
    state: str
    """enabled or disabled."""
    reason: str | None
    """Why it is disabled: `requested`; `gone` (it answered 410); `failing` (nothing but failures
    for five days); `credential_ended` or `standing_ended` (whoever registered it may read no
    more).
    """
    disabled_at: dt.datetime | None
    """Since when it is disabled."""
    failing_since: dt.datetime | None
    """Since when nothing but failures; null while it works."""
    person: Named | None
    """Whose reading it follows; null where it follows a service key."""
    key_id: str | None
    """The key it follows, and ends with; null for a signed-in device."""
    previous_secret_until: dt.datetime | None
    """Until when the secret before the present one signs, too."""
    created_at: dt.datetime
    """When it was registered."""
    version: int
    """Counts the changes."""
    secret: str | None
    """Verifies the signatures. Shown once: a repeated request answers null."""


class WhyOut(Record):
    """Why a challenge stands where it stands in the parking lot."""

    score: int
    """Importance × urgency × times asked."""
    hot_seats: int
    """Hot seats its owner had in this group in the last twelve months: fewer come first."""
    waiting_since: dt.datetime
    """When it was parked: older ones come first."""
    said: str
    """The same in a sentence."""


class WithheldOut(Record):
    """A phase of which something that was said is not shown."""

    phase: str
    """Key of the phase."""
    round: int
    """Its round, from 1."""
    reason: Literal["too_few_authors", "never_opened", "stays_in_breakouts"] | str
    """`too_few_authors`: fewer than three people wrote here, so that the others could tell whose a
    card is. How many did, and whether anybody, is not told. `never_opened`: the exercise ended
    before this was to be opened. `stays_in_breakouts` (in minutes): what is said in a breakout
    is for those who sat there.
    """


class WorkingHours(Record):
    """The hours of a working day, by the clock of whoever works them."""

    begins: int
    """Hour at which it begins."""
    ends: int
    """Hour at which it ends."""


class FacilitationChangeOut(Record):
    """One thing that changed between two versions of a method."""

    kind: Literal["added", "removed", "changed", "moved"] | str
    """What happened to it; `moved` is a phase that stands elsewhere now."""
    phase: str | None
    """The phase it is in; null for the head of the document."""
    field: str | None
    """The field; null where the whole phase is meant."""
    before: str | None
    """What stood there, as JSON; of a moved phase its place."""
    after: str | None
    """What stands there, as JSON; of a moved phase its place."""


class SessionsChangeOut(Record):
    """What became of one session through this request."""

    session_id: str
    """The session."""
    occurrence: str
    """When it would begin by the rule, in local time."""
    became: Literal["made", "changed", "moved", "cancelled", "deleted"] | str
    """What it became: deleted only where nothing hung on it, else cancelled."""
    reason: str | None
    """Why it was cancelled and not deleted."""
