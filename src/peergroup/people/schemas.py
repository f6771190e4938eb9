"""People on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, SkipValidation, model_validator

from peergroup.kit.ids import ResourceId
from peergroup.kit.time import Instant
from peergroup.kit.wire import KEPT, In, Named, Out
from peergroup.people import fields as f

CompanyId = Annotated[UUID | None, Field(description="Company they work for, by id.")]
TheZone = Annotated[
    str | None,
    Field(
        max_length=200,
        description="IANA time zone; one that is not known is left out, with a warning.",
        examples=["Europe/London"],
    ),
]


class Profile(In):
    """What describes a person, beside the name. What is left out stays as it is; null clears."""

    email: f.Address = None
    show_email: f.ShowEmail = None
    company: f.CompanyName = None
    job_title: f.JobTitle = None
    level: f.Level = None
    industry: f.Industry = None
    zone_of_genius: f.ZoneOfGenius = None
    offers: f.Offers = None
    needs: f.Needs = None
    gaps: f.Gaps = None
    values: f.Ideals = None


class _Editable(Profile):
    company_id: CompanyId = None
    time_zone: f.Zone = None

    @model_validator(mode="after")
    def _one_company(self) -> "_Editable":
        if {"company", "company_id"} <= self.model_fields_set:
            raise ValueError("give company or company_id, not both")
        return self


class PersonIn(_Editable):
    """A new person."""

    name: f.Name


class PersonPatch(_Editable):
    """Merge patch of a person. E-mail, company and level are changed by admins and service keys only."""

    name: Annotated[f.Name | None, KEPT] = None


class PersonRecord(Profile):
    """A person as another system describes them."""

    name: f.Name
    time_zone: TheZone = None


class BatchRecord(PersonRecord):
    """One record of a batch, with its reference."""

    source: f.Source
    external_id: f.ExternalId


class BatchIn(In):
    """Up to 1,000 records. Each is judged by itself: one that cannot be taken is rejected, the others are not."""

    people: Annotated[list[Annotated[BatchRecord, SkipValidation]], Field(min_length=1, max_length=1_000)] = (
        Field(description="The records, in the order in which they are to be applied.")
    )


class RoleIn(In):
    """An organization role, or none."""

    role: f.OrganizationRole | None = Field(description="The role; null takes it away.", examples=["admin"])


class Resolution(In):
    """How one conflict of a merge is settled."""

    conflict: str = Field(
        min_length=1,
        max_length=120,
        description="The conflict's key, as the refusal named it.",
        examples=["membership:0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"],
    )
    keep: Literal["this", "into"] = Field(
        description="Whose side stays: that of the person merged (`this`) or of the survivor (`into`).",
        examples=["into"],
    )


class MergeIn(In):
    """Who survives, and how what both have is settled."""

    into: ResourceId = Field(description="The person who survives.")
    resolve: list[Resolution] = Field(
        default_factory=list, max_length=500, description="One entry for each conflict of the refusal."
    )


class EraseIn(In):
    """What becomes of the words somebody said."""

    words: Literal["remove", "keep_unnamed"] = Field(
        description="`remove` them too, or keep them as those of a former member.", examples=["keep_unnamed"]
    )


class Reference(Out):
    """How another system calls a person."""

    source: str = Field(description="The system.", max_length=100, examples=["hubspot"])
    external_id: str = Field(description="Its name for the person.", max_length=200, examples=["10101"])


_TAGS = 30
_Tag = Annotated[str, Field(max_length=60)]


class PersonOut(Out):
    """A person, as far as the reader may see them."""

    id: UUID = Field(description="Identifier.")
    state: f.State = Field(description="`merged` and `erased` are for ever.", examples=["active"])
    name: str = Field(description="Full name.", max_length=200, examples=["Ada Lovelace"])
    email: str | None = Field(
        description="Address; null where there is none or you may not see it.",
        max_length=320,
        examples=["ada@example.com"],
    )
    show_email: bool = Field(
        description="Whether the people of their groups see the address.", examples=[False]
    )
    organization_role: f.OrganizationRole | None = Field(
        description="Owner, admin or neither.", examples=["admin"]
    )
    company: Named | None = Field(description="Where they work.")
    job_title: str | None = Field(description="What they are at work.", max_length=200, examples=["CTO"])
    level: str | None = Field(description="Level of responsibility.", max_length=200, examples=["founder"])
    industry: str | None = Field(description="Industry.", max_length=200, examples=["Software"])
    time_zone: str | None = Field(
        description="Time zone; null: the organization's.", max_length=64, examples=["Europe/London"]
    )
    zone_of_genius: str | None = Field(
        description="What they do best.", max_length=2_000, examples=["Listening."]
    )
    offers: list[_Tag] = Field(description="What they can help with.", max_length=_TAGS)
    needs: list[_Tag] = Field(description="What they look for.", max_length=_TAGS)
    gaps: list[_Tag] = Field(description="What they are weak in.", max_length=_TAGS)
    values: list[_Tag] = Field(description="What matters to them.", max_length=_TAGS)
    references: list[Reference] = Field(
        description="Who else knows them; for admins and service keys.", max_length=1_000
    )
    merged_into: UUID | None = Field(description="Who they were merged into.", examples=[None])
    created_at: Instant = Field(description="When they were added.")
    updated_at: Instant = Field(description="When they last changed.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: list[_Tag] = Field(
        description="Verbs whose state and role fit.", max_length=20, examples=[["deactivate"]]
    )


class Removed(Out):
    """How much of one kind was removed."""

    what: str = Field(description="Kind of data.", max_length=60, examples=["references"])
    count: int = Field(description="How many entries.", ge=0, examples=[2])


class ErasureOut(Out):
    """The receipt of an erasure."""

    id: UUID = Field(description="Identifier of the receipt.")
    person_id: UUID = Field(description="The id that stays; nothing else of the person does.")
    state: Literal["running", "finished"] = Field(
        description="Whether every room is done.", examples=["finished"]
    )
    words: Literal["remove", "keep_unnamed"] = Field(
        description="What becomes of the words.", examples=["keep_unnamed"]
    )
    removed: list[Removed] = Field(description="What was removed so far.", max_length=100)
    created_at: Instant = Field(description="When it was asked for.")
    finished_at: Instant | None = Field(description="When the last room was done.")


class ItemError(Out):
    """One unacceptable value of a record."""

    pointer: str = Field(description="JSON Pointer into the record.", max_length=2_000, examples=["/email"])
    detail: str = Field(
        description="What is expected.", max_length=2_000, examples=["is not an e-mail address"]
    )


class ItemProblem(Out):
    """Why one record was not taken."""

    type: str = Field(
        description="Address of the page that explains it.", max_length=200, examples=["/problems/invalid"]
    )
    title: str = Field(description="The kind of problem.", max_length=200)
    status: int = Field(
        description="The status a single request would have got.", ge=400, le=599, examples=[422]
    )
    detail: str = Field(description="What is wrong with this record.", max_length=2_000)
    code: str = Field(description="Stable code of the kind of problem.", max_length=60, examples=["invalid"])
    errors: list[ItemError] = Field(description="The unacceptable values.", max_length=100)
    candidate_id: UUID | None = Field(description="Who has this e-mail address already.")


class ItemWarning(Out):
    """Something of a record that was not taken as it was given."""

    code: str = Field(description="Kind of warning.", max_length=60, examples=["unknown_time_zone"])
    field: str = Field(description="The field.", max_length=60, examples=["time_zone"])
    detail: str = Field(description="What was done instead.", max_length=500)


class ItemResult(Out):
    """What became of one record."""

    index: int = Field(description="Place of the record in the request, from 0.", ge=0, examples=[0])
    status: Literal["created", "updated", "unchanged", "conflict", "rejected"] = Field(
        description="The outcome.", examples=["created"]
    )
    id: UUID | None = Field(description="The person; null where there is none.")
    problem: ItemProblem | None = Field(description="Why it was not taken.")
    warnings: list[ItemWarning] = Field(description="What was not taken as given.", max_length=20)


class BatchSummary(Out):
    """How many records had which outcome."""

    created: int = Field(description="New people.", ge=0, examples=[3])
    updated: int = Field(description="People changed.", ge=0, examples=[1])
    unchanged: int = Field(description="People who are as the record says.", ge=0, examples=[5])
    conflict: int = Field(description="Records in conflict.", ge=0, examples=[0])
    rejected: int = Field(description="Records that cannot be taken.", ge=0, examples=[0])
    footer_rows: int = Field(description="Lines of a file that are no records.", ge=0, examples=[0])


class BatchOut(Out):
    """What became of each record, in the order of the request."""

    results: list[ItemResult] = Field(description="One entry per record.", max_length=1_000)
    summary: BatchSummary = Field(description="The outcomes, counted.")
