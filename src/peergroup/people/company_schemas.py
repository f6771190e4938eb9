"""Companies on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Line
from peergroup.kit.time import Instant
from peergroup.kit.wire import KEPT, In, Named, Out

Relation = Literal["competitor", "customer", "supplier"]


class CompanyIn(In):
    """A new company."""

    name: Line = Field(
        description="Name; unique in the organization whatever its case.", examples=["Analytical Engines"]
    )


class CompanyPatch(In):
    """Merge patch of a company."""

    name: Annotated[Line | None, KEPT] = Field(
        None, description="New name.", examples=["Analytical Engines Ltd"]
    )


class CompanyOut(Out):
    """A company that people work for."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(description="Name.", max_length=200, examples=["Analytical Engines"])
    created_at: Instant = Field(description="When it was added.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])


class RelationIn(In):
    """What the other company is to this one."""

    relation: Relation | Literal["none"] = Field(
        description="`customer`: the other one buys from this one. `none` ends the relation.",
        examples=["customer"],
    )


class RelationOut(Out):
    """What another company is to this one; seen from there, customer and supplier change places."""

    company: Named = Field(description="This company.")
    other: Named = Field(description="The other one.")
    relation: Relation | Literal["none"] = Field(
        description="What the other one is to this one.", examples=["customer"]
    )
