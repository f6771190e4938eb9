"""JSON written by the database, in the very bytes that a dumped schema would have.

Members come in the order of the schema. Instants leave in the wire form of `kit.time`; ids are lower-case
already. SQLite's 3.40 cannot order inside an aggregate: arrays are made over an ordered subselect, on both.
"""

from typing import Any

from pydantic import BaseModel
from sqlalchemy import JSON, Boolean, ScalarSelect, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from peergroup.kit.compiled import Text
from peergroup.kit.time import UtcDateTime

_INSTANT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


class Object(FunctionElement[Any]):
    """A JSON object of named expressions."""

    inherit_cache = True
    type = Text()

    def __init__(self, members: dict[str, Any]) -> None:
        self.names = list(members)
        super().__init__(*members.values())


class Tuple(FunctionElement[Any]):
    """A JSON array of expressions."""

    inherit_cache = True
    type = Text()


class Array(FunctionElement[Any]):
    """The aggregate of JSON values as a JSON array."""

    inherit_cache = True
    type = Text()


def shaped(schema: type[BaseModel], later: tuple[str, ...] = (), **members: Any) -> Object:
    """A schema as a JSON object. `later` are the last fields of the schema: `with_members` adds those."""
    fields = list(schema.model_fields)
    wanted = fields[: len(fields) - len(later)]
    if set(wanted) != set(members) or set(fields) - set(wanted) != set(later):
        raise ValueError(f"{schema.__name__} has the fields {', '.join(fields)}, in this order")
    return Object({name: members[name] for name in wanted})


def listed(schema: type[BaseModel], **members: Any) -> ScalarSelect[Any]:
    """A schema's objects as a JSON array: the members are columns of one ordered and bounded subselect."""
    return select(Array(shaped(schema, **members))).scalar_subquery()


def with_members(text: str, **members: bytes) -> bytes:
    """A JSON object that the database wrote, with further members at its end."""
    added = b"".join(b',"%s":%s' % (name.encode(), value) for name, value in members.items())
    return text[:-1].encode() + added + b"}"


@compiles(Object, "postgresql")
def _object_on_postgresql(element: Object, compiler: Any, **how: Any) -> str:
    # Unlike json_build_object, row_to_json puts no blanks between its members.
    members = [
        f'{sql} AS "{name}"' for name, sql in zip(element.names, _wired(element, compiler, how), strict=True)
    ]
    return f"(SELECT row_to_json(o) FROM (SELECT {', '.join(members)}) AS o)"  # noqa: S608 - compiled SQL


@compiles(Object, "sqlite")
def _object_on_sqlite(element: Object, compiler: Any, **how: Any) -> str:
    wired = _wired(element, compiler, how)
    members = [f"'{name}', {sql}" for name, sql in zip(element.names, wired, strict=True)]
    return f"json_object({', '.join(members)})"


@compiles(Tuple, "postgresql")
def _tuple_on_postgresql(element: Tuple, compiler: Any, **how: Any) -> str:
    return f"json_build_array({', '.join(_wired(element, compiler, how))})"


@compiles(Tuple, "sqlite")
def _tuple_on_sqlite(element: Tuple, compiler: Any, **how: Any) -> str:
    return f"json_array({', '.join(_wired(element, compiler, how))})"


def _wired(element: Any, compiler: Any, how: dict[str, Any]) -> list[str]:
    """The expressions in SQL, each so that it becomes the JSON of its wire form."""
    wire = _wire_on_sqlite if compiler.dialect.name == "sqlite" else _wire_on_postgresql
    return [wire(value, compiler.process(value, **how)) for value in element.clauses]


def _wire_on_postgresql(value: Any, sql: str) -> str:
    return _INSTANT.format(sql) if isinstance(value.type, UtcDateTime) else sql


def _wire_on_sqlite(value: Any, sql: str) -> str:
    if isinstance(value.type, JSON) and not isinstance(value, Object):
        return f"json({sql})"  # Documents are stored as text, and through a subselect an array is text again.
    if isinstance(value.type, Boolean):
        return f"json(CASE WHEN {sql} THEN 'true' WHEN NOT {sql} THEN 'false' END)"
    return sql


@compiles(Array, "postgresql")
def _array_on_postgresql(element: Array, compiler: Any, **how: Any) -> str:
    return f"coalesce(array_to_json(array_agg({compiler.process(element.clauses, **how)})), '[]'::json)"


@compiles(Array, "sqlite")
def _array_on_sqlite(element: Array, compiler: Any, **how: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **how)})"
