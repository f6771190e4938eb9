"""Challenges on the wire: what people send."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.facilitation.schemas import Confidentiality, Deadlines, Mode
from peergroup.kit.text import Key, Question, Words
from peergroup.kit.wire import KEPT, In

HelpWanted = Literal["experience", "ideas", "introductions", "challenge_me"]
State = Literal[
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
Weight = Annotated[int, Field(ge=1, le=5, examples=[4])]
Position = Annotated[int, Field(ge=1, le=100, description="Its place in the session.", examples=[1])]
QUESTION = "How do I hire a head of sales without losing the first one?"


class ChallengeIn(In):
    """A problem for the parking lot. What is missing can follow until it is submitted."""

    question: Question = Field(description="The problem as a question: 'How do I …?'", examples=[QUESTION])
    context: Words | None = Field(
        None, description="What one needs to know.", examples=["We are nine people, she is the third."]
    )
    tried: Words | None = Field(
        None, description="What was tried already.", examples=["Two agencies, and asking around."]
    )
    help_wanted: HelpWanted | None = Field(None, description="What would help most.", examples=["experience"])
    importance: Weight = Field(3, description="How much depends on it, from 1 to 5.")
    urgency: Weight = Field(3, description="How soon it is needed, from 1 to 5.")
    confidentiality: Confidentiality = Field("group", description="Who reads it.", examples=["group"])
    draft: bool = Field(False, description="Whether only you see it for now.", examples=[False])
    protocol: Key | None = Field(
        None, description="The method to work on it with; `ten_brains` if left out.", examples=["ten_brains"]
    )


class ChallengePatch(In):
    """Merge patch of a challenge. Session and position are the moderator's, everything else is the owner's."""

    question: Annotated[Question | None, KEPT] = Field(
        None, description="The problem as a question.", examples=[QUESTION]
    )
    context: Words | None = Field(None, description="What one needs to know; null clears it.")
    tried: Words | None = Field(None, description="What was tried already; null clears it.")
    help_wanted: HelpWanted | None = Field(None, description="What would help most.", examples=["ideas"])
    importance: Annotated[Weight | None, KEPT] = Field(None, description="How much depends on it.")
    urgency: Annotated[Weight | None, KEPT] = Field(None, description="How soon it is needed.")
    confidentiality: Annotated[Confidentiality | None, KEPT] = Field(
        None,
        description="Who reads it. Narrowing works at once, for owner and moderator; only the owner widens.",
        examples=["session_only"],
    )
    draft: Annotated[Literal[False] | None, KEPT] = Field(
        None, description="False shows it to the group; there is no way back.", examples=[False]
    )
    protocol: Key | None = Field(None, description="The method; null for `ten_brains`.")
    session_id: UUID | None = Field(None, description="The session it gets; null takes it out of one.")
    position: Position | None = Field(
        None,
        description=(
            "Its place among the challenges of that session, each held by one of them; a challenge that goes to another"
            " session without one has none there."
        ),
    )


class ChallengeStartIn(In):
    """How to run it: live in its session, else asynchronously."""

    mode: Mode | None = Field(
        None,
        description=(
            "`live` or `async`. Left out: `live` where the challenge has a session that is neither completed nor"
            " cancelled, and that has to be in progress then; `async` where it has none."
        ),
        examples=["live"],
    )
    deadlines: Deadlines | None = Field(
        None,
        description="When the phases of an asynchronous run end, by phase key.",
        examples=[{"contribute": "2026-12-15T17:00:00Z"}],
    )


class ResolveIn(In):
    """What came of it."""

    outcome: Literal["worked", "partly", "not"] = Field(description="Whether it worked.", examples=["partly"])
    learned: Words = Field(
        description="What was learned, for those who come after.",
        examples=["Ask the first three customers to sit in."],
    )


class ReleaseIn(In):
    """The text that everybody in the organization may read."""

    text: Words = Field(
        description="What was learned, without names: it is shown as it is.",
        examples=["A head of sales who joins a sale before the contract stays longer."],
    )


class ChallengeOpenedIn(In):
    """Whether newcomers may read what began before their time."""

    opened: bool = Field(True, description="False closes it again.", examples=[True])
