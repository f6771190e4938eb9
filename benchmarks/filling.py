"""A database with any number of memberships, loaded in bulk: one organization, groups of ten, readers with keys."""

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import make_url

from benchmarks import naive
from peergroup.access import credentials
from peergroup.app import build_house
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.kit.migrating import prepare_schema
from peergroup.kit.settings import Settings
from peergroup.kit.time import to_wire
from peergroup.organizations import actions as organizations

BEGAN = dt.datetime(2026, 1, 5, 9, 30, 0, 123456, dt.UTC)
MEMBERS = 10
READERS = 40
"""Groups whose ten people have a key: enough that nobody meets the rate limit of a real service."""


@dataclass
class Filled:
    """What a case needs to know of the database it asks."""

    url: str
    organization_id: UUID
    rows: int
    groups: list[UUID] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    keys: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    """Group, person and token of each reader; the first of each ten moderates."""


class Bulk:
    """Rows straight into tables: COPY on PostgreSQL, `executemany` on SQLite. Foreign keys are not asked."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._address = make_url(url)

    @asynccontextmanager
    async def connected(self) -> Any:
        """Keep one connection open for everything inside."""
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

    async def load(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows into a table; `columns` are their names with blanks between."""
        names = columns.split()
        if not self.is_sqlite:
            await self._postgres.copy_records_to_table(table, records=rows, columns=names)
            return
        marks = ", ".join("?" * len(names))
        self._sqlite.execute("BEGIN")
        quoted = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})'
        self._sqlite.executemany(statement, ([_wire(value) for value in row] for row in rows))
        self._sqlite.execute("COMMIT")

    async def say(self, sql: str) -> None:
        """Run one statement that both databases know."""
        if self.is_sqlite:
            self._sqlite.execute(sql)
        else:
            await self._postgres.execute(sql)


def _wire(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return to_wire(value) if isinstance(value, dt.datetime) else value


async def filled(rows: int) -> Filled:
    """An empty database with `rows` memberships and everything they need."""
    settings = Settings()
    await prepare_schema(settings)
    house = build_house(settings)
    made = Filled(settings.async_url, new_id(), rows)
    made.groups = [new_id() for _ in range(max(rows // MEMBERS, READERS))]
    made.people = [new_id() for _ in range(max(rows // MEMBERS, 2 * READERS * MEMBERS))]
    async with house.acting(house.system(made.organization_id)) as ctx:
        await organizations.found(ctx, name="Fjord Founders")
    async with Bulk(settings.async_url).connected() as bulk:
        await _load(bulk, made)
    await _issue_keys(house, made)
    await house.database.close()
    return made


async def _load(bulk: Bulk, made: Filled) -> None:
    tenant, covenants = made.organization_id, [new_id() for _ in made.groups]
    await bulk.load(
        "person",
        "organization_id id state name name_folded show_email offers needs gaps values created_at version updated_at",
        (
            (
                tenant,
                id_,
                "active",
                f"Person {place:07d}",
                f"person {place:07d}",
                False,
                *["[]"] * 4,
                BEGAN,
                1,
                BEGAN,
            )
            for place, id_ in enumerate(made.people)
        ),
    )
    await bulk.load(
        "group",
        "organization_id id state name focus cadence time_zone capacity created_at version",
        (
            (tenant, id_, "active", f"Founders {place}", "Growing past twenty people", "third Tuesday",
             "Europe/Berlin", 10, BEGAN, 3)
            for place, id_ in enumerate(made.groups)
        ),
    )  # fmt: skip
    await bulk.load(
        "covenant",
        "organization_id id group_id number text effective_on effective_at created_at",
        (
            (tenant, covenant, group, 1, "What is said here stays here.",
             str(BEGAN.date()) if bulk.is_sqlite else BEGAN.date(), BEGAN, BEGAN)
            for covenant, group in zip(covenants, made.groups, strict=True)
        ),
    )  # fmt: skip
    await bulk.load(
        "membership",
        "organization_id id group_id person_id role state seat_no created_at version",
        (
            (
                tenant,
                new_id(),
                group,
                person,
                "member" if seat else "moderator",
                "active",
                seat or None,
                BEGAN,
                2,
            )
            for group, person, seat in _seats(made)
        ),
    )
    await bulk.load(
        "signature",
        "organization_id covenant_id person_id signed_at",
        (
            (tenant, covenants[place // MEMBERS], person, BEGAN)
            for place, (_, person, _) in enumerate(_seats(made))
        ),
    )


def _seats(made: Filled) -> Iterator[tuple[UUID, UUID, int]]:
    """Each group with ten people in a row of the list of people, the first one its moderator."""
    for place, group in enumerate(made.groups):
        for seat in range(MEMBERS):
            yield group, made.people[(place * MEMBERS + seat) % len(made.people)], seat


async def _issue_keys(house: House, made: Filled) -> None:
    """Keys for the people of groups that lie spread over the whole table."""
    step = len(made.groups) // READERS
    async with house.acting(house.system(made.organization_id)) as ctx:
        for place in range(0, step * READERS, step):
            for seat in range(MEMBERS):
                person = made.people[(place * MEMBERS + seat) % len(made.people)]
                _, token = await credentials.issue(ctx, "key", person_id=person)
                made.keys.append((made.groups[place], person, token))


NAIVE = {
    "person": "id name",
    "group": "id name state focus cadence time_zone capacity parent_id agenda_template_id created_at version",
    "membership": "id group_id person_id role state seat_no expires_at created_at version",
}


async def fill_naive(made: Filled) -> None:
    """The same content in the tables of the naive twin, which have plain keys and no tenant."""
    async with naive.engine.begin() as connection:
        await connection.run_sync(naive.Base.metadata.create_all)
    async with Bulk(made.url).connected() as bulk:
        for table, columns in NAIVE.items():
            names = columns.split()
            values = [_naive_value(name) if bulk.is_sqlite else name for name in names]
            await bulk.say(
                f'INSERT INTO naive_{table} ({", ".join(names)}) SELECT {", ".join(values)} FROM "{table}"'
            )
        keys = [
            (hashlib.sha256(token.encode()).hexdigest(), person.hex if bulk.is_sqlite else person)
            for _, person, token in made.keys
        ]
        await bulk.load("naive_key", "hash person_id", keys)
    await naive.engine.dispose()


def _naive_value(name: str) -> str:
    """SQLAlchemy's own types store ids as 32 characters and instants with a blank."""
    if name == "id" or name.endswith("_id"):
        return f"replace({name}, '-', '')"
    return f"replace(replace({name}, 'T', ' '), 'Z', '')" if name.endswith("_at") else name
