"""What is left when all is over: every row with its place and its transaction, and every byte of every file.

PostgreSQL is asked as its superuser, who reads files through the server; the service's own role could not.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

_NAME = r"w[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
"""How the word of a card, or an id, looks."""
_IN_TEXT, _IN_BYTES = re.compile(_NAME), re.compile(_NAME.encode())
_PSEUDONYM = re.compile(rb"[0-9a-f]{64}")
_WRAPPED = re.compile(rb"w1\.[A-Za-z0-9_-]{80}")
_ENVELOPE = re.compile(rb"[A-Za-z0-9+/]{1387}=")
NEAR = 120
"""How many bytes apart two things of one row may stand."""
Spots = dict[str, list[int]]
MAIN, LOG = "main", "pg_wal"


@dataclass(frozen=True)
class Line:
    """One thing to be read: a row, an item of an answer, a line of the log. `stamp` is its transaction, if known."""

    source: str
    place: int
    text: str
    stamp: int | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """The words and ids that occur in it."""
        return frozenset(_IN_TEXT.findall(self.text))


@dataclass(eq=False)
class File:
    """The bytes of one file, or of all files of one kind behind each other."""

    name: str
    content: bytes
    raw_ids: dict[bytes, str] = field(default_factory=dict)
    """The ids that stand there as 16 bytes, and not as text."""

    @cached_property
    def spots(self) -> Spots:
        """Where each word and id stands; of ids as 16 bytes those that stand beside a pseudonym."""
        found: Spots = defaultdict(list)
        for hit in _IN_BYTES.finditer(self.content):
            found[hit.group().decode()].append(hit.start())
        for name, places in self.beside_pseudonyms.items():
            if "-" in name:
                found[name] = sorted({*found[name], *places})
        return found

    @cached_property
    def beside_pseudonyms(self) -> Spots:
        """Where words and ids stand that have a pseudonym beside them, and nobody else does in the end."""
        found: Spots = defaultdict(list)
        for starts in self.signed.values():
            for start in starts:
                first = max(0, start - NEAR)
                near = self.content[first : start + 64 + NEAR]
                for hit in _IN_BYTES.finditer(near):
                    found[hit.group().decode()].append(first + hit.start())
                for place in range(len(near) if self.raw_ids else 0):
                    name = self.raw_ids.get(near[place : place + 16])
                    if name is not None:
                        found[name].append(first + place)
        return found

    @cached_property
    def signed(self) -> dict[bytes, list[int]]:
        """Where each pseudonym stands, or whatever looks like one."""
        found: dict[bytes, list[int]] = defaultdict(list)
        for hit in _PSEUDONYM.finditer(self.content):
            found[hit.group()].append(hit.start())
        return found

    def envelopes(self, start: int) -> list[bytes]:
        """Whatever looks like sealed words before or behind a pseudonym."""
        return _ENVELOPE.findall(self.content[max(0, start - 2_000) : start + 2_000])

    @cached_property
    def wrapped(self) -> set[bytes]:
        """Whatever looks like the wrapped key of an exercise."""
        return set(_WRAPPED.findall(self.content))


async def lines_of(url: str) -> list[Line]:
    """Every row of every table, as text."""
    return _rows_of_sqlite(_path(url)) if url.startswith("sqlite") else await _rows_of_postgres(url)


async def files_of(url: str) -> list[File]:
    """Every file of the database, what is free in it included."""
    if not url.startswith("sqlite"):
        return await _files_of_postgres(url)
    return [File(MAIN, _path(url).read_bytes()), *side_files(url)]


def side_files(url: str, when: str = "") -> list[File]:
    """What SQLite keeps beside its file at this moment; PostgreSQL's log is read at the end, it keeps everything."""
    if not url.startswith("sqlite"):
        return []
    main = _path(url)
    sides = {suffix: main.with_name(main.name + suffix) for suffix in ("-wal", "-shm", "-journal")}
    return [File(suffix + when, side.read_bytes()) for suffix, side in sides.items() if side.exists()]


def _path(url: str) -> Path:
    return Path(make_url(url).database or "")


def _rows_of_sqlite(path: Path) -> list[Line]:
    connection = sqlite3.connect(path)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    lines = []
    for table in tables:
        order = "rowid" if _has_rowid(connection, table) else "0"
        for number, row in enumerate(connection.execute(f'SELECT {order}, * FROM "{table}" ORDER BY 1')):
            texts = (
                one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in row[1:]
            )
            lines.append(Line(f"table {table}", row[0] or number, " | ".join(texts)))
    connection.close()
    return lines


def _has_rowid(connection: sqlite3.Connection, table: str) -> bool:
    try:
        connection.execute(f'SELECT rowid FROM "{table}" LIMIT 1')
    except sqlite3.OperationalError:
        return False
    return True


_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@asynccontextmanager
async def _as_superuser(url: str) -> AsyncIterator[Any]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    yield connection
    await connection.close()


async def _rows_of_postgres(url: str) -> list[Line]:
    lines = []
    async with _as_superuser(url) as connection:
        for (table,) in await connection.fetch(_TABLES):
            query = f'SELECT t::text, t.xmin::text::bigint FROM "{table}" t ORDER BY t.ctid'
            lines += [Line(f"table {table}", n, *row) for n, row in enumerate(await connection.fetch(query))]
    return lines


_RELATIONS = (
    "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relnamespace IN"
    " ('public'::regnamespace, 'pg_toast'::regnamespace) AND pg_relation_filepath(oid) IS NOT NULL"
)
_SEGMENTS = "SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' ORDER BY name"


async def _files_of_postgres(url: str) -> list[File]:
    files = []
    async with _as_superuser(url) as connection:
        await connection.execute("CHECKPOINT")
        for name, path in await connection.fetch(_RELATIONS):
            content = await connection.fetchval("SELECT pg_read_binary_file($1)", path)
            files.append(File(f"file {name}", content))
        segments = [row[0] for row in await connection.fetch(_SEGMENTS)]
        read = [
            await connection.fetchval("SELECT pg_read_binary_file($1)", f"pg_wal/{one}") for one in segments
        ]
        files.append(File(LOG, b"".join(read)))
    return files
