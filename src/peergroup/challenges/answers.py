"""Challenges on the wire: what people get."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import Field

from peergroup.challenges.schemas import QUESTION, State
from peergroup.commitments.schemas import CommitmentOut
from peergroup.facilitation.contribution_schemas import ContributionOut
from peergroup.facilitation.schemas import BrainsOut, Confidentiality, ExerciseOut
from peergroup.kit.time import Instant
from peergroup.kit.wire import Named, Out

Actions = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)]
_HELP = "What would help most: experience, ideas, introductions or challenge_me."


class ChallengeBrief(Out):
    """A challenge as lists show it."""

    id: UUID = Field(description="Identifier.")
    group_id: UUID = Field(description="The group.")
    question: str = Field(description="The problem as a question.", max_length=300, examples=[QUESTION])
    owner: Named | None = Field(description="Whose it is; null where no name is shown any more.")
    mine: bool = Field(description="Whether it is yours.", examples=[False])
    state: State = Field(description="Where it stands.", examples=["parked"])
    draft: bool = Field(description="Whether only its owner sees it.", examples=[False])
    help_wanted: str | None = Field(description=_HELP, max_length=20, examples=["experience"])
    importance: int = Field(description="How much depends on it.", ge=1, le=5, examples=[4])
    urgency: int = Field(description="How soon it is needed.", ge=1, le=5, examples=[3])
    times_asked: int = Field(
        description="How many people have this problem, the owner included.", ge=1, le=100_000, examples=[3]
    )
    seconded: bool = Field(description="Whether you said 'mine too'.", examples=[False])
    confidentiality: Confidentiality = Field(description="Who reads it.", examples=["group"])
    session_id: UUID | None = Field(description="The session it was given to.")
    position: int | None = Field(description="Its place there.", ge=1, le=100, examples=[1])
    exercise_id: UUID | None = Field(description="The exercise that works on it, or did.")
    contributions: int = Field(
        description="What everybody could read when the last phase ended.", ge=0, le=1_000_000, examples=[24]
    )
    follow_up_on: dt.date | None = Field(description="When to ask what came of it.", examples=["2026-12-15"])
    outcome: str | None = Field(description="worked, partly or not.", max_length=10, examples=["worked"])
    created_at: Instant = Field(description="When it was parked.")


class WhyOut(Out):
    """Why a challenge stands where it stands in the parking lot."""

    score: int = Field(description="Importance × urgency × times asked.", ge=1, le=2_500_000, examples=[36])
    hot_seats: int = Field(
        description="Hot seats its owner had in this group in the last twelve months: fewer come first.",
        ge=0,
        le=10_000,
        examples=[1],
    )
    waiting_since: Instant = Field(description="When it was parked: older ones come first.")
    said: str = Field(
        description="The same in a sentence.",
        max_length=300,
        examples=["4 × 3 × 3 = 36; 1 hot seat in twelve months; waiting since 2026-10-01."],
    )


class RotationOut(Out):
    """Why it is somebody's turn, or not yet. Hot seats that show no names are in no figure."""

    hot_seats: int = Field(
        description="Hot seats in this group in the last twelve months: fewer come first.",
        ge=0,
        le=10_000,
        examples=[1],
    )
    last_at: Instant | None = Field(description="When the last one was; longer ago comes first.")
    waiting: bool = Field(
        description="Whether a problem was submitted or accepted, and waits.", examples=[True]
    )
    member_since: Instant | None = Field(description="Since when in this group; longer comes first.")
    next_at: Instant | None = Field(
        description="The session ahead in which a hot seat is theirs already: they come last."
    )
    said: str = Field(
        description="The same in a sentence.",
        max_length=300,
        examples=[
            "0 hot seats in twelve months; none so far; a problem waits; in the group since 2026-01-10."
        ],
    )


class TurnOut(Out):
    """Somebody's place in the rotation of hot seats."""

    person: Named = Field(description="Who.")
    why: RotationOut = Field(description="Why they stand here.")


class ParkedOut(ChallengeBrief):
    """A challenge in the parking lot."""

    why: WhyOut = Field(description="Why it stands here.")


class CreditOut(Out):
    """Somebody who helped."""

    person: Named = Field(description="The person.")
    helped: int = Field(description="How many of their contributions helped.", ge=1, le=100, examples=[2])


class ChallengeOut(ChallengeBrief):
    """A challenge with its whole thread, as far as you may see it."""

    context: str | None = Field(description="What one needs to know.", max_length=10_000)
    tried: str | None = Field(description="What was tried already.", max_length=10_000)
    protocol: str = Field(description="The method.", max_length=40, examples=["ten_brains"])
    reason: str | None = Field(
        description="Why it was sent back or dropped: for its owner and the moderators.", max_length=2_000
    )
    learned: str | None = Field(description="What was learned.", max_length=10_000)
    opened: bool = Field(description="Whether newcomers may read it.", examples=[False])
    released_text: str | None = Field(
        description="What the whole organization may read; null while nothing is released.", max_length=10_000
    )
    released_at: Instant | None = Field(description="When it was released.")
    started_at: Instant | None = Field(description="When work on it began.")
    committed_at: Instant | None = Field(description="When its owner made a promise.")
    ended_at: Instant | None = Field(description="When it was resolved, withdrawn or dropped.")
    exercise: ExerciseOut | None = Field(
        description="The exercise, as you see it; null before it was started."
    )
    brains: BrainsOut | None = Field(description="How many brains helped; null where nobody may know yet.")
    contributions_seen: list[ContributionOut] = Field(
        description="What was said, in its order, as far as you see it: the first 200.", max_length=200
    )
    more: str | None = Field(
        description="Where to go on reading; null where this is everything.",
        max_length=500,
        examples=[None],
    )
    commitments: list[CommitmentOut] = Field(description="What was promised.", max_length=200)
    credits: list[CreditOut] = Field(description="Who helped, the most helpful first.", max_length=200)
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="Verbs whose state and role fit.", examples=[["submit"]])


class SecondOut(Out):
    """How often a problem is asked."""

    challenge_id: UUID = Field(description="The challenge.")
    times_asked: int = Field(description="How many people have it.", ge=1, le=100_000, examples=[3])
    seconded: bool = Field(description="Whether you said 'mine too'.", examples=[True])
