"""Exercises in a session: they are neither started nor ended by the agenda, and stop and go with the session."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from peergroup.facilitation.models import Exercise
from peergroup.kit.ids import new_id
from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, a_member
from tests.sessions.factories import a_draft, a_running, a_session, codes, done, marked, say
from tests.world import Actor, World


async def an_exercise(group: GroupOf, session: dict[str, Any]) -> str:
    """An icebreaker that runs in the session."""
    body = {"protocol": "icebreaker_round", "session_id": session["id"]}
    made = await group.moderator.post(f"/groups/{group.id}/exercises", body)
    assert made.status_code == 201, made.text
    started = await group.moderator.post(f"/exercises/{made.json()['id']}/start")
    assert started.status_code == 200, started.text
    return str(made.json()["id"])


async def state_of(who: Actor, exercise_id: str) -> str:
    return str((await who.get(f"/exercises/{exercise_id}")).json()["state"])


async def test_moving_on_neither_starts_nor_ends_an_exercise(world: World) -> None:
    group = await a_group(world, members=3)
    session = await a_running(world, group)
    await done(group.moderator, session["id"], "next")
    exercise = await an_exercise(group, session)
    for verb in ("next", "back", "complete"):
        refused = await say(group.moderator, session["id"], verb)
        assert (refused.status_code, codes(refused)) == (409, {"exercise_running"}), verb
    await done(group.moderator, session["id"], "extend", {"minutes": 5})
    assert await state_of(group.moderator, exercise) == "running"
    assert (await group.moderator.post(f"/exercises/{exercise}/abandon")).status_code == 200
    await done(group.moderator, session["id"], "next")
    assert (await done(group.moderator, session["id"], "complete"))["state"] == "completed"


async def test_pausing_a_session_pauses_its_exercise(world: World) -> None:
    group = await a_group(world, members=3)
    session = await a_running(world, group)
    exercise = await an_exercise(group, session)
    await done(group.moderator, session["id"], "pause")
    assert await state_of(group.moderator, exercise) == "paused"
    refused = await say(group.moderator, session["id"], "complete")
    assert codes(refused) == {"exercise_running"}
    await done(group.moderator, session["id"], "resume")
    assert await state_of(group.moderator, exercise) == "running"


async def test_a_member_who_claimed_pauses_the_exercise_too(world: World, clock: Clock) -> None:
    group = await a_group(world, members=3)
    session = await a_running(world, group)
    exercise = await an_exercise(group, session)
    clock.forward(minutes=5, seconds=1)
    await done(group.members[0], session["id"], "claim")
    await done(group.members[0], session["id"], "pause")
    assert await state_of(group.moderator, exercise) == "paused"


async def test_whoever_leads_the_exercise_leads_the_session(world: World, clock: Clock) -> None:
    group = await a_group(world, members=3)
    ada = group.members[0]
    session = await a_running(world, group)
    clock.forward(minutes=4)
    exercise = await an_exercise(group, session)
    clock.forward(minutes=4)
    assert codes(await say(ada, session["id"], "claim")) == {"led"}
    assert (await group.moderator.post(f"/exercises/{exercise}/extend", {"minutes": 5})).status_code == 200
    clock.forward(minutes=4)
    assert codes(await say(ada, session["id"], "claim")) == {"led"}
    clock.forward(minutes=1, seconds=1)
    assert (await say(ada, session["id"], "claim")).status_code == 200


async def test_those_who_are_absent_take_no_part(world: World) -> None:
    group = await a_group(world, members=4)
    session = await a_running(world, group)
    await marked(group.moderator, session["id"], group.members[0], "absent")
    exercise = await an_exercise(group, session)
    shown = (await group.moderator.get(f"/exercises/{exercise}")).json()
    assert str(group.members[0].person_id) not in str(shown["progress"])
    assert str(group.members[1].person_id) in str(shown["progress"])


async def test_minutes_show_each_reader_the_exercises_they_may_read(world: World) -> None:
    group = await a_group(world, members=3)
    session = await a_running(world, group)
    exercise = await an_exercise(group, session)
    said = {"kind": "answer", "body": "canary-said"}
    posted = await group.members[0].post(f"/exercises/{exercise}/contributions", said)
    assert posted.status_code == 201, posted.text
    assert (await group.moderator.post(f"/exercises/{exercise}/finish")).status_code == 200
    newcomer = await a_member(world, group)
    path = f"/sessions/{session['id']}/minutes"
    (section,) = (await group.members[1].get(path)).json()["sections"]
    assert (section["key"], section["entries"][0]["person"]) == ("exercise", None)
    assert "canary-said" in section["entries"][0]["text"]
    await group.moderator.put(f"{path}/opened")
    assert (await newcomer.get(path)).json()["sections"] == []
    opened = await group.moderator.put(f"/exercises/{exercise}/opened", {"opened": True})
    assert opened.is_success, opened.text
    assert len((await newcomer.get(path)).json()["sections"]) == 1


async def refused_at(group: GroupOf, body: dict[str, Any]) -> dict[str, str]:
    """Where an exercise of a group does not fit, with what is said about it."""
    answer = await group.moderator.post(
        f"/groups/{group.id}/exercises", {"protocol": "icebreaker_round"} | body
    )
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


async def a_pod(world: World, group: GroupOf) -> GroupOf:
    """Another group, in which everybody is in this one, too."""
    lead = [str(group.moderator.person_id)]
    founded = await world.owner.post("/groups", {"name": "Pod", "moderators": lead})
    return GroupOf(founded.json()["id"], group.moderator)


async def test_a_session_of_another_group_has_no_part_in_it(world: World) -> None:
    group = await a_group(world, members=3)
    session, draft = await a_session(world, group), await a_draft(world, group, 300)
    pod = await a_pod(world, group)
    for session_id in (session["id"], str(new_id())):
        refused = await refused_at(pod, {"mode": "live", "session_id": session_id})
        assert refused == {"/session_id": "is no session of this group"}
    there, elsewhere = (one["agenda"][0]["id"] for one in (session, draft))
    stray = await refused_at(group, {"session_id": session["id"], "segment_id": elsewhere})
    assert stray == {"/segment_id": "is no segment of this session"}
    body = {"protocol": "icebreaker_round", "session_id": session["id"], "segment_id": there}
    made = await group.moderator.post(f"/groups/{group.id}/exercises", body)
    assert (made.status_code, made.json()["segment_id"]) == (201, there)


async def test_minutes_hold_the_exercises_of_their_own_group_only(world: World) -> None:
    group = await a_group(world, members=3)
    pod, session = await a_pod(world, group), await a_running(world, group)
    exercise = await an_exercise(group, session)
    said = {"kind": "answer", "body": "Blue."}
    assert (await group.members[0].post(f"/exercises/{exercise}/contributions", said)).status_code == 201
    assert (await group.moderator.post(f"/exercises/{exercise}/finish")).status_code == 200
    path = f"/sessions/{session['id']}/minutes"
    assert "Blue." in (await group.moderator.get(path)).text
    async with world.acting() as ctx:
        await ctx.db.execute(
            update(Exercise).where(Exercise.id == UUID(exercise)).values(group_id=UUID(pod.id))
        )
    assert (await group.moderator.get(path)).json()["sections"] == []


async def test_an_unknown_method_is_named(world: World) -> None:
    group = await a_group(world, members=3)
    expected = {"/protocol": "is no method here: GET /v1/protocols lists them"}
    assert await refused_at(group, {"protocol": "nope"}) == expected


async def test_a_draft_with_an_exercise_is_not_deleted(world: World) -> None:
    group = await a_group(world, members=3)
    draft = await a_draft(world, group)
    body = {"protocol": "icebreaker_round", "session_id": draft["id"]}
    assert (await group.moderator.post(f"/groups/{group.id}/exercises", body)).status_code == 201
    refused = await group.moderator.delete(f"/sessions/{draft['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
