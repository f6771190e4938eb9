"""Introductions: recorded once, credited to whoever made them, and to the connector when somebody becomes active."""

from typing import Any

import pytest

from tests.groups.factories import GroupOf, a_group, invited, provisional, verb
from tests.groups.test_guests import a_guest
from tests.sessions.factories import a_session
from tests.world import Actor, World, a_world


async def introduced(by: Actor, group: GroupOf, *pair: Actor) -> Any:
    body = dict(zip(("person_id", "other_id"), (str(one.person_id) for one in pair), strict=True))
    return await by.post(f"/groups/{group.id}/introductions", body)


async def credits_in(
    group: GroupOf, by: Actor | None = None, **query: str
) -> list[tuple[str, str, str | None]]:
    """Introducer, person and, of two members, the other one, by name; the newest first."""
    answer = await (by or group.moderator).get(f"/groups/{group.id}/introductions", params=query)
    assert answer.status_code == 200, answer.text
    return [
        (one["introducer"]["name"], one["person"]["name"], (one["other"] or {}).get("name"))
        for one in answer.json()["items"]
    ]


async def test_a_member_introduces_two_others_and_gets_the_credit_once(world: World) -> None:
    group = await a_group(world, members=3)
    ada, ben, cleo = group.members
    made = await introduced(ada, group, ben, cleo)
    assert made.status_code == 201, made.text
    assert (made.json()["kind"], made.json()["introducer"]["id"]) == ("members", str(ada.person_id))
    for again in ((ben, cleo), (cleo, ben)):
        assert (await introduced(ada, group, *again)).status_code == 409
    assert (await introduced(group.moderator, group, ben, cleo)).status_code == 201
    assert await credits_in(group, introducer_id=str(ada.person_id)) == [(ada.name, ben.name, cleo.name)]
    assert len(await credits_in(group, cleo)) == 2
    told = (await cleo.get("/events", params={"types": "introduction.*"})).json()["items"]
    assert {one["facts"]["credited_id"] for one in told} == {
        str(ada.person_id),
        str(group.moderator.person_id),
    }


async def test_only_people_of_the_group_are_introduced_and_nobody_introduces_themselves(world: World) -> None:
    group, other = await a_group(world, members=2), await a_group(world, members=1)
    ada, ben = group.members
    session = await a_session(world, group)
    elsewhere = (await a_world(world.house, world.client)).owner
    outsiders = [
        other.members[0],
        elsewhere,
        await world.person(),
        await a_guest(world, group, session["id"]),
    ]
    for outsider in (*outsiders, await invited(world, group), ada):
        for pair, pointer in (((ben, outsider), "/other_id"), ((outsider, ben), "/person_id")):
            refused = await introduced(ada, group, *pair)
            assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await introduced(ada, group, ben, ben)).status_code == 422
    assert await credits_in(group) == []


async def test_introductions_are_made_by_members_and_read_by_the_roster(world: World) -> None:
    group = await a_group(world, members=3)
    ada, ben, cleo = group.members
    assert (await verb(cleo, group, cleo, "take_leave")).status_code == 200
    service = await world.service("groups:read", "groups:write")
    for who, status in (
        (cleo, 403),
        (world.owner, 403),
        (service, 403),
        (await provisional(world, group), 403),
        (await world.person(), 404),
    ):
        assert (await introduced(who, group, ada, ben)).status_code == status
    assert (await introduced(group.moderator, group, ada, ben)).status_code == 201
    path = f"/groups/{group.id}/introductions"
    for who, status in (
        (cleo, 200),
        (world.owner, 200),
        (service, 200),
        (await invited(world, group), 403),
        (await world.person(), 404),
    ):
        assert (await who.get(path)).status_code == status


async def test_the_connector_is_credited_when_somebody_becomes_active(world: World) -> None:
    group = await a_group(world, members=1)
    connector, ada = await world.person("Carla Connector"), await world.person("Ada")
    body = {"person_id": str(ada.person_id), "connector_id": str(connector.person_id)}
    made = await group.moderator.post(f"/groups/{group.id}/memberships", body)
    group.memberships[ada.person_id] = made.json()["id"]
    assert (await verb(ada, group, ada, "accept")).status_code == 200
    assert (await ada.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    assert await credits_in(group) == [], "not before"
    assert (await verb(group.moderator, group, ada, "activate")).status_code == 200
    assert await credits_in(group) == [("Carla Connector", "Ada", None)]
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    again = await group.moderator.post(f"/groups/{group.id}/memberships", body)
    group.memberships[ada.person_id] = again.json()["id"]
    assert (await verb(ada, group, ada, "accept")).status_code == 200
    assert (await verb(group.moderator, group, ada, "activate")).status_code == 200
    assert len(await credits_in(group)) == 1, "and once"


async def test_nobody_is_their_own_connector(world: World) -> None:
    group, ada = await a_group(world, members=0), await world.person()
    body = {"person_id": str(ada.person_id), "connector_id": str(ada.person_id)}
    refused = await group.moderator.post(f"/groups/{group.id}/memberships", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/connector_id")


@pytest.mark.parametrize(("one", "into", "left"), [(0, 1, 0), (1, 2, 0), (1, 3, 1)])
async def test_a_merge_leaves_no_introduction_to_oneself(
    world: World, one: int, into: int, left: int
) -> None:
    group = await a_group(world, members=4)
    assert (await introduced(group.members[0], group, *group.members[1:3])).status_code == 201
    resolve = [{"conflict": f"membership:{group.id}", "keep": "into"}]
    body = {"into": str(group.members[into].person_id), "resolve": resolve}
    merged = await world.owner.post(f"/people/{group.members[one].person_id}/merge", body)
    assert merged.status_code == 200, merged.text
    found = await credits_in(group)
    assert len(found) == left
    assert all("merged" not in name for row in found for name in row if name)
