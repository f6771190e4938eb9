"""Bringing a database to the present schema: with Alembic's history, or at once from the metadata."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, event, inspect, text

from peergroup.kit.database import ROLE, Database
from peergroup.kit.model import Model
from peergroup.kit.settings import Settings
from peergroup.kit.tenancy import row_level_security, tenant_tables

_PACKAGE = Path(__file__).resolve().parents[1]
_ONE_AT_A_TIME = 7_306_141_952_001  # Any number will do, as long as nobody else locks on it.
State = Literal["current", "empty", "outdated", "unknown"]
T = TypeVar("T")


class MigrationRefused(RuntimeError):
    """The history could not be applied; nothing was changed."""


def _scripts() -> Path:
    """The migrations: inside an installed package, beside `src` in a checkout."""
    packaged = _PACKAGE / "_migrations"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "migrations"


@lru_cache(maxsize=1)
def revisions() -> tuple[str, ...]:
    """Every revision of the history, the newest first: they are numbered, and files carry their number."""
    return tuple(
        sorted((file.name[:4] for file in (_scripts() / "versions").glob("[0-9]*.py")), reverse=True)
    )


async def migrate(settings: Settings, revision: str = "head") -> None:
    """Bring the database to `revision`; two that try at once do it one after the other."""
    if not revisions():
        raise MigrationRefused(f"There are no migrations in {_scripts() / 'versions'}.")
    await run(settings, lambda connection: _alembic(connection, "upgrade", revision))


async def downgrade(settings: Settings, revision: str) -> None:
    """Take the database back to `revision`; `base` removes everything."""
    await run(settings, lambda connection: _alembic(connection, "downgrade", revision))


def _alembic(connection: Connection, name: str, revision: str) -> None:
    # Only who changes the schema needs Alembic, and importing it takes longer than starting to serve should.
    from alembic import command  # noqa: PLC0415 - as above
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    getattr(command, name)(config, revision)


def schema_state(connection: Connection) -> State:
    """How the database stands to this version: `unknown` means that a newer one has changed it."""
    if not inspect(connection).has_table("alembic_version"):
        return "empty" if revisions() else "current"
    reached = tuple(connection.scalars(text("SELECT version_num FROM alembic_version")))
    if reached == revisions()[:1]:
        return "current"
    if not reached:
        return "empty"
    return "outdated" if set(reached) <= set(revisions()) else "unknown"


async def ask(settings: Settings, question: Callable[[Connection], T]) -> T:
    """The answer to a question about the database as a whole, asked as the login role."""
    database = Database(settings)
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(question)
    finally:
        await database.close()


async def is_current(settings: Settings) -> bool:
    """Whether the database is at the newest revision."""
    return await ask(settings, schema_state) == "current"


async def prepare_schema(settings: Settings) -> None:
    """Make every table and wall at once, and say that the history is done: what the tests begin with."""

    def build(connection: Connection) -> None:
        Model.metadata.create_all(connection)
        _alembic(connection, "stamp", "head")
        for statement in walls() if connection.dialect.name == "postgresql" else ():
            connection.execute(text(statement))

    await run(settings, build)


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


async def run(settings: Settings, work: Callable[[Connection], None]) -> None:
    """Do work that changes the schema, in one transaction and as the login role."""
    database = Database(settings)
    if database.is_sqlite:
        event.listen(database.engine.sync_engine, "connect", _suspend_foreign_keys)
    try:
        async with database.engine.execution_options(peergroup_writes=True).begin() as connection:
            await connection.run_sync(_alone, work)
    finally:
        await database.close()


def _suspend_foreign_keys(connection: Any, _record: Any) -> None:
    # SQLite changes a column by building the table anew; dropping the old one would take its children along.
    connection.execute("PRAGMA foreign_keys=OFF").close()


def _alone(connection: Connection, work: Callable[[Connection], None]) -> None:
    """Do the work while nobody else migrates, and leave no reference without its target."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
    work(connection)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise MigrationRefused(f"A row of {broken[0]} would point at a row of {broken[2]} that is gone.")
