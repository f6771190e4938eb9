"""What every command on the operator's machine begins with: settings, the schema, the walls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from peergroup import app
from peergroup.cli.refusals import UNREACHABLE, Refusal
from peergroup.kit import migrating, walls
from peergroup.kit.context import House
from peergroup.kit.migrating import State
from peergroup.kit.settings import Settings


def settings() -> Settings:
    """The configuration, complete enough to work with."""
    found = Settings()
    _look_for_folder(found)
    assert found.key  # noqa: S101 - asked for now, so that what is missing is said before anything starts
    return found


def _look_for_folder(found: Settings) -> None:
    folder = Path(make_url(found.async_url).database or "").parent
    if found.is_sqlite and not folder.is_dir():
        next_step = "Make it, or correct PEERGROUP_DATABASE_URL."
        raise Refusal(f"There is no folder {folder} for the database.", next_step, code=UNREACHABLE)


async def look(found: Settings) -> tuple[State, list[str]]:
    """How the schema stands to this version, and the gaps in the walls of a current one."""

    _look_for_folder(found)

    def ask(connection: Connection) -> tuple[State, list[str]]:
        state = migrating.schema_state(connection)
        return state, walls.gaps(connection) if state == "current" else []

    try:
        return await migrating.ask(found, ask)
    except OSError as error:
        raise unreachable(found) from error


def unreachable(found: Settings) -> Refusal:
    """The database does not answer; its address is named without the password."""
    where = make_url(found.async_url).render_as_string(hide_password=True)
    return Refusal(
        f"The database at {where} cannot be reached.",
        "Is it running, and is PEERGROUP_DATABASE_URL right?",
        code=UNREACHABLE,
    )


def changed_by_newer() -> Refusal:
    """The database is at a revision that this version does not know: better not to touch it."""
    return Refusal("A newer version has changed this database.", "Install that version, or restore a backup.")


async def migrated(found: Settings) -> None:
    """Migrate where that is needed; a database that a newer version has changed is left alone."""
    state, _ = await look(found)
    if state == "unknown":
        raise changed_by_newer()
    if state != "current":
        await migrating.migrate(found)


async def make_ready(found: Settings) -> None:
    """Refuse to start on an outdated schema (SQLite is migrated), or where a wall has a gap."""
    if found.is_sqlite:
        await migrated(found)
    state, gaps = await look(found)
    if state == "unknown":
        raise changed_by_newer()
    if state != "current":
        raise Refusal(f"The database schema is {state}.", "Run 'peergroup migrate' first.")
    if gaps:
        more = f" (and {len(gaps) - 3} more)" if len(gaps) > 3 else ""
        raise Refusal(
            f"One organization could see another's data: {'; '.join(gaps[:3])}{more}.",
            "Put that right with the database's owner, then start again.",
        )


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """The composition on a database that is ready, closed at the end."""
    found = settings()
    await make_ready(found)
    built = app.build_house(found)
    try:
        yield built
    finally:
        await built.database.close()
