"""The three walls between organizations: each stands by itself, and for each a control that takes it down.

A control breaks its wall in a scratch database or application and shows that the very probe of the test
beside it then finds a leak: without the wall, the suite is red.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, select, text, union_all

from peergroup.app import build_house
from peergroup.groups.models import Group
from peergroup.kit import tenancy
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.kit.tenancy import TenancyBreach, TenantSession, tenant_tables
from peergroup.people.models import Company
from tests.databases import built_database
from tests.matrix.crossing import crossed, references, without_the_first_wall
from tests.matrix.examples import made_for
from tests.matrix.probes import Intruder, leaks, send
from tests.matrix.routes import operations
from tests.matrix.stage import Stage, a_stage


@pytest.fixture(params=["sqlite", "postgresql"])
async def scratch(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[House]:
    """A database of its own, to break."""
    async with built_scratch(request.param, folder) as house:
        yield house


@asynccontextmanager
async def built_scratch(kind: str, folder: Path) -> AsyncIterator[House]:
    async with built_database(kind, folder, f"scratch_{new_id().hex[-8:]}") as settings:
        house = build_house(settings)
        yield house
        await house.database.close()


# The first wall: keys that begin with the organization.


async def test_no_row_can_point_at_a_row_of_another_organization(scratch: House) -> None:
    async with scratch.database.engine.execution_options(peergroup_writes=True).connect() as connection:
        found = await connection.run_sync(
            lambda sync: [str(one) for one in references() if crossed(sync, one)]
        )
    assert references()
    assert found == []


def test_control_with_the_first_wall_off_rows_point_across(tmp_path: Path) -> None:
    weak = without_the_first_wall()
    engine = create_engine(f"sqlite:///{tmp_path / 'weak.db'}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    weak.create_all(engine)
    with engine.connect() as connection:
        found = [str(one) for one in references(weak) if crossed(connection, one, weak)]
    engine.dispose()
    assert found == [str(one) for one in references(weak)]
    assert "membership.group_id → group" in found


# The second wall: criteria on every statement.


@contextmanager
def second_wall_off() -> Iterator[None]:
    event.remove(TenantSession, "do_orm_execute", tenancy._scope)
    try:
        yield
    finally:
        event.listen(TenantSession, "do_orm_execute", tenancy._scope)


async def leaking(stage: Stage) -> set[str]:
    """Every read that gives a stranger something of this organization."""
    found = set()
    stranger = Intruder("stranger", stage.elsewhere.owner)
    for operation in operations():
        if operation.meta.writes or operation.meta.is_public:
            continue
        for make in made_for(operation):
            answer = await send(stage.world.client, operation, await make(stage), stranger.actor)
            if leaks(answer, stranger, stage):
                found.add(operation.name)
    return found


async def test_no_read_gives_a_stranger_anything(scratch: House) -> None:
    assert await leaking(await a_stage(scratch)) == set()


async def test_control_with_the_second_wall_off_reads_leak_on_sqlite(folder: Path) -> None:
    async with built_scratch("sqlite", folder) as house:
        stage = await a_stage(house)
        with second_wall_off():
            assert "list_groups" in await leaking(stage)


async def test_with_the_second_wall_off_the_third_still_holds_on_postgresql(folder: Path) -> None:
    async with built_scratch("postgresql", folder) as house:
        stage = await a_stage(house)
        with second_wall_off():
            assert await leaking(stage) == set()


async def test_a_core_statement_that_names_no_organization_is_refused(stage: Stage) -> None:
    table = Group.__table__
    async with stage.world.acting() as ctx:
        with pytest.raises(TenancyBreach):
            await ctx.db.execute(table.select())
        tied = table.select().where(table.c.organization_id == ctx.organization_id)
        await ctx.db.execute(tied)


async def test_selects_that_are_put_together_are_judged_like_one(stage: Stage) -> None:
    """The criteria of the session do not reach into a union: each of its parts has to name the organization."""
    group, company = Group.__table__.c, Company.__table__.c
    async with stage.world.acting() as ctx:
        mine = select(group.id).where(group.organization_id == ctx.organization_id)
        for other in (select(company.id), select(group.id)):
            for statement in (union_all(mine, other), select(*union_all(mine, other).subquery().c)):
                with pytest.raises(TenancyBreach):
                    await ctx.db.execute(statement)
        both = union_all(mine, select(company.id).where(company.organization_id == ctx.organization_id))
        await ctx.db.execute(both)
        with pytest.raises(TenancyBreach):
            await ctx.db.execute(union_all(select(Group.id), select(Company.id)))


async def test_a_row_of_another_organization_cannot_join_a_transaction(stage: Stage) -> None:
    async with stage.world.acting() as ctx:
        foreign = Company(organization_id=stage.elsewhere.world.organization_id, name="X", created_at=ctx.now)
        with pytest.raises(TenancyBreach):
            ctx.db.add(foreign)


# The third wall: row-level security.

_OTHERS = 'SELECT count(*) FROM "{table}" WHERE organization_id <> :mine'


async def seen_of_others(stage: Stage) -> dict[str, int]:
    """How many rows of other organizations a transaction of this one sees when nothing but the database asks."""
    found = {}
    mine = stage.world.organization_id
    async with stage.world.house.database.transaction(mine, writes=False) as db:
        connection = await db.connection()
        for table in tenant_tables():
            count = await connection.scalar(text(_OTHERS.format(table=table)), {"mine": mine})
            if count:
                found[table] = count
    return found


async def changed_of_others(stage: Stage) -> int:
    """How many rows of another organization a transaction of this one can change in the database itself."""
    change = text('UPDATE "group" SET name = name WHERE organization_id = :theirs')
    mine, theirs = stage.world.organization_id, stage.elsewhere.world.organization_id
    async with stage.world.house.database.transaction(mine, writes=True) as db:
        done = await (await db.connection()).execute(change, {"theirs": theirs})
        return int(done.rowcount)


async def test_the_database_itself_shows_and_changes_nothing_of_others(folder: Path) -> None:
    async with built_scratch("postgresql", folder) as house:
        stage = await a_stage(house)
        assert await seen_of_others(stage) == {}
        assert await changed_of_others(stage) == 0


async def test_control_with_the_third_wall_off_the_database_shows_and_changes_others(folder: Path) -> None:
    async with built_scratch("postgresql", folder) as house:
        stage = await a_stage(house)
        async with house.database.engine.begin() as connection:
            for table in tenant_tables():
                await connection.execute(text(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY'))
        seen = await seen_of_others(stage)
        assert {"group", "membership", "person", "credential", "event"} <= set(seen)
        assert await changed_of_others(stage) > 0


async def test_with_the_third_wall_off_the_second_still_holds(folder: Path) -> None:
    async with built_scratch("postgresql", folder) as house:
        stage = await a_stage(house)
        async with house.database.engine.begin() as connection:
            for table in tenant_tables():
                await connection.execute(text(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY'))
        assert await leaking(stage) == set()
