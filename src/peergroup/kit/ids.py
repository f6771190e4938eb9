"""Identifiers: version 7 for ordinary things, version 4 for anything anonymous."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import uuid_utils.compat
from pydantic import BeforeValidator, Field, WithJsonSchema
from sqlalchemy import Dialect, String, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from peergroup.kit.exact import ID, an_id
from peergroup.kit.text import form

ResourceId = Annotated[
    UUID,
    BeforeValidator(an_id),
    Field(description="Identifier of the resource.", examples=["0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"]),
]
MeOrId = Annotated[
    str | None,
    Field(pattern=form(rf"^(me|{ID})$", "Use `me`, or the id of a person.")),
    WithJsonSchema({"anyOf": [{"type": "string", "const": "me"}, {"type": "string", "format": "uuid"}]}),
]
"""In a query: a person, or whoever asks; or nothing said."""


def new_id() -> UUID:
    """A version 7 identifier: sorts by the millisecond in which it was made."""
    return uuid_utils.compat.uuid7()


def new_anonymous_id() -> UUID:
    """A version 4 identifier: says nothing about when, or in which order, it was made."""
    return uuid4()


class Id(TypeDecorator[UUID]):
    """A UUID column: native on PostgreSQL, lower-case text with hyphens (the wire form) on SQLite."""

    impl = Uuid
    cache_ok = True

    @property
    def python_type(self) -> type[UUID]:
        return UUID

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(36))
        return dialect.type_descriptor(Uuid())

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return UUID(value) if isinstance(value, str) else value
