"""The shapes that every room's answers share: strict inputs, bounded outputs, pages."""

from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler

from peergroup.kit.exact import exact
from peergroup.kit.text import Note

T = TypeVar("T")


class In(BaseModel):
    """What a client sends: unknown fields are refused, and so are values of another type."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return exact(handler(source))


class Out(BaseModel):
    """What a client gets. Built by us and dumped, never validated again."""

    model_config = ConfigDict(from_attributes=True)


class _Kept:
    """A field of a patch that may be left out, and never cleared: Python's None is no null of the contract."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        schema = handler(source)
        return schema["schema"] if schema["type"] == "nullable" else schema


KEPT = _Kept()


class Nothing(In):
    """An empty body: send nothing, or `{}`."""


class Reason(In):
    """Why: shown to the person concerned and kept with the event's subject, never in the event."""

    reason: Note = Field(
        description="Why, in a sentence.", examples=["Missed the last four sessions without a word."]
    )


class Named(Out):
    """A person or group that is mentioned: enough to show it without a second request."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(description="Name to show.", max_length=200, examples=["Ada Lovelace"])


class Obstacle(Out):
    """Something that stands in the way of a verb."""

    code: str = Field(description="Code of the guard.", max_length=60, examples=["covenant_unsigned"])
    detail: str = Field(
        description="What is missing, in a sentence.",
        max_length=2_000,
        examples=["The covenant in force is not signed yet."],
    )


class ActionOut(Out):
    """One verb, and whether it would be carried out now."""

    verb: str = Field(description="Name of the verb.", max_length=60, examples=["activate"])
    possible: bool = Field(description="Whether it would be carried out now.", examples=[False])
    reasons: list[Obstacle] = Field(description="What stands in the way.", max_length=20)


class ActionsOut(Out):
    """Every verb whose state and role fit, with its guards evaluated."""

    actions: list[ActionOut] = Field(description="The verbs.", max_length=40)


class Page(Out, Generic[T]):
    """One page of a list; follow `next_cursor` until it is null."""

    items: list[T] = Field(description="The entries of this page.", max_length=200)
    next_cursor: str | None = Field(
        description="Where the next page begins; null on the last one.", max_length=500, examples=[None]
    )


class ProblemOut(Out):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(description="Address of the page that explains this kind of problem.", max_length=200)
    title: str = Field(description="The kind of problem.", max_length=200)
    status: int = Field(description="The HTTP status.", ge=400, le=599)
    detail: str = Field(description="What is wrong here.", max_length=10_000)
    instance: str = Field(description="The request's path.", max_length=3_000)
    code: str = Field(description="Stable code of the kind of problem.", max_length=60)
    request_id: str = Field(description="Name it when you ask the operator.", max_length=200)
