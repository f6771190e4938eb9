"""What goes over the wire: every field says what it is, and has a bound."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from peergroup import rooms
from peergroup.kit.wire import In, Out

assert rooms.ROOMS, "importing them makes every schema known"
COMPARED = {
    "RedeemIn.token",
    "RefreshIn.refresh_token",
    "ClientTokenIn.scope",
    "ClientTokenIn.client_id",
    "ClientTokenIn.client_secret",
    "Paging.cursor",
    "Resolution.conflict",
    "PersonRecord.time_zone",
    "BatchRecord.time_zone",
}
"""Texts that are looked up or compared and never stored as they came: any character may be in them."""
BOUNDED_FORMATS = {"uuid", "date", "date-time", "time", "duration", "binary"}


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        if child.__module__.startswith("peergroup.") and not child.__pydantic_generic_metadata__["args"]:
            yield child
        yield from _below(child)


ASKED = sorted(set(_below(In)), key=lambda model: (model.__module__, model.__name__))
ANSWERED = sorted(set(_below(Out)), key=lambda model: (model.__module__, model.__name__))
EVERY = pytest.mark.parametrize("model", [*ASKED, *ANSWERED], ids=lambda model: model.__name__)


@EVERY
def test_every_schema_and_every_field_says_what_it_is(model: type[BaseModel]) -> None:
    assert model.__doc__ or model.__name__.startswith("_"), "the contract shows the docstring"
    silent = [
        name
        for name, field in model.model_fields.items()
        if not field.description and not _has_description(_property(model, field.alias or name))
    ]
    assert silent == [], "Field(description=…)"


def _has_description(schema: dict[str, Any]) -> bool:
    return "description" in schema or any("description" in one for one in schema.get("anyOf", []))


def _property(model: type[BaseModel], name: str) -> dict[str, Any]:
    found: dict[str, Any] = model.model_json_schema()["properties"][name]
    return found


@EVERY
def test_every_field_has_a_bound(model: type[BaseModel]) -> None:
    schema = model.model_json_schema(mode="validation")
    asked = issubclass(model, In)
    found = [
        fault
        for name, field in schema.get("properties", {}).items()
        for fault in unbounded(field, name, asked)
    ]
    assert found == []


def unbounded(schema: dict[str, Any], name: str, asked: bool) -> Iterator[str]:
    """What may grow without end: texts, lists, and, where somebody sends them, numbers and objects."""
    for one in [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]:
        yield from unbounded(one, name, asked)
    kind, keys = schema.get("type"), schema.keys()
    endless = not keys & {"maxLength", "enum", "const"} and schema.get("format") not in BOUNDED_FORMATS
    if kind == "string" and endless:
        yield f"{name}: max_length"
    if kind == "array":
        if "maxItems" not in keys:
            yield f"{name}: max_length"
        yield from unbounded(schema.get("items", {}), f"{name}[]", asked)
    framed = keys & {"minimum", "exclusiveMinimum"} and keys & {"maximum", "exclusiveMaximum"}
    if kind in ("integer", "number") and asked and "enum" not in keys and not framed:
        yield f"{name}: ge and le"
    if (
        kind == "object"
        and asked
        and isinstance(schema.get("additionalProperties"), dict)
        and "maxProperties" not in keys
    ):
        yield f"{name}: max_length"


@pytest.mark.parametrize("model", ASKED, ids=lambda model: model.__name__)
def test_every_text_that_is_asked_for_says_which_characters_it_takes(model: type[BaseModel]) -> None:
    schema = model.model_json_schema(mode="validation")
    fields = schema.get("properties", {}).items()
    found = {f"{model.__name__}.{fault}" for name, field in fields for fault in unjudged(field, name)}
    assert found - COMPARED == set(), (
        "use a type of kit.text: NUL is stored by one database and refused by the other"
    )


def unjudged(schema: dict[str, Any], name: str) -> Iterator[str]:
    """Texts that take any character."""
    for one in [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]:
        yield from unjudged(one, name)
    if schema.get("type") == "string" and not schema.keys() & {"pattern", "enum", "const", "format"}:
        yield name
    if schema.get("type") == "array":
        yield from unjudged(schema.get("items", {}), f"{name}[]")


@pytest.mark.parametrize("model", ASKED, ids=lambda model: model.__name__)
def test_unknown_fields_are_refused(model: type[BaseModel]) -> None:
    assert model.model_config.get("extra") == "forbid"
