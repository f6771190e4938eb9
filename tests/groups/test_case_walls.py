"""Cases and waivers: nobody decides about themselves, and what was known ends with the office, or with the person."""

from sqlalchemy import select

from peergroup.groups.case_models import Case
from peergroup.groups.models import Membership
from peergroup.worker import Worker
from tests.groups.factories import GroupOf, verb
from tests.groups.test_cases import a_conflict, close
from tests.world import Actor, World


async def a_co_moderator(group: GroupOf, whom: Actor) -> None:
    path = f"/memberships/{group.memberships[whom.person_id]}"
    assert (await group.moderator.patch(path, {"role": "co_moderator"})).status_code == 200


async def test_nobody_waives_what_stands_in_their_own_way(world: World) -> None:
    group, _, _ = await a_conflict(world)
    ada, ben, _ = group.members
    path = f"/groups/{group.id}/admission-checks/waivers"
    for mine, other in ((ada, ben), (ben, ada)):
        await a_co_moderator(group, mine)
        for person, finding in ((mine, other), (other, mine)):
            body = {"person_id": str(person.person_id), "finding": f"conflict:{finding.person_id}"}
            assert (await mine.post(path, body | {"reason": "I am fine."})).status_code == 403
    body = {"person_id": str(ben.person_id), "finding": f"conflict:{ada.person_id}", "reason": "Fine."}
    assert (await group.moderator.post(path, body)).status_code == 201


async def test_what_only_moderators_may_know_ends_with_their_office(world: World) -> None:
    group, _, case = await a_conflict(world)
    await a_co_moderator(group, group.members[2])
    assert (await close(group.moderator, case, decision="waive")).status_code == 200
    third = group.members[2]

    async def heard(who: Actor) -> set[str]:
        events = (await who.get("/events?limit=200")).json()["items"]
        return {one["type"] for one in events if one["type"].startswith(("case.", "admission."))}

    assert await heard(third) == {"case.closed", "admission.waived"}
    assert await heard(group.members[0]) == set()
    path = f"/memberships/{group.memberships[third.person_id]}"
    assert (await group.moderator.patch(path, {"role": "member"})).status_code == 200
    assert await heard(third) == set()
    assert await heard(group.moderator) == {"case.opened", "case.closed", "admission.waived"}


async def test_reasons_and_farewells_are_forgotten_with_a_person(world: World) -> None:
    group, _, case = await a_conflict(world)
    ada, ben, carl = group.members
    assert (await close(group.moderator, case, decision="waive", reason="They agreed.")).status_code == 200
    body = {"reason": "other", "farewell": "Thank you, all."}
    assert (await verb(ada, group, ada, "leave", body)).status_code == 200
    for one in (ada, carl):
        erased = await world.owner.post(f"/people/{one.person_id}/erase", {"words": "remove"})
        assert erased.status_code == 202
    await Worker(world.house).drain()
    waivers = (await group.moderator.get(f"/groups/{group.id}/admission-checks/waivers")).json()["items"]
    assert [one["reason"] for one in waivers] == [""]
    async with world.acting() as ctx:
        left = await ctx.db.scalars(select(Membership).where(Membership.person_id == ada.person_id))
        assert {(one.reason, one.farewell) for one in left} == {(None, None)}
        assert await ctx.db.scalar(select(Case.reason).where(Case.reason.is_not(None))) is None
    assert ben.person_id is not None
