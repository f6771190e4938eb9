"""What is found, on the wire."""

from uuid import UUID

from pydantic import Field

from peergroup.kit.time import Instant
from peergroup.kit.wire import Named, Out


class HitOut(Out):
    """Something that was found."""

    kind: str = Field(
        description="challenge, outcome, contribution or commitment.", max_length=20, examples=["challenge"]
    )
    id: UUID = Field(description="Its identifier; of an outcome that of its challenge.")
    challenge_id: UUID | None = Field(description="The challenge it belongs to.")
    exercise_id: UUID | None = Field(description="The exercise it was said in.")
    excerpt: str = Field(
        description="Some of its words around the first that was asked for.",
        max_length=400,
        examples=["… we asked three customers to sit in …"],
    )
    author: Named | None = Field(description="Whose words these are; null where no name is shown.")
    happened_at: Instant = Field(description="When it was said.")


class OutcomeOut(Out):
    """What somebody in the organization learned, as they released it: without names."""

    id: UUID = Field(description="The challenge, which only its group reads.")
    text: str = Field(
        description="What was learned.",
        max_length=10_000,
        examples=["Let customers sit in on the interview."],
    )
    outcome: str | None = Field(description="worked, partly or not.", max_length=10, examples=["worked"])
    released_at: Instant = Field(description="When it was released.")
