"""Synchronization on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Key, Line
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Out

Status = Literal["created", "updated", "unchanged", "removed", "conflict", "rejected"]
State = Literal["open", "fetching", "staged", "applied", "failed", "superseded"]
Count = Annotated[int, Field(ge=0, examples=[17])]


class ColumnField(In):
    """Says which field a column gives, where its name does not."""

    column: Line = Field(description="Name of the column in the file.", examples=["Kundennummer"])
    field: Key = Field(description="Field of a person, or `ignore`.", examples=["external_id"])


class SyncRunIn(In):
    """A new run."""

    source: Key = Field(description="The system the records come from.", examples=["hubspot"])
    mode: Literal["delta", "full"] = Field(
        "delta",
        description="`delta`: whoever is missing stays untouched. `full`: the run holds everybody the source knows; "
        "who is missing is shut out.",
        examples=["delta"],
    )
    on_conflict: Literal["report", "link"] | None = Field(
        None,
        description="What becomes of a record whose address belongs to somebody else: reported, or "
        "linked to that person; unless said, as the connection has it, else reported.",
        examples=["report"],
    )
    mapping: Annotated[list[ColumnField], Field(max_length=50)] = Field(
        default_factory=list, description="Columns that are not found by their names, of a file."
    )
    fetch: bool = Field(
        False,
        description="Walk through the account that the source is connected to, instead of waiting for a file.",
        examples=[False],
    )
    apply: bool = Field(
        False, description="Apply as soon as everything was fetched; only with `fetch`.", examples=[False]
    )


class Summary(Out):
    """How many records came out how."""

    created: Count = Field(0, description="People made.")
    updated: Count = Field(0, description="People changed.")
    unchanged: Count = Field(0, description="Nothing to do.")
    removed: Count = Field(0, description="People shut out: their source does not list them any more.")
    conflict: Count = Field(0, description="Left alone: somebody else has the address.")
    rejected: Count = Field(0, description="Not acceptable.")
    footer_rows: Count = Field(0, description="Lines that are no records.")


class Removals(Out):
    """Whom a run shuts out, weighed against whom its source listed before."""

    people: Count = Field(description="People shut out.")
    of: Count = Field(description="Active people whom the source listed before.")
    unreadable: Count = Field(description="Records whose reference could not be read.")
    must_confirm: bool = Field(description="Whether the number has to be confirmed with `confirm_removals`.")


class Columns(Out):
    """How the file was read."""

    fields: dict[str, Annotated[str, Field(max_length=200)]] = Field(
        description="Which column gives which field.", max_length=50, examples=[{"external_id": "Record ID"}]
    )
    ignored: list[Annotated[str, Field(max_length=200)]] = Field(
        description="Columns that were not used.", max_length=1_000, examples=[["Create Date"]]
    )


class Issue(Out):
    """What is wrong with a record, or was not taken as given."""

    code: str = Field(description="Code.", max_length=60, examples=["not_an_email"])
    column: str | None = Field(description="Column of the file.", max_length=200, examples=["Email"])
    detail: str = Field(
        description="In a sentence.", max_length=500, examples=["This is not an e-mail address."]
    )
    person_id: UUID | None = Field(None, description="The person who has the address, in a conflict.")


class SyncResultOut(Out):
    """What came of one record."""

    index: int = Field(description="Position among the records, from 0.", ge=0, examples=[0])
    row: int | None = Field(
        description="Row of the file as a spreadsheet counts; null for whom a full run does not mention.",
        ge=1,
        examples=[2],
    )
    external_id: str | None = Field(description="The record's reference.", max_length=200, examples=["10101"])
    status: str = Field(
        description="created, updated, unchanged, removed, conflict or rejected; staged before it was applied.",
        max_length=20,
        examples=["created"],
    )
    id: UUID | None = Field(description="The person.")
    problem: Issue | None = Field(description="Why it was not taken.")
    warnings: list[Issue] = Field(description="What was not taken as given.", max_length=20)


class SyncRunOut(Out):
    """A run with its progress."""

    id: UUID = Field(description="Identifier.")
    source: str = Field(description="The system the records come from.", max_length=100, examples=["hubspot"])
    mode: str = Field(description="How missing records are taken.", max_length=20, examples=["delta"])
    on_conflict: str = Field(description="What becomes of conflicts.", max_length=20, examples=["report"])
    state: str = Field(
        description="open (waits for a file), fetching, staged, applied, failed, or superseded by a later one.",
        max_length=20,
        examples=["staged"],
    )
    received: Count = Field(description="Records received so far.")
    columns: Columns | None = Field(description="How the file was read; null before an upload.")
    failure: Issue | None = Field(
        description="Why it failed, or what it waits for somebody to confirm; null where all is well."
    )
    summary: Summary | None = Field(description="What came of it; null before it was applied.")
    removals: Removals | None = Field(
        description="Whom it shut out, or would in a dry run; null before it was applied."
    )
    rehearsed: list[SyncResultOut] | None = Field(
        None, description="In a dry run: what would come of each record, the first 10,000.", max_length=10_000
    )
    created_at: Instant = Field(description="When it was opened.")
    applied_at: Instant | None = Field(description="When it was applied.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
