"""Records that wait because somebody else has their address, and what becomes of them."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from peergroup.kit.context import get
from peergroup.kit.lifecycle import perform
from peergroup.people import actions as people
from peergroup.people.lifecycles import PERSON
from peergroup.people.models import Person, PersonReference
from peergroup.people.schemas import EraseIn
from peergroup.worker import Worker
from tests.sync.runs import applied, lines, person
from tests.world import Actor, World, a_world

TWICE = lines("1,Maren One,maren@example.com", "2,Maren Two,maren@example.com")


async def waiting(who: Actor, query: str = "") -> list[dict[str, Any]]:
    answer = await who.get(f"/conflicts{query}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def resolve(who: Actor, conflict: dict[str, Any], decision: str, **more: Any) -> Any:
    return await who.post(f"/conflicts/{conflict['id']}/resolve", {"decision": decision}, **more)


async def test_a_conflict_waits_with_what_the_record_says(world: World) -> None:
    run = await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    first = await person(world.owner, "crm", "1")
    assert conflict["candidate"] == {"id": first["id"], "name": "Maren One"}
    assert (conflict["external_id"], conflict["run_id"]) == ("2", run["id"])
    assert conflict["fields"] == {"name": "Maren Two", "email": "maren@example.com"}
    await applied(world.owner, "crm", TWICE)
    assert len(await waiting(world.owner)) == 1
    assert await waiting(world.owner, "?source=other") == []


async def test_linking_makes_the_reference_mean_the_candidate(world: World) -> None:
    await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    answer = await resolve(world.owner, conflict, "link")
    first = await person(world.owner, "crm", "1")
    assert (answer.status_code, answer.json()) == (200, {"status": "updated", "id": first["id"]})
    assert (await person(world.owner, "crm", "2"))["id"] == first["id"]
    assert await waiting(world.owner) == []
    again = await applied(world.owner, "crm", TWICE)
    assert again["summary"]["conflict"] == 0
    assert (await resolve(world.owner, conflict, "link")).status_code == 404


async def test_two_people_stay_two_now_and_in_later_runs(world: World) -> None:
    await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    answer = await resolve(world.owner, conflict, "separate")
    assert (answer.status_code, answer.json()["status"]) == (200, "created")
    second = await person(world.owner, "crm", "2")
    assert (second["name"], second["email"]) == ("Maren Two", None)
    again = await applied(world.owner, "crm", TWICE)
    assert [one["status"] for one in again["results"]] == ["unchanged", "unchanged"]
    assert again["results"][1]["warnings"][0]["code"] == "address_of_another"
    # Another address is not what was settled.
    mended = await applied(world.owner, "crm", lines("2,Maren Two,two@example.com"))
    assert mended["results"][0]["status"] == "updated"
    assert (await person(world.owner, "crm", "2"))["email"] == "two@example.com"


async def test_somebody_known_who_takes_the_address_of_another(world: World) -> None:
    await applied(world.owner, "crm", lines("1,Maren One,maren@example.com", "2,Maren Two,two@example.com"))
    await applied(world.owner, "crm", lines("2,Maren Two,maren@example.com"))
    (conflict,) = await waiting(world.owner)
    second = await person(world.owner, "crm", "2")
    assert conflict["person_id"] == second["id"]
    assert (await resolve(world.owner, conflict, "separate")).json() == {
        "status": "unchanged",
        "id": second["id"],
    }
    assert (await person(world.owner, "crm", "2"))["email"] == "two@example.com"


async def test_a_reference_can_move_to_the_candidate(world: World) -> None:
    await applied(world.owner, "crm", lines("1,Maren One,maren@example.com", "2,Maren Two,two@example.com"))
    await applied(world.owner, "crm", lines("2,Maren Zwei,maren@example.com"))
    (conflict,) = await waiting(world.owner)
    first = await person(world.owner, "crm", "1")
    assert (await resolve(world.owner, conflict, "link")).json()["id"] == first["id"]
    assert (await person(world.owner, "crm", "2"))["name"] == "Maren Zwei"


async def test_a_conflict_ends_when_the_record_is_mended(world: World) -> None:
    await applied(world.owner, "crm", TWICE)
    await applied(world.owner, "crm", lines("2,Maren Two,two@example.com"))
    assert await waiting(world.owner) == []


@pytest.mark.parametrize("decision", ["link", "separate"])
async def test_the_address_may_have_gone_to_somebody_else_meanwhile(world: World, decision: str) -> None:
    await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    await applied(world.owner, "crm", lines("1,Maren One,free@example.com"))
    await applied(world.owner, "crm", lines("3,Third,maren@example.com"))
    answer = await resolve(world.owner, conflict, decision)
    expected = {"link": (409, "reference_conflict"), "separate": (200, None)}[decision]
    assert (answer.status_code, answer.json().get("code")) == expected
    assert len(await waiting(world.owner)) == (1 if decision == "link" else 0)


async def test_forgetting_the_candidate_forgets_the_conflict(world: World) -> None:
    await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    gone = await world.owner.post(f"/people/{conflict['candidate']['id']}/erase", {"words": "remove"})
    assert gone.status_code in (200, 202), gone.text
    # At once: linked to them meanwhile, the record would give them a name and an address again.
    assert await waiting(world.owner) == []
    assert (await resolve(world.owner, conflict, "link")).status_code == 404
    await Worker(world.house).drain()
    async with world.acting() as ctx:
        erased = await ctx.db.scalar(select(Person).where(Person.state == "erased"))
        assert erased is not None
        assert (erased.name, erased.email) == ("A former member", None)


async def test_linking_and_forgetting_at_once_leave_nothing_of_the_person(world: World) -> None:
    await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    async with world.acting() as ctx:
        candidate = await get(ctx, Person, UUID(conflict["candidate"]["id"]), lock=True)
        linking = asyncio.create_task(resolve(world.owner, conflict, "link"))
        await asyncio.sleep(0.3)
        taken = EraseIn(words="remove")
        await perform(ctx, PERSON, "erase", candidate, action=people.erase, taken=taken)
    assert (await linking).status_code == 404
    async with world.acting() as ctx:
        erased = await ctx.db.scalar(select(Person).where(Person.state == "erased"))
        assert erased is not None
        assert (erased.name, erased.email) == ("A former member", None)
        assert await ctx.db.scalar(select(PersonReference.external_id)) is None


async def test_another_organization_settles_nothing_here(world: World) -> None:
    other = await a_world(world.house, world.client)
    await applied(world.owner, "crm", TWICE)
    (conflict,) = await waiting(world.owner)
    assert await waiting(other.owner) == []
    assert (await resolve(other.owner, conflict, "link")).status_code == 404
    blind = await world.service("sync:write")
    refused = await blind.get("/conflicts")
    assert (refused.status_code, "people:read" in refused.json()["detail"]) == (403, True)
    assert len(await waiting(await world.service("sync:write", "people:read"))) == 1
    member = await world.person()
    assert (await member.get("/conflicts")).status_code == 403
    assert (await resolve(member, conflict, "link")).status_code == 403
