"""Companies, what they are to each other, and who is connected through them."""

import asyncio
from uuid import UUID

import pytest

from peergroup.people.connections import connected
from tests.people.factories import a_company, a_person, counted_statements, events_of
from tests.world import World, a_world


async def test_companies_are_added_renamed_and_listed_by_name(world: World) -> None:
    beta, alpha = await a_company(world, "beta"), await a_company(world, "Alpha")
    answer = await world.owner.patch(f"/companies/{beta}", {"name": "Gamma"})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert (await world.owner.get(f"/companies/{beta}")).json() == answer.json()
    listed = await world.owner.get("/companies", params={"limit": 1})
    assert [one["id"] for one in listed.json()["items"]] == [alpha]
    more = await world.owner.get("/companies", params={"cursor": listed.json()["next_cursor"]})
    assert [one["id"] for one in more.json()["items"]] == [beta]
    assert [
        one["id"] for one in (await world.owner.get("/companies", params={"q": "GAM"})).json()["items"]
    ] == [beta]
    assert [kind for kind, _ in await events_of(world, beta)] == ["company.created", "company.updated"]


async def test_a_name_belongs_to_one_company_whatever_its_case(world: World) -> None:
    first = await a_company(world, "Straße & Co")
    answer = await world.owner.post("/companies", {"name": "STRASSE & CO"})
    assert (answer.status_code, answer.json()["code"]) == (409, "company_known")
    assert answer.json()["candidate_id"] == first
    other = await a_company(world, "Other")
    assert (await world.owner.patch(f"/companies/{other}", {"name": "straße & co"})).status_code == 409
    assert (await world.owner.patch(f"/companies/{first}", {"name": "STRASSE & CO"})).status_code == 200
    assert (await world.owner.patch(f"/companies/{first}", {"name": None})).status_code == 422
    asked = [world.owner.post("/companies", {"name": "Raced"}) for _ in range(5)]
    assert sorted(answer.status_code for answer in await asyncio.gather(*asked)) == [201, 409, 409, 409, 409]


async def test_a_relation_reads_from_both_sides(world: World) -> None:
    one, two = await a_company(world, "One"), await a_company(world, "Two")
    for here, there in ((one, two), (two, one)):
        for said, seen in (("customer", "supplier"), ("supplier", "customer"), ("competitor", "competitor")):
            answer = await world.owner.put(f"/companies/{here}/relations/{there}", {"relation": said})
            assert (answer.status_code, answer.json()["relation"]) == (200, said)
            assert answer.json()["other"]["id"] == there
            for side, expected in ((here, said), (there, seen)):
                listed = (await world.owner.get(f"/companies/{side}/relations")).json()["items"]
                assert [entry["relation"] for entry in listed] == [expected]
    ended = await world.owner.put(f"/companies/{one}/relations/{two}", {"relation": "none"})
    assert ended.json()["relation"] == "none"
    assert (await world.owner.get(f"/companies/{two}/relations")).json()["items"] == []


async def test_saying_the_same_again_records_nothing(world: World) -> None:
    one, two = await a_company(world, "One"), await a_company(world, "Two")
    for _ in range(2):
        await world.owner.put(f"/companies/{one}/relations/{two}", {"relation": "customer"})
    await world.owner.put(f"/companies/{two}/relations/{one}", {"relation": "supplier"})
    recorded = [*await events_of(world, one), *await events_of(world, two)]
    changes = [facts for kind, facts in recorded if kind == "company.relation_changed"]
    assert changes == [{"other_id": two, "relation": "customer"}]


async def test_two_who_relate_the_same_companies_at_once_store_one_relation(world: World) -> None:
    one, two = await a_company(world, "One"), await a_company(world, "Two")
    asked = [
        world.owner.put(f"/companies/{here}/relations/{there}", {"relation": said})
        for here, there, said in ((one, two, "customer"), (two, one, "customer"), (one, two, "competitor"))
    ]
    assert {answer.status_code for answer in await asyncio.gather(*asked)} == {200}
    assert len((await world.owner.get(f"/companies/{one}/relations")).json()["items"]) == 1


async def test_a_relation_that_makes_no_sense_is_refused(world: World) -> None:
    one = await a_company(world, "One")
    other = await a_world(world.house, world.client, "Elsewhere")
    theirs = await a_company(other, "Theirs")
    put = world.owner.put
    assert (await put(f"/companies/{one}/relations/{one}", {"relation": "customer"})).status_code == 422
    assert (await put(f"/companies/{one}/relations/{one}x", {"relation": "customer"})).status_code == 422
    assert (await put(f"/companies/{one}/relations/{theirs}", {"relation": "customer"})).status_code == 404
    assert (await put(f"/companies/{theirs}/relations/{one}", {"relation": "customer"})).status_code == 404
    assert (await put(f"/companies/{one}/relations/{theirs}", {"relation": "friend"})).status_code == 422


@pytest.mark.parametrize("name", ["", " ", "a\x00b", "x" * 201, 5, None])
async def test_a_name_that_cannot_be_one_is_refused(world: World, name: object) -> None:
    assert (await world.owner.post("/companies", {"name": name})).status_code == 422


async def test_companies_of_another_organization_are_not_found(world: World) -> None:
    other = await a_world(world.house, world.client, "Elsewhere")
    theirs = await a_company(other, "Theirs")
    assert (await other.owner.get(f"/companies/{theirs}")).status_code == 200
    for answer in (
        await world.owner.get(f"/companies/{theirs}"),
        await world.owner.get(f"/companies/{theirs}/relations"),
        await world.owner.patch(f"/companies/{theirs}", {"name": "Mine"}),
    ):
        assert answer.status_code == 404
    assert (await world.owner.post("/people", {"name": "x", "company_id": theirs})).status_code == 422
    assert await a_company(world, "Theirs") != theirs


async def test_people_are_connected_by_company_and_by_relation_seen_from_the_first(world: World) -> None:
    names = {
        "Colleague": "Home",
        "Rival": "Rivals",
        "Buyer": "Buyers",
        "Seller": "Sellers",
        "Stranger": "Away",
    }
    me = (await a_person(world, name="Me", company="Home"))["id"]
    others = {UUID((await a_person(world, name=n, company=c))["id"]): n for n, c in names.items()}
    others[UUID((await a_person(world, name="Jobless"))["id"])] = "Jobless"
    listed = (await world.owner.get("/companies")).json()["items"]
    companies = {one["name"]: one["id"] for one in listed}
    home = companies["Home"]
    await world.owner.put(f"/companies/{home}/relations/{companies['Rivals']}", {"relation": "competitor"})
    await world.owner.put(f"/companies/{companies['Buyers']}/relations/{home}", {"relation": "supplier"})
    await world.owner.put(f"/companies/{home}/relations/{companies['Sellers']}", {"relation": "supplier"})
    async with world.acting() as ctx:
        with counted_statements(world) as sent:
            found = await connected(ctx, UUID(me), [*others, UUID(me)])
        assert len(sent) == 1
        assert {others[person]: reason for person, reason in found.items()} == {
            "Colleague": "same_company",
            "Rival": "competitor",
            "Buyer": "customer",
            "Seller": "supplier",
        }
        assert await connected(ctx, UUID(me), []) == {}
        jobless = next(person for person, name in others.items() if name == "Jobless")
        assert await connected(ctx, jobless, list(others)) == {}
