"""Many changes in one request: each for itself, in the order that references ask for, up to the errors allowed."""

from typing import Any

import pytest
from sqlalchemy import update

from peergroup.people.models import Person
from tests.people.factories import an_email, events_of
from tests.scim.directory import BULK, Directory, a_directory, group, patch, refused, user
from tests.world import World


async def done(directory: Directory, *operations: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    answer = await directory.ask("POST", "/Bulk", {"schemas": [BULK], "Operations": list(operations)} | more)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/scim+json"
    return list(answer.json().get("Operations", []))


def posts(path: str, data: dict[str, Any], bulk_id: str) -> dict[str, Any]:
    return {"method": "POST", "path": path, "bulkId": bulk_id, "data": data}


async def test_a_group_and_its_members_come_at_once(world: World) -> None:
    directory = await a_directory(world)
    first, second, third = await done(
        directory,
        posts("/Groups", group("Leaders", "bulkId:ada", "bulkId:bob"), "group"),
        posts("/Users", user(an_email("ada")), "ada"),
        posts("/Users", user(an_email("bob")), "bob"),
    )
    assert [one["status"] for one in (first, second, third)] == ["201", "201", "201"]
    people = {one["location"].rpartition("/")[2] for one in (second, third)}
    assert await directory.members(first["location"].rpartition("/")[2]) == people


async def test_what_fails_takes_nothing_else_with_it(world: World) -> None:
    directory = await a_directory(world)
    ada = await directory.user("ada")
    told = await events_of(world, ada)
    taken, made, changed, unknown, gone = await done(
        directory,
        posts("/Users", user("ADA"), "taken"),
        posts("/Users", user("bob"), "bob"),
        {
            "method": "PATCH",
            "path": f"/Users/{ada}",
            "data": patch({"op": "replace", "path": "title", "value": "C"}),
        },
        {"method": "PUT", "path": f"/Users/{'0' * 8}-0000-0000-0000-{'0' * 12}", "data": user("x")},
        {"method": "DELETE", "path": f"/Users/{ada}", "version": 'W/"99-99"'},
    )
    assert [one["status"] for one in (taken, made, changed, unknown, gone)] == [
        "409",
        "201",
        "200",
        "404",
        "412",
    ]
    assert taken["response"]["scimType"] == "uniqueness"
    assert "location" not in taken
    assert len(await directory.found("/Users")) == 2
    more = [type_ for type_, _ in await events_of(world, ada)][len(told) :]
    assert more == ["person.updated"], "what was taken back is told by no event"


async def test_what_failed_half_way_is_taken_back(world: World) -> None:
    """The title is written, and told, before it turns out that the last owner stays: nothing of that stays."""
    directory, email = await a_directory(world), an_email("owner")
    async with world.acting() as ctx:
        mine = update(Person).where(Person.id == world.owner.person_id)
        await ctx.db.execute(mine.values(email=email, email_folded=email))
    owner = await directory.user(email)
    told = await events_of(world, owner)
    both = patch(
        {"op": "replace", "path": "title", "value": "CEO"},
        {"op": "replace", "path": "active", "value": False},
    )
    failed, made = await done(
        directory,
        {"method": "PATCH", "path": f"/Users/{owner}", "data": both},
        posts("/Users", user("new"), "new"),
    )
    assert (failed["status"], made["status"]) == ("409", "201")
    read = (await directory.ask("GET", f"/Users/{owner}")).json()
    assert ("title" in read, read["active"]) == (False, True)
    assert await events_of(world, owner) == told


async def test_a_request_stops_at_the_errors_that_it_allows(world: World) -> None:
    directory = await a_directory(world)
    await directory.user("ada")
    outcomes = await done(
        directory,
        posts("/Users", user("first"), "a"),
        posts("/Users", user("ada"), "b"),
        posts("/Users", user("last"), "c"),
        failOnErrors=1,
    )
    assert [one["status"] for one in outcomes] == ["201", "409"]
    assert {one["userName"] for one in await directory.found("/Users")} == {"ada", "first"}


@pytest.mark.parametrize(
    ("operation", "status"),
    [
        ({"method": "POST", "path": "/Users", "bulkId": "a", "data": {}}, "400"),
        ({"method": "POST", "path": "/Users", "bulkId": "a"}, "400"),
        ({"method": "POST", "path": "/Bulk", "bulkId": "a", "data": {}}, "400"),
        ({"method": "POST", "path": "/Nothing", "bulkId": "a", "data": {}}, "404"),
        ({"method": "DELETE", "path": "/Users"}, "405"),
        ({"method": "DELETE", "path": "/Users/nobody"}, "404"),
        ({"method": "PATCH", "path": "/Users/bulkId:unknown", "data": patch()}, "409"),
        (posts("/Groups", group("Leaders", "bulkId:a"), "a"), "409"),
    ],
)
async def test_each_operation_is_refused_for_itself(
    world: World, operation: dict[str, Any], status: str
) -> None:
    directory = await a_directory(world)
    first, second = await done(directory, operation, posts("/Users", user("fine"), "fine"))
    assert (first["status"], second["status"]) == (status, "201"), first
    assert first["response"]["status"] == status


async def test_too_many_operations_are_refused(world: World) -> None:
    directory = await a_directory(world)
    body = {"schemas": [BULK], "Operations": [{"method": "DELETE", "path": "/Users/nobody"}] * 101}
    assert refused(await directory.ask("POST", "/Bulk", body), 413)
    assert refused(await directory.ask("POST", "/Bulk", {"schemas": [BULK]}), 400, "invalidValue")
