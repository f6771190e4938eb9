"""Cases and introductions on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.groups.schemas import Actions
from peergroup.kit.text import Note
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out

Kind = Literal["conflict", "attendance", "handover", "suggestion"]
CaseState = Literal["open", "closed"]
Decision = Literal["waive", "introduce", "talk", "nothing"]
FITS: dict[str, tuple[str, ...]] = {"waive": ("conflict",), "introduce": ("handover",)}
"""The decisions that fit some kinds of cases only."""


class CaseOut(Out):
    """Something about one person, for the moderators of a group alone."""

    id: UUID = Field(description="Identifier.")
    kind: Kind = Field(
        description="`conflict`: connected by now with somebody in the group; `attendance`: missed too often;"
        " `handover`: outgrew the group and left; `suggestion`: outgrew another group, and might come to this one.",
        examples=["attendance"],
    )
    group: Named = Field(description="The group.")
    person: Named = Field(description="The person it is about.")
    state: CaseState = Field(description="open or closed.", examples=["open"])
    findings: list[Annotated[str, Field(max_length=300)]] = Field(
        description="Of a conflict: its connections, as an admission check names them.", max_length=200
    )
    misses: int | None = Field(description="Of attendance: misses in twelve months.", ge=0, examples=[3])
    suggested_by: Named | None = Field(description="Of a suggestion: the moderator who made it.")
    decision: Literal["waive", "introduce", "talk", "nothing", "settled"] | None = Field(
        description="What was decided; `settled`: its reason was gone.", examples=["talk"]
    )
    reason: str | None = Field(description="Why.", max_length=2_000, examples=["We talked; a new job."])
    closed_by: Named | None = Field(description="Who closed it; nobody where it was settled.")
    created_at: Instant = Field(description="When it was raised.")
    closed_at: Instant | None = Field(description="When it was closed.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="Verbs whose state and role fit.", examples=[["close"]])


class CloseIn(In):
    """What was decided, and why."""

    decision: Decision = Field(
        "nothing",
        description="`waive`: the connections are acceptable, recorded as waivers; `introduce`: suggest the person to"
        " the moderators of another group that you see; `talk`: you talked; `nothing`: no more than this.",
        examples=["talk"],
    )
    reason: Note = Field(description="Why, for the moderators.", examples=["We talked; a new job."])
    group_id: UUID | None = Field(None, description="With `introduce`: the other group.")

    @model_validator(mode="after")
    def _group_of_introduction(self) -> "CloseIn":
        if (self.decision == "introduce") != (self.group_id is not None):
            raise ValueError("send group_id with introduce, and with nothing else")
        return self


class IntroductionIn(In):
    """Two people of the group whom you brought together."""

    person_id: UUID = Field(description="One of them.")
    other_id: UUID = Field(description="The other one.")


class IntroductionOut(Out):
    """Who introduced whom: the credit is the introducer's."""

    id: UUID = Field(description="Identifier.")
    kind: Literal["members", "joining"] = Field(
        description="`members`: two people of the group; `joining`: a new member, to the group.",
        examples=["members"],
    )
    introducer: Named = Field(description="Whose credit it is.")
    person: Named = Field(description="Who was introduced.")
    other: Named | None = Field(description="To whom; null where it was to the group.")
    created_at: Instant = Field(description="When.")
