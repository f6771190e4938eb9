"""Mappings on the wire: what the columns or properties of a source mean."""

from typing import Annotated

from pydantic import Field

from peergroup.kit.text import Key, Line, Sample
from peergroup.kit.wire import In, Out
from peergroup.sync.schemas import Columns, Issue

Texts = Annotated[dict[Line, Line], Field(max_length=500)]


class ColumnMeaning(In):
    """What one column or property means."""

    column: Line = Field(description="Name of the column or property.", examples=["Kundenstatus"])
    field: Key = Field(
        description="Field of a person, `is_active` (a clear no shuts them out), or `ignore`.",
        examples=["is_active"],
    )
    values: Texts = Field(
        default_factory=dict,
        description="What a text of this column means, whatever its case: the text that is taken in its place.",
        examples=[{"Former client": "no"}],
    )


Meanings = Annotated[list[ColumnMeaning], Field(max_length=50)]


class MappingIn(In):
    """The mapping of a source, as a whole."""

    columns: Meanings = Field(description="Columns whose names do not tell what they mean.")


class BuiltIn(Out):
    """Names that are understood without being mapped."""

    field: str = Field(description="Field of a person.", max_length=40, examples=["job_title"])
    columns: list[Annotated[str, Field(max_length=60)]] = Field(
        description="Names of columns and properties, the better ones first; compared by letters and digits.",
        max_length=100,
        examples=[["job title", "title"]],
    )


class ColumnMeaningOut(Out):
    """What one column or property means."""

    column: str = Field(
        description="Name of the column or property.", max_length=200, examples=["Kundenstatus"]
    )
    field: str = Field(description="Field of a person, or `ignore`.", max_length=100, examples=["is_active"])
    values: Texts = Field(description="What a text of this column means.", examples=[{"Former client": "no"}])


class MappingOut(Out):
    """The mapping of a source: what was set here, and what is understood anyway."""

    source: str = Field(description="The system.", max_length=100, examples=["hubspot"])
    columns: list[ColumnMeaningOut] = Field(description="What was set here.", max_length=50)
    built_in: list[BuiltIn] = Field(description="What is understood without being set.", max_length=40)
    version: int = Field(description="Counts the changes; 0 while nothing was set.", ge=0, examples=[1])


class MappingPreviewIn(In):
    """The beginning of an export, and what its columns would mean."""

    sample: Sample = Field(
        description="The first lines of the export, CSV or NDJSON.",
        examples=["Record ID,First Name,Last Name\n1,Ada,Lovelace\n"],
    )
    columns: Meanings | None = Field(
        None, description="Judge by these instead of what is set; null: by what is set."
    )


class PreviewedRecord(Out):
    """One record of the sample, as it would be taken."""

    row: int = Field(description="Row of the sample.", ge=1, examples=[2])
    external_id: str | None = Field(description="The record's reference.", max_length=200, examples=["10101"])
    is_active: bool | None = Field(description="Whether the source still lists them; null where rejected.")
    fields: dict[str, Annotated[str | None, Field(max_length=320)]] = Field(
        description="What would be said about the person.", max_length=20, examples=[{"name": "Ada Lovelace"}]
    )
    problem: Issue | None = Field(description="Why it would be rejected.")
    warnings: list[Issue] = Field(description="What would not be taken as given.", max_length=20)


class MappingPreviewOut(Out):
    """How an export would be read. Nothing is stored."""

    columns: Columns = Field(description="Which column gives which field.")
    records: list[PreviewedRecord] = Field(description="The first hundred records.", max_length=100)
    footer_rows: int = Field(description="Lines that are no records.", ge=0, examples=[0])
