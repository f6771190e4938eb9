"""Working on a challenge: how it starts, how it ends, and what ends with it."""

import asyncio
from typing import Any

from peergroup.kit.ids import new_id
from peergroup.worker import Worker
from tests.challenges.factories import a_challenge, a_run, an_accepted, codes, committed, done, say
from tests.commitments.factories import day
from tests.groups.factories import GroupOf, a_group, verb
from tests.sessions.factories import a_running, a_session, event_types
from tests.sessions.factories import done as session_verb
from tests.world import Actor, World


async def placed(group: GroupOf, challenge_id: str, session_id: str) -> None:
    answer = await group.moderator.patch(f"/challenges/{challenge_id}", {"session_id": session_id})
    assert answer.status_code == 200, answer.text


async def why_not(who: Actor, challenge_id: str) -> dict[str, str]:
    """What stands in the way of starting it, by the list of actions."""
    actions = (await who.get(f"/challenges/{challenge_id}/actions")).json()["actions"]
    (start,) = [one for one in actions if one["verb"] == "start"]
    return {reason["code"]: reason["detail"] for reason in start["reasons"]}


async def test_a_challenge_with_a_session_to_come_waits_for_it_unless_told_otherwise(world: World) -> None:
    group = await a_group(world, members=3)
    accepted = await an_accepted(group, group.members[0])
    session = await a_session(world, group)
    await placed(group, accepted["id"], session["id"])
    for body in (None, {}, {"mode": "live"}):
        refused = await say(group.moderator, accepted["id"], "start", body)
        assert (refused.status_code, codes(refused)) == (409, ["session_not_running"])
        assert refused.json()["detail"].endswith('start it first, or send {"mode": "async"}.')
    assert "start it first" in (await why_not(group.moderator, accepted["id"]))["session_not_running"]
    await session_verb(group.moderator, session["id"], "start")
    await session_verb(group.moderator, session["id"], "pause")
    paused = await say(group.moderator, accepted["id"], "start")
    assert "resume it first" in paused.json()["detail"]
    await session_verb(group.moderator, session["id"], "resume")
    assert await why_not(group.moderator, accepted["id"]) == {}
    started = await done(group.moderator, accepted["id"], "start")
    assert (started["exercise"]["mode"], started["exercise"]["session_id"]) == ("live", session["id"])


async def test_without_a_session_to_come_it_is_worked_on_asynchronously(world: World) -> None:
    group = await a_group(world, members=3)
    ada, bob, cyd = [await an_accepted(group, one) for one in group.members]
    over, called_off = await a_running(world, group), await a_session(world, group, 300)
    await placed(group, ada["id"], over["id"])
    await placed(group, bob["id"], called_off["id"])
    await session_verb(group.moderator, over["id"], "complete")
    await session_verb(group.moderator, called_off["id"], "cancel", {"reason": "Nobody comes."})
    late = {"deadlines": {"contribute": world.house.clock().isoformat()}}
    assert (await say(group.moderator, ada["id"], "start", late)).status_code == 422
    for one in (ada, bob, cyd):
        assert await why_not(group.moderator, one["id"]) == {}
        started = await done(group.moderator, one["id"], "start")
        assert (started["exercise"]["mode"], started["exercise"]["session_id"]) == ("async", None)


async def test_a_live_run_needs_a_session(world: World) -> None:
    group = await a_group(world, members=3)
    accepted = await an_accepted(group, group.members[0])
    refused = await say(group.moderator, accepted["id"], "start", {"mode": "live"})
    assert codes(refused) == ["session_not_running"]


async def test_one_exercise_at_a_time_in_a_session(world: World) -> None:
    run = await a_run(world)
    second = await an_accepted(run.group, run.brains[0])
    await placed(run.group, second["id"], str(run.session_id))
    refused = await say(run.group.moderator, second["id"], "start")
    assert codes(refused) == ["exercise_running"]
    await committed(run)
    started = await done(run.group.moderator, second["id"], "start")
    assert started["exercise"]["session_id"] == run.session_id
    agenda = (await run.owner.get(f"/sessions/{run.session_id}")).json()["agenda"]
    seats = [one["exercise_id"] for one in agenda if one["kind"] == "hot_seat"]
    assert seats == [run.exercise_id, started["exercise_id"]]


async def test_who_starts_and_from_where(world: World) -> None:
    group = await a_group(world, members=4)
    ada, bob = group.members[:2]
    parked = await a_challenge(ada, group)
    for who in (ada, bob):
        assert (await say(who, parked["id"], "start")).status_code == 403
    assert (await say(world.owner, parked["id"], "start")).status_code == 404
    early = await say(group.moderator, parked["id"], "start")
    assert (early.status_code, early.json()["code"]) == (409, "invalid_transition")
    await done(ada, parked["id"], "submit")
    await done(group.moderator, parked["id"], "accept")
    assert (await verb(ada, group, ada, "take_leave")).status_code == 200
    assert "owner_inactive" in codes(await say(group.moderator, parked["id"], "start"))
    assert (await verb(ada, group, ada, "resume")).status_code == 200
    assert (await say(group.moderator, parked["id"], "start", {"mode": "alive"})).status_code == 422
    await done(group.moderator, parked["id"], "start")
    again = await say(group.moderator, parked["id"], "start")
    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")


async def test_of_two_starts_at_once_one_is_carried_out(world: World) -> None:
    group = await a_group(world, members=3)
    accepted = await an_accepted(group, group.members[0])
    session = await a_running(world, group)
    await placed(group, accepted["id"], session["id"])
    answers = await asyncio.gather(*(say(group.moderator, accepted["id"], "start") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    exercises = (await group.moderator.get(f"/groups/{group.id}/exercises")).json()["items"]
    assert len(exercises) == 1


async def test_of_many_asynchronous_starts_at_once_three_are_carried_out(world: World) -> None:
    group = await a_group(world, members=6)
    waiting = [await an_accepted(group, one) for one in group.members[:5]]
    answers = await asyncio.gather(
        *(say(group.moderator, one["id"], "start", {"mode": "async"}) for one in waiting)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 409, 409]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert all(codes(answer) == ["too_many_running"] for answer in refused)


async def test_a_retried_start_is_one(world: World) -> None:
    group = await a_group(world, members=3)
    accepted = await an_accepted(group, group.members[0])
    key = {"Idempotency-Key": new_id().hex}
    first = await say(group.moderator, accepted["id"], "start", headers=key)
    again = await say(group.moderator, accepted["id"], "start", headers=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json()["exercise_id"] == first.json()["exercise_id"]


async def test_giving_up_the_exercise_puts_the_challenge_back(world: World) -> None:
    run = await a_run(world)
    given_up = await run.group.moderator.post(f"/exercises/{run.exercise_id}/abandon")
    assert given_up.status_code == 200, given_up.text
    thread = await run.thread(run.owner)
    assert (thread["state"], thread["exercise"], thread["started_at"]) == ("accepted", None, None)
    again = await done(run.group.moderator, run.id, "start")
    assert again["exercise_id"] != run.exercise_id


async def test_withdrawing_ends_the_work_and_stays_withdrawn(world: World) -> None:
    run = await a_run(world)
    assert (await say(run.group.moderator, run.id, "withdraw")).status_code == 403
    withdrawn = await done(run.owner, run.id, "withdraw")
    assert (withdrawn["state"], withdrawn["exercise"]["state"]) == ("withdrawn", "abandoned")
    for name in ("submit", "withdraw", "commit"):
        assert (await say(run.owner, run.id, name)).json()["code"] == "invalid_transition"
    assert "challenge.reopened" not in await event_types(world, run.id)


async def test_dropping_ends_the_work(world: World) -> None:
    run = await a_run(world)
    assert (await say(run.owner, run.id, "drop", {"reason": "x"})).status_code == 403
    dropped = await done(run.group.moderator, run.id, "drop", {"reason": "Solved elsewhere."})
    assert (dropped["state"], dropped["exercise"]["state"]) == ("dropped", "abandoned")
    assert (await run.thread(run.owner))["reason"] == "Solved elsewhere."


async def test_whoever_leaves_takes_along_what_is_open(world: World) -> None:
    run = await a_run(world, members=5)
    ada, group = run.owner, run.group
    parked = await a_challenge(ada, group)
    draft = await a_challenge(ada, group, draft=True)
    others = await a_challenge(run.brains[0], group)
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    assert (await run.thread(run.brains[0]))["state"] == "withdrawn"
    states = {
        one["id"]: one["state"]
        for one in (await group.moderator.get(f"/groups/{group.id}/challenges")).json()["items"]
    }
    assert states == {run.id: "withdrawn", parked["id"]: "withdrawn", others["id"]: "parked"}
    assert draft["id"] not in states
    exercise = (await group.moderator.get(f"/exercises/{run.exercise_id}")).json()
    assert exercise["state"] == "abandoned"
    assert (await ada.get(f"/challenges/{run.id}")).status_code == 404


async def test_whoever_leaves_after_the_promise_leaves_it_behind(world: World) -> None:
    run = await a_run(world)
    await committed(run)
    removed = await verb(run.group.moderator, run.group, run.owner, "remove", {"reason": "Moved away."})
    assert removed.status_code == 200
    assert (await run.thread(run.brains[0]))["state"] == "committed"


async def test_the_question_what_came_of_it_follows_the_promise(world: World, clock: Any) -> None:
    run = await a_run(world, live=False)
    await committed(run, days=7)
    promise = (await run.owner.get("/commitments")).json()["items"][0]
    later = {"by_on": day(world, 21), "reason": "They are away."}
    moved = await run.owner.post(f"/commitments/{promise['id']}/renegotiate", later)
    assert moved.status_code == 200, moved.text
    assert (await run.thread(run.owner))["follow_up_on"] == later["by_on"]
    clock.forward(days=10)
    await Worker(world.house).drain()
    assert (await run.thread(run.owner))["state"] == "committed"
    clock.forward(days=13)
    await Worker(world.house).drain()
    assert (await run.thread(run.owner))["state"] == "follow_up_due"


async def test_what_is_resolved_early_is_not_asked_for(world: World, clock: Any) -> None:
    run = await a_run(world, live=False)
    await committed(run, days=7)
    assert (await say(run.owner, run.id, "resolve", {"outcome": "worked"})).status_code == 422
    assert (await say(run.owner, run.id, "resolve", {"outcome": "great", "learned": "x"})).status_code == 422
    what = {"outcome": "worked", "learned": "Just ask."}
    assert (await say(run.group.moderator, run.id, "resolve", what)).status_code == 403
    await done(run.owner, run.id, "resolve", what)
    clock.forward(days=10)
    await Worker(world.house).drain()
    assert (await run.thread(run.owner))["state"] == "resolved"


async def test_who_helped_is_credited_and_nobody_else(world: World) -> None:
    run = await a_run(world, members=5)
    await run.to_phase("contribute")
    first = [await run.said(brain, "idea", f"Idea {place}") for place, brain in enumerate(run.brains[:3])]
    more = await run.said(run.brains[0], "resource", "A book.")
    await run.to_phase("synthesize")
    for one in (first[0], more, first[1]):
        assert (await run.owner.put(f"/contributions/{one['id']}/marks/helped")).status_code == 200
    assert (await run.brains[0].put(f"/contributions/{first[2]['id']}/marks/helped")).status_code == 409
    thread = await committed(run)
    credited = [(one["person"]["id"], one["helped"]) for one in thread["credits"]]
    assert credited == [(str(run.brains[0].person_id), 2), (str(run.brains[1].person_id), 1)]


async def test_pausing_the_session_pauses_the_work(world: World) -> None:
    run = await a_run(world)
    paused = await run.group.moderator.post(f"/sessions/{run.session_id}/pause")
    assert paused.status_code == 200, paused.text
    assert (await run.thread(run.owner))["exercise"]["state"] == "paused"


async def test_a_session_promise_enters_the_next_agenda(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    session = await a_running(world, group)
    body = {"source": "session", "session_id": session["id"], "body": "Bring cake.", "by_on": day(world)}
    made = await ada.post("/commitments", body)
    assert made.status_code == 201, made.text
    assert (made.json()["group"]["id"], made.json()["session_id"]) == (group.id, session["id"])
    assert (await bob.get(f"/commitments/{made.json()['id']}")).status_code == 200
    outsider = (await a_group(world, members=1)).members[0]
    assert (await outsider.post("/commitments", body)).status_code == 422
    ended = await group.moderator.post(f"/sessions/{session['id']}/complete")
    assert ended.status_code == 200, ended.text
    following = await a_session(world, group, begins_in=60 * 24)
    later = await a_session(world, group, begins_in=60 * 48)
    with_promises = ["opening", "commitments", "hot_seat", "hot_seat", "closing"]
    assert await kinds_in(ada, following) == with_promises
    assert await kinds_in(ada, later) == ["opening", "hot_seat", "hot_seat", "closing"]  # not its turn yet
    minutes = (await bob.get(f"/sessions/{session['id']}/minutes")).json()
    promised = next(one for one in minutes["sections"] if one["key"] == "commitments")
    assert [one["person"]["name"] for one in promised["entries"]] == [ada.name]


async def kinds_in(who: Actor, session: dict[str, Any]) -> list[str]:
    """What happens in a session, in order."""
    return [one["kind"] for one in (await who.get(f"/sessions/{session['id']}")).json()["agenda"]]


async def test_open_promises_wait_for_the_session_that_is_next(world: World) -> None:
    group = await a_group(world, members=1)
    session = await a_running(world, group)
    following = await a_session(world, group, begins_in=60 * 24)
    body = {"source": "session", "session_id": session["id"], "body": "Bring cake.", "by_on": day(world)}
    assert (await group.members[0].post("/commitments", body)).status_code == 201
    assert "commitments" not in await kinds_in(group.moderator, following)
    ended = await group.moderator.post(f"/sessions/{session['id']}/complete")
    assert ended.status_code == 200, ended.text
    assert "commitments" in await kinds_in(group.moderator, following)


async def test_the_minutes_name_what_had_the_hot_seat(world: World) -> None:
    run = await a_run(world)
    await committed(run)
    minutes = (await run.brains[0].get(f"/sessions/{run.session_id}/minutes")).json()
    sections = {
        one["key"]: [(entry["text"], entry["by_on"]) for entry in one["entries"]]
        for one in minutes["sections"]
    }
    assert sections["challenges"] == [("How do I hire a head of sales?", None)]
    assert sections["commitments"] == [("Call three of them.", day(world, 14))]
    path = f"/sessions/{run.session_id}/minutes"
    text = (await run.brains[0].get(path, headers={"Accept": "text/markdown"})).text
    assert f"{run.owner.name}: Call three of them\\. (by {day(world, 14)})\n" in text
