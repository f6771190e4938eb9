"""The directory follows what happens to people, in the same transaction."""

import pytest
from sqlalchemy import event

from peergroup.access import directory
from peergroup.people.models import Person
from tests.access.factories import a_known_person, an_address, becomes
from tests.world import World


async def finds(world: World, email: str) -> set[str]:
    places = await directory.find(world.house, "email", [directory.address_hash(world.house, email)])
    return {str(person) for organization, person in places if organization == world.organization_id}


async def test_a_new_person_is_found_by_address(world: World) -> None:
    email = an_address("Ada")
    person_id = await a_known_person(world, email)
    assert await finds(world, email.upper()) == {str(person_id)}


async def test_a_changed_address_is_found_and_the_old_one_is_not(world: World) -> None:
    old, new = an_address(), an_address()
    person_id = await a_known_person(world, old)
    async with world.acting() as ctx:
        person = await ctx.db.get(Person, (world.organization_id, person_id))
        assert person is not None
        person.email = new
        ctx.record("person.updated", person, changed=["email"])
    assert (await finds(world, old), await finds(world, new)) == (set(), {str(person_id)})


async def test_an_address_that_is_cleared_is_not_found(world: World) -> None:
    email = an_address()
    person_id = await a_known_person(world, email)
    async with world.acting() as ctx:
        person = await ctx.db.get(Person, (world.organization_id, person_id))
        assert person is not None
        person.email = None
        ctx.record("person.updated", person, changed=["email", "name"])
    assert await finds(world, email) == set()


@pytest.mark.parametrize("state", ["deactivated", "erased", "merged"])
async def test_who_is_gone_is_not_found(world: World, state: str) -> None:
    email = an_address()
    person_id = await a_known_person(world, email)
    await becomes(world, person_id, state)
    assert await finds(world, email) == set()
    if state == "deactivated":
        await becomes(world, person_id, "active")
        assert await finds(world, email) == {str(person_id)}


async def test_the_survivor_of_a_merge_is_found_by_the_address_it_took_over(world: World) -> None:
    email = an_address()
    gone, stays = await a_known_person(world, email), await a_known_person(world)
    async with world.acting() as ctx:
        tombstone = await ctx.db.get(Person, (world.organization_id, gone))
        survivor = await ctx.db.get(Person, (world.organization_id, stays))
        assert tombstone is not None
        assert survivor is not None
        tombstone.email, tombstone.state = None, "merged"
        await ctx.db.flush()
        survivor.email = email
        ctx.record("person.merged", tombstone, into=stays)
    assert await finds(world, email) == {str(stays)}


async def fails_to_add(world: World, email: str) -> None:
    """The person is there, the reactions have run, and then something breaks."""
    async with world.acting() as ctx:
        person = Person(name="Ada", email=email, created_at=ctx.now, updated_at=ctx.now)
        ctx.db.add(person)
        await ctx.db.flush()
        ctx.record("person.created", person)
        await world.house.seal(ctx)
        raise RuntimeError


async def test_a_change_that_fails_leaves_the_directory_as_it_was(world: World) -> None:
    email = an_address()
    with pytest.raises(RuntimeError):
        await fails_to_add(world, email)
    assert await finds(world, email) == set()


async def test_a_batch_of_people_costs_a_handful_of_statements(world: World) -> None:
    emails = [an_address("batch") for _ in range(200)]
    said: list[str] = []

    def listen(_c: object, _u: object, statement: str, *_more: object) -> None:
        if "directory" in statement or statement.startswith("SELECT"):
            said.append(statement)

    async with world.acting() as ctx:
        people = [Person(name="Ada", email=one, created_at=ctx.now, updated_at=ctx.now) for one in emails]
        ctx.db.add_all(people)
        await ctx.db.flush()
        for person in people:
            ctx.record("person.created", person)
        engine = world.house.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", listen)
        await world.house.seal(ctx)
        event.remove(engine, "before_cursor_execute", listen)
        ctx.facts.clear()
    assert len(said) <= 3
    assert len(await finds(world, emails[0])) == len(await finds(world, emails[-1])) == 1
