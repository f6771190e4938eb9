"""The value exchange, step by step over HTTP, with what each step refuses."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import delete

from peergroup.facilitation.models import Contribution
from tests.facilitation.factories import Run, a_run, in_days
from tests.facilitation.test_refusals import refused
from tests.groups.factories import GroupOf, a_group, a_member
from tests.world import Actor, World

KEEP, STOP, START = "We begin on time.", "Phones on the table.", "Read the covenant aloud."


async def a_retrospective(world: World, group: GroupOf | None = None) -> Run:
    return await a_run(world, "value_exchange", members=4, group=group)


async def advance(run: Run, **body: Any) -> dict[str, Any]:
    return await run.must("advance", body or None)


async def cards(run: Run, kind: str, who: Actor | None = None) -> list[dict[str, Any]]:
    return await run.said_to(who or run.moderator, kind=kind)


async def mark(who: Actor, card: str, name: str) -> Any:
    return await who.put(f"/contributions/{card}/marks/{name}")


async def to_the_board(run: Run) -> tuple[list[str], list[str]]:
    """Steps 1 to 4: every member has said what carries and what hinders; ids of both lists' cards."""
    for member in run.members:
        await run.say(member, "acknowledgement", "I will keep them.")
    await advance(run)
    for kind in ("support", "hinder"):
        for place, member in enumerate(run.members):
            await run.say(member, kind, f"{KEEP if kind == 'support' else STOP} {place}")
        await advance(run)
    return [one["id"] for one in await cards(run, "support")], [
        one["id"] for one in await cards(run, "hinder")
    ]


async def to_the_plan(run: Run) -> list[str]:
    """Steps 1 to 5: three of four cards chosen on each list, and four proposals; their ids."""
    for name, ids in zip(("support", "hinder"), await to_the_board(run), strict=True):
        for member in run.members:
            for card in ids[:3]:
                assert (await mark(member, card, name)).status_code == 200
    await advance(run)
    made = [await run.say(member, "proposal", f"{START} {n}") for n, member in enumerate(run.members)]
    await advance(run)
    return [one["id"] for one in made]


async def test_everybody_acknowledges_the_ground_rules_first(world: World) -> None:
    run = await a_retrospective(world)
    ada = run.members[0]
    assert "ground rules" in (await run.seen_by(ada))["phase"]["title"].lower()
    refused(await run.post(ada, "support"), 409, "not_accepted")
    await run.say(ada, "acknowledgement")
    refused(await run.post(ada, "acknowledgement"), 409, "not_accepted")
    problem = refused(await run.verb("advance"), 409, "guard_failed")
    assert [one["code"] for one in problem["guards"]] == ["everyone_posted_or_passed"]
    for member in run.members[1:]:
        await run.say(member, "acknowledgement")
    assert (await advance(run))["phase"]["key"] == "going_well"


async def test_nobody_reads_a_card_before_the_review_the_facilitator_included(world: World) -> None:
    run = await a_retrospective(world)
    await run.go_to("going_well")
    card = await run.say(run.members[0], "support", KEEP)
    refused(await run.post(run.members[0], "hinder"), 409, "not_accepted")
    for phase in ("going_well", "stop_doing"):
        await run.go_to(phase)
        for reader in (run.moderator, *run.members[1:]):
            assert KEEP not in str(await run.said_to(reader))
            assert (await reader.get(f"/contributions/{card['id']}")).status_code == 404
            assert (await mark(reader, card["id"], "support")).status_code == 404
    noted = await run.post(run.moderator, "hinder", recorded_for=str(run.members[1].person_id))
    refused(noted, 409, "not_accepted")


async def test_cards_come_back_without_names_and_duplicates_are_merged_before_the_first_mark(
    world: World,
) -> None:
    run = await a_retrospective(world)
    support, hinder = await to_the_board(run)
    assert sorted(one["body"] for one in await cards(run, "support")) == [f"{KEEP} {n}" for n in range(4)]
    assert all(
        one["author"] is None and not one["mine"] for one in await cards(run, "support", run.members[0])
    )
    ada = run.members[0]
    refused(await run.post(ada, "support"), 409, "not_accepted")
    path = f"/contributions/{support[0]}/merge"
    refused(await ada.post(path, {"into": support[1]}), 403, "forbidden")
    refused(await run.moderator.post(path, {"into": hinder[0]}), 422, "invalid")
    refused(await run.moderator.post(path, {"into": support[0]}), 422, "invalid")
    merged = await run.moderator.post(path, {"into": support[1]})
    assert merged.json()["merged_into_id"] == support[1]
    refused(await mark(ada, support[0], "support"), 409, "not_accepted")
    assert (await mark(ada, support[1], "support")).status_code == 200
    late = await run.moderator.post(f"/contributions/{support[2]}/merge", {"into": support[1]})
    refused(late, 409, "not_accepted")


async def test_everybody_has_three_marks_on_each_list_and_nobody_sees_how_they_fall(world: World) -> None:
    run = await a_retrospective(world)
    support, hinder = await to_the_board(run)
    ada = run.members[0]
    refused(await mark(ada, support[0], "hinder"), 409, "not_accepted")
    refused(await mark(ada, support[0], "action"), 409, "not_accepted")
    for card in support[:3]:
        assert (await mark(ada, card, "support")).status_code == 200
    assert (await mark(ada, support[0], "support")).json()["left"] == 0  # the same mark again
    refused(await mark(ada, support[3], "support"), 409, "budget_spent")
    assert {one["list"]: one["left"] for one in (await run.seen_by(ada))["marks"]} == {
        "support": 0,
        "hinder": 3,
    }
    assert (await ada.delete(f"/contributions/{support[0]}/marks/support")).status_code == 204
    assert (await mark(ada, support[3], "support")).status_code == 200
    shown = await cards(run, "support", run.members[1])
    assert all(one["marks"] == [] for one in shown)
    results = (await run.members[1].get(f"/exercises/{run.id}/results")).json()["lists"]
    assert {one["list"]: (one["state"], one["items"]) for one in results} == {
        "support": ("hidden", []),
        "hinder": ("hidden", []),
    }
    assert (await run.seen_by(ada))["board"] == []
    assert len(hinder) == 4


async def test_the_top_three_are_frozen_and_are_the_board_from_then_on(world: World) -> None:
    run = await a_retrospective(world)
    support, hinder = await to_the_board(run)
    for member in run.members[:3]:
        for card in support[:3]:
            await mark(member, card, "support")
    for member, card in zip(run.members, hinder, strict=True):
        await mark(member, card, "hinder")
    problem = refused(await run.verb("advance", {"override_reason": "No time."}), 409, "guard_failed")
    assert [one["code"] for one in problem["guards"]] == ["top_selected"]
    path = f"/exercises/{run.id}/decisions"
    keep = {"list": "hinder", "keep": hinder[:3], "reason": "We can do something about these."}
    refused(await run.members[0].post(path, keep), 403, "forbidden")
    refused(await run.moderator.post(path, keep | {"keep": hinder[:2]}), 422, "invalid")
    refused(
        await run.moderator.post(path, keep | {"list": "support", "keep": support[:1]}), 409, "guard_failed"
    )
    assert (await run.moderator.post(path, keep)).status_code == 200
    board = (await advance(run))["board"]
    assert [(one["list"], one["phase"]) for one in board] == [
        ("support", "review_vote"),
        ("hinder", "review_vote"),
    ]
    assert [sorted(one["contribution_ids"]) for one in board] == [sorted(support[:3]), sorted(hinder[:3])]
    refused(await mark(run.members[3], support[3], "support"), 409, "not_accepted")
    await run.must("back")
    refused(await mark(run.members[3], support[3], "support"), 409, "not_accepted")
    assert (await advance(run))["board"] == board
    await run.go_to("close")
    assert (await run.seen_by(run.members[0]))["board"][:2] == board


async def test_of_fewer_than_three_voters_no_board_is_shown(world: World) -> None:
    run = await a_retrospective(world)
    support, _ = await to_the_board(run)
    for member in run.members[:2]:
        await mark(member, support[0], "support")
    assert (await advance(run))["board"] == []


async def test_a_tie_is_voted_on_again_where_somebody_has_not_marked(world: World) -> None:
    run = await a_retrospective(world)
    support, _ = await to_the_board(run)
    for member, card in zip(run.members[:3], support, strict=False):
        await mark(member, card, "support")
    await mark(run.members[0], support[3], "support")
    refused(await run.verb("advance", {"override_reason": "On."}), 409, "guard_failed")

    async def shown(who: Actor) -> dict[str, Any]:
        lists = (await who.get(f"/exercises/{run.id}/results")).json()["lists"]
        return next(one for one in lists if one["list"] == "support")

    assert (await shown(run.moderator))["state"] == "hidden"  # somebody may still mark, and change everything
    path = f"/exercises/{run.id}/decisions"
    assert (await run.moderator.post(path, {"list": "support", "run_off": True})).status_code == 200
    for reader in (run.moderator, run.members[3]):
        tied = await shown(reader)
        assert (tied["state"], tied["places"]) == ("tied", 3)
        assert {one["contribution_id"]: one["count"] for one in tied["items"]} == dict.fromkeys(support)
    for member in run.members:
        await mark(member, support[1], "support")
    decision = {"list": "support", "keep": support[:1], "reason": "By the order of the cards."}
    refused(await run.moderator.post(path, decision), 409, "guard_failed")  # nothing is tied any more
    assert (await advance(run))["board"][0]["contribution_ids"] == [support[1]]


async def test_what_is_counted_openly_shows_its_tie_to_everybody(world: World) -> None:
    run = await a_retrospective(world)
    proposals = await to_the_plan(run)
    for member, card in zip(run.members, proposals, strict=True):
        await mark(member, card, "action")
    lists = (await run.members[0].get(f"/exercises/{run.id}/results")).json()["lists"]
    action = next(one for one in lists if one["list"] == "action")
    assert (action["state"], action["places"]) == ("open", 3)
    assert [(one["count"], one["top"]) for one in action["items"]] == [(1, None)] * 4
    await mark(run.members[1], proposals[0], "action")
    lists = (await run.members[0].get(f"/exercises/{run.id}/results")).json()["lists"]
    action = next(one for one in lists if one["list"] == "action")
    assert [(one["count"], one["top"]) for one in action["items"]] == [(2, True), *[(1, None)] * 3]
    assert action["places"] == 2


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
