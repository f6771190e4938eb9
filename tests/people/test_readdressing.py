"""Whoever sets an address may sign in with it: so nobody becomes a member of a group by changing one."""

from typing import Any

import httpx
import pytest
from sqlalchemy import update

from peergroup.people.models import Person
from tests.groups.factories import GroupOf, a_group, verb
from tests.people.factories import an_email, events_of
from tests.world import Actor, World


async def a_group_with_addresses(world: World) -> GroupOf:
    """A group whose members can be mailed, as everybody who signs in can."""
    group = await a_group(world, members=2)
    for member in group.members:
        await reach(world, member, an_email())
    return group


async def reach(world: World, who: Actor, email: str | None) -> None:
    """Somebody has had this address all along."""
    async with world.acting() as ctx:
        await ctx.db.execute(
            update(Person)
            .where(Person.organization_id == world.organization_id, Person.id == who.person_id)
            .values(email=email, email_folded=email)
        )


async def state_of(group: GroupOf, member: Actor) -> str:
    answer = await group.moderator.get(f"/memberships/{group.memberships[member.person_id]}")
    return str(answer.json()["state"])


async def patched(world: World, who: Actor) -> httpx.Response:
    crm = await world.service("people:write")
    return await crm.patch(f"/people/{who.person_id}", {"email": an_email()})


async def cleared(world: World, who: Actor) -> httpx.Response:
    return await world.owner.patch(f"/people/{who.person_id}", {"email": None})


async def synced(world: World, who: Actor) -> httpx.Response:
    known = (await world.owner.get(f"/people/{who.person_id}")).json()
    header = "Record ID,First Name,Last Name,Email"
    for email in (known["email"], an_email()):
        made = await world.owner.post(
            "/sync-runs", {"source": "hubspot", "mode": "delta", "on_conflict": "link"}
        )
        path = f"/sync-runs/{made.json()['id']}"
        row = f"{header}\n881,Ada,Lovelace,{email}\n".encode()
        sent = {"Content-Type": "text/csv"}
        uploaded = await world.owner.call("POST", f"{path}/records", content=row, headers=sent)
        assert uploaded.status_code == 200, uploaded.text
        answer = await world.owner.post(f"{path}/apply")
    return answer


async def given_a_first_one(world: World, who: Actor) -> httpx.Response:
    await reach(world, who, None)
    return await world.owner.patch(f"/people/{who.person_id}", {"email": an_email()})


async def linked(world: World, who: Actor) -> httpx.Response:
    crm = await world.service("people:write")
    known = (await world.owner.get(f"/people/{who.person_id}")).json()
    path = "/people/by-reference/crm/777"
    tied = await crm.put(
        path, {"name": known["name"], "email": known["email"]}, params={"on_conflict": "link"}
    )
    assert tied.json()["id"] == str(who.person_id), tied.text
    return await crm.put(path, {"name": known["name"], "email": an_email()})


async def batched(world: World, who: Actor) -> httpx.Response:
    crm = await world.service("people:write")
    known = (await world.owner.get(f"/people/{who.person_id}")).json()
    record = {"source": "crm", "external_id": "778", "name": known["name"], "email": known["email"]}
    tied = await crm.post("/people/batch", {"people": [record]}, params={"on_conflict": "link"})
    assert tied.status_code == 200, tied.text
    others = [{"source": "crm", "external_id": f"n{n}", "name": "New", "email": an_email()} for n in range(3)]
    return await crm.post("/people/batch", {"people": [*others, record | {"email": an_email()}]})


async def merged_without_one(world: World, who: Actor) -> httpx.Response:
    await reach(world, who, None)
    return await merged(world, who)


async def merged(world: World, who: Actor) -> httpx.Response:
    puppet = await world.owner.post("/people", {"name": "Puppet", "email": an_email()})
    answer = await world.owner.post(f"/people/{who.person_id}/merge", {"into": puppet.json()["id"]})
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    "way", [patched, cleared, given_a_first_one, linked, batched, synced, merged, merged_without_one]
)
async def test_who_is_reached_elsewhere_reads_nothing_until_a_moderator_says_it_is_them(
    world: World, way: Any
) -> None:
    group = await a_group_with_addresses(world)
    ada, ben = group.members
    done = await way(world, ada)
    assert done.status_code == 200, done.text
    assert [await state_of(group, one) for one in (ada, ben)] == ["suspended", "active"]
    if way not in (merged, merged_without_one):
        assert (await ada.get(f"/groups/{group.id}/challenges")).status_code == 404
        assert (await events_of(world, str(ada.person_id)))[-1][0] == "person.address_changed"
    told = (await ben.get("/events", params={"limit": 200, "types": "membership.suspended"})).json()["items"]
    assert [one["facts"]["by"] for one in told] == ["address"]
    assert (await verb(ada, group, ada, "reinstate")).status_code in (401, 403)
    assert (await verb(world.owner, group, ada, "reinstate")).status_code == 403
    path = f"/memberships/{group.memberships[ada.person_id]}"
    assert "reinstate them" in (await group.moderator.get(path)).json()["reason"]
    assert (await ben.get(path)).json().get("reason") is None
    back = await verb(group.moderator, group, ada, "reinstate")
    assert (back.status_code, back.json()["state"], back.json()["reason"]) == (200, "active", None)


async def test_another_spelling_of_the_same_mailbox_is_no_change(world: World) -> None:
    group = await a_group_with_addresses(world)
    ada = group.members[0]
    email = (await world.owner.get(f"/people/{ada.person_id}")).json()["email"]
    assert (await world.owner.patch(f"/people/{ada.person_id}", {"email": email.upper()})).status_code == 200
    assert await state_of(group, ada) == "active"


async def test_who_leads_the_group_vouches_by_doing_it(world: World) -> None:
    group = await a_group_with_addresses(world)
    ada = group.members[0]
    named = await world.owner.put(f"/people/{group.moderator.person_id}/organization-role", {"role": "admin"})
    assert named.status_code == 200, named.text
    changed = await group.moderator.patch(f"/people/{ada.person_id}", {"email": an_email()})
    assert changed.status_code == 200, changed.text
    assert await state_of(group, ada) == "active"


async def test_a_survivor_who_takes_over_the_mailbox_is_not_doubted(world: World) -> None:
    group = await a_group_with_addresses(world)
    ada = group.members[0]
    other = (await world.owner.post("/people", {"name": "Ada Again"})).json()["id"]
    assert (await world.owner.post(f"/people/{ada.person_id}/merge", {"into": other})).status_code == 200
    assert await state_of(group, ada) == "active"
