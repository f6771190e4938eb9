"""Rows straight into tables: COPY on PostgreSQL, `executemany` on SQLite. Foreign keys are not asked."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import JSON, Table, make_url

from peergroup.kit.model import Model
from peergroup.kit.time import to_wire

AT_ONCE = 100_000


class Bulk:
    """One connection that loads."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._address = make_url(url)

    @asynccontextmanager
    async def connected(self) -> Any:
        """Keep the connection open for everything inside."""
        if self.is_sqlite:
            self._sqlite = sqlite3.connect(str(self._address.database), isolation_level=None)
            for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-200000"):
                self._sqlite.execute(f"PRAGMA {pragma}")
            yield self
            self._sqlite.execute("ANALYZE")
            self._sqlite.close()
            return
        plain = self._address.set(drivername="postgresql").render_as_string(hide_password=False)
        self._postgres = await asyncpg.connect(plain)
        await self._postgres.execute("SET session_replication_role = replica")
        yield self
        await self._postgres.execute("VACUUM ANALYZE")
        await self._postgres.close()

    async def fill(self, model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
        """Put rows into the table of a model; what a row does not name has its default, or is empty."""
        table: Table = model.__table__  # type: ignore[assignment]  # of a mapped class, it is a table
        names = [column.name for column in table.c]
        usual = [_default(column) for column in table.c]
        values = (
            tuple(row.get(name, default) for name, default in zip(names, usual, strict=True)) for row in rows
        )
        await self.load(table.name, " ".join(names), values)

    async def load(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows into a table; `columns` are their names with blanks between."""
        names = columns.split()
        if not self.is_sqlite:
            # The driver cannot ask for the next row before it has sent the last one: batches keep memory small.
            for batch in _batches(rows):
                await self._postgres.copy_records_to_table(table, records=batch, columns=names)
            return
        self._sqlite.execute("BEGIN")
        quoted, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})'
        self._sqlite.executemany(statement, ([_wire(value) for value in row] for row in rows))
        self._sqlite.execute("COMMIT")

    async def say(self, sql: str) -> None:
        """Run one statement that both databases know."""
        if self.is_sqlite:
            self._sqlite.execute(sql)
        else:
            await self._postgres.execute(sql)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    yield batch


def _default(column: Any) -> Any:
    """What the column holds where nothing is said: a document is an empty one, ids and instants are always said."""
    given = getattr(column.default, "arg", None)
    if isinstance(column.type, JSON):
        return None if given is None and column.nullable else json.dumps(given(None) if given else [])
    return None if callable(given) else given


def _wire(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        return to_wire(value)
    return value.isoformat() if isinstance(value, dt.date) else value
