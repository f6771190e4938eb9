"""Cases: raised when something changed, seen by the moderators alone, and by none of them about themselves."""

from typing import Any

import pytest
from sqlalchemy import func, select

from peergroup.groups.case_models import Case
from peergroup.kit.events import Event
from peergroup.kit.jobs import Job
from peergroup.people.models import Company, Person
from peergroup.worker import Worker
from tests.groups.factories import GroupOf, a_group, a_member, invited, verb
from tests.people.factories import a_company, an_email
from tests.sessions.factories import marked
from tests.sessions.test_attendance import missed
from tests.world import Actor, World, a_world


async def cases_of(group: GroupOf, by: Actor | None = None, **query: str) -> list[dict[str, Any]]:
    """What the moderator of a group looks after."""
    answer = await (by or group.moderator).get(f"/groups/{group.id}/cases", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def close(by: Actor, case: dict[str, Any], **how: Any) -> Any:
    return await by.post(f"/cases/{case['id']}/close", {"reason": "We talked."} | how)


async def works_for(world: World, company: str | None, *people: Actor) -> None:
    for person in people:
        answer = await world.owner.patch(f"/people/{person.person_id}", {"company_id": company})
        assert answer.status_code == 200, answer.text


async def a_conflict(world: World) -> tuple[GroupOf, str, dict[str, Any]]:
    """Ben has moved to the company of Ada, who is in the group with him."""
    group = await a_group(world, members=3)
    company = await a_company(world, "Analytical Engines")
    await works_for(world, company, *group.members[:2])
    (case,) = await cases_of(group)
    return group, company, case


async def test_who_moves_to_the_company_of_another_member_is_a_case(world: World) -> None:
    group, _, case = await a_conflict(world)
    ada, ben, _ = group.members
    assert (case["kind"], case["state"], case["person"]["id"]) == ("conflict", "open", str(ben.person_id))
    assert case["findings"] == [f"conflict:{ada.person_id}"]
    assert case["allowed_actions"] == ["close"]


async def test_nobody_but_the_moderators_learns_of_a_case(world: World) -> None:
    group, _, case = await a_conflict(world)
    other = await a_group(world, members=0)
    stranger = (await a_world(world.house, world.client)).owner
    service = await world.service("groups:read", "groups:write", "events:read")
    for who, status in (
        (group.members[0], 403),
        (group.members[2], 403),
        (world.owner, 403),
        (service, 403),
        (other.moderator, 404),
        (await invited(world, group), 403),
        (stranger, 404),
    ):
        assert (await who.get(f"/groups/{group.id}/cases")).status_code == status
        assert (await close(who, case)).status_code == 404
        assert (await who.get(f"/cases/{case['id']}/actions")).status_code == 404
        told = (await who.get("/events", params={"types": "case.*"})).json().get("items", [])
        assert told == []
    told = (await group.moderator.get("/events", params={"types": "case.*"})).json()["items"]
    assert [(one["type"], one["facts"]["person_id"]) for one in told] == [
        ("case.opened", str(group.members[1].person_id))
    ]
    assert str(group.members[0].person_id) not in str(told), "it names nobody else"


async def test_a_case_about_a_moderator_is_for_the_other_ones(world: World) -> None:
    group = await a_group(world, members=2)
    path = f"/memberships/{group.memberships[group.members[0].person_id]}"
    assert (await group.moderator.patch(path, {"role": "co_moderator"})).status_code == 200
    co, ada = group.members
    await works_for(world, await a_company(world, "Engines"), ada, group.moderator)
    assert await cases_of(group) == []
    (case,) = await cases_of(group, co)
    assert case["person"]["id"] == str(group.moderator.person_id)
    assert (await close(group.moderator, case)).status_code == 404
    assert (await group.moderator.get("/events", params={"types": "case.*"})).json()["items"] == []
    assert (await verb(co, group, co, "leave")).status_code == 200
    assert len(await cases_of(group)) == 1, "somebody has to look after it"


async def test_a_case_is_closed_with_a_reason_and_what_was_decided(world: World) -> None:
    group, company, case = await a_conflict(world)
    assert (await group.moderator.post(f"/cases/{case['id']}/close")).status_code == 422
    assert (await close(group.moderator, case, decision="introduce")).status_code == 422
    for decision in ({"decision": "introduce", "group_id": group.id}, {"decision": "settled"}):
        assert (await close(group.moderator, case, **decision)).status_code == 422
    stale = await group.moderator.call(
        "POST", f"/cases/{case['id']}/close", json={"reason": "R."}, headers={"If-Match": '"9"'}
    )
    assert stale.status_code == 412
    done = await close(group.moderator, case, decision="talk")
    assert done.status_code == 200, done.text
    closed = done.json()
    assert (closed["state"], closed["decision"], closed["reason"]) == ("closed", "talk", "We talked.")
    assert closed["closed_by"]["name"] == "Mona Moderator"
    assert (await close(group.moderator, case)).json()["code"] == "invalid_transition"
    assert await cases_of(group, state="open") == []
    assert len(await cases_of(group, state="closed", kind="conflict")) == 1
    await works_for(world, company, group.members[2])
    (again,) = await cases_of(group, state="open")
    assert again["findings"] == sorted(f"conflict:{one.person_id}" for one in group.members[:2])


async def test_waiving_a_case_waives_the_connection_for_both(world: World) -> None:
    group, _, case = await a_conflict(world)
    assert (await close(group.moderator, case, decision="waive")).status_code == 200
    waivers = (await group.moderator.get(f"/groups/{group.id}/admission-checks/waivers")).json()["items"]
    assert [(one["finding"], one["reason"]) for one in waivers] == [(case["findings"][0], "We talked.")]
    for one in group.members[:2]:
        assert (await verb(one, group, one, "take_leave")).status_code == 200
        assert (await verb(one, group, one, "resume")).status_code == 200
    assert await cases_of(group, state="open") == []


async def test_a_waiver_beside_the_case_settles_it(world: World) -> None:
    group, _, case = await a_conflict(world)
    body = {"person_id": case["person"]["id"], "finding": case["findings"][0], "reason": "Fine."}
    assert (
        await group.moderator.post(f"/groups/{group.id}/admission-checks/waivers", body)
    ).status_code == 201
    (after,) = await cases_of(group)
    assert (after["state"], after["decision"], after["closed_by"]) == ("closed", "settled", None)


@pytest.mark.parametrize("end", ["moves", "leaves"])
@pytest.mark.parametrize("place", [0, 1])
async def test_a_case_whose_reason_is_gone_settles_itself(world: World, end: str, place: int) -> None:
    group, _, case = await a_conflict(world)
    who = group.members[place]
    if end == "leaves":
        assert (await verb(who, group, who, "leave")).status_code == 200
    else:
        await works_for(world, None, who)
    (after,) = await cases_of(group)
    assert (after["id"], after["state"], after["decision"]) == (case["id"], "closed", "settled")


async def test_competitors_become_a_case_and_partners_again_settle_it(world: World) -> None:
    group = await a_group(world, members=2)
    ours, theirs = await a_company(world, "Ours"), await a_company(world, "Theirs")
    ada, ben = group.members
    await works_for(world, ours, ada)
    await works_for(world, theirs, ben)
    assert await cases_of(group) == []
    path = f"/companies/{ours}/relations/{theirs}"
    assert (await world.owner.put(path, {"relation": "competitor"})).status_code == 200
    (case,) = await cases_of(group)
    assert case["person"]["id"] == str(ben.person_id), "whoever came last"
    assert (await world.owner.put(path, {"relation": "none"})).status_code == 200
    assert await cases_of(group, state="open") == []


async def test_a_company_of_five_hundred_is_looked_at_by_a_job(world: World) -> None:
    groups = [await a_group(world, members=2) for _ in range(6)]
    ours, theirs = await a_company(world, "Ours"), await a_company(world, "Theirs")
    for group in groups:
        await works_for(world, ours, group.members[0])
        await works_for(world, theirs, group.members[1])
    async with world.acting() as ctx:
        company = await ctx.db.scalar(select(Company.id).where(Company.name == "Ours"))
        ctx.db.add_all(
            Person(name=f"P {n}", company_id=company, created_at=ctx.now, updated_at=ctx.now)
            for n in range(500)
        )
    path = f"/companies/{ours}/relations/{theirs}"
    assert (await world.owner.put(path, {"relation": "customer"})).status_code == 200
    assert [await cases_of(group) for group in groups] == [[]] * 6
    await Worker(world.house).drain()
    assert [len(await cases_of(group)) for group in groups] == [1] * 6


async def test_many_who_move_at_once_are_looked_at_by_a_job(world: World) -> None:
    groups = [await a_group(world, members=2) for _ in range(6)]
    emails = {one.person_id: an_email() for group in groups for one in group.members}
    for person, email in emails.items():
        assert (await world.owner.patch(f"/people/{person}", {"email": email})).status_code == 200
    for group, person in zip(groups, [g.members[0] for g in groups], strict=True):
        back = await verb(group.moderator, group, person, "reinstate")
        assert back.status_code == 200, back.text
        back = await verb(group.moderator, group, group.members[1], "reinstate")
        assert back.status_code == 200, back.text
    records = [
        {"source": "crm", "external_id": str(person), "name": "N", "email": email, "company": "One"}
        for person, email in emails.items()
    ]
    taken = await world.owner.post("/people/batch?on_conflict=link", {"people": records})
    assert taken.json()["summary"]["updated"] == 12, taken.text
    async with world.acting() as ctx:
        assert await ctx.db.scalar(select(func.count()).where(Job.kind == "recheck_people")) == 1
    await Worker(world.house).drain()
    assert [len(await cases_of(group)) for group in groups] == [1] * 6


async def test_missing_too_often_is_a_case_in_the_same_list(world: World) -> None:
    group = await a_group(world)
    sessions = await missed(world, group, group.members[0], 3)
    (case,) = await cases_of(group)
    assert (case["kind"], case["misses"], case["findings"]) == ("attendance", 3, [])
    assert (await close(group.moderator, case, decision="waive")).status_code == 422
    assert (await close(group.moderator, case, decision="talk")).status_code == 200
    for session in sessions:
        assert (await marked(group.moderator, session, group.members[1], "absent")).status_code == 200
    assert len(await cases_of(group, state="open")) == 1
    assert (await verb(group.members[1], group, group.members[1], "leave")).status_code == 200
    assert await cases_of(group, state="open") == []


async def test_who_outgrew_a_group_is_suggested_to_another_one_and_decides(world: World) -> None:
    group = await a_group(world, members=2)
    ada, ben = group.members
    assert (
        await verb(ben, group, ben, "leave", {"reason": "outgrown", "handover": False})
    ).status_code == 200
    assert await cases_of(group) == []
    assert (await verb(ada, group, ada, "leave", {"reason": "outgrown"})).status_code == 200
    (case,) = await cases_of(group)
    assert (case["kind"], case["person"]["id"]) == ("handover", str(ada.person_id))
    other, unseen = await a_group(world, members=0), await a_group(world, members=0)
    await a_member(world, other, group.moderator)
    for wrong in (unseen.id, group.id, str(ada.person_id)):
        refused = await close(group.moderator, case, decision="introduce", group_id=wrong)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/group_id")
    done = await close(group.moderator, case, decision="introduce", group_id=other.id)
    assert done.status_code == 200, done.text
    (suggestion,) = await cases_of(other)
    assert (suggestion["kind"], suggestion["person"]["id"]) == ("suggestion", str(ada.person_id))
    assert suggestion["suggested_by"]["id"] == str(group.moderator.person_id)
    assert (await ada.get(f"/groups/{other.id}")).status_code == 404, "nothing happens without an invitation"
    async with world.acting() as ctx:
        only_for = (await ctx.db.scalars(select(Event.only_for).where(Event.type.startswith("case.")))).all()
    assert set(only_for) == {group.moderator.person_id, other.moderator.person_id}


async def test_whoever_is_in_the_other_group_needs_no_suggestion(world: World) -> None:
    group = await a_group(world, members=1)
    other = await a_group(world, members=0)
    ada = group.members[0]
    await a_member(world, other, group.moderator)
    await a_member(world, other, ada)
    assert (await verb(ada, group, ada, "leave", {"reason": "outgrown"})).status_code == 200
    group.memberships[ada.person_id] = ""
    (case,) = await cases_of(group)
    refused = await close(group.moderator, case, decision="introduce", group_id=other.id)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert len(await cases_of(group, state="open")) == 1


async def test_a_case_follows_the_survivor_of_a_merge(world: World) -> None:
    group, _, _ = await a_conflict(world)
    ada, ben, cleo = group.members
    into = await world.person("Ada Again")
    merged = await world.owner.post(f"/people/{ada.person_id}/merge", {"into": str(into.person_id)})
    assert merged.status_code == 200, merged.text
    (after,) = await cases_of(group)
    assert (after["state"], after["findings"]) == ("open", [f"conflict:{into.person_id}"])
    resolve = [{"conflict": f"membership:{group.id}", "keep": "into"}]
    body = {"into": str(cleo.person_id), "resolve": resolve}
    merged = await world.owner.post(f"/people/{ben.person_id}/merge", body)
    assert merged.status_code == 200, merged.text
    (after,) = await cases_of(group, state="open")
    assert after["person"]["id"] == str(cleo.person_id)
    resolve = [{"conflict": f"membership:{group.id}", "keep": "into"}]
    body = {"into": str(into.person_id), "resolve": resolve}
    merged = await world.owner.post(f"/people/{cleo.person_id}/merge", body)
    assert merged.status_code == 200, merged.text
    assert await cases_of(group, state="open") == [], "nobody is connected with themselves"


async def test_two_cases_of_one_human_become_one(world: World) -> None:
    group = await a_group(world)
    ada, again = group.members
    for session in await missed(world, group, ada, 3):
        assert (await marked(group.moderator, session, again, "absent")).status_code == 200
    assert len(await cases_of(group, state="open")) == 2
    resolve = [{"conflict": f"membership:{group.id}", "keep": "into"}]
    body = {"into": str(again.person_id), "resolve": resolve}
    merged = await world.owner.post(f"/people/{ada.person_id}/merge", body)
    assert merged.status_code == 200, merged.text
    (case,) = await cases_of(group, state="open")
    assert case["person"]["id"] == str(again.person_id)


async def test_reasons_of_cases_go_with_the_person(world: World) -> None:
    group, _, case = await a_conflict(world)
    assert (await close(group.moderator, case, decision="talk", reason="canary")).status_code == 200
    gone = await world.owner.post(f"/people/{case['person']['id']}/erase", {"words": "remove"})
    assert gone.status_code == 202
    await Worker(world.house).drain()
    async with world.acting() as ctx:
        assert (await ctx.db.scalars(select(Case.reason))).all() == [None]
