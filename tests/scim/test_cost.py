"""What a request costs: a few statements, however many there are; a page of the most results in bounded time."""

import time

import pytest

from peergroup.kit.ids import new_id
from peergroup.people.models import Person
from peergroup.scim.models import ScimUser
from tests.people.factories import an_email
from tests.scim.directory import Directory, a_directory, patch
from tests.sessions.test_cost import statements
from tests.world import World


async def many(world: World, directory: Directory, count: int) -> None:
    """This many more users."""
    async with world.acting() as ctx:
        ids = [new_id() for _ in range(count)]
        ctx.db.add_all(Person(id=one, name="Somebody", created_at=ctx.now, updated_at=ctx.now) for one in ids)
        await ctx.db.flush()
        ctx.db.add_all(
            ScimUser(person_id=one, user_name=f"user.{one}", created_at=ctx.now, updated_at=ctx.now, given=[])
            for one in ids
        )
    assert len(await directory.found(f"/Users?count={count}")) == min(count, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/Users?count=200",
        "/Users?startIndex=3&count=2&sortBy=userName",
        '/Users?filter=userName sw "user"',
        "/Groups?count=200",
        '/Groups?excludedAttributes=members&filter=displayName eq "Leaders"',
    ],
)
async def test_a_list_takes_as_many_statements_for_many_as_for_few(world: World, path: str) -> None:
    directory, counts = await a_directory(world), []
    for more in (4, 40):
        await many(world, directory, more)
        people = [one["id"] for one in await directory.found("/Users?count=5")]
        for _ in range(more // 2):
            await directory.group("Leaders", *people)
        await directory.ask("GET", path)
        with statements(world) as asked:
            assert (await directory.ask("GET", path)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= (3 if path.startswith("/Groups?count") else 2), asked


async def test_one_user_takes_one_statement_and_a_change_few(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.user(an_email("ada"))
    with statements(world) as asked:
        assert (await directory.ask("GET", f"/Users/{made}")).status_code == 200
    assert len(asked) == 1, asked
    change = patch({"op": "replace", "path": "title", "value": "CEO"})
    with statements(world) as asked:
        assert (await directory.ask("PATCH", f"/Users/{made}", change)).status_code == 200
    assert len(asked) <= 8, asked


async def test_a_page_of_the_most_results_is_there_within_a_second(world: World) -> None:
    directory = await a_directory(world)
    await many(world, directory, 210)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        assert len(await directory.found("/Users?count=1000")) == 200
        took.append(time.perf_counter() - began)
    assert min(took) < 1, took
