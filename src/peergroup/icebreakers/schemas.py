"""Icebreakers on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Question
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out

Depth = Annotated[int, Field(ge=1, le=3)]


class IcebreakerIn(In):
    """A question of the organization's own."""

    text: Question = Field(description="The question.", examples=["What did you learn embarrassingly late?"])
    depth: Depth = Field(
        description="1 for those who hardly know each other, 3 for those who trust each other."
    )


class IcebreakerOut(Out):
    """A question to begin with."""

    key: str = Field(
        description="Key of a built-in one, else its id.", max_length=40, examples=["learned_late"]
    )
    text: str = Field(
        description="The question.", max_length=300, examples=["What did you learn embarrassingly late?"]
    )
    depth: int = Field(description="How much trust it needs.", ge=1, le=3, examples=[1])
    builtin: bool = Field(description="Whether it ships with the service.", examples=[True])


class DrawIn(In):
    """How a question is drawn."""

    depth: Depth | None = Field(
        None, description="How deep it may go; else by how often the group has met.", examples=[2]
    )
    first: Literal["volunteer", "drawn"] = Field(
        "volunteer", description="Who begins: whoever likes to, or somebody drawn.", examples=["drawn"]
    )
    round: Literal["live", "async"] | None = Field(
        None,
        description="Start a round in which everybody writes: now, or before the session. Else you just talk.",
        examples=["async"],
    )
    ends_at: Instant | None = Field(
        None, description="When an asynchronous round ends; else when the session begins."
    )


class FirstOut(Out):
    """Who begins."""

    person: Named = Field(description="The person.")
    why: str = Field(
        description="Why they do.",
        max_length=300,
        examples=["Drawn among those who begin least often: has never begun here, in 4 rounds."],
    )


class DrawOut(Out):
    """The question of a session."""

    session_id: UUID = Field(description="The session.")
    key: str = Field(description="Key of the question.", max_length=40, examples=["learned_late"])
    text: str = Field(
        description="The question.", max_length=300, examples=["What did you learn embarrassingly late?"]
    )
    depth: int = Field(description="How much trust it needs.", ge=1, le=3, examples=[1])
    why: str = Field(
        description="Why it is this one.",
        max_length=300,
        examples=["New to this group, and nobody here has answered it."],
    )
    first: FirstOut | None = Field(description="Who begins; null where whoever likes to begins.")
    exercise_id: UUID | None = Field(description="The round in which everybody writes, if there is one.")
    drawn_at: Instant = Field(description="When it was drawn.")
