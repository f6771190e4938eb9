"""Every refusal: the wrong phase, the wrong role, twice, late, too many, other groups, after leaving, on leave."""

import pytest

from peergroup.kit.ids import new_id
from tests.facilitation.factories import a_run, in_days, in_phase, refused, written
from tests.facilitation.people import a_protocol
from tests.groups.factories import a_group, verb
from tests.world import World


async def test_a_kind_of_another_phase_is_refused_and_the_answer_says_what_is_taken(world: World) -> None:
    run = await in_phase(world, "clarify")
    problem = refused(await run.post(run.brains[0], "idea", "Hush."), 409, "not_accepted")
    assert problem["phase"] == "clarify"
    assert [one["kind"] for one in problem["accepts"]] == ["question"]
    assert "clarify" in problem["detail"]
    assert "Hush" not in str(problem)


async def test_the_owner_listens_while_the_others_think(world: World) -> None:
    run = await in_phase(world, "contribute")
    refused(await run.post(run.owner, "idea"), 409, "not_accepted")
    seen = await run.seen_by(run.owner)
    assert (seen["accepts"], "pass" in seen["allowed_actions"]) == ([], False)
    refused(await run.verb("pass", by=run.owner), 409, "not_accepted")


async def test_an_answer_needs_its_question(world: World) -> None:
    run = await in_phase(world, "clarify")
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


async def test_an_exercise_does_not_begin_without_enough_people(world: World) -> None:
    group = await a_group(world, members=1)
    run = await a_run(world, group=group, start=False)
    problem = refused(await run.verb("start"), 409, "guard_failed")
    assert [guard["code"] for guard in problem["guards"]] == ["too_few_people"]


async def test_a_method_about_a_challenge_is_started_by_the_challenge(world: World) -> None:
    group = await a_group(world, members=3)
    path = f"/groups/{group.id}/exercises"
    refused(await group.moderator.post(path, {"protocol": "ten_brains"}), 422, "invalid")
    refused(await group.moderator.post(path, {"protocol": "unknown"}), 422, "invalid")
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


async def test_what_nobody_has_shown_is_as_unknown_as_what_is_not_there(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada, ben = run.brains[:2]
    idea = await run.say(ada, "idea")
    for unseen in (idea["id"], str(new_id())):
        refused(await ben.post(f"/contributions/{unseen}/drop", {"reason": "No."}), 404, "not_found")
        refused(await ben.post(f"/contributions/{unseen}/merge", {"into": unseen}), 404, "not_found")
        refused(await run.post(ben, "idea", parent_id=unseen), 422, "invalid")
    answers = [await ben.get(f"/contributions/{unseen}") for unseen in (idea["id"], str(new_id()))]
    assert len({answer.json()["detail"] for answer in answers}) == 1
