"""Themes and agenda templates on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Line, Note
from peergroup.kit.time import Instant
from peergroup.kit.wire import KEPT, In, Out
from peergroup.sessions.schemas import SegmentPlan

Plan = Annotated[list[SegmentPlan], Field(max_length=50)]


class ThemeIn(In):
    """A new theme in the library."""

    title: Line = Field(description="Name, unique in the organization.", examples=["Hiring well"])
    description: Note | None = Field(
        None, description="What it is about.", examples=["From the first conversation to the first day."]
    )


class ThemePatch(In):
    """Merge patch of a theme."""

    title: Annotated[Line | None, KEPT] = Field(None, description="New name.", examples=["Hiring well"])
    description: Note | None = Field(None, description="New description; null clears it.", examples=["…"])
    archived: Annotated[bool | None, KEPT] = Field(
        None, description="Archived ones are kept, but not offered any more.", examples=[True]
    )


class ThemeOut(Out):
    """A theme of the library."""

    id: UUID = Field(description="Identifier.")
    title: str = Field(description="Name.", max_length=200, examples=["Hiring well"])
    description: str | None = Field(
        description="What it is about.", max_length=2_000, examples=["From the first conversation on."]
    )
    archived: bool = Field(description="Whether it is not offered any more.", examples=[False])
    created_at: Instant = Field(description="When it was made.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])


class TemplateIn(In):
    """A new run of show that sessions may begin with."""

    title: Line = Field(description="Name.", examples=["Two hours, two hot seats"])
    segments: Plan = Field(description="The segments in order.")


class TemplatePatch(In):
    """Merge patch of an agenda template; sessions made from it stay as they are."""

    title: Annotated[Line | None, KEPT] = Field(
        None, description="New name.", examples=["Two hours, two hot seats"]
    )
    segments: Annotated[Plan | None, KEPT] = Field(None, description="The new segments, all of them.")
    archived: Annotated[bool | None, KEPT] = Field(
        None, description="Archived ones are kept, but not offered any more.", examples=[True]
    )


class TemplateOut(Out):
    """A run of show that sessions may begin with."""

    id: UUID = Field(description="Identifier.")
    title: str = Field(description="Name.", max_length=200, examples=["Two hours, two hot seats"])
    segments: Plan = Field(description="The segments in order.")
    minutes: int = Field(description="How long they take together.", ge=0, le=100_000, examples=[120])
    archived: bool = Field(description="Whether it is not offered any more.", examples=[False])
    created_at: Instant = Field(description="When it was made.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
