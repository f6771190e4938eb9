"""Writing with text made once: defaults, kinds of values and the wall are those of the session."""

import pytest
from sqlalchemy import select

from peergroup.kit.ids import new_id
from peergroup.kit.prepared import insert
from peergroup.kit.tenancy import TenancyBreach
from peergroup.people.models import Company, Person
from tests.world import World, a_world


async def test_what_is_inserted_is_what_the_session_would_have_written(world: World) -> None:
    async with world.acting() as ctx:
        common = {"name": "Zoë", "created_at": ctx.now, "updated_at": ctx.now}
        short, long = Person(**common), Person(**common)
        await insert(ctx.db, short)
        ctx.db.add(long)
        assert short.organization_id == world.organization_id
    async with world.acting() as ctx:
        one, other = [await ctx.db.get(Person, (world.organization_id, who.id)) for who in (short, long)]
        assert one is not None
        assert one is not short, "it did not join the session"
        for column in Person.__table__.c:
            if column.key != "id":
                assert getattr(one, column.key) == getattr(other, column.key), column.key
                assert getattr(short, column.key) == getattr(one, column.key), column.key


async def test_what_waits_in_the_session_is_written_before(world: World) -> None:
    async with world.acting() as ctx:
        company = Company(id=new_id(), name="Acme", created_at=ctx.now)
        ctx.db.add(company)
        await insert(
            ctx.db, Person(name="Ann", company_id=company.id, created_at=ctx.now, updated_at=ctx.now)
        )
        found = await ctx.db.scalar(select(Person.name).where(Person.company_id == company.id))
    assert found == "Ann"


async def test_nothing_is_inserted_into_another_organization(world: World) -> None:
    elsewhere = await a_world(world.house, world.client)
    async with world.acting() as ctx:
        stray = Person(
            organization_id=elsewhere.organization_id, name="Ann", created_at=ctx.now, updated_at=ctx.now
        )
        with pytest.raises(TenancyBreach):
            await insert(ctx.db, stray)
