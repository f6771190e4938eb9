"""Methods on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.facilitation.parts import ShortKey
from peergroup.facilitation.protocol import Protocol
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Out

Timeboxes = Annotated[dict[ShortKey, Annotated[int, Field(ge=1, le=240)]], Field(max_length=20)]


class ProtocolBrief(Out):
    """A method as lists show it."""

    key: str = Field(description="Key of the method.", max_length=40, examples=["ten_brains"])
    title: str = Field(description="What people call it.", max_length=200, examples=["10 brains × 1 problem"])
    version: int = Field(description="The version a new exercise plays.", ge=1, examples=[1])
    builtin: bool = Field(description="Whether it ships with the service.", examples=[True])
    minutes: int = Field(description="Planned minutes of one round.", ge=1, le=4_800, examples=[45])
    subject: str = Field(description="What it is about: challenge or none.", max_length=20, examples=["none"])


class ProtocolOut(Out):
    """A method with its document."""

    key: str = Field(description="Key of the method.", max_length=40, examples=["ten_brains"])
    title: str = Field(description="What people call it.", max_length=200, examples=["10 brains × 1 problem"])
    version: int = Field(description="Version, counted from 1.", ge=1, examples=[1])
    builtin: bool = Field(description="Whether it ships with the service.", examples=[True])
    digest: str = Field(
        description="SHA-256 of what the document says.", min_length=64, max_length=64, examples=["0" * 64]
    )
    document: Protocol = Field(description="The method itself.")


class ProtocolVersionOut(Out):
    """One version of a method, as it was written."""

    id: UUID = Field(description="Identifier.")
    version: int = Field(description="Version, counted from 1.", ge=1, examples=[1])
    digest: str = Field(
        description="SHA-256 of what the document says.", min_length=64, max_length=64, examples=["0" * 64]
    )
    created_at: Instant = Field(
        description="When it was written, or first used where it ships with the service."
    )
    document: Protocol = Field(description="The method as it was.")


class ChangeOut(Out):
    """One thing that changed between two versions of a method."""

    kind: Literal["added", "removed", "changed", "moved"] = Field(
        description="What happened to it; `moved` is a phase that stands elsewhere now.", examples=["changed"]
    )
    phase: str | None = Field(
        description="The phase it is in; null for the head of the document.",
        max_length=40,
        examples=["build"],
    )
    field: str | None = Field(
        description="The field; null where the whole phase is meant.", max_length=40, examples=["minutes"]
    )
    before: str | None = Field(
        description="What stood there, as JSON; of a moved phase its place.",
        max_length=200_000,
        examples=["5"],
    )
    after: str | None = Field(
        description="What stands there, as JSON; of a moved phase its place.",
        max_length=200_000,
        examples=["10"],
    )


class DifferenceOut(Out):
    """What changed from one version of a method to another."""

    key: str = Field(description="Key of the method.", max_length=40, examples=["ten_brains"])
    version: int = Field(description="The version.", ge=1, examples=[2])
    since: int | None = Field(description="The version before; null for nothing.", ge=1, examples=[1])
    changes: list[ChangeOut] = Field(
        description="What changed: the head first, then phase by phase.", max_length=1_000
    )


class SimulationIn(In):
    """People and time on paper: name a method, or send the document of one."""

    protocol: ShortKey | None = Field(None, description="Key of a method.", examples=["ten_brains"])
    document: Protocol | None = Field(None, description="A method that is not stored.")
    people: int = Field(ge=1, le=500, description="How many take part.", examples=[10])
    timeboxes: Timeboxes | None = Field(
        None, description="Minutes by phase instead of the planned ones.", examples=[{"contribute": 10}]
    )
    minutes: int | None = Field(None, ge=1, le=1_440, description="How much time there is.", examples=[60])

    @model_validator(mode="after")
    def _one_of_two(self) -> "SimulationIn":
        if (self.protocol is None) == (self.document is None):
            raise ValueError("send either protocol or document")
        return self


class MisfitOut(Out):
    """One thing that does not fit."""

    code: str = Field(description="What is wrong.", max_length=40, examples=["too_long"])
    detail: str = Field(description="What is wrong, in a sentence.", max_length=500)
    phase: str | None = Field(description="The phase it is about.", max_length=40, examples=["contribute"])


class PhaseShareOut(Out):
    """What one phase takes."""

    phase: str = Field(description="Key of the phase.", max_length=40, examples=["contribute"])
    minutes: int = Field(description="Minutes in one round.", ge=1, le=240, examples=[15])
    total_minutes: int = Field(description="Minutes in all rounds.", ge=1, le=100_000, examples=[15])
    breakouts: Annotated[list[int], Field(max_length=500)] = Field(
        description="Sizes of its breakouts, largest first.", examples=[[4, 3]]
    )
    speakers: int = Field(description="Who speaks in the largest one.", ge=0, le=500, examples=[9])
    seconds_each: int = Field(
        description="Time that each of them has in a round; 0 where nobody speaks.", ge=0, le=14_400
    )


class SimulationOut(Out):
    """Whether it fits, and where the time goes."""

    fits: bool = Field(description="Whether nothing is in the way.", examples=[True])
    rounds: int = Field(description="How many rounds are played.", ge=1, le=500, examples=[1])
    total_minutes: int = Field(description="Minutes in all.", ge=1, le=2_400_000, examples=[45])
    misfits: list[MisfitOut] = Field(description="What does not fit.", max_length=100)
    phases: list[PhaseShareOut] = Field(description="Phase by phase.", max_length=20)
