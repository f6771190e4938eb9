"""Every refusal: the wrong phase, the wrong role, twice, late, too many, other groups, after leaving, on leave."""

from typing import Any

import pytest

from peergroup.kit.ids import new_id
from tests.facilitation.factories import Run, a_run, in_days, written
from tests.facilitation.people import a_protocol
from tests.groups.factories import a_group, a_member, provisional, verb
from tests.world import World, a_world


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return answer.json()  # type: ignore[no-any-return]


async def in_phase(world: World, phase: str, members: int = 4) -> Run:
    run = await a_run(world, members=members)
    await run.go_to(phase)
    return run


async def test_a_kind_of_another_phase_is_refused_and_the_answer_says_what_is_taken(world: World) -> None:
    run = await in_phase(world, "clarify")
    problem = refused(await run.post(run.brains[0], "idea", "Hush."), 409, "not_accepted")
    assert problem["phase"] == "clarify"
    assert [one["kind"] for one in problem["accepts"]] == ["question"]
    assert "clarify" in problem["detail"]
    assert "Hush" not in str(problem)


async def test_the_owner_listens_while_the_others_think(world: World) -> None:
    run = await in_phase(world, "contribute")
    assert run.owner is not None
    refused(await run.post(run.owner, "idea"), 409, "not_accepted")
    seen = await run.seen_by(run.owner)
    assert (seen["accepts"], "pass" in seen["allowed_actions"]) == ([], False)
    refused(await run.verb("pass", by=run.owner), 409, "not_accepted")


async def test_an_answer_needs_its_question(world: World) -> None:
    run = await in_phase(world, "clarify")
    assert run.owner is not None
    refused(await run.post(run.owner, "answer"), 409, "not_accepted")
    refused(await run.post(run.owner, "answer", parent_id=str(new_id())), 422, "invalid")
    question = await run.say(run.brains[0], "question")
    assert (await run.say(run.owner, "answer", parent_id=question["id"]))["parent_id"] == question["id"]


async def test_one_answer_each_is_one(world: World) -> None:
    run = await a_run(world, "icebreaker_round", members=2)
    assert (await run.seen_by(run.members[0]))["accepts"][0]["max"] == 1
    await run.say(run.members[0], "answer")
    problem = refused(await run.post(run.members[0], "answer"), 409, "not_accepted")
    assert problem["accepts"] == []


async def test_too_long_words_are_refused(world: World) -> None:
    run = await in_phase(world, "contribute")
    refused(await run.post(run.brains[0], "idea", "x" * 10_001), 422, "invalid")
    refused(await run.post(run.brains[0], "idea", "  "), 422, "invalid")


async def test_nothing_is_said_before_the_start_while_paused_or_after_the_end(world: World) -> None:
    run = await a_run(world, "icebreaker_round", members=2, start=False)
    problem = refused(await run.post(run.members[0], "answer"), 409, "not_accepted")
    assert problem["phase"] is None
    await run.must("start")
    await run.must("pause")
    refused(await run.post(run.members[0], "answer"), 409, "not_accepted")
    assert (await run.seen_by(run.members[0]))["accepts"] == []
    await run.must("resume")
    said = await run.say(run.members[0], "answer")
    await run.must("advance", {"override_reason": "Enough."})
    refused(await run.post(run.members[1], "answer"), 409, "not_accepted")
    assert (await run.said_to(run.members[1]))[0]["id"] == said["id"]


async def test_a_promise_needs_a_by_when_in_the_future(world: World) -> None:
    run = await in_phase(world, "commit")
    assert run.owner is not None
    refused(await run.post(run.owner, "commitment"), 422, "invalid")
    refused(await run.post(run.owner, "commitment", by_on=in_days(-2)), 422, "invalid")
    refused(await run.post(run.brains[0], "commitment", by_on=in_days(3)), 409, "not_accepted")
    await run.say(run.owner, "commitment", by_on=in_days(3), action="Call them.")


async def test_a_by_when_belongs_to_promises_alone(world: World) -> None:
    run = await in_phase(world, "contribute")
    refused(await run.post(run.brains[0], "idea", by_on=in_days(3)), 422, "invalid")
    refused(await run.post(run.brains[0], "idea", action="Do it."), 422, "invalid")


async def test_a_retry_that_means_another_phase_does_not_land_in_this_one(world: World) -> None:
    run = await in_phase(world, "contribute")
    refused(await run.post(run.brains[0], "idea", phase="build"), 409, "not_accepted")
    await run.say(run.brains[0], "idea", phase="contribute")


async def test_only_moderators_lead(world: World) -> None:
    run = await a_run(world, members=4, start=False)
    refused(await run.verb("start", by=run.members[0]), 403, "forbidden")
    await run.must("start")
    for name in ("advance", "back", "pause", "finish", "abandon"):
        refused(await run.verb(name, by=run.members[0]), 403, "forbidden")
    refused(await run.verb("extend", {"minutes": 1}, by=run.members[0]), 403, "forbidden")
    path = f"/exercises/{run.id}/participants/{run.members[1].person_id}"
    refused(await run.members[0].put(path, {"takes_part": False}), 403, "forbidden")
    made = await run.members[0].post(f"/groups/{run.group.id}/exercises", {"protocol": "icebreaker_round"})
    refused(made, 403, "forbidden")


async def test_people_outside_do_not_find_it(world: World) -> None:
    run = await in_phase(world, "contribute")
    said = await run.say(run.brains[0], "idea")
    other_group = await a_group(world, members=1)
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    strangers = [other_group.members[0], other_group.moderator, world.owner, elsewhere.owner]
    strangers.append(await world.service("groups:read", "groups:write", "sessions:read"))
    for stranger in strangers:
        for path in ("", "/contributions", "/results", "/minutes"):
            answer = await stranger.get(f"/exercises/{run.id}{path}")
            assert answer.status_code in (404, 403), (path, answer.text)
            assert "idea" not in answer.text
        assert (await stranger.get(f"/contributions/{said['id']}")).status_code in (403, 404)
        assert (await run.post(stranger, "idea")).status_code in (403, 404)
        assert (await run.verb("advance", by=stranger)).status_code in (403, 404)
    assert (await world.owner.get(f"/exercises/{run.id}")).status_code == 404
    assert (await world.owner.get(f"/groups/{run.group.id}/exercises")).status_code == 404


async def test_after_leaving_the_next_request_is_refused(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada = run.brains[0]
    said = await run.say(ada, "idea")
    assert (await verb(ada, run.group, ada, "leave")).status_code == 200
    assert (await ada.get(f"/exercises/{run.id}")).status_code == 404
    assert (await ada.get(f"/contributions/{said['id']}")).status_code == 404
    assert (await run.post(ada, "idea")).status_code == 404
    assert (await ada.patch(f"/contributions/{said['id']}", {"body": "Else."})).status_code == 404
    people = {one["person"]["id"] for one in (await run.seen_by(run.moderator))["progress"]["people"]}
    assert str(ada.person_id) in people  # what they said still counts
    waiting = [one for one in run.brains[1:] if str(one.person_id) in people]
    for brain in waiting:
        await run.must("pass", by=brain)
    await run.must("advance")


async def test_who_leaves_is_not_waited_for(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada, *others = run.brains
    assert (await verb(run.moderator, run.group, ada, "suspend", {"reason": "A pause."})).status_code == 200
    people = {one["person"]["id"] for one in (await run.seen_by(run.moderator))["progress"]["people"]}
    assert people == {str(one.person_id) for one in others}
    for brain in others:
        await run.must("pass", by=brain)
    await run.must("advance")


async def test_on_leave_one_reads_and_says_nothing(world: World) -> None:
    run = await in_phase(world, "clarify")
    ada = run.brains[0]
    question = await run.say(ada, "question")
    assert (await verb(ada, run.group, ada, "take_leave")).status_code == 200
    assert [one["id"] for one in await run.said_to(ada)] == [question["id"]]
    refused(await run.post(ada, "question"), 403, "forbidden")
    refused(await ada.patch(f"/contributions/{question['id']}", {"body": "Else?"}), 403, "forbidden")
    seen = await run.seen_by(ada)
    assert (seen["accepts"], seen["allowed_actions"]) == ([], [])


async def test_a_newcomer_finds_it_once_its_owner_opened_it(world: World) -> None:
    run = await in_phase(world, "clarify")
    assert run.owner is not None
    await run.say(run.brains[0], "question")
    late = await a_member(world, run.group)
    assert (await late.get(f"/exercises/{run.id}")).status_code == 404
    assert (await late.get(f"/groups/{run.group.id}/exercises")).json()["items"] == []
    taking = f"/exercises/{run.id}/participants/{late.person_id}"
    problem = refused(await run.moderator.put(taking), 409, "guard_failed")
    assert problem["guards"][0]["code"] == "newcomer"
    refused(await run.moderator.put(f"/exercises/{run.id}/opened"), 403, "forbidden")
    assert (await run.owner.put(f"/exercises/{run.id}/opened")).json()["opened"] is True
    assert len(await run.said_to(late)) == 1
    assert (await run.seen_by(late))["accepts"] == []
    assert (await run.moderator.put(taking)).status_code == 200
    assert [one["kind"] for one in (await run.seen_by(late))["accepts"]] == ["question"]
    assert (await run.owner.put(f"/exercises/{run.id}/opened", {"opened": False})).status_code == 200
    assert (await late.get(f"/exercises/{run.id}")).status_code == 404


async def test_a_new_moderator_is_a_newcomer(world: World) -> None:
    run = await in_phase(world, "clarify")
    late = await a_member(world, run.group)
    promoted = await world.owner.patch(
        f"/memberships/{run.group.memberships[late.person_id]}", {"role": "co_moderator"}
    )
    assert promoted.status_code == 200
    assert (await run.verb("advance", by=late)).status_code == 404


async def test_the_unsigned_read_nothing(world: World) -> None:
    run = await in_phase(world, "clarify")
    covenant = {"text": "New rules.", "effective_on": in_days(0)}
    assert (await run.moderator.post(f"/groups/{run.group.id}/covenants", covenant)).status_code == 201
    for answer in (
        await run.brains[0].get(f"/exercises/{run.id}"),
        await run.brains[0].get(f"/exercises/{run.id}/contributions"),
        await run.post(run.brains[0], "question"),
        await run.verb("advance"),
    ):
        refused(answer, 403, "covenant_unsigned")


async def test_the_invited_find_nothing(world: World) -> None:
    run = await in_phase(world, "clarify")
    guest = await provisional(world, run.group)
    assert (await guest.get(f"/exercises/{run.id}")).status_code == 404
    assert (await guest.get(f"/groups/{run.group.id}/exercises")).status_code == 404


async def test_who_was_taken_out_says_nothing_and_who_comes_back_does(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada = run.brains[0]
    path = f"/exercises/{run.id}/participants/{ada.person_id}"
    assert (await run.moderator.put(path, {"takes_part": False})).status_code == 200
    refused(await run.post(ada, "idea"), 409, "not_accepted")
    assert (await run.seen_by(ada))["accepts"] == []
    assert (await run.moderator.put(path)).status_code == 200
    await run.say(ada, "idea")
    stranger = await world.person()
    gone = await run.moderator.put(f"/exercises/{run.id}/participants/{stranger.person_id}")
    assert gone.status_code == 404


async def test_an_exercise_does_not_begin_without_enough_people(world: World) -> None:
    group = await a_group(world, members=1)
    run = await a_run(world, group=group, start=False)
    problem = refused(await run.verb("start"), 409, "guard_failed")
    assert [guard["code"] for guard in problem["guards"]] == ["too_few_people"]


async def test_a_method_about_a_challenge_is_started_by_the_challenge(world: World) -> None:
    group = await a_group(world, members=3)
    path = f"/groups/{group.id}/exercises"
    refused(await group.moderator.post(path, {"protocol": "ten_brains"}), 422, "invalid")
    refused(await group.moderator.post(path, {"protocol": "unknown"}), 404, "not_found")
    made = await group.moderator.post(path, {"protocol": "icebreaker_round", "mode": "live"})
    assert (made.status_code, made.json()["state"]) == (201, "pending")
    assert made.headers["location"] == f"/v1/exercises/{made.json()['id']}"


async def test_a_stale_verb_is_refused(world: World) -> None:
    run = await a_run(world, "icebreaker_round", members=2)
    tag = (await run.moderator.get(f"/exercises/{run.id}")).headers["etag"]
    await run.must("pause")
    late = await run.moderator.post(f"/exercises/{run.id}/resume", headers={"If-Match": tag})
    refused(late, 412, "stale")


async def test_two_moderators_who_mean_the_same_phase_end_it_once(world: World) -> None:
    run = await in_phase(world, "present")
    await run.must("advance", {"from_phase": "present"})
    problem = refused(await run.verb("advance", {"from_phase": "present"}), 409, "guard_failed")
    assert problem["guards"][0]["code"] == "another_phase"
    assert (await run.seen_by(run.moderator))["phase"]["key"] == "clarify"


@pytest.mark.parametrize("confidentiality", ["session_only", "chatham"])
async def test_classes_hide_people_or_words(world: World, confidentiality: str) -> None:
    group = await a_group(world, members=3)
    away = group.members[2]
    assert (await verb(away, group, away, "take_leave")).status_code == 200
    run = await a_run(world, "icebreaker_round", group=group, confidentiality=confidentiality)
    await run.say(group.members[0], "answer", "Only here.")
    status = (await away.get(f"/exercises/{run.id}")).status_code
    assert status == (404 if confidentiality == "session_only" else 200)
    await run.must("finish")
    shown = await run.said_to(group.members[1])
    if confidentiality == "chatham":
        assert [(one["body"], one["author"]) for one in shown] == [("Only here.", None)]
        assert (
            str(group.members[0].person_id)
            not in (
                await group.members[1].get("/events", params={"types": "contribution.*,exercise.*,phase.*"})
            ).text
        )
    else:
        assert shown[0]["author"]["id"] == str(group.members[0].person_id)
        assert (await run.moderator.get(f"/exercises/{run.id}/minutes")).status_code == 404


async def test_a_limit_of_a_kind_counts_what_stands(world: World) -> None:
    text = a_protocol("accepts: {everyone: [idea]}, per_person: {idea: 2}")
    run = await a_run(world, await written(world, text), members=3)
    ada = run.members[0]
    first = await run.say(ada, "idea")
    await run.say(ada, "idea")
    refused(await run.post(ada, "idea"), 409, "not_accepted")
    assert (await ada.delete(f"/contributions/{first['id']}")).status_code == 204
    assert (await run.seen_by(ada))["accepts"][0]["max"] == 1
    await run.say(ada, "idea")
