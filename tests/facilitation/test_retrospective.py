"""The value exchange, step by step over HTTP, with what each step refuses."""

from typing import Any

from tests.facilitation.factories import refused
from tests.facilitation.retrospective import (
    KEEP,
    a_retrospective,
    advance,
    cards,
    mark,
    to_the_board,
    to_the_plan,
)
from tests.world import Actor, World


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
    for member in run.members:
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


async def test_nobody_waits_for_marks_where_there_is_nothing_to_mark(world: World) -> None:
    run = await a_retrospective(world)
    await run.go_to("going_well")
    for member in run.members:
        await run.say(member, "support")
    await run.go_to("stop_doing")
    for member in run.members[:2]:
        await run.say(member, "hinder")  # too few: nobody ever reads these
    await run.go_to("review_vote")
    card = (await run.said_to(run.moderator, kind="support"))[0]["id"]
    waiting = refused(await run.verb("advance"), 409, "guard_failed")["guards"][0]["detail"]
    assert waiting.startswith("Not everybody has marked in: support. ")
    for member in run.members:
        await mark(member, card, "support")
    await run.must("advance")


async def test_a_tie_is_voted_on_again_where_somebody_has_not_marked(world: World) -> None:
    run = await a_retrospective(world)
    support, _ = await to_the_board(run)
    for member, card in zip(run.members[:3], support, strict=False):
        await mark(member, card, "support")
    await mark(run.members[0], support[3], "support")
    waiting = refused(await run.verb("advance", {"override_reason": "On."}), 409, "guard_failed")
    assert waiting["guards"][0]["detail"].startswith("Not everybody has marked in: support, hinder.")

    async def shown(who: Actor) -> dict[str, Any]:
        lists = (await who.get(f"/exercises/{run.id}/results")).json()["lists"]
        return next(one for one in lists if one["list"] == "support")

    assert (await shown(run.moderator))["state"] == "hidden"  # somebody may still mark, and change everything
    path = f"/exercises/{run.id}/decisions"
    early = refused(await run.moderator.post(path, {"list": "support", "run_off": True}), 409, "guard_failed")
    assert early["guards"][0]["code"] == "marks_expected"
    close = {"list": "support", "close": True, "reason": "Three are enough."}
    refused(await run.members[0].post(path, close), 403, "forbidden")
    assert (await run.moderator.post(path, close)).status_code == 200
    refused(await mark(run.members[3], support[0], "support"), 409, "not_accepted")
    assert (await shown(run.moderator))["state"] == "tied"
    assert (await shown(run.members[0]))["state"] == "hidden"
    assert (await run.moderator.post(path, {"list": "support", "run_off": True})).status_code == 200
    for reader in (run.moderator, run.members[3]):
        tied = await shown(reader)
        assert (tied["state"], tied["places"], tied["run_off"]) == ("tied", 3, True)
        assert tied["tied"] == sorted(support)
        assert {one["contribution_id"]: one["count"] for one in tied["items"]} == dict.fromkeys(support)
    for member in run.members:
        await mark(member, support[1], "support")
    decision = {"list": "support", "keep": support[:1], "reason": "By the order of the cards."}
    refused(await run.moderator.post(path, decision), 409, "guard_failed")  # nothing is tied any more
    assert (await run.moderator.post(path, close | {"list": "hinder"})).status_code == 200
    assert (await run.must("advance"))["board"][0]["contribution_ids"] == [support[1]]
    settled = await shown(run.members[0])
    assert (settled["state"], settled["reason"]) == ("decided", None), (
        "closing the first vote decided nothing"
    )


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
