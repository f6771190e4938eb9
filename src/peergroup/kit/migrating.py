"""Bringing a database to the present schema: with Alembic's history, or at once from the metadata."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from peergroup.kit.database import ROLE, Database
from peergroup.kit.model import Model
from peergroup.kit.settings import Settings
from peergroup.kit.tenancy import row_level_security, tenant_tables

_PACKAGE = Path(__file__).resolve().parents[1]


def _scripts() -> Path:
    """The migrations: inside an installed package, beside `src` in a checkout."""
    packaged = _PACKAGE / "_migrations"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, working on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(_scripts()))
    config.attributes["connection"] = connection
    return config


async def migrate(settings: Settings, revision: str = "head") -> None:
    """Bring the database to `revision`."""
    await _run(settings, lambda connection: command.upgrade(configuration(connection), revision))


async def downgrade(settings: Settings, revision: str) -> None:
    """Take the database back to `revision`; `base` removes everything."""
    await _run(settings, lambda connection: command.downgrade(configuration(connection), revision))


async def is_current(settings: Settings) -> bool:
    """Whether the database is at the newest revision."""

    def judge(connection: Connection) -> bool:
        heads = set(ScriptDirectory.from_config(configuration()).get_heads())
        return set(MigrationContext.configure(connection).get_current_heads()) == heads

    database = Database(settings)
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(judge)
    finally:
        await database.close()


async def prepare_schema(settings: Settings) -> None:
    """Make every table and wall at once, without history: what the tests begin with."""

    def build(connection: Connection) -> None:
        Model.metadata.create_all(connection)
        for statement in walls() if connection.dialect.name == "postgresql" else ():
            connection.execute(text(statement))

    await _run(settings, build)


def walls() -> list[str]:
    """Role, grants and row-level security of the whole schema, for PostgreSQL."""
    statements = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN"
        f" CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;"
        f" EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
        f"GRANT {ROLE} TO current_user",
        f"GRANT USAGE ON SCHEMA public TO {ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
    ]
    for table in tenant_tables():
        statements += row_level_security(table)
    return statements


async def _run(settings: Settings, work: Callable[[Connection], None]) -> None:
    database = Database(settings)
    try:
        async with database.engine.execution_options(peergroup_writes=True).begin() as connection:
            await connection.run_sync(work)
    finally:
        await database.close()


def migrate_now(settings: Settings) -> None:
    """`migrate` for commands that are not asynchronous."""
    asyncio.run(migrate(settings))
