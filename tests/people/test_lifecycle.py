"""What can happen to a person: every verb from every state by everybody, and the last owner who stays."""

import asyncio
from typing import Any

import pytest

from peergroup.people.lifecycles import PERSON
from tests.people.factories import a_person, an_email, events_of
from tests.world import Actor, World

BODIES: dict[str, Any] = {"erase": {"words": "remove"}}


async def _somebody_in(world: World, state: str) -> str:
    person = (await a_person(world, name="Subject"))["id"]
    if state == "deactivated":
        await world.owner.post(f"/people/{person}/deactivate")
    elif state == "merged":
        survivor = (await a_person(world, name="Survivor"))["id"]
        await world.owner.post(f"/people/{person}/merge", {"into": survivor})
    elif state == "erased":
        await world.owner.post(f"/people/{person}/erase", {"words": "remove"})
    return person


async def _actors(world: World) -> dict[str, Actor]:
    return {
        "owner": world.owner,
        "admin": await world.person(role="admin"),
        "service": await world.service("people:write", "people:read"),
        "member": await world.person(),
        "unscoped": await world.service("people:read"),
    }


@pytest.mark.parametrize("state", PERSON.states)
async def test_every_verb_from_every_state_by_everybody(world: World, state: str) -> None:
    survivor = (await a_person(world, name="Into"))["id"]
    bodies = BODIES | {"merge": {"into": survivor}}
    for verb, row in PERSON.public():
        for who, actor in (await _actors(world)).items():
            person = await _somebody_in(world, state)
            answer = await actor.post(f"/people/{person}/{verb}", bodies.get(verb, {}))
            case = (state, verb, who, answer.text)
            if who == "unscoped":
                assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), case
            elif who == "member":
                assert answer.status_code == 404, case
            elif state in row.sources:
                assert answer.status_code == (202 if verb == "erase" else 200), case
                assert answer.json()["state"] in (row.to, "running"), case
                assert (await events_of(world, person))[-1][0] == row.records, case
            else:
                assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition"), case


async def test_the_actions_of_a_person_name_what_stands_in_the_way(world: World) -> None:
    answer = await world.owner.get(f"/people/{world.owner.person_id}/actions")
    listed = {one["verb"]: one for one in answer.json()["actions"]}
    assert set(listed) == {"deactivate", "merge", "erase"}
    assert listed["deactivate"]["reasons"][0]["code"] == "last_owner"


async def test_a_deactivated_person_is_shut_out_and_comes_back_without_the_role(world: World) -> None:
    admin = await world.person("Ann Admin", role="admin", email=an_email())
    path = f"/people/{admin.person_id}"
    answer = await world.owner.post(f"{path}/deactivate")
    assert (answer.json()["state"], answer.json()["organization_role"]) == ("deactivated", None)
    assert (await admin.get(path)).status_code == 401
    answer = await world.owner.post(f"{path}/reactivate")
    assert (answer.json()["state"], answer.json()["organization_role"]) == ("active", None)
    assert (await events_of(world, admin.person_id or ""))[-1] == (
        "person.reactivated",
        {"from": "deactivated", "to": "active"},
    )


async def test_an_owner_gives_and_takes_roles(world: World) -> None:
    member = await world.person()
    path = f"/people/{member.person_id}/organization-role"
    for role in ("admin", "owner", None):
        answer = await world.owner.put(path, {"role": role})
        assert (answer.status_code, answer.json()["organization_role"]) == (200, role)
    assert (await events_of(world, member.person_id or ""))[-1] == (
        "person.updated",
        {"changed": ["organization_role"]},
    )
    assert (await world.owner.put(path, {"role": "king"})).status_code == 422
    assert (await world.owner.put(path, {})).status_code == 422


async def test_only_an_owner_gives_roles(world: World) -> None:
    admin, member = await world.person(role="admin"), await world.person()
    service = await world.service("organization:write", "people:write", "people:read")
    for actor in (admin, service, member):
        answer = await actor.put(f"/people/{member.person_id}/organization-role", {"role": "admin"})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_role_is_for_active_people(world: World) -> None:
    person = await _somebody_in(world, "deactivated")
    answer = await world.owner.put(f"/people/{person}/organization-role", {"role": "admin"})
    assert answer.json()["guards"][0]["code"] == "not_active"


@pytest.mark.parametrize("way", ["deactivate", "merge", "erase", "role"])
async def test_the_last_owner_stays(world: World, way: str) -> None:
    other = (await a_person(world))["id"]
    bodies: dict[str, Any] = {"merge": {"into": other}, "erase": {"words": "remove"}}
    path = f"/people/{world.owner.person_id}"
    if way == "role":
        answer = await world.owner.put(f"{path}/organization-role", {"role": "admin"})
    else:
        answer = await world.owner.post(f"{path}/{way}", bodies.get(way, {}))
    assert (answer.status_code, answer.json()["code"]) == (409, "guard_failed")
    assert answer.json()["guards"][0]["code"] == "last_owner"


@pytest.mark.parametrize("way", ["role", "deactivate"])
async def test_two_owners_who_demote_each_other_at_once_leave_one(world: World, way: str) -> None:
    for _ in range(5):
        rival = await world.person(role="owner")
        mine, theirs = world.owner, rival

        async def demote(actor: Actor, whom: Actor) -> int:
            if way == "role":
                answer = await actor.put(f"/people/{whom.person_id}/organization-role", {"role": None})
            else:
                answer = await actor.post(f"/people/{whom.person_id}/deactivate")
            return answer.status_code

        statuses = await asyncio.gather(demote(mine, theirs), demote(theirs, mine))
        assert sorted(statuses)[0] == 200
        assert sorted(statuses)[1] in (401, 403, 404, 409), statuses
        world.owner = mine if statuses[0] == 200 else theirs


async def test_a_member_erases_themselves_but_does_not_deactivate_anybody(world: World) -> None:
    member = await world.person(email=an_email())
    path = f"/people/{member.person_id}"
    assert (await member.post(f"{path}/deactivate")).status_code == 403
    assert (await member.post(f"{path}/merge", {"into": str(world.owner.person_id)})).status_code == 403
    assert (await member.post(f"{path}/erase", {"words": "remove"})).status_code == 202
    assert (await member.get(path)).status_code == 401
