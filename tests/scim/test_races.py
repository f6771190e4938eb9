"""Two requests of a directory at once: one of them is first, and what both did is what one after the other does."""

import asyncio

from tests.people.factories import a_person, an_email
from tests.scim.directory import a_directory, patch, states, user
from tests.world import World


async def test_one_of_two_equal_users_is_made(world: World) -> None:
    directory = await a_directory(world)
    both = await asyncio.gather(
        *(directory.ask("POST", "/Users", user(name)) for name in ("ada", "ADA", "Ada"))
    )
    assert sorted(answer.status_code for answer in both) == [201, 409, 409]
    assert {answer.json().get("scimType") for answer in both if answer.status_code == 409} == {"uniqueness"}
    assert len(await directory.found("/Users")) == 1
    assert len((await world.owner.get("/people?q=ada")).json()["items"]) == 1, "nobody is left behind"


async def test_somebody_who_is_here_already_is_linked_once(world: World) -> None:
    directory, email = await a_directory(world), an_email("crm")
    known = await a_person(world, email=email)
    address = [{"value": email}]
    both = await asyncio.gather(
        *(directory.ask("POST", "/Users", user(name, emails=address)) for name in ("one", "two"))
    )
    assert sorted(answer.status_code for answer in both) == [201, 409]
    (linked,) = await directory.found("/Users")
    assert linked["id"] == known["id"]


async def test_a_name_that_two_want_is_one_s(world: World) -> None:
    directory = await a_directory(world)
    people = [await directory.user(name) for name in ("one", "two")]
    wanted = patch({"op": "replace", "path": "userName", "value": "boss"})
    both = await asyncio.gather(*(directory.ask("PATCH", f"/Users/{one}", wanted) for one in people))
    assert sorted(answer.status_code for answer in both) == [200, 409]


async def test_members_added_at_once_are_both_there_and_once(world: World) -> None:
    directory = await a_directory(world)
    people = [await directory.user(name) for name in ("ada", "bob", "eve")]
    group = await directory.group("Leaders")
    wanted = [
        patch({"op": "add", "path": "members", "value": [{"value": one}]}) for one in (*people, people[0])
    ]
    both = await asyncio.gather(*(directory.ask("PATCH", f"/Groups/{group}", one) for one in wanted))
    assert {answer.status_code for answer in both} == {204}
    assert await states(world, group) == dict.fromkeys(people, "invited")


async def test_of_two_who_read_the_same_version_one_changes_it(world: World) -> None:
    directory = await a_directory(world)
    people = [await directory.user(name) for name in ("ada", "bob")]
    made = await directory.group("Leaders")
    path = f"/Groups/{made}"
    read = (await directory.ask("GET", path)).headers["etag"]
    both = await asyncio.gather(
        *(
            directory.ask(
                "PATCH",
                path,
                patch({"op": "add", "path": "members", "value": [{"value": one}]}),
                If_Match=read,
            )
            for one in people
        )
    )
    assert sorted(answer.status_code for answer in both) == [204, 412]
    assert len(await directory.members(made)) == 1
