"""Prospects on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.groups.schemas import NewPerson
from peergroup.kit.text import Key, Note
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out

State = Literal["new", "in_funnel", "converted", "declined", "lapsed"]
StepKey = Annotated[str, Field(max_length=100)]


class ProspectIn(In):
    """Somebody on the way: name either somebody known, or a name and an address."""

    person_id: UUID | None = Field(None, description="Somebody known.")
    person: NewPerson | None = Field(None, description="Somebody to find by e-mail, or to make.")
    connector_id: UUID | None = Field(
        None, description="Who introduced them; credited when they become active."
    )
    note: Note | None = Field(
        None, description="What is worth knowing.", examples=["Met at the spring conference."]
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> "ProspectIn":
        if (self.person_id is None) == (self.person is None):
            raise ValueError("send either person_id or person")
        return self


class ProspectPatch(In):
    """Merge patch of a prospect who is still on the way."""

    connector_id: UUID | None = Field(None, description="Who introduced them; null clears it.")
    note: Note | None = Field(
        None, description="What is worth knowing; null clears it.", examples=["Prefers mornings."]
    )


class AdvanceIn(In):
    """The step that was taken."""

    step: Key = Field(description="Key of a step of the organization's funnel.", examples=["discovery_held"])


class ConvertIn(In):
    """Where they join."""

    group_id: UUID = Field(description="The group they are invited to.")


class DeclineIn(In):
    """Why it ends here."""

    reason: Note | None = Field(None, description="Why, in a sentence.", examples=["No time this year."])


class Passed(Out):
    """A step somebody took."""

    step: str = Field(description="Its key.", max_length=100, examples=["discovery_held"])
    at: Instant = Field(description="When it was recorded.")


class ProspectBrief(Out):
    """A prospect as lists show them."""

    id: UUID = Field(description="Identifier.")
    person: Named = Field(description="Who it is.")
    connector: Named | None = Field(description="Who introduced them.")
    state: State = Field(description="Where they are.", examples=["in_funnel"])
    step: str | None = Field(description="The last step taken.", max_length=100, examples=["discovery_held"])
    moved_at: Instant = Field(description="When they last took a step.")
    created_at: Instant = Field(description="When they became a prospect.")


class ProspectOut(ProspectBrief):
    """A prospect, with the way they came and what may follow."""

    passed: list[Passed] = Field(description="The steps they took, in order.", max_length=100)
    next_steps: list[StepKey] = Field(
        description="Steps that may come next: up to the first one that cannot be skipped. One whose free call or"
        " session this person has used up before can be skipped too.",
        max_length=20,
        examples=[["strategy_held"]],
    )
    note: str | None = Field(
        description="What is worth knowing.", max_length=2_000, examples=["Met in spring."]
    )
    reason: str | None = Field(description="Why they were declined.", max_length=2_000, examples=["No time."])
    membership_id: UUID | None = Field(description="The invitation they were converted to.")
    ended_at: Instant | None = Field(description="When they were converted, declined, or lapsed.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)] = Field(
        description="Verbs whose state and role fit.", examples=[["advance", "decline"]]
    )
