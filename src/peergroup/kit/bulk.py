"""Many rows in one statement: arrays and `unnest` on PostgreSQL, one prepared statement over all rows on SQLite.

A `VALUES` list of a thousand rows costs more to compile than to execute, and ends at the driver's limit of
parameters. Here a statement has one parameter for each column, however many rows there are, and one text for
every size, so that it is compiled and planned once.
"""

import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Dialect, String, Table, any_, bindparam, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.kit.ids import Id
from peergroup.kit.model import TENANT

Rows = Sequence[dict[str, Any]]
MANY = 500
_KEEPING = " ON CONFLICT DO NOTHING"
KEYS = (TENANT, "id", "version")
_STOCK = text(
    "SELECT current_setting('role'), reltuples FROM pg_class WHERE oid = CAST(CAST(:name AS text) AS regclass)"
)
_ROLE_NOW = text("SELECT current_setting('role')")
_ROLE = text("SELECT set_config('role', :role, true)")
_FORGET_PLANS = text("DISCARD PLANS")
_PLANNING = text("SELECT set_config('plan_cache_mode', :mode, true)")
_PG = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its constructor untyped


def among(db: AsyncSession, column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values: one parameter for all of them."""
    if _is_postgres(db):
        kind = postgresql.UUID() if isinstance(column.type, Id) else String()
        array = bindparam(None, list(values), type_=postgresql.ARRAY(kind), unique=True)
        found: ColumnElement[bool] = column == any_(array)
        return found
    plain = bindparam(None, json.dumps([str(value) for value in values]), type_=String(), unique=True)
    inside: ColumnElement[bool] = column.in_(select(func.json_each(plain).table_valued("value").c.value))
    return inside


@asynccontextmanager
async def planned_anew(db: AsyncSession) -> AsyncIterator[None]:
    """Let PostgreSQL plan each statement in here for the arrays at hand.

    A plan kept from times when the table was small, or made for any array, compares every row with every
    element. Inserts stay outside: the checks of their foreign keys would be planned anew for each row.
    """
    if not _is_postgres(db):
        yield
        return
    await db.execute(_PLANNING, {"mode": "force_custom_plan"})
    yield
    await db.execute(_PLANNING, {"mode": "auto"})


async def insert_rows(db: AsyncSession, table: Any, rows: Rows, *, keeps: bool = False) -> None:
    """Insert rows that all have the same columns; what a column's default would fill in has to be there.

    With `keeps`, a row whose keys are there already stays as it is.
    """
    if not rows:
        return
    names = tuple(rows[0])
    if _is_postgres(db):
        connection = await db.connection()
        await connection.exec_driver_sql(_unnested_insert(table, names, keeps), _arrays(table, names, rows))
        if len(rows) >= MANY:
            await _take_stock(db, table)
        return
    connection = await db.connection()
    processors = _processors(table, names, connection.dialect)
    await connection.exec_driver_sql(_plain_insert(table, names, keeps), _tuples(names, processors, rows))


async def _take_stock(db: AsyncSession, table: Table) -> None:
    """Let PostgreSQL know that a table has grown, so that the next statements are planned for what is in it.

    The checks of foreign keys keep the plan of the day on which the table was nearly empty. And where it was
    never analyzed, every index that begins with the organization looks as good as the primary key. Either way
    each row of a large import would be checked by reading all that the import has written so far.
    """
    role, known = (await db.execute(_STOCK, {"name": f'"{table.name}"'})).one()
    if known >= MANY:
        await db.execute(_FORGET_PLANS)
        return
    await _analyze(db, table, role)


async def count_anew(db: AsyncSession, table: Table) -> None:
    """Let PostgreSQL count what is in a table before many rows that came together are read together.

    A run, a list, an organization that came after the last count is expected to have one row, whatever its size.
    Any index will do for that, and each of its rows is compared with all the others.
    """
    if _is_postgres(db):
        await _analyze(db, table, await db.scalar(_ROLE_NOW))


async def _analyze(db: AsyncSession, table: Table, role: Any) -> None:
    await db.execute(_ROLE, {"role": "none"})  # Only the owner may; it reads no row for us.
    await db.execute(text(f'ANALYZE (SKIP_LOCKED) "{table.name}"'))
    await db.execute(_ROLE, {"role": role})


async def update_rows(db: AsyncSession, table: Any, rows: Rows) -> int:
    """Change rows by `organization_id` and `id`, each only if it still has the `version` it was read with.

    The version is counted up. Gives the number of rows changed: fewer than asked for means that somebody
    else was there in between.
    """
    if not rows:
        return 0
    return await _update(db, table, KEYS, rows)


async def change_rows(db: AsyncSession, table: Any, keys: tuple[str, ...], rows: Rows) -> None:
    """Change rows of a table that counts no versions, by these columns; every row names the same ones."""
    if rows:
        await _update(db, table, keys, rows)


async def _update(db: AsyncSession, table: Table, keys: tuple[str, ...], rows: Rows) -> int:
    changed = tuple(name for name in rows[0] if name not in keys)
    names = (*changed, *keys)
    connection = await db.connection()
    if _is_postgres(db):
        result = await connection.exec_driver_sql(
            _unnested_update(table, changed, keys), _arrays(table, names, rows)
        )
    else:
        processors = _processors(table, names, connection.dialect)
        result = await connection.exec_driver_sql(
            _plain_update(table, changed, keys), _tuples(names, processors, rows)
        )
    return result.rowcount


def _is_postgres(db: AsyncSession) -> bool:
    return db.get_bind().dialect.name == "postgresql"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


# PostgreSQL: one array per column.


def _arrays(table: Table, names: tuple[str, ...], rows: Rows) -> tuple[list[Any], ...]:
    arrays = []
    for name in names:
        values = [row[name] for row in rows]
        if _kind(table, name) == "JSONB":
            values = [None if value is None else orjson.dumps(value).decode() for value in values]
        arrays.append(values)
    return tuple(arrays)


@lru_cache(maxsize=500)
def _kind(table: Table, name: str) -> str:
    kind = table.c[name].type
    # As TEXT and not as VARCHAR(n): a cast to the latter would cut what is too long instead of refusing it.
    return "TEXT" if isinstance(kind, String) else kind.compile(dialect=_PG)


def _source(table: Table, names: tuple[str, ...]) -> str:
    kinds = ["TEXT" if _kind(table, name) == "JSONB" else _kind(table, name) for name in names]
    arrays = ", ".join(f"CAST(${place} AS {kind}[])" for place, kind in enumerate(kinds, 1))
    return f"unnest({arrays}) AS given({_quoted(names)})"


def _given(table: Table, name: str) -> str:
    return f'CAST(given."{name}" AS JSONB)' if _kind(table, name) == "JSONB" else f'given."{name}"'


@lru_cache(maxsize=200)
def _unnested_insert(table: Table, names: tuple[str, ...], keeps: bool) -> str:
    listed = ", ".join(_given(table, name) for name in names)
    return (
        f'INSERT INTO "{table.name}" ({_quoted(names)}) SELECT {listed} FROM {_source(table, names)}'  # noqa: S608 - names of our own tables
        f"{_KEEPING if keeps else ''}"
    )


@lru_cache(maxsize=200)
def _unnested_update(table: Table, changed: tuple[str, ...], keys: tuple[str, ...]) -> str:
    changes = [f'"{name}" = {_given(table, name)}' for name in changed]
    changes += ["version = old.version + 1"] if "version" in keys else []
    same = " AND ".join(f"old.{name} = given.{name}" for name in keys)
    source = _source(table, (*changed, *keys))
    return f'UPDATE "{table.name}" AS old SET {", ".join(changes)} FROM {source} WHERE {same}'  # noqa: S608 - names of our own tables


# SQLite: one prepared statement, one tuple per row.


def _tuples(names: tuple[str, ...], processors: tuple[Any, ...], rows: Rows) -> list[tuple[Any, ...]]:
    columns = [
        [row[name] for row in rows] if convert is None else [convert(row[name]) for row in rows]
        for name, convert in zip(names, processors, strict=True)
    ]
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=200)
def _processors(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[Callable[[Any], Any] | None, ...]:
    return tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)


@lru_cache(maxsize=200)
def _plain_insert(table: Table, names: tuple[str, ...], keeps: bool) -> str:
    places = ", ".join("?" for _ in names)
    suffix = _KEEPING if keeps else ""
    return f'INSERT INTO "{table.name}" ({_quoted(names)}) VALUES ({places}){suffix}'  # noqa: S608 - names of our own tables


@lru_cache(maxsize=200)
def _plain_update(table: Table, changed: tuple[str, ...], keys: tuple[str, ...]) -> str:
    changes = [f'"{name}" = ?' for name in changed] + ["version = version + 1"] * ("version" in keys)
    same = " AND ".join(f"{name} = ?" for name in keys)
    return f'UPDATE "{table.name}" SET {", ".join(changes)} WHERE {same}'  # noqa: S608 - names of our own tables
