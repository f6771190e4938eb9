"""Editing, deleting, noting for somebody, confirming, volunteering and dropping."""

import asyncio
from typing import Any

from tests.facilitation.factories import Run, a_method, a_run, events_of, in_days, written
from tests.facilitation.people import a_protocol
from tests.world import World


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def in_phase(world: World, phase: str) -> Run:
    run = await a_run(world, members=4)
    await run.go_to(phase)
    return run


async def test_before_anybody_could_read_it_an_edit_leaves_no_trace(world: World) -> None:
    run = await in_phase(world, "contribute")
    said = await run.say(run.brains[0], "idea", "First.")
    edited = await run.brains[0].patch(f"/contributions/{said['id']}", {"body": "Second."})
    assert (edited.json()["body"], edited.json()["revisions"]) == ("Second.", [])
    assert edited.headers["etag"].startswith('"2-')
    assert (await run.brains[0].delete(f"/contributions/{said['id']}")).status_code == 204
    assert await run.said_to(run.brains[0]) == []
    assert (await run.brains[0].get(f"/contributions/{said['id']}")).status_code == 404


async def test_after_seeing_others_an_edit_shows_what_stood_there(world: World) -> None:
    run = await in_phase(world, "contribute")
    said = await run.say(run.brains[0], "idea", "First.")
    await run.say(run.brains[1], "idea", "Theirs.")
    path = f"/contributions/{said['id']}"
    assert (await run.brains[0].patch(path, {"body": "Second."})).status_code == 200
    await run.must("advance", {"override_reason": "On."})
    assert (await run.brains[0].patch(path, {"body": "Third."})).status_code == 200
    shown = next(one for one in await run.said_to(run.moderator) if one["id"] == said["id"])
    assert (shown["body"], [one["body"] for one in shown["revisions"]]) == ("Third.", ["First.", "Second."])
    same = await run.brains[0].patch(path, {"body": "Third."})
    assert len(same.json()["revisions"]) == 2


async def test_taking_back_what_others_could_read_leaves_a_gap(world: World) -> None:
    run = await in_phase(world, "clarify")
    said = await run.say(run.brains[0], "question", "What now?")
    await run.say(run.brains[1], "question", "And then?")
    assert (await run.brains[0].delete(f"/contributions/{said['id']}")).status_code == 204
    shown = next(one for one in await run.said_to(run.moderator) if one["id"] == said["id"])
    assert (shown["deleted"], shown["body"], shown["revisions"]) == (True, None, [])
    assert code(await run.brains[0].delete(f"/contributions/{said['id']}")) == (409, "not_accepted")
    assert code(await run.brains[0].patch(f"/contributions/{said['id']}", {"body": "x"})) == (
        409,
        "not_accepted",
    )
    answered = await run.post(run.owner, "answer", parent_id=said["id"])
    assert code(answered) == (422, "invalid")


async def test_ones_own_words_are_ones_own(world: World) -> None:
    run = await in_phase(world, "clarify")
    said = await run.say(run.brains[0], "question")
    for other in (run.brains[1], run.moderator, run.owner):
        assert other is not None
        assert code(await other.patch(f"/contributions/{said['id']}", {"body": "Mine."})) == (
            403,
            "forbidden",
        )
        assert code(await other.delete(f"/contributions/{said['id']}")) == (403, "forbidden")
    stale = await run.brains[0].patch(
        f"/contributions/{said['id']}", {"body": "Late."}, headers={"If-Match": '"7-0"'}
    )
    assert code(stale) == (412, "stale")
    assert code(await run.brains[0].patch(f"/contributions/{said['id']}", {"body": None})) == (422, "invalid")
    assert code(await run.brains[0].patch(f"/contributions/{said['id']}", {"by_on": in_days(3)})) == (
        422,
        "invalid",
    )


async def test_nothing_is_changed_while_paused(world: World) -> None:
    run = await in_phase(world, "clarify")
    said = await run.say(run.brains[0], "question")
    await run.must("pause")
    assert code(await run.brains[0].patch(f"/contributions/{said['id']}", {"body": "x"})) == (
        409,
        "not_accepted",
    )
    assert code(await run.brains[0].delete(f"/contributions/{said['id']}")) == (409, "not_accepted")


async def test_a_moderator_notes_what_somebody_said_and_they_confirm_it(world: World) -> None:
    run = await in_phase(world, "clarify")
    ada, ben = run.brains[:2]
    noted = await run.say(run.moderator, "question", "How much?", recorded_for=str(ada.person_id))
    assert (noted["author"]["id"], noted["recorded_by"]["id"]) == (
        str(ada.person_id),
        str(run.moderator.person_id),
    )
    voices = {one["person"]["id"]: one["voice"] for one in (await run.seen_by(ada))["progress"]["people"]}
    assert voices[str(ada.person_id)] == "posted"
    assert code(await run.post(ben, "question", recorded_for=str(ada.person_id))) == (403, "forbidden")
    path = f"/contributions/{noted['id']}/confirm"
    assert code(await ben.post(path)) == (403, "forbidden")
    assert "confirm" in next(iter(await run.said_to(ada)))["allowed_actions"]
    assert (await ada.post(path)).json()["confirmed_at"] is not None
    assert code(await ada.post(path)) == (409, "not_accepted")
    assert code(await run.post(run.moderator, "answer", recorded_for=str(ada.person_id))) == (
        409,
        "not_accepted",
    )
    await run.go_to("contribute")
    assert code(await run.post(run.moderator, "idea", recorded_for=str(ada.person_id))) == (
        409,
        "not_accepted",
    )


async def test_what_others_marked_is_not_changed_under_them(world: World) -> None:
    phase = "accepts: {everyone: [idea]}, marks: [{list: best, on: [idea], by: everyone, budget: 2}]"
    run = await a_run(world, await written(world, a_protocol(phase)), members=3)
    ada, ben = run.members[:2]
    alone, marked = [await run.say(ada, "idea", text) for text in ("Alone.", "I support X.")]
    assert (await ben.put(f"/contributions/{marked['id']}/marks/best")).status_code == 200
    path = f"/contributions/{marked['id']}"
    turned = await ada.patch(path, {"body": "I support NOT X."})
    assert [one["body"] for one in turned.json()["revisions"]] == ["I support X."]
    quiet = await ada.patch(f"/contributions/{alone['id']}", {"body": "Still alone."})
    assert quiet.json()["revisions"] == []


async def test_a_promise_that_others_count_on_does_not_vanish(world: World) -> None:
    run = await in_phase(world, "commit")
    first = await run.say(run.owner, "commitment", "Taken back.", by_on=in_days(7))
    assert (await run.owner.delete(f"/contributions/{first['id']}")).status_code == 204
    said = await run.say(run.owner, "commitment", by_on=in_days(7))
    await run.must("advance")
    refused = await run.owner.delete(f"/contributions/{said['id']}")
    assert code(refused) == (409, "not_accepted")
    assert "/v1/commitments/{id}/complete" in refused.json()["detail"]
    promises = (await run.owner.get("/commitments?owner=me")).json()["items"]
    assert [one["contribution_id"] for one in promises] == [said["id"]]


async def test_minutes_lose_the_words_that_somebody_takes_back(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada = run.brains[0]
    said = await run.say(ada, "idea", "A word too much.")
    kept = await run.say(run.brains[1], "idea", "A word that stays.")
    await run.go_to("synthesize")
    assert (await run.owner.put(f"/contributions/{kept['id']}/marks/helped")).status_code == 200
    await run.go_to("commit")
    await run.say(run.owner, "commitment", by_on=in_days(7))
    await run.must("advance")
    path = f"/exercises/{run.id}/minutes"
    lines = {
        one["contribution_id"]: one
        for phase in (await ada.get(path)).json()["phases"]
        for one in phase["said"]
    }
    assert (lines[said["id"]]["body"], lines[kept["id"]]["marks"]) == ("A word too much.", {"helped": 1})
    assert (await ada.delete(f"/contributions/{said['id']}")).status_code == 204
    minutes = await ada.get(path)
    text = (await ada.get(path, headers={"Accept": "text/markdown"})).text
    assert "too much" not in minutes.text + text
    assert "A word that stays." in minutes.text
    assert "idea: (taken back)" in text


async def test_of_many_who_take_words_out_of_minutes_at_once_nobody_writes_anothers_back(
    world: World,
) -> None:
    run = await a_run(world, "icebreaker_round", members=8)
    said = [await run.say(member, "answer", f"Word {number}.") for number, member in enumerate(run.members)]
    await run.must("finish")
    takes_back = [
        member.delete(f"/contributions/{one['id']}")
        for member, one in zip(run.members[1:], said[1:], strict=True)
    ]
    assert {answer.status_code for answer in await asyncio.gather(*takes_back)} == {204}
    minutes = (await run.moderator.get(f"/exercises/{run.id}/minutes")).json()
    assert [one["body"] for one in minutes["phases"][0]["said"] if one["body"]] == ["Word 0."]


async def test_a_promise_may_be_moved_in_its_phase_alone(world: World) -> None:
    run = await in_phase(world, "commit")
    said = await run.say(run.owner, "commitment", by_on=in_days(7))
    path = f"/contributions/{said['id']}"
    assert (await run.owner.patch(path, {"by_on": in_days(9)})).json()["by_on"] == in_days(9)
    assert code(await run.owner.patch(path, {"by_on": in_days(-3)})) == (422, "invalid")
    assert code(await run.owner.patch(path, {"by_on": None})) == (422, "invalid")
    await run.must("advance")
    assert code(await run.owner.patch(path, {"by_on": in_days(12)})) == (409, "not_accepted")
    assert (await run.owner.patch(path, {"body": "A word more."})).status_code == 200


async def test_somebody_volunteers_and_what_nobody_takes_is_dropped(world: World) -> None:
    run = await a_run(world, await a_method(world, "value_exchange"), members=4)
    await run.go_to("start_doing")
    ada, ben = run.members[:2]
    taken, left = await run.say(ada, "proposal", "Begin on time."), await run.say(ben, "proposal", "Cake.")
    path = f"/contributions/{left['id']}/drop"
    assert code(await run.moderator.post(path, {"reason": "Too early."})) == (409, "not_accepted")
    await run.go_to("action_plan")
    assert code(await run.post(ben, "volunteer", parent_id=taken["id"])) == (422, "invalid")
    offer = (await run.seen_by(ben))["accepts"][0]
    assert (offer["kind"], offer["parent_kind"], offer["by_on"]) == ("volunteer", "proposal", True)
    await run.say(ben, "volunteer", parent_id=taken["id"], by_on=in_days(20), action="Ring a bell.")
    assert code(await ada.post(path, {"reason": "No."})) == (403, "forbidden")
    dropped = await run.moderator.post(path, {"reason": "Nobody bakes."})
    assert dropped.json()["dropped"] == "Nobody bakes."
    assert code(await run.moderator.post(path, {"reason": "Again."})) == (409, "not_accepted")
    gone = await run.moderator.post(f"/contributions/{taken['id']}/drop", {"reason": "No."})
    assert code(gone) == (409, "not_accepted")
    late = await run.post(ada, "volunteer", parent_id=left["id"], by_on=in_days(2))
    assert code(late) == (409, "not_accepted")
    types = [event.type for event in await events_of(world)]
    assert "contribution.dropped" in types


async def test_events_carry_no_words(world: World) -> None:
    run = await in_phase(world, "contribute")
    said = await run.say(run.brains[0], "idea", "Canary yellow.")
    await run.brains[0].patch(f"/contributions/{said['id']}", {"body": "Canary green."})
    await run.must("advance", {"override_reason": "Canary blue."})
    assert not any("Canary" in str(event.facts) for event in await events_of(world))
