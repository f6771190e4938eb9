"""Whether the walls stand: yes as they are built, and no for every way in which one could be gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from peergroup.kit import walls
from peergroup.kit.context import House
from peergroup.kit.database import Database
from peergroup.kit.tenancy import tenant_tables
from tests.databases import built_database

POLICY = "organization_id = nullif(current_setting('app.organization', true), '')::uuid"
GAPS = [
    (
        "ALTER TABLE person NO FORCE ROW LEVEL SECURITY",
        "table person does not force row-level security on its owner",
    ),
    ("ALTER TABLE person DISABLE ROW LEVEL SECURITY", "table person has row-level security switched off"),
    ("DROP POLICY tenant ON person", "table person has no policy that ties each row to the organization"),
    ("CREATE POLICY kind ON person USING (true)", "table person has a further policy that lets more through"),
    (
        "ALTER POLICY tenant ON person USING (true)",
        "table person has no policy that ties each row to the organization",
    ),
    (
        "ALTER POLICY tenant ON person WITH CHECK (true)",
        "table person has no policy that ties each row to the organization",
    ),
    (
        "GRANT TRUNCATE ON person TO peergroup_app",
        "table person may be truncated by peergroup_app, past every policy",
    ),
    (
        "GRANT CREATE ON SCHEMA public TO peergroup_app; ALTER TABLE person OWNER TO peergroup_app",
        "table person belongs to peergroup_app, which could switch the wall off",
    ),
    ("DROP TABLE event CASCADE", "table event does not exist"),
    ("ALTER ROLE peergroup_app BYPASSRLS", "the role peergroup_app may bypass row-level security"),
    ("ALTER ROLE peergroup_app SUPERUSER", "the role peergroup_app is a superuser"),
    ("ALTER ROLE peergroup_app RENAME TO somebody", "the role peergroup_app does not exist"),
    (
        "CREATE ROLE outsider; SET SESSION AUTHORIZATION outsider",
        "this login may not take on the role peergroup_app",
    ),
]
HARMLESS = [
    "CREATE POLICY tighter ON person AS RESTRICTIVE USING (state <> 'erased')",
    f"DROP POLICY tenant ON person; CREATE POLICY mine ON person USING ({POLICY}) WITH CHECK ({POLICY})",
]


@pytest.fixture(scope="module")
async def postgresql(folder: Path, anyio_backend: str) -> AsyncIterator[Database]:
    async with built_database("postgresql", folder, "walls") as settings:
        database = Database(settings)
        yield database
        await database.close()


async def gaps_after(database: Database, script: str) -> list[str]:
    """What is found after these statements, which are taken back again."""

    def ask(connection: Connection) -> list[str]:
        for statement in script.split("; ") if script else ():
            connection.execute(text(statement))
        return walls.gaps(connection)

    async with database.engine.connect() as connection:
        found: list[str] = await connection.run_sync(ask)
        await connection.rollback()
    return found


async def test_the_walls_stand_as_they_are_built(house: House) -> None:
    async with house.database.engine.connect() as connection:
        assert await connection.run_sync(walls.gaps) == []
        assert await connection.run_sync(walls.walls_stand)


@pytest.mark.parametrize(("script", "fault"), GAPS)
async def test_each_gap_is_found(postgresql: Database, script: str, fault: str) -> None:
    assert fault in await gaps_after(postgresql, script)


@pytest.mark.parametrize("script", HARMLESS)
async def test_what_lets_nobody_more_through_is_no_gap(postgresql: Database, script: str) -> None:
    assert await gaps_after(postgresql, script) == []


async def test_every_tenant_table_is_looked_at(postgresql: Database) -> None:
    script = "; ".join(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY' for name in tenant_tables())
    assert len(await gaps_after(postgresql, script)) == len(tenant_tables()) > 5
