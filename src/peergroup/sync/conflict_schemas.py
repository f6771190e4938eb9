"""Conflicts on the wire: records that wait because somebody else has their address."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out


class ConflictOut(Out):
    """A record that was left alone."""

    id: UUID = Field(description="Identifier.")
    source: str = Field(description="The system the record comes from.", max_length=100, examples=["hubspot"])
    external_id: str = Field(description="The record's reference.", max_length=200, examples=["10113"])
    fields: dict[str, Annotated[str, Field(max_length=320)]] = Field(
        description="What the record says.",
        max_length=20,
        examples=[{"name": "Maren Lind", "email": "maren@example.com"}],
    )
    person_id: UUID | None = Field(description="Who is known under the reference already.")
    candidate: Named = Field(description="Who has the address.")
    run_id: UUID = Field(description="The run that met it last.")
    created_at: Instant = Field(description="When that was.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])


class ResolveIn(In):
    """What a conflict really is."""

    decision: Literal["link", "separate"] = Field(
        description="`link`: they are one human, and the reference means the candidate from now on. "
        "`separate`: they are two; the record goes without the address, now and in later runs.",
        examples=["link"],
    )


class ResolvedOut(Out):
    """What came of the record."""

    status: str = Field(description="created, updated or unchanged.", max_length=20, examples=["updated"])
    id: UUID = Field(description="The person.")
