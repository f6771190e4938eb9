"""The history of the schema: it leads to what the models say, on both databases, and back."""

import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from peergroup import app
from peergroup.kit import walls
from peergroup.kit.migrating import MigrationRefused, ask, prepare_schema, run
from peergroup.kit.settings import Settings
from tests.databases import fresh_database, settings_for
from tests.installed import Installed, install

assert app, "importing the whole service makes every table known"
_POLICIES = text(
    "SELECT tablename, policyname, cmd, permissive, qual, with_check FROM pg_policies ORDER BY 1, 2"
)
_GRANTS = text(
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE grantee = 'peergroup_app' AND table_name <> 'alembic_version' ORDER BY 1, 2"
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def settings(request: pytest.FixtureRequest, folder: Path) -> Settings:
    return settings_for(await fresh_database(request.param, folder, "history"))


async def rows(settings: Settings, query: object) -> list[tuple[object, ...]]:
    return await ask(settings, lambda connection: [tuple(row) for row in connection.execute(query)])  # type: ignore[call-overload]  # a lambda has no types


async def test_the_history_leads_to_the_models_and_back(installed: Installed, settings: Settings) -> None:
    """With a group, a session and a challenge in the tables, that nothing empty goes through by chance."""
    here = installed.on(settings.database_url)
    seeded = here.run("seed", "--json")
    assert seeded.returncode == 0, seeded.stderr
    people, groups = text("SELECT count(*) FROM person"), text('SELECT count(*) FROM "group"')
    assert (await rows(settings, people))[0][0] > 10  # type: ignore[operator]  # a count is a number
    done = here.alembic(["check"], ["downgrade", "base"], ["upgrade", "head"], ["check"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert await rows(settings, people) == await rows(settings, groups) == [(0,)]
    assert here.run("seed", "--json").returncode == 0


def test_files_carry_the_numbers_of_their_revisions(installed: Installed) -> None:
    config = Config()
    config.set_main_option("script_location", str(installed.folder / "migrations"))
    told = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    named = sorted(
        (file.name[:4] for file in (installed.folder / "migrations" / "versions").glob("*.py")), reverse=True
    )
    assert told == named != []


async def test_a_difference_to_the_models_is_noticed(installed: Installed, settings: Settings) -> None:
    here = installed.on(settings.database_url)
    assert here.run("migrate").returncode == 0
    for change in ("DROP INDEX ix_person_name", "ALTER TABLE person ADD COLUMN shoe_size INTEGER"):
        await run(settings, lambda connection, change=change: connection.execute(text(change)))  # type: ignore[misc]  # bound at once
        assert here.alembic(["check"]).returncode != 0, change


async def test_the_history_builds_the_same_walls_as_the_models(installed: Installed, folder: Path) -> None:
    told = settings_for(await fresh_database("postgresql", folder, "told"))
    built = settings_for(await fresh_database("postgresql", folder, "built"))
    assert installed.on(told.database_url).run("migrate").returncode == 0
    await prepare_schema(built)
    assert await ask(told, walls.gaps) == []
    assert await rows(told, _POLICIES) == await rows(built, _POLICIES) != []
    assert await rows(told, _GRANTS) == await rows(built, _GRANTS) != []


async def test_nothing_is_left_behind_at_the_base(installed: Installed, folder: Path) -> None:
    settings = settings_for(await fresh_database("postgresql", folder, "back"))
    here = installed.on(settings.database_url)
    assert here.alembic(["upgrade", "head"], ["downgrade", "base"]).returncode == 0
    tables = text("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'")
    assert await rows(settings, tables) == [("alembic_version",)]


REFERENCE = "organization_id, source, external_id, person_id"
REBUILD = '''"""Change a column, which SQLite can only do by building the table anew."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "{before}"
def upgrade() -> None:
    with op.batch_alter_table("organization") as batch:
        batch.add_column(sa.Column("motto", sa.String(200)))
    with op.batch_alter_table("person") as batch:
        batch.alter_column("name", existing_type=sa.String(200), type_=sa.String(300))
def downgrade() -> None:
    raise NotImplementedError
'''


def test_building_a_table_anew_takes_no_children_along(tmp_path: Path) -> None:
    here = install(tmp_path).on(f"sqlite:///{tmp_path}/kept.db")
    assert here.run("init", "--name", "Fjord", "--owner-email", "o@example.com").returncode == 0
    with sqlite3.connect(tmp_path / "kept.db") as before:
        count = before.execute("SELECT count(*) FROM person").fetchone()
        head = before.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        organization = before.execute("SELECT id FROM organization").fetchone()[0]
        before.execute(
            f"INSERT INTO person_reference ({REFERENCE}) VALUES (?, 'crm', '1', (SELECT id FROM person))",
            [organization],
        )
    (tmp_path / "migrations" / "versions" / "9999_test.py").write_text(REBUILD.format(before=head))
    done = here.run("migrate")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "kept.db") as after:
        assert after.execute("SELECT count(*) FROM person").fetchone() == count == (1,)
        assert after.execute("SELECT count(*) FROM person_reference").fetchone() == (1,)
        assert after.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


async def test_a_history_that_leaves_a_reference_without_its_target_is_refused(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path}/broken.db")
    await prepare_schema(settings)
    engine = create_async_engine(settings.async_url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql(
            f"INSERT INTO person_reference ({REFERENCE}) VALUES ('o', 's', 'e', 'nobody')"
        )
    await engine.dispose()
    with pytest.raises(MigrationRefused, match="person_reference"):
        await prepare_schema(settings)
