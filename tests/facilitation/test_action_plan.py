"""The second half of the value exchange: proposals, who takes them, the minutes, and the next retrospective."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import delete

from peergroup.facilitation.models import Contribution
from peergroup.kit.time import wall_time
from tests.facilitation.factories import in_days, refused
from tests.facilitation.retrospective import (
    KEEP,
    START,
    STOP,
    a_retrospective,
    advance,
    cards,
    mark,
    to_the_plan,
)
from tests.groups.factories import a_group, a_member
from tests.world import World

ZONE = "America/New_York"


async def test_the_last_proposal_of_all_is_not_made_twice(world: World) -> None:
    settings = {"settings": {"shared_limits": ["proposal"]}}
    assert (await world.owner.patch("/organization", settings)).status_code == 200
    run = await a_retrospective(world)
    await run.go_to("start_doing")
    tries = [run.post(member, "proposal") for member in run.members for _ in range(2)]
    answers = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert sorted(answers) == [201] * 3 + [409] * 5


@pytest.mark.parametrize("together", [False, True])
async def test_up_to_three_proposals_each_or_all_together(world: World, together: bool) -> None:
    if together:
        settings = {"settings": {"shared_limits": ["proposal"]}}
        assert (await world.owner.patch("/organization", settings)).status_code == 200
    run = await a_retrospective(world)
    await run.go_to("start_doing")
    ada, ben = run.members[:2]
    made = [await run.say(ada, "proposal") for _ in range(3)]
    problem = refused(await run.post(ada, "proposal"), 409, "not_accepted")
    assert problem["accepts"] == []
    offered = [one["max"] for one in (await run.seen_by(ben))["accepts"]]
    assert offered == ([] if together else [3])
    assert (await run.post(ben, "proposal")).status_code == (409 if together else 201)
    assert (await ada.delete(f"/contributions/{made[0]['id']}")).status_code == 204
    assert (await run.post(ben, "proposal")).status_code == 201
    await run.go_to("close")
    await run.say(ada, "thanks")
    await run.say(ada, "thanks")


async def test_somebody_volunteers_with_one_action_and_a_by_when(world: World) -> None:
    run = await a_retrospective(world)
    proposals = await to_the_plan(run)
    ada, ben = run.members[:2]
    refused(await run.post(ada, "proposal"), 409, "not_accepted")
    refused(await run.post(ada, "volunteer", by_on=in_days(9)), 409, "not_accepted")
    refused(await run.post(ada, "volunteer", parent_id=proposals[0]), 422, "invalid")
    refused(await run.post(ada, "volunteer", parent_id=proposals[0], by_on=in_days(-2)), 422, "invalid")
    await run.say(ada, "volunteer", "I do.", parent_id=proposals[0], by_on=in_days(9), action="Print it.")
    mine = (await ada.get("/commitments?owner=me&state=open")).json()["items"]
    assert [(one["body"], one["action"]) for one in mine] == [("I do.", "Print it.")]
    assigned = {"parent_id": proposals[1], "by_on": in_days(9), "recorded_for": str(ada.person_id)}
    refused(await run.post(ben, "volunteer", **assigned), 403, "forbidden")


async def test_what_was_chosen_and_nobody_takes_is_dropped_in_so_many_words(world: World) -> None:
    run = await a_retrospective(world)
    first, second, third, fourth = await to_the_plan(run)
    for member in run.members[:3]:
        for card in (first, second, third):
            assert (await mark(member, card, "action")).status_code == 200
    await run.say(run.members[0], "volunteer", parent_id=first, by_on=in_days(9))
    problem = refused(await run.verb("advance"), 409, "guard_failed")
    assert [one["code"] for one in problem["guards"]] == ["untaken"]
    path = f"/contributions/{second}/drop"
    refused(await run.members[0].post(path, {"reason": "No."}), 403, "forbidden")
    refused(await run.moderator.post(path, {}), 422, "invalid")
    assert (await run.moderator.post(path, {"reason": "Nobody has the time."})).status_code == 200
    refused(await run.verb("advance"), 409, "guard_failed")
    await advance(run, override_reason="We let the rest go.")
    dropped = {one["id"]: one["dropped"] for one in await cards(run, "proposal")}
    assert dropped == {
        first: None,
        second: "Nobody has the time.",
        third: "We let the rest go.",
        fourth: None,
    }


async def test_the_minutes_name_nobody_and_never_change(world: World) -> None:
    run = await a_retrospective(world)
    moved = await world.owner.patch(f"/groups/{run.group.id}", {"time_zone": ZONE})
    assert moved.status_code == 200, moved.text
    proposals = await to_the_plan(run)
    ada = run.members[0]
    said = await run.say(
        ada, "volunteer", "I do.", parent_id=proposals[0], by_on=in_days(9), action="Print it."
    )
    await advance(run)
    await run.say(ada, "thanks", "For the courage.")
    path = f"/exercises/{run.id}/minutes"
    assert (await ada.get(path)).status_code == 404
    await advance(run)
    minutes = await ada.get(path)
    text = (await ada.get(path, headers={"Accept": "text/markdown"})).text
    ended = wall_time(dt.datetime.fromisoformat(minutes.json()["ended_at"]), ZONE).replace("T", " ")
    assert f"- Ended: {ended} ({ZONE})\n" in text
    assert f"(by {in_days(9)})" in text
    for words in (KEEP, STOP, START, "I do.", "For the courage."):
        assert words.removesuffix(".") in text
        assert words.removesuffix(".") in minutes.text
    for one in (run.moderator, *run.members):
        assert one.name not in text + minutes.text
        assert str(one.person_id) not in text + minutes.text
    review = [one for phase in minutes.json()["phases"] for one in phase["said"] if one["top"]]
    assert {tuple(one["top"]) for one in review} == {("support",), ("hinder",)}
    assert len(review) == 6
    assert (await ada.patch(f"/contributions/{said['id']}", {"body": "I do not."})).status_code == 200
    async with world.acting() as ctx:
        await ctx.db.execute(delete(Contribution).where(Contribution.kind == "thanks"))
    assert (await ada.get(path)).json() == minutes.json()
    for method in ("PUT", "PATCH", "DELETE"):
        assert (await run.moderator.call(method, path)).status_code == 405


async def test_promises_open_the_next_retrospective(world: World) -> None:
    run = await a_retrospective(world)
    proposals = await to_the_plan(run)
    ada, ben = run.members[:2]
    for who, proposal, days in ((ada, proposals[0], 9), (ben, proposals[1], 5)):
        promise = {"parent_id": proposal, "by_on": in_days(days)}
        await run.say(who, "volunteer", f"I take {days}.", **promise)
    assert (await run.seen_by(ada))["carried_over"] == []
    await run.must("finish")
    promised = (await ada.get("/commitments?owner=me")).json()["items"][0]
    assert (await ada.post(f"/commitments/{promised['id']}/complete")).status_code == 200
    late = await a_member(world, run.group)
    following = await a_retrospective(world, run.group)
    seen = (await following.seen_by(ben))["carried_over"]
    assert [one["about"] for one in seen] == [f"{START} 1", f"{START} 0"]
    assert [(one["body"], one["state"], one["mine"]) for one in seen] == [
        ("I take 5.", "open", True),
        ("I take 9.", "done", False),
    ]
    assert seen[0]["owner"]["id"] == str(ben.person_id)
    assert (await following.seen_by(late))["carried_over"] == []  # promised before their time
    assert (await advance(following, override_reason="Read."))["carried_over"] == []
    await following.must("finish")
    third = await a_retrospective(world, run.group)
    assert [one["body"] for one in (await third.seen_by(ada))["carried_over"]] == ["I take 5."]
    elsewhere = await a_retrospective(world, await a_group(world, members=3))
    assert (await elsewhere.seen_by(elsewhere.members[0]))["carried_over"] == []
