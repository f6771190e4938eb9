"""What became of a season, on the wire."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.wire import Out
from peergroup.sessions.plan_schemas import Change, ChangeCounts, FieldChange

Kind = Literal["theme", "agenda_template", "group", "member", "session", "series"]


class SeasonChange(Out):
    """What became of one thing that a season names, or would become of it."""

    kind: Kind = Field(description="What it is.", examples=["session"])
    group: str | None = Field(
        description="Name of the group it belongs to.", max_length=200, examples=["Founders North"]
    )
    name: str = Field(
        description="How the season calls it: a title, a key, an address.",
        max_length=400,
        examples=["2027-03"],
    )
    id: UUID | None = Field(description="What it is; null for what a dry run would create.")
    person_id: UUID | None = Field(description="Of a member: who it is; null for others.")
    change: Change = Field(description="What became of it.", examples=["updated"])
    fields: list[FieldChange] = Field(description="What is different.", max_length=30)
    reason: str | None = Field(
        description="Why it was kept, or is locked.",
        max_length=2_000,
        examples=["People have said whether they come."],
    )


class SeasonAppliedOut(Out):
    """Everything that a season names, with what became of it."""

    changes: list[SeasonChange] = Field(description="In the order of the document.", max_length=100_000)
    summary: ChangeCounts = Field(description="How many had which outcome.")
