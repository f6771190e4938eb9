"""Exercises on the wire: what a client needs to play any method."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.facilitation.parts import ShortKey
from peergroup.kit.text import Note
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out

Confidentiality = Literal["group", "session_only", "chatham", "shareable"]
Mode = Literal["live", "async"]
State = Annotated[
    str,
    Field(
        description="pending, running, paused, finished or abandoned.", max_length=20, examples=["running"]
    ),
]
Short = Annotated[str, Field(max_length=40)]
Kinds = Annotated[list[Short], Field(max_length=20)]
Chosen = Annotated[list[UUID], Field(max_length=20)]
Deadlines = Annotated[dict[ShortKey, Instant], Field(max_length=20)]
Actions = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)]


class ExerciseIn(In):
    """A new exercise, not begun yet."""

    protocol: ShortKey = Field(description="Key of the method.", examples=["icebreaker_round"])
    mode: Mode | None = Field(
        None, description="`live` in a session if left out and one is named, else `async`.", examples=["live"]
    )
    deadlines: Deadlines | None = Field(
        None,
        description="When the phases of an asynchronous exercise end, by phase key.",
        examples=[{"round": "2026-12-15T17:00:00Z"}],
    )
    session_id: UUID | None = Field(None, description="The session it belongs to.")
    segment_id: UUID | None = Field(None, description="The segment of its agenda.")
    confidentiality: Confidentiality = Field(
        "group", description="Who reads it, and how long with names.", examples=["group"]
    )


class AdvanceIn(In):
    """Going on to the next phase."""

    override_reason: Note | None = Field(
        None,
        description="Why the phase ends although a soft guard does not hold; recorded and shown.",
        examples=["Two of us have to leave."],
    )
    from_phase: ShortKey | None = Field(
        None,
        description="The phase you believe you are ending: refused if it is another one by now.",
        examples=["contribute"],
    )


class ExtendIn(In):
    """More time for the present phase."""

    minutes: int = Field(ge=1, le=43_200, description="How many minutes more.", examples=[5])


class ParticipantIn(In):
    """Whether somebody takes part."""

    takes_part: bool = Field(True, description="False takes them out.", examples=[True])


class ExerciseOpenedIn(In):
    """Whether newcomers may read what began before their time."""

    opened: bool = Field(True, description="False closes it again.", examples=[True])


class ProtocolNamed(Out):
    """The method an exercise plays, in the version it started with."""

    key: str = Field(description="Key of the method.", max_length=40, examples=["ten_brains"])
    version: int = Field(description="Version, counted from 1.", ge=1, examples=[1])
    title: str = Field(description="What people call it.", max_length=200, examples=["10 brains × 1 problem"])


class SubjectOut(Out):
    """What an exercise is about."""

    kind: str = Field(description="Kind of thing.", max_length=20, examples=["challenge"])
    id: UUID = Field(description="Its identifier.")
    title: str | None = Field(description="What it says.", max_length=300, examples=["How do I hire well?"])
    owner: Named | None = Field(description="Whose it is.")


class PhaseOut(Out):
    """The present phase."""

    key: str = Field(description="Key of the phase.", max_length=40, examples=["contribute"])
    title: str = Field(description="What people call it.", max_length=200, examples=["Ten brains think"])
    prompt: str | None = Field(description="What everyone is asked.", max_length=2_000)
    visibility: Literal["open", "blind", "sealed"] = Field(
        description="When others read what is said here.", examples=["blind"]
    )
    anonymous: bool = Field(description="Whether nobody ever learns the authors.", examples=[False])
    minutes: int = Field(description="Planned minutes.", ge=1, le=240, examples=[15])
    number: int = Field(description="Place of the phase on the whole way, from 1.", ge=1, le=10_000)
    of: int = Field(description="How many phases there are, over all rounds.", ge=1, le=10_000)
    opened_at: Instant = Field(description="When it began.")
    ends_at: Instant | None = Field(
        description="When it ends: live phases run over, asynchronous ones close; null while paused."
    )


class AcceptedOut(Out):
    """Something you may post now."""

    kind: str = Field(description="Kind of contribution.", max_length=40, examples=["idea"])
    parent_kind: str | None = Field(
        description="What it has to answer to, named by `parent_id`.", max_length=40, examples=["question"]
    )
    max: int | None = Field(description="How many more; null is no limit.", ge=0, le=100, examples=[3])
    by_on: bool = Field(description="Whether it is a promise and needs a by-when.", examples=[False])


class MarksLeftOut(Out):
    """A list you may mark now."""

    list: str = Field(description="Name of the list.", max_length=40, examples=["top"])
    left: int = Field(description="How many marks you have left.", ge=0, le=100, examples=[3])
    on: Kinds = Field(description="Kinds of contribution that it marks.", examples=[["idea"]])


class VoiceOut(Out):
    """What one person has done in the present phase."""

    person: Named = Field(description="The person.")
    voice: Literal["waiting", "posted", "passed"] = Field(description="What they did.", examples=["posted"])


class BrainsOut(Out):
    """How many brains have helped."""

    contributed: int = Field(description="People who posted.", ge=0, le=1_000, examples=[7])
    passed: int = Field(description="People who passed instead.", ge=0, le=1_000, examples=[1])
    target: int = Field(description="How many are aimed at, at most ten.", ge=0, le=10, examples=[10])


class ProgressOut(Out):
    """How far the present phase is. In sealed and anonymous phases nobody learns who has spoken."""

    overall: Literal["none", "some", "all"] = Field(description="How many have spoken.", examples=["some"])
    people: list[VoiceOut] = Field(description="Person by person, where that is shown.", max_length=500)
    brains: BrainsOut | None = Field(
        description="The same in numbers; null where that is not shown, and where nobody may speak."
    )


class BoardOut(Out):
    """The frozen top of one list."""

    list: str = Field(description="Name of the list.", max_length=40, examples=["support"])
    phase: str = Field(description="The phase it was marked in.", max_length=40, examples=["review_vote"])
    round: int = Field(description="Its round, from 1.", ge=1, le=500)
    contribution_ids: Chosen = Field(description="What was chosen, most marks first.")


class CarriedOut(Out):
    """A promise of the last time."""

    commitment_id: UUID = Field(description="The promise.")
    body: str = Field(description="What was promised.", max_length=10_000)
    action: str | None = Field(description="The one action.", max_length=2_000)
    about: str | None = Field(
        description="What was taken on: the proposal, if it answered to one.", max_length=10_000
    )
    by_on: dt.date = Field(description="By when.", examples=["2026-12-15"])
    state: str = Field(description="open, done, missed or dropped.", max_length=20, examples=["done"])
    owner: Named | None = Field(description="Whose it is; null where that is not shown.")
    mine: bool = Field(description="Whether it is yours.", examples=[False])


Reason = Literal["too_few_authors", "never_opened", "stays_in_breakouts"]


class WithheldOut(Out):
    """A phase of which something that was said is not shown."""

    phase: str = Field(description="Key of the phase.", max_length=40, examples=["going_well"])
    round: int = Field(description="Its round, from 1.", ge=1, le=500)
    reason: Reason = Field(
        description=(
            "`too_few_authors`: fewer than three people wrote here, so that the others could tell whose a card is. How"
            " many did, and whether anybody, is not told. `never_opened`: the exercise ended before this was to be"
            " opened. `stays_in_breakouts` (in minutes): what is said in a breakout is for those who sat there."
        ),
        examples=["too_few_authors"],
    )


Withheld = Annotated[list[WithheldOut], Field(max_length=10_000)]


class OverrideOut(Out):
    """A phase that was ended although something was missing."""

    phase: str = Field(description="Key of the phase.", max_length=40, examples=["contribute"])
    round: int = Field(description="Its round, from 1.", ge=1, le=500)
    guards: Annotated[list[Short], Field(max_length=10)] = Field(
        description="What did not hold.", examples=[["everyone_posted_or_passed"]]
    )
    reason: str = Field(description="Why it was ended.", max_length=2_000)
    at: Instant = Field(description="When.")


class HeldOut(Out):
    """A role that one person holds at a time."""

    role: str = Field(description="Name of the role.", max_length=40, examples=["owner"])
    person: Named = Field(description="Who holds it now.")


class BreakoutOut(Out):
    """Some who sit together."""

    name: str = Field(description="Name of the breakout.", max_length=40, examples=["3/1"])
    people: list[Named] = Field(description="Who sits there.", max_length=500)


class ExerciseBrief(Out):
    """An exercise as lists show it."""

    id: UUID = Field(description="Identifier.")
    group_id: UUID = Field(description="The group.")
    state: State
    mode: Mode = Field(description="Whether people are together, or write when they can.", examples=["live"])
    protocol: ProtocolNamed = Field(description="The method.")
    confidentiality: Confidentiality = Field(description="Who reads it.", examples=["group"])
    session_id: UUID | None = Field(description="The session it belongs to.")
    phase: str | None = Field(description="Key of the present phase.", max_length=40, examples=["contribute"])
    contribution_count: int = Field(
        description="Contributions everybody could read when the last phase ended.", ge=0, le=1_000_000
    )
    participant_count: int = Field(description="People who take part.", ge=0, le=1_000)
    started_at: Instant | None = Field(description="When it began.")
    ended_at: Instant | None = Field(description="When it ended.")
    created_at: Instant = Field(description="When it was prepared.")


class ExerciseOut(Out):
    """An exercise as you see it: all that is needed to play any method."""

    id: UUID = Field(description="Identifier.")
    group_id: UUID = Field(description="The group.")
    state: State
    mode: Mode = Field(description="Whether people are together, or write when they can.", examples=["live"])
    protocol: ProtocolNamed = Field(description="The method.")
    confidentiality: Confidentiality = Field(description="Who reads it.", examples=["group"])
    subject: SubjectOut | None = Field(description="What it is about.")
    session_id: UUID | None = Field(description="The session it belongs to.")
    segment_id: UUID | None = Field(description="The segment of its agenda.")
    round: int = Field(description="The present round, from 1.", ge=1, le=500, examples=[1])
    rounds: int = Field(description="How many rounds there are.", ge=1, le=500, examples=[1])
    phase: PhaseOut | None = Field(description="The present phase; null before the start and after the end.")
    breakout: BreakoutOut | None = Field(description="Where you sit; null with everybody together.")
    breakouts: list[BreakoutOut] = Field(description="Who sits where, if not together.", max_length=500)
    held: list[HeldOut] = Field(description="Who holds which single-handed role.", max_length=1_000)
    roles: Annotated[list[Short], Field(max_length=20)] = Field(
        description="Your roles now.", examples=[["brains", "everyone"]]
    )
    accepts: list[AcceptedOut] = Field(description="What you may post now.", max_length=200)
    marks: list[MarksLeftOut] = Field(description="What you may mark now.", max_length=20)
    board: list[BoardOut] = Field(
        description="The tops that were chosen so far, from the end of their phase on.", max_length=500
    )
    carried_over: list[CarriedOut] = Field(
        description="What was promised the last time, in a phase that opens with it.", max_length=200
    )
    progress: ProgressOut | None = Field(description="How far the present phase is.")
    overrides: list[OverrideOut] = Field(description="Phases that were ended early.", max_length=500)
    withheld: Withheld = Field(description="Phases of which nobody sees what was said, and why.")
    opened: bool = Field(description="Whether newcomers may read it.", examples=[False])
    contribution_count: int = Field(
        description="Contributions everybody could read when the last phase ended.", ge=0, le=1_000_000
    )
    participant_count: int = Field(description="People who take part.", ge=0, le=1_000)
    started_at: Instant | None = Field(description="When it began.")
    ended_at: Instant | None = Field(description="When it ended.")
    created_at: Instant = Field(description="When it was prepared.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(
        description="Verbs whose state and role fit; `pass` where you may.", examples=[["advance", "pause"]]
    )
