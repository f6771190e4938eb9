"""Many rows in one statement: arrays and `unnest` on PostgreSQL, one prepared statement over all rows on SQLite.

A `VALUES` list of a thousand rows costs more to compile than to execute, and ends at the driver's limit of
parameters. Here a statement has one parameter for each column, however many rows there are.
"""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    String,
    Table,
    any_,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import TextClause

from peergroup.kit.ids import Id
from peergroup.kit.model import TENANT

Rows = Sequence[dict[str, Any]]
_PG = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its constructor untyped


def among(db: AsyncSession, column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values: one parameter for all of them, so that one plan serves every size."""
    if _is_postgres(db):
        kind = postgresql.UUID() if isinstance(column.type, Id) else String()
        array = bindparam(None, list(values), type_=postgresql.ARRAY(kind), unique=True)
        found: ColumnElement[bool] = column == any_(array)
        return found
    plain = bindparam(None, json.dumps([str(value) for value in values]), type_=String(), unique=True)
    inside: ColumnElement[bool] = column.in_(select(func.json_each(plain).table_valued("value").c.value))
    return inside


async def insert_rows(db: AsyncSession, table: Any, rows: Rows) -> None:
    """Insert rows that all have the same columns; what a column's default would fill in has to be there."""
    if not rows:
        return
    if _is_postgres(db):
        names = tuple(rows[0])
        await db.execute(_insertion(table, names), _arrays(table, names, rows))
    else:
        await db.execute(insert(table), rows)


async def update_rows(db: AsyncSession, table: Any, rows: Rows) -> int:
    """Change rows by `organization_id` and `id`, each only if it still has the `version` it was read with.

    The version is counted up. Gives the number of rows changed: fewer than asked for means that somebody
    else was there in between.
    """
    if not rows:
        return 0
    names = tuple(rows[0])
    if _is_postgres(db):
        statement: Any = _change(table, names)
        result = await db.execute(statement, _arrays(table, names, rows))
    else:
        keys = [table.c[name] == bindparam(f"k_{name}") for name in (TENANT, "id", "version")]
        others = {name: bindparam(f"v_{name}") for name in names if name not in (TENANT, "id", "version")}
        statement = update(table).where(*keys).values(others | {"version": table.c.version + 1})
        given = [
            {
                ("k_" if name in (TENANT, "id", "version") else "v_") + name: value
                for name, value in row.items()
            }
            for row in rows
        ]
        result = await db.execute(statement, given)
    return result.rowcount if isinstance(result, CursorResult) else 0


def _is_postgres(db: AsyncSession) -> bool:
    return db.get_bind().dialect.name == "postgresql"


def _arrays(table: Table, names: tuple[str, ...], rows: Rows) -> dict[str, list[Any]]:
    return {f"c{place}": _array(table, name, rows) for place, name in enumerate(names)}


def _array(table: Table, name: str, rows: Rows) -> list[Any]:
    values = [row[name] for row in rows]
    if _kind(table, name) == "JSONB":
        return [None if value is None else orjson.dumps(value).decode() for value in values]
    return values


@lru_cache(maxsize=500)
def _kind(table: Table, name: str) -> str:
    kind = table.c[name].type
    # As TEXT and not as VARCHAR(n): a cast to the latter would cut what is too long instead of refusing it.
    return "TEXT" if isinstance(kind, String) else kind.compile(dialect=_PG)


@lru_cache(maxsize=200)
def _source(table: Table, names: tuple[str, ...]) -> tuple[str, str]:
    """The unnested parameters, and the list that selects from them."""
    kinds = ["TEXT" if _kind(table, name) == "JSONB" else _kind(table, name) for name in names]
    arrays = ", ".join(f"CAST(:c{place} AS {kind}[])" for place, kind in enumerate(kinds))
    quoted = ", ".join(_quoted(name) for name in names)
    return f"unnest({arrays}) AS given({quoted})", ", ".join(_given(table, name) for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _given(table: Table, name: str) -> str:
    suffix = "::jsonb" if _kind(table, name) == "JSONB" else ""
    return f'given."{name}"{suffix}'


@lru_cache(maxsize=200)
def _insertion(table: Table, names: tuple[str, ...]) -> TextClause:
    source, listed = _source(table, names)
    into = ", ".join(_quoted(name) for name in names)
    return text(f'INSERT INTO "{table.name}" ({into}) SELECT {listed} FROM {source}')  # noqa: S608 - our own names


@lru_cache(maxsize=200)
def _change(table: Table, names: tuple[str, ...]) -> TextClause:
    source, _ = _source(table, names)
    changes = [
        f"{_quoted(name)} = {_given(table, name)}" for name in names if name not in (TENANT, "id", "version")
    ]
    changes.append("version = old.version + 1")
    keys = " AND ".join(f"old.{name} = given.{name}" for name in (TENANT, "id", "version"))
    return text(f'UPDATE "{table.name}" AS old SET {", ".join(changes)} FROM {source} WHERE {keys}')  # noqa: S608
