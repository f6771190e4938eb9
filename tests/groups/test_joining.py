"""Joining a group: invitation, acceptance, signature, activation; each with what stands in its way."""

from sqlalchemy import update

from peergroup.kit.ids import new_id
from peergroup.people.models import Company, Person
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.groups.factories import a_group, a_member, invited, provisional, verb
from tests.world import Actor, World, a_world


async def test_somebody_is_invited_accepts_signs_and_becomes_active(world: World) -> None:
    group = await a_group(world, members=0)
    ada = await provisional(world, group)
    active = await verb(group.moderator, group, ada, "activate")
    assert (active.status_code, active.json()["state"], active.json()["seat_no"]) == (200, "active", 1)
    seen = await ada.get(f"/groups/{group.id}")
    assert {entry["role"] for entry in seen.json()["roster"]} == {"moderator", "member"}


async def test_an_invitation_by_address_finds_or_makes_the_person(world: World) -> None:
    group = await a_group(world, members=0)
    body = {"person": {"name": "Grace", "email": "Grace@Example.com"}}
    first = await group.moderator.post(f"/groups/{group.id}/memberships", body)
    other = await a_group(world, members=0)
    again = await other.moderator.post(
        f"/groups/{other.id}/memberships", {"person": {"name": "G.", "email": "grace@example.COM"}}
    )
    assert first.json()["person"] == again.json()["person"]


async def test_nobody_is_invited_twice(world: World) -> None:
    group = await a_group(world, members=0)
    ada = await invited(world, group)
    again = await group.moderator.post(f"/groups/{group.id}/memberships", {"person_id": str(ada.person_id)})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


async def test_only_the_invited_person_accepts(world: World) -> None:
    group = await a_group(world, members=1)
    ada = await invited(world, group)
    assert (await verb(group.moderator, group, ada, "accept")).status_code == 403
    assert (await verb(world.owner, group, ada, "accept")).status_code == 403
    assert (await verb(ada, group, ada, "accept")).status_code == 200
    again = await verb(ada, group, ada, "accept")
    assert (again.status_code, again.json()["allowed"]) == (409, ["leave"])


async def test_nobody_is_activated_unsigned(world: World) -> None:
    group = await a_group(world, members=0)
    ada = await provisional(world, group, signed=False)
    refused = await verb(group.moderator, group, ada, "activate")
    assert (refused.status_code, refused.json()["guards"][0]["code"]) == (409, "covenant_unsigned")
    reasons = await group.moderator.get(f"/memberships/{group.memberships[ada.person_id]}/actions")
    activate = next(one for one in reasons.json()["actions"] if one["verb"] == "activate")
    assert (activate["possible"], activate["reasons"][0]["code"]) == (False, "covenant_unsigned")


async def test_a_full_group_takes_nobody_more(world: World) -> None:
    group = await a_group(world, members=1, capacity=1)
    late = await provisional(world, group)
    refused = await verb(group.moderator, group, late, "activate")
    assert refused.json()["guards"][0]["code"] == "no_seat"


async def test_an_invitation_expires_after_fourteen_days(world: World, clock: Clock) -> None:
    group = await a_group(world, members=0)
    early, late = await invited(world, group), await invited(world, group)
    clock.forward(days=14, minutes=1)
    refused = await verb(early, group, early, "accept")
    assert refused.json()["guards"][0]["code"] == "invitation_expired"
    await Worker(world.house).drain()
    gone = await late.get(f"/memberships/{group.memberships[late.person_id]}")
    assert gone.json()["state"] == "expired"


async def test_a_colleague_is_a_conflict_until_it_is_waived(world: World) -> None:
    group = await a_group(world, members=1)
    ada = await provisional(world, group)
    await _same_company(world, ada, group.members[0])
    refused = await verb(group.moderator, group, ada, "activate")
    assert refused.json()["guards"][0]["code"] == "conflict"
    check = await group.moderator.post(
        f"/groups/{group.id}/admission-checks", {"person_id": str(ada.person_id)}
    )
    finding = next(one for one in check.json()["findings"] if one["code"] == "conflict")
    assert (check.json()["admissible"], finding["result"]) == (False, "waivable")
    body = {"person_id": str(ada.person_id), "finding": finding["finding"], "reason": "Both know and agree."}
    assert (await ada.post(f"/groups/{group.id}/admission-checks/waivers", body)).status_code == 403
    for nobody in (str(new_id()), str((await a_world(world.house, world.client)).owner.person_id)):
        unknown = await group.moderator.post(f"/groups/{group.id}/admission-checks", {"person_id": nobody})
        assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/person_id")
    assert (
        await group.moderator.post(f"/groups/{group.id}/admission-checks/waivers", body)
    ).status_code == 201
    again = await group.moderator.post(f"/groups/{group.id}/admission-checks/waivers", body)
    assert again.status_code == 409
    assert (await verb(group.moderator, group, ada, "activate")).status_code == 200


async def _same_company(world: World, *people: Actor) -> None:
    async with world.acting() as ctx:
        company = Company(name="Acme", name_folded="acme", created_at=ctx.now)
        ctx.db.add(company)
        await ctx.db.flush()
        ids = [person.person_id for person in people]
        await ctx.db.execute(update(Person).where(Person.id.in_(ids)).values(company_id=company.id))


async def test_a_member_does_not_invite(world: World) -> None:
    group = await a_group(world, members=1)
    somebody = await world.person()
    refused = await group.members[0].post(
        f"/groups/{group.id}/memberships", {"person_id": str(somebody.person_id)}
    )
    assert refused.status_code == 403
    assert (await somebody.get(f"/groups/{group.id}")).status_code == 404


async def test_a_moderator_does_not_appoint_moderators(world: World) -> None:
    group = await a_group(world, members=0)
    somebody = await world.person()
    body = {"person_id": str(somebody.person_id), "role": "moderator"}
    assert (await group.moderator.post(f"/groups/{group.id}/memberships", body)).status_code == 403
    assert (await world.owner.post(f"/groups/{group.id}/memberships", body)).status_code == 201


async def test_a_retried_invitation_is_one_invitation(world: World) -> None:
    group = await a_group(world, members=0)
    somebody = await world.person()
    call = {"json": {"person_id": str(somebody.person_id)}, "headers": {"Idempotency-Key": "invite-1"}}
    first = await group.moderator.call("POST", f"/groups/{group.id}/memberships", **call)
    again = await group.moderator.call("POST", f"/groups/{group.id}/memberships", **call)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["location"]) == (first.content, first.headers["location"])
    assert again.headers["idempotent-replayed"] == "true"
    other = {
        "json": {"person_id": str(group.moderator.person_id)},
        "headers": {"Idempotency-Key": "invite-1"},
    }
    reused = await group.moderator.call("POST", f"/groups/{group.id}/memberships", **other)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")


async def test_members_take_the_lowest_free_seats(world: World) -> None:
    group = await a_group(world, members=2)
    assert (await verb(group.members[0], group, group.members[0], "leave")).status_code == 200
    third = await a_member(world, group)
    seen = await third.get(f"/memberships/{group.memberships[third.person_id]}")
    assert seen.json()["seat_no"] == 1
