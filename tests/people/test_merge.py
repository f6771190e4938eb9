"""Two entries that are one human; what other rooms know of them is settled through the registry alone."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from peergroup.kit.context import Context
from peergroup.people import merging
from peergroup.people.merging import Conflict
from tests.people.factories import a_person, an_email, events_of
from tests.world import World


@dataclass
class ARoom:
    """A room above people that holds one thing of each person, and of which a person can have only one."""

    held: dict[UUID, str] = field(default_factory=dict)

    async def conflicts(self, _ctx: Context, person_id: UUID, into_id: UUID) -> list[Conflict]:
        if person_id in self.held and into_id in self.held:
            return [Conflict("thing:1", "both_have_one", "Both have a thing.")]
        return []

    async def move(self, _ctx: Context, person_id: UUID, into_id: UUID, resolve: Mapping[str, str]) -> None:
        mine = self.held.pop(person_id, None)
        if mine is not None and (into_id not in self.held or resolve["thing:1"] == "this"):
            self.held[into_id] = mine


@pytest.fixture
def a_room() -> Iterator[ARoom]:
    room = ARoom()
    merging.register("a room of the tests", conflicts=room.conflicts, move=room.move)
    yield room
    del merging.estates["a room of the tests"]


async def _two(world: World) -> tuple[str, str]:
    this = await a_person(world, name="Twice", email=an_email(), company="Engines", offers=["maths"])
    into = await a_person(world, name="Once", job_title="Engineer")
    return this["id"], into["id"]


async def test_the_survivor_gets_the_references_and_what_it_lacked(world: World) -> None:
    this = (
        await world.owner.put(
            "/people/by-reference/crm/K-1",
            {"name": "Twice", "email": an_email("Ada"), "company": "Engines", "job_title": "CTO"},
        )
    ).json()
    into = await a_person(world, name="Once", job_title="Engineer")
    answer = await world.owner.post(f"/people/{this['id']}/merge", {"into": into["id"]})
    assert answer.status_code == 200, answer.text
    tombstone = answer.json()
    assert (tombstone["state"], tombstone["merged_into"]) == ("merged", into["id"])
    assert (tombstone["email"], tombstone["company"], tombstone["references"]) == (None, None, [])
    assert tombstone["name"] != "Twice"
    survivor = (await world.owner.get(f"/people/{into['id']}")).json()
    assert (survivor["name"], survivor["job_title"]) == ("Once", "Engineer")
    assert (survivor["email"], survivor["company"]["name"]) == (this["email"], "Engines")
    assert survivor["references"] == [{"source": "crm", "external_id": "K-1"}]
    facts = {"from": "active", "to": "merged", "into": into["id"]}
    assert (await events_of(world, this["id"]))[-1] == ("person.merged", facts)
    assert (await events_of(world, into["id"]))[-1] == (
        "person.updated",
        {"changed": ["company", "email", "references"]},
    )
    again = await world.owner.put("/people/by-reference/crm/K-1", {"name": "Once"})
    assert (again.status_code, again.json()["id"]) == (200, into["id"])


async def test_reading_a_merged_person_leads_to_the_survivor_over_any_number_of_merges(world: World) -> None:
    first, second = await _two(world)
    third = (await a_person(world))["id"]
    await world.owner.post(f"/people/{first}/merge", {"into": second})
    await world.owner.post(f"/people/{second}/merge", {"into": third})
    for gone in (first, second):
        answer = await world.owner.get(f"/people/{gone}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/people/{third}")
        refused = await world.owner.patch(f"/people/{gone}", {"name": "x"})
        assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")


@pytest.mark.parametrize("state", ["merged", "erased"])
async def test_nobody_is_merged_into_a_tombstone(world: World, state: str) -> None:
    this, into = await _two(world)
    if state == "merged":
        await world.owner.post(f"/people/{into}/merge", {"into": (await a_person(world))["id"]})
    else:
        await world.owner.post(f"/people/{into}/erase", {"words": "remove"})
    answer = await world.owner.post(f"/people/{this}/merge", {"into": into})
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")
    assert (await world.owner.get(f"/people/{this}")).json()["state"] == "active"


async def test_a_merge_into_nobody_or_oneself_is_refused(world: World) -> None:
    this, _ = await _two(world)
    assert (await world.owner.post(f"/people/{this}/merge", {"into": this})).status_code == 422
    assert (await world.owner.post(f"/people/{this}/merge", {"into": "x"})).status_code == 422
    assert (await world.owner.post(f"/people/{this}/merge", {})).status_code == 422
    assert (await world.owner.post(f"/people/{this}/merge", {"into": str(uuid4())})).status_code == 404


async def test_what_both_have_has_to_be_settled_and_stays_where_it_is_said_to(
    world: World, a_room: ARoom
) -> None:
    for keep, left in (("into", "of the survivor"), ("this", "of the other")):
        this, into = await _two(world)
        a_room.held = {UUID(this): "of the other", UUID(into): "of the survivor"}
        answer = await world.owner.post(f"/people/{this}/merge", {"into": into})
        assert (answer.status_code, answer.json()["code"]) == (409, "merge_conflict")
        assert answer.json()["conflicts"] == [
            {"key": "thing:1", "code": "both_have_one", "detail": "Both have a thing."}
        ]
        assert (await world.owner.get(f"/people/{this}")).json()["state"] == "active"
        body = {"into": into, "resolve": [{"conflict": "thing:1", "keep": keep}]}
        assert (await world.owner.post(f"/people/{this}/merge", body)).status_code == 200
        assert a_room.held == {UUID(into): left}


async def test_a_room_moves_what_is_in_nobodys_way(world: World, a_room: ARoom) -> None:
    this, into = await _two(world)
    a_room.held = {UUID(this): "a thing"}
    assert (await world.owner.post(f"/people/{this}/merge", {"into": into})).status_code == 200
    assert a_room.held == {UUID(into): "a thing"}


async def test_settling_a_conflict_that_there_is_not_is_refused(world: World) -> None:
    this, into = await _two(world)
    body = {"into": into, "resolve": [{"conflict": "thing:1", "keep": "into"}]}
    assert (await world.owner.post(f"/people/{this}/merge", body)).status_code == 422
    body["resolve"] = [{"conflict": "thing:1", "keep": "both"}]  # type: ignore[list-item]  # on purpose: not as the others
    assert (await world.owner.post(f"/people/{this}/merge", body)).status_code == 422


async def test_two_who_merge_each_other_at_once_leave_one_survivor(world: World) -> None:
    for _ in range(4):
        this, into = await _two(world)
        answers = await asyncio.gather(
            world.owner.post(f"/people/{this}/merge", {"into": into}),
            world.owner.post(f"/people/{into}/merge", {"into": this}),
        )
        assert sorted(answer.status_code for answer in answers)[0] == 200
        assert sorted(answer.status_code for answer in answers)[1] in (409, 503)
        left = [await world.owner.get(f"/people/{one}") for one in (this, into)]
        assert sorted(answer.status_code for answer in left) == [200, 308]


async def test_an_officer_without_an_address_does_not_get_one_by_an_admins_merge(world: World) -> None:
    admin = await world.person(role="admin", email=an_email())
    other_owner = await world.person("Owner Two", role="owner")
    this, _ = await _two(world)
    await admin.post(f"/people/{this}/merge", {"into": str(other_owner.person_id)})
    assert (await world.owner.get(f"/people/{other_owner.person_id}")).json()["email"] is None
