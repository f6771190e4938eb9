"""Marks: budgets that hold in a race, hidden lists, tops and ties."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from peergroup.facilitation.ballot_models import Mark, SealedMark
from peergroup.facilitation.sealed_models import ExerciseKey
from tests.facilitation.factories import Run, a_run, events_of, written
from tests.facilitation.people import a_protocol
from tests.world import Actor, World

LISTS = (
    "accepts: {everyone: [idea]}",
    "merges: true, exit: [top_selected],"
    " marks: [{list: best, on: [idea], by: everyone, budget: 2, top: 2, tally: TALLY}]",
    "",
)


async def a_vote(world: World, tally: str, *, members: int = 4, ideas: int = 4) -> tuple[Run, list[str]]:
    """An exercise at its vote, with one idea of each of the first members."""
    text = a_protocol(*(line.replace("TALLY", tally) for line in LISTS))
    run = await a_run(world, await written(world, text), members=members)
    cards = [(await run.say(one, "idea"))["id"] for one in run.members[:ideas]]
    await run.must("advance")
    return run, cards


async def mark(actor: Actor, card: str, name: str = "best") -> Any:
    return await actor.put(f"/contributions/{card}/marks/{name}")


async def test_a_list_that_is_not_there_is_answered_with_those_that_are(world: World) -> None:
    run, cards = await a_vote(world, "open")
    path = f"/contributions/{cards[0]}/marks/worst"
    for answer in (await run.members[0].put(path), await run.members[0].delete(path)):
        assert (answer.status_code, answer.json()["code"]) == (409, "not_accepted")
        assert answer.json()["detail"] == "The phase `p2` has no such list. It has: `best`."
        assert answer.json()["lists"] == ["best"]
    await run.must("advance", {"override_reason": "On."})
    gone = await run.members[0].put(f"/contributions/{cards[0]}/marks/best")
    assert gone.json()["detail"] == "The phase `p3` has no such list. It has none."


async def test_a_budget_is_a_budget(world: World) -> None:
    run, cards = await a_vote(world, "open")
    ada = run.members[0]
    assert (await mark(ada, cards[0])).json()["left"] == 1
    assert (await mark(ada, cards[0])).json()["left"] == 1
    assert (await mark(ada, cards[1])).json()["left"] == 0
    spent = await mark(ada, cards[2])
    assert (spent.status_code, spent.json()["code"]) == (409, "budget_spent")
    assert (await ada.delete(f"/contributions/{cards[0]}/marks/best")).status_code == 204
    assert (await ada.delete(f"/contributions/{cards[0]}/marks/best")).status_code == 404
    assert (await run.seen_by(ada))["marks"] == [{"list": "best", "left": 1, "on": ["idea"]}]
    assert (await mark(ada, cards[2])).json()["left"] == 0
    wrong = await mark(ada, cards[2], "worst")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "not_accepted")


async def test_open_marks_show_who_gave_them(world: World) -> None:
    run, cards = await a_vote(world, "open")
    await mark(run.members[1], cards[0])
    shown = next(one for one in await run.said_to(run.members[2]) if one["id"] == cards[0])
    assert [(one["list"], one["count"], one["mine"]) for one in shown["marks"]] == [("best", 1, False)]
    assert [one["id"] for one in shown["marks"][0]["by"]] == [str(run.members[1].person_id)]
    types = [event.type for event in await events_of(world)]
    assert types.count("mark.set") == 1


async def test_hidden_marks_show_nothing_before_the_end_and_leave_no_voter(world: World) -> None:
    run, cards = await a_vote(world, "hidden")
    before = {str(one.person_id): await run.said_to(one) for one in run.members}
    for voter in run.members[:3]:
        await mark(voter, cards[0])
        await mark(voter, cards[1])
    stuck = await run.verb("advance", {"override_reason": "Whatever."})
    assert [guard["code"] for guard in stuck.json()["guards"]] == ["top_selected"]
    assert await run.said_to(run.members[3]) == before[str(run.members[3].person_id)]
    own = next(one for one in await run.said_to(run.members[0]) if one["id"] == cards[0])["marks"][0]
    assert (own["count"], own["mine"], own["by"]) == (None, True, [])
    results = (await run.moderator.get(f"/exercises/{run.id}/results")).json()["lists"]
    assert [(one["state"], one["items"], one["voters"]) for one in results] == [("hidden", [], None)]
    async with world.acting() as ctx:
        marks = list((await ctx.db.scalars(select(SealedMark))).all())
        assert list((await ctx.db.scalars(select(Mark))).all()) == []
    assert len(marks) == 6
    assert len({one.voter for one in marks}) == 3
    assert len({one.card for one in marks}) == 6, "even the same card looks otherwise with another voter"
    known = [str(one.person_id) for one in run.members] + cards
    stored = " ".join(f"{one.voter} {one.card}" for one in marks)
    assert not [one for one in known if one in stored or one.replace("-", "") in stored]
    await run.close_lists()
    await run.must("advance")
    async with world.acting() as ctx:
        assert list((await ctx.db.scalars(select(SealedMark))).all()) == []
    shown = next(one for one in await run.said_to(run.members[3]) if one["id"] == cards[0])["marks"]
    assert [(one["count"], one["mine"], one["by"]) for one in shown] == [(3, False, [])]
    found = (await run.members[3].get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert (found["state"], found["voters"]) == ("decided", 3)
    assert {one["contribution_id"] for one in found["items"] if one["top"]} == set(cards[:2])
    events = [event for event in await events_of(world) if event.type.startswith("mark.")]
    assert events == []
    await run.must("advance")
    async with world.acting() as ctx:
        assert list((await ctx.db.scalars(select(ExerciseKey))).all()) == []


async def test_fewer_than_three_voters_give_no_result(world: World) -> None:
    run, cards = await a_vote(world, "hidden")
    for voter, card in zip(run.members[:2], cards[:2], strict=True):
        await mark(voter, card)
    decisions = f"/exercises/{run.id}/decisions"
    close = {"list": "best", "close": True, "reason": "Nobody else wants to."}
    assert (await run.moderator.post(decisions, {"list": "best", "close": True})).status_code == 422
    for _ in range(2):
        assert (await run.moderator.post(decisions, close)).status_code == 200
    for decision in ({"run_off": True}, {"keep": cards[:1], "reason": "This one."}):
        refused = await run.moderator.post(decisions, {"list": "best"} | decision)
        assert refused.json()["guards"][0]["code"] == "no_tie", "two people's marks are nobody's to look at"
    await run.must("advance")
    found = (await run.moderator.get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert (found["state"], found["items"], found["voters"]) == ("too_few", [], None)
    assert all(one["marks"] == [] for one in await run.said_to(run.moderator))
    ended = [event for event in await events_of(world) if event.type == "phase.ended"]
    assert "marks" not in ended[-1].facts


async def test_a_tie_is_chosen_with_a_reason(world: World) -> None:
    run, cards = await a_vote(world, "hidden", members=3, ideas=3)
    for voter, card in zip(run.members, cards, strict=True):
        await mark(voter, card)
    stuck = await run.verb("advance", {"override_reason": "Whatever."})
    assert [guard["code"] for guard in stuck.json()["guards"]] == ["top_selected"]
    tied = (await run.moderator.get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert (tied["state"], tied["places"]) == ("tied", 2)
    assert [one["count"] for one in tied["items"]] == [None, None, None]
    member = (await run.members[0].get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert (member["state"], member["items"]) == ("hidden", [])
    decisions = f"/exercises/{run.id}/decisions"
    bare = await run.moderator.post(decisions, {"list": "best", "keep": cards[:2]})
    assert bare.status_code == 422
    few = await run.moderator.post(decisions, {"list": "best", "keep": cards[:1], "reason": "One."})
    assert few.status_code == 422
    keep = {"list": "best", "keep": cards[:2], "reason": "The cheapest."}
    assert (await run.members[0].post(decisions, keep)).status_code == 403
    assert (await run.moderator.post(decisions, keep)).status_code == 200
    assert (await run.seen_by(run.members[0]))["marks"] == []
    assert (await mark(run.members[0], cards[2])).json()["code"] == "not_accepted"
    await run.must("advance")
    found = (await run.members[0].get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert (found["state"], found["reason"]) == ("decided", "The cheapest.")
    assert {one["contribution_id"] for one in found["items"] if one["top"]} == set(cards[:2])


async def test_taking_people_out_does_not_tell_who_has_marked(world: World) -> None:
    run, cards = await a_vote(world, "hidden")
    for voter, card in zip(run.members[:3], cards, strict=False):
        await mark(voter, card)
    for other in run.members[1:]:
        path = f"/exercises/{run.id}/participants/{other.person_id}"
        assert (await run.moderator.put(path, {"takes_part": False})).status_code == 200
    refused = await run.moderator.post(f"/exercises/{run.id}/decisions", {"list": "best", "run_off": True})
    assert refused.json()["guards"][0]["code"] == "marks_expected", "the fourth has not marked, out or not"
    for reader in (run.moderator, run.members[0]):
        found = (await reader.get(f"/exercises/{run.id}/results")).json()["lists"][0]
        assert (found["state"], found["places"], found["tied"]) == ("hidden", 0, [])


async def test_a_run_off_is_about_the_tied_ones_alone(world: World) -> None:
    run, cards = await a_vote(world, "open", members=4, ideas=4)
    votes = [(0, 0), (1, 0), (0, 1), (1, 2), (2, 0), (2, 3)]
    for voter, card in votes:
        await mark(run.members[voter], cards[card])
    decisions = f"/exercises/{run.id}/decisions"
    assert (await run.moderator.post(decisions, {"list": "best", "run_off": True})).status_code == 200
    first = await mark(run.members[0], cards[0])
    assert (first.status_code, first.json()["code"]) == (409, "not_accepted")
    now = (await run.members[0].get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert (now["run_off"], now["places"], now["tied"]) == (True, 1, sorted(cards[1:]))
    for voter in run.members[:3]:
        assert (await mark(voter, cards[3])).status_code == 200
    await run.must("advance")
    found = (await run.members[3].get(f"/exercises/{run.id}/results")).json()["lists"][0]
    assert found["state"] == "decided"
    assert {one["contribution_id"] for one in found["items"] if one["top"]} == {cards[0], cards[3]}
    counts = {one["contribution_id"]: (one["count"], one["run_off"]) for one in found["items"]}
    assert counts[cards[3]] == (1, 3)
    assert counts[cards[0]][0] == 3


async def test_duplicates_are_merged_before_the_first_mark(world: World) -> None:
    run, cards = await a_vote(world, "open")
    path = f"/contributions/{cards[1]}/merge"
    assert (await run.members[0].post(path, {"into": cards[0]})).status_code == 403
    assert (await run.moderator.post(path, {"into": cards[1]})).status_code == 422
    merged = await run.moderator.post(path, {"into": cards[0]})
    assert merged.json()["merged_into_id"] == cards[0]
    assert (await mark(run.members[0], cards[1])).json()["code"] == "not_accepted"
    assert (await mark(run.members[0], cards[0])).status_code == 200
    late = await run.moderator.post(f"/contributions/{cards[2]}/merge", {"into": cards[0]})
    assert (late.status_code, late.json()["code"]) == (409, "not_accepted")


@pytest.mark.parametrize("tally", ["open", "hidden"])
async def test_a_mark_on_what_its_author_takes_back_is_free_again(world: World, tally: str) -> None:
    run, cards = await a_vote(world, tally)
    ada, ben = run.members[:2]
    for card in cards[1:3]:
        assert (await mark(ada, card)).status_code == 200
    assert (await mark(ada, cards[0])).json()["code"] == "budget_spent"
    assert (await ben.delete(f"/contributions/{cards[1]}")).status_code == 204
    left = next(one for one in await run.said_to(ada) if one["id"] == cards[1])
    assert (left["deleted"], left["marks"]) == (True, [])
    assert (await run.seen_by(ada))["marks"] == [{"list": "best", "left": 1, "on": ["idea"]}]
    assert (await mark(ada, cards[1])).json()["code"] == "not_accepted"
    assert (await mark(ada, cards[0])).json()["left"] == 0
    assert (await ada.delete(f"/contributions/{cards[2]}/marks/best")).status_code == 204
    assert (await ada.delete(f"/contributions/{cards[2]}/marks/best")).status_code == 404


@pytest.mark.parametrize("is_marked", [False, True])
async def test_what_is_left_of_ones_words_does_not_tell_of_secret_marks(
    world: World, is_marked: bool
) -> None:
    phase = "accepts: {everyone: [idea]}, marks: [{list: best, on: [idea], by: everyone, budget: 2, tally: hidden}]"
    run = await a_run(world, await written(world, a_protocol(phase, "")), members=3)
    ada, ben = run.members[:2]
    first, second = [(await run.say(ada, "idea"))["id"] for _ in range(2)]
    for card in (first, second) if is_marked else ():
        assert (await mark(ben, card)).status_code == 200
    edited = await ada.patch(f"/contributions/{first}", {"body": "Something else."})
    assert edited.json()["revisions"] == []
    assert (await ada.delete(f"/contributions/{second}")).status_code == 204
    assert [one["id"] for one in await run.said_to(ben)] == [first]


async def test_racing_marks_stop_at_the_budget(world: World) -> None:
    for tally in ("open", "hidden"):
        run, cards = await a_vote(world, tally, members=4, ideas=4)
        ada = run.members[0]
        answers = await asyncio.gather(*(mark(ada, card) for card in cards for _ in range(3)))
        assert {one.status_code for one in answers} <= {200, 409, 503}
        async with world.acting() as ctx:
            urn, card = (Mark, "contribution_id") if tally == "open" else (SealedMark, "card")
            marks = list((await ctx.db.scalars(select(urn).where(urn.exercise_id == run.id))).all())
        assert len(marks) == 2
        assert {one.slot for one in marks} == {1, 2}
        assert len({getattr(one, card) for one in marks}) == 2


async def test_racing_posts_stop_at_the_limit(world: World) -> None:
    text = a_protocol("accepts: {everyone: [idea]}, per_person: {idea: 3}")
    run = await a_run(world, await written(world, text), members=3)
    answers = await asyncio.gather(*(run.post(run.members[0], "idea") for _ in range(12)))
    assert sorted(one.status_code for one in answers if one.status_code != 503).count(201) == 3
    assert len(await run.said_to(run.moderator)) == 3


async def test_racing_last_advances_finish_once(world: World) -> None:
    run = await a_run(world, "icebreaker_round", members=2)
    for member in run.members:
        await run.say(member, "answer")
    answers = await asyncio.gather(*(run.verb("advance") for _ in range(8)))
    assert sorted(one.status_code for one in answers)[:1] == [200]
    assert [one.status_code for one in answers].count(200) == 1
    assert {one.json()["code"] for one in answers if one.status_code == 409} <= {"invalid_transition"}
    types = [event.type for event in await events_of(world)]
    assert (types.count("exercise.finished"), types.count("phase.ended")) == (1, 1)
