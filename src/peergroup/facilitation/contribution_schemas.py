"""Contributions, marks and what comes of them on the wire."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.facilitation.parts import ShortKey
from peergroup.facilitation.schemas import Actions, Withheld, WithheldOut
from peergroup.kit.text import Note, Words
from peergroup.kit.time import Day, Instant
from peergroup.kit.wire import KEPT, In, Named, Out

Ids = Annotated[list[UUID], Field(max_length=200)]
Lists = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=100)]
People = Annotated[list[Named], Field(max_length=500)]


class ContributionIn(In):
    """Something said in an exercise."""

    kind: ShortKey = Field(description="One of the kinds the exercise accepts from you.", examples=["idea"])
    body: Words = Field(description="What you say.", examples=["We asked three customers first."])
    parent_id: UUID | None = Field(None, description="The contribution it answers to.")
    by_on: Day | None = Field(None, description="By when, for a promise.")
    action: Note | None = Field(
        None, description="The one action, for a promise.", examples=["Call the first ten."]
    )
    recorded_for: UUID | None = Field(
        None, description="Who said it, where a moderator notes it for somebody present. Open phases only."
    )
    phase: ShortKey | None = Field(
        None,
        description="The phase you speak in: refused if another one has begun, so that no retry lands there.",
        examples=["contribute"],
    )


class ContributionPatch(In):
    """Merge patch of one's own contribution."""

    body: Annotated[Words | None, KEPT] = Field(
        None, description="What it says from now on.", examples=["Ask five of them."]
    )
    by_on: Day | None = Field(None, description="By when, for a promise in its own phase.")
    action: Note | None = Field(None, description="The one action of a promise.", examples=["Call them."])


class MergeIn(In):
    """Two cards that say the same."""

    into: UUID = Field(description="The contribution that stays.")


class DropIn(In):
    """A proposal nobody takes."""

    reason: Note = Field(description="Why it is dropped.", examples=["Nobody has the time this quarter."])


class DecisionIn(In):
    """What becomes of a list: close it, though not everybody has marked; settle a tie at its last place by choosing,
    or by voting again on the tied ones."""

    list: ShortKey = Field(description="Name of the list.", examples=["top"])
    keep: Ids | None = Field(None, description="Which of the tied ones stay, as many as there are places.")
    reason: Note | None = Field(
        None, description="Why these, or why it is closed.", examples=["It is the smaller step."]
    )
    run_off: bool | None = Field(None, description="True: everybody marks again, the tied ones only.")
    close: bool | None = Field(None, description="True: no more marks are taken.")

    @model_validator(mode="after")
    def _one_of_two(self) -> "DecisionIn":
        if [self.keep is not None, bool(self.run_off), bool(self.close)].count(True) != 1:
            raise ValueError("send one of keep with a reason, run_off, close with a reason")
        if not self.run_off and self.reason is None:
            raise ValueError("a choice needs a reason, and so does closing")
        return self


class MarksOut(Out):
    """The marks of one list on a contribution, as far as they are shown."""

    list: str = Field(description="Name of the list.", max_length=40, examples=["helped"])
    round: int = Field(description="The round in which they were given, from 1.", ge=1, le=500)
    count: int | None = Field(
        description="How many; null while the list is hidden.", ge=0, le=100_000, examples=[2]
    )
    mine: bool = Field(description="Whether one of them is yours.", examples=[True])
    by: People = Field(description="Who gave them, where that is shown.")


class RevisionOut(Out):
    """What a contribution said before."""

    body: str = Field(description="The words that stood there.", max_length=10_000)
    replaced_at: Instant = Field(description="When they were replaced.")


class ContributionOut(Out):
    """One thing said in an exercise."""

    id: UUID = Field(description="Identifier.")
    exercise_id: UUID = Field(description="The exercise.")
    kind: str = Field(description="Kind of contribution.", max_length=40, examples=["idea"])
    body: str | None = Field(description="What was said; null once deleted.", max_length=10_000)
    author: Named | None = Field(description="Who said it; null where that is not shown.")
    mine: bool = Field(description="Whether you said it.", examples=[False])
    parent_id: UUID | None = Field(description="The contribution it answers to.")
    by_on: dt.date | None = Field(description="By when, for a promise.", examples=["2026-12-15"])
    action: str | None = Field(description="The one action of a promise.", max_length=2_000)
    phase: str = Field(description="Key of the phase it was said in.", max_length=40, examples=["contribute"])
    round: int = Field(description="Its round, from 1.", ge=1, le=500)
    breakout: str | None = Field(description="The breakout it was said in.", max_length=40, examples=["3/1"])
    revealed: bool = Field(description="Whether its phase has been opened.", examples=[True])
    after_seeing: bool = Field(
        description="Whether its author had seen others in this phase.", examples=[False]
    )
    recorded_by: Named | None = Field(description="Who noted it for its author.")
    confirmed_at: Instant | None = Field(description="When its author confirmed the note.")
    revisions: list[RevisionOut] = Field(
        description="What it said before, where others could have read that.", max_length=200
    )
    deleted: bool = Field(description="Whether its author took it back.", examples=[False])
    merged_into_id: UUID | None = Field(description="The contribution it was merged into.")
    dropped: str | None = Field(description="Why nobody takes it.", max_length=2_000)
    marks: list[MarksOut] = Field(description="Its marks, list by list.", max_length=100)
    created_at: Instant | None = Field(
        description="When it was said; of anonymous cards the end of their phase, and null before."
    )
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="What you may do with it.", examples=[["edit", "delete"]])


class MarkOut(Out):
    """A mark that stands."""

    list: str = Field(description="Name of the list.", max_length=40, examples=["top"])
    contribution_id: UUID = Field(description="What it marks.")
    left: int = Field(description="How many marks you have left in this list.", ge=0, le=100, examples=[2])


class CountedOut(Out):
    """A contribution in the result of a list."""

    contribution_id: UUID = Field(description="The contribution.")
    kind: str = Field(description="Its kind.", max_length=40, examples=["idea"])
    body: str | None = Field(description="What it says.", max_length=10_000)
    count: int | None = Field(
        description="How many marks it got; null while only its tie is known.", ge=0, le=100_000, examples=[5]
    )
    run_off: int | None = Field(description="How many in a second vote.", ge=0, le=100_000)
    top: bool | None = Field(
        description="Whether it is among the top, frozen or so far; null where that is undecided, as of the tied.",
        examples=[True],
    )


Counted = Annotated[list[CountedOut], Field(max_length=500)]


class ListResult(Out):
    """What came of one list."""

    list: str = Field(description="Name of the list.", max_length=40, examples=["top"])
    phase: str = Field(description="The phase it was marked in.", max_length=40, examples=["synthesize"])
    round: int = Field(description="Its round, from 1.", ge=1, le=500)
    state: Literal["open", "hidden", "too_few", "tied", "decided"] = Field(
        description=(
            "`open`: marks are still taken and counted openly. `hidden`: not before the phase ends. `too_few`: never,"
            " fewer than three took part. `tied`: the last place waits for a decision. `decided`: this is it."
        ),
        examples=["decided"],
    )
    voters: int | None = Field(description="How many people marked.", ge=0, le=1_000)
    places: int = Field(description="Places that wait for a decision.", ge=0, le=20)
    tied: Ids = Field(description="The contributions between which it has to be decided, or is voted again.")
    run_off: bool = Field(
        description="Whether it is voted again: marks are taken for the tied ones alone.", examples=[False]
    )
    reason: str | None = Field(description="Why the moderator decided so.", max_length=2_000)
    items: Counted = Field(description="The marked contributions, most marks first.")


class ResultsOut(Out):
    """What came of all lists of an exercise."""

    exercise_id: UUID = Field(description="The exercise.")
    lists: list[ListResult] = Field(description="The lists, in the order of the phases.", max_length=500)
    withheld: Withheld = Field(description="Phases of which nobody sees what was said, and why.")


class MinuteOut(Out):
    """One line of the minutes. Nobody is named."""

    contribution_id: UUID = Field(description="The contribution.")
    kind: str = Field(description="Its kind.", max_length=40, examples=["idea"])
    body: str = Field(
        description="What was said; empty where its author has taken it back since.", max_length=10_000
    )
    parent_id: UUID | None = Field(description="What it answered to.")
    by_on: dt.date | None = Field(description="By when, for a promise.", examples=["2026-12-15"])
    action: str | None = Field(description="The one action of a promise.", max_length=2_000)
    marks: Annotated[dict[str, int], Field(max_length=100)] = Field(
        description="Marks by list, where they are shown.", examples=[{"top": 3}]
    )
    top: Lists = Field([], description="Lists in whose frozen top it is.", examples=[["support"]])
    dropped: str | None = Field(description="Why nobody takes it.", max_length=2_000)


class MinutesPhase(Out):
    """What remains of one phase."""

    phase: str = Field(description="Key of the phase.", max_length=40, examples=["contribute"])
    title: str = Field(description="What people call it.", max_length=200)
    round: int = Field(description="Its round, from 1.", ge=1, le=500)
    said: list[MinuteOut] = Field(description="What was said to everybody.", max_length=10_000)


class MinutesWithheld(WithheldOut):
    """A phase of which something that was said is not shown, with its title."""

    title: str = Field(description="What people call it.", max_length=200)


class ExerciseMinutesOut(Out):
    """What remains of a finished exercise, without names."""

    exercise_id: UUID = Field(description="The exercise.")
    title: str = Field(description="The method.", max_length=200)
    subject: str | None = Field(description="What it was about.", max_length=300)
    started_at: Instant = Field(description="When it began.")
    ended_at: Instant = Field(description="When it ended.")
    time_zone: str = Field(
        "UTC",
        description="The group's zone: Markdown shows times in it.",
        max_length=64,
        examples=["Europe/Oslo"],
    )
    phases: list[MinutesPhase] = Field(description="Phase by phase.", max_length=10_000)
    withheld: list[MinutesWithheld] = Field(
        [],
        description="Phases of which something is left out, and why.",
        max_length=10_000,
    )
