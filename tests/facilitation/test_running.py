"""Running an exercise: start, clocks, going back, guards, ends, and the rooms above that run it by a rule."""

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from peergroup.facilitation import exercises, presence
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.presence import Meeting, Presence
from peergroup.facilitation.thread import contributions_seen, show_exercise
from peergroup.groups.standing import standing_in
from peergroup.kit.context import Context, Principal, get
from peergroup.kit.ids import new_id
from peergroup.kit.problems import Problem
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.facilitation.factories import a_method, a_run, code, events_of, in_days
from tests.groups.factories import a_group
from tests.world import World


async def test_an_exercise_shows_everything_that_is_needed_to_play(world: World) -> None:
    run = await a_run(world, members=4)
    seen = await run.seen_by(run.owner)
    assert (seen["state"], seen["mode"], seen["protocol"]["key"]) == ("running", "live", "ten_brains")
    assert seen["subject"]["owner"]["id"] == str(run.owner.person_id)
    phase = seen["phase"]
    assert (phase["key"], phase["number"], phase["of"], phase["minutes"]) == ("present", 1, 6, 5)
    ends = dt.datetime.fromisoformat(phase["ends_at"]) - dt.datetime.fromisoformat(phase["opened_at"])
    assert ends == dt.timedelta(minutes=5)
    assert seen["roles"] == ["everyone", "owner"]
    assert (await run.seen_by(run.brains[0]))["roles"] == ["brains", "everyone"]
    assert seen["allowed_actions"] == []
    assert (await run.seen_by(run.moderator))["allowed_actions"] == [
        "advance",
        "back",
        "pause",
        "extend",
        "finish",
        "abandon",
    ]


async def test_a_live_phase_runs_over_and_is_never_closed_by_time(world: World, clock: Clock) -> None:
    run = await a_run(world, "icebreaker_round", members=2)
    clock.forward(hours=3)
    await run.say(run.members[0], "answer")
    await Worker(world.house).drain()
    assert (await run.seen_by(run.moderator))["state"] == "running"


async def test_a_pause_stops_the_clock_and_an_extension_adds_to_it(world: World, clock: Clock) -> None:
    run = await a_run(world, "icebreaker_round", members=2)
    before = dt.datetime.fromisoformat((await run.seen_by(run.moderator))["phase"]["ends_at"])
    assert (await run.must("pause"))["phase"]["ends_at"] is None
    assert code(await run.verb("extend", {"minutes": 5})) == "invalid_transition"
    clock.forward(minutes=30)
    after = dt.datetime.fromisoformat((await run.must("resume"))["phase"]["ends_at"])
    assert dt.timedelta(minutes=29) < after - before < dt.timedelta(minutes=31)
    longer = dt.datetime.fromisoformat((await run.must("extend", {"minutes": 5}))["phase"]["ends_at"])
    assert longer - after == dt.timedelta(minutes=5)
    assert (await run.verb("extend", {"minutes": 0})).status_code == 422


async def test_back_leads_into_an_open_phase_until_somebody_has_seen_or_chosen(world: World) -> None:
    run = await a_run(world, members=4)
    problem = await run.verb("back")
    assert problem.json()["guards"][0]["code"] == "cannot_go_back"
    await run.must("advance")
    assert (await run.must("back"))["phase"]["key"] == "present"
    await run.go_to("contribute")
    await run.say(run.brains[0], "idea")
    assert (await run.must("back"))["phase"]["key"] == "clarify"
    assert await run.said_to(run.moderator) == []
    await run.go_to("build")
    assert (await run.verb("back")).json()["guards"][0]["code"] == "cannot_go_back"
    await run.go_to("synthesize")
    card = (await run.said_to(run.moderator))[0]["id"]
    assert (await run.brains[0].put(f"/contributions/{card}/marks/top")).status_code == 200
    assert (await run.verb("back")).json()["guards"][0]["code"] == "cannot_go_back"
    assert (await run.brains[0].delete(f"/contributions/{card}/marks/top")).status_code == 204
    assert (await run.must("back"))["phase"]["key"] == "build"


async def test_a_soft_guard_gives_way_to_a_reason_that_is_shown(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    stuck = await run.verb("advance")
    assert [guard["code"] for guard in stuck.json()["guards"]] == ["everyone_posted_or_passed"]
    listed = (await run.moderator.get(f"/exercises/{run.id}/actions")).json()["actions"]
    advance = next(one for one in listed if one["verb"] == "advance")
    assert (advance["possible"], advance["reasons"][0]["code"]) == (False, "everyone_posted_or_passed")
    assert (await run.verb("advance", {"override_reason": "  "})).status_code == 422
    seen = await run.must("advance", {"override_reason": "Two had to leave."})
    assert [(one["phase"], one["guards"], one["reason"]) for one in seen["overrides"]] == [
        ("contribute", ["everyone_posted_or_passed"], "Two had to leave.")
    ]


async def test_a_promise_is_a_hard_guard(world: World) -> None:
    run = await a_run(world, members=4)
    assert (await run.verb("finish")).json()["guards"][0]["code"] == "min_commitments"
    await run.go_to("commit")
    stuck = await run.verb("advance", {"override_reason": "Never mind."})
    assert [guard["code"] for guard in stuck.json()["guards"]] == ["min_commitments"]
    said = await run.say(run.owner, "commitment", by_on=in_days(7))
    assert (await run.owner.delete(f"/contributions/{said['id']}")).status_code == 204
    assert (await run.verb("advance")).status_code == 409
    await run.say(run.owner, "commitment", by_on=in_days(7))
    assert (await run.must("advance"))["state"] == "finished"


async def test_abandoning_reveals_nothing(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    await run.say(run.brains[0], "idea")
    assert (await run.must("abandon"))["state"] == "abandoned"
    assert await run.said_to(run.moderator) == []
    assert len(await run.said_to(run.brains[0])) == 1
    assert code(await run.verb("start")) == "invalid_transition"


async def test_a_moderator_takes_part_once_they_post(world: World) -> None:
    run = await a_run(world, members=3)
    await run.go_to("contribute")
    people = {one["person"]["id"] for one in (await run.seen_by(run.moderator))["progress"]["people"]}
    assert str(run.moderator.person_id) not in people
    await run.say(run.moderator, "idea")
    seen = (await run.seen_by(run.owner))["progress"]
    assert str(run.moderator.person_id) in {one["person"]["id"] for one in seen["people"]}
    assert seen["brains"] == {"contributed": 1, "passed": 0, "target": 3}


async def test_progress_counts_brains_who_contributed_and_passed(world: World) -> None:
    run = await a_run(world, members=5)
    await run.go_to("contribute")
    await run.say(run.brains[0], "idea")
    await run.say(run.brains[0], "caution")
    await run.must("pass", by=run.brains[1])
    seen = (await run.seen_by(run.moderator))["progress"]
    assert (seen["overall"], seen["brains"]) == ("some", {"contributed": 1, "passed": 1, "target": 4})
    posted = await run.verb("pass", by=run.brains[0])
    assert (posted.status_code, code(posted)) == (409, "not_accepted")


async def test_at_the_end_of_an_open_or_blind_phase_the_counts_per_person_are_told(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    for brain in run.brains:
        await run.say(brain, "idea")
    await run.must("advance")
    events = await events_of(world)
    blind = [one for one in events if one.type == "contribution.posted"]
    assert {one.only_for for one in blind} == {one.person_id for one in run.brains}
    progressed = [one for one in events if one.type == "exercise.progressed"]
    assert {one.actor_id for one in progressed} == {None}
    ended = next(one for one in events if one.type == "phase.ended" and one.facts["phase"] == "contribute")
    assert ended.facts["contributions"] == {str(one.person_id): 1 for one in run.brains}
    order = [one.type for one in events if one.type.startswith(("phase", "exercise.s"))]
    assert order[:4] == ["exercise.started", "phase.started", "phase.ended", "phase.started"]


@pytest.fixture
def asked() -> Any:
    """Nobody above answers who is present, and afterwards whoever answered before does again."""
    before = list(presence._asked)
    yield presence.register
    presence._asked[:] = before


async def test_who_is_absent_does_not_take_part_live(world: World, asked: Any) -> None:
    group = await a_group(world, members=4)
    away = group.members[3].person_id
    everybody = {one.person_id for one in (*group.members, group.moderator)}

    async def meeting_of(_ctx: Context, _session: UUID) -> Meeting:
        return Meeting(UUID(group.id))

    async def present_at(_ctx: Context, _session: UUID) -> Presence:
        return Presence(everybody, {away})

    asked(present_at, meeting_of)
    session = new_id()
    run = await a_run(world, "icebreaker_round", group=group, session_id=session)
    people = {one["person"]["id"] for one in (await run.seen_by(run.moderator))["progress"]["people"]}
    assert people == {str(one.person_id) for one in group.members[:3]}
    second = await a_run(world, "icebreaker_round", group=group, session_id=session, start=False)
    assert (await second.verb("start")).json()["guards"][0]["code"] == "exercise_running"
    late = await a_run(world, "icebreaker_round", group=group, session_id=session, mode="async")
    people = {one["person"]["id"] for one in (await late.seen_by(run.moderator))["progress"]["people"]}
    assert str(away) in people


async def test_a_session_stops_and_resumes_its_exercise(world: World, asked: Any) -> None:
    presence._asked.clear()
    session = new_id()
    run = await a_run(world, "icebreaker_round", members=2, session_id=session)
    async with world.acting() as ctx:
        found = await exercises.running_in(ctx, session)
        assert found is not None
        assert str(found.id) == run.id
        await exercises.pause_in(ctx, session)
        await exercises.pause_in(ctx, session)
    assert (await run.seen_by(run.moderator))["state"] == "paused"
    async with world.acting() as ctx:
        await exercises.resume_in(ctx, session)
    assert (await run.seen_by(run.moderator))["state"] == "running"
    async with world.acting() as ctx:
        await exercises.finish(ctx, await get(ctx, Exercise, UUID(run.id)))
        assert await exercises.running_in(ctx, session) is None
        await exercises.pause_in(ctx, session)
    assert (await run.seen_by(run.moderator))["state"] == "finished"


async def test_rooms_above_create_start_and_abandon(world: World) -> None:
    run = await a_run(world, members=4, start=False)
    async with world.acting() as ctx:
        await exercises.start(ctx, await get(ctx, Exercise, UUID(run.id)))
    assert (await run.seen_by(run.moderator))["state"] == "running"
    ada = run.brains[0]
    reader = Principal(world.organization_id, "person", ada.person_id)
    async with world.acting(reader) as ctx:
        exercise = await get(ctx, Exercise, UUID(run.id))
        shown = await show_exercise(ctx, exercise, await standing_in(ctx, UUID(run.group.id)))
        assert (shown.phase and shown.phase.key, await contributions_seen(ctx, exercise)) == ("present", [])
    async with world.acting() as ctx:
        await exercises.abandon(ctx, await get(ctx, Exercise, UUID(run.id)))
    assert (await run.seen_by(run.moderator))["state"] == "abandoned"


async def test_of_two_volunteers_at_once_one_gets_the_role(world: World) -> None:
    run = await a_run(world, await a_method(world, "kollegiale_beratung"), members=5)
    answers = await asyncio.gather(*(run.post(one, "volunteer") for one in run.members))
    assert [one.status_code for one in answers].count(201) == 1
    givers = [one for one in run.members if "case_giver" in (await run.seen_by(one))["roles"]]
    assert len(givers) == 1
    await run.must("advance")
    assert [one["kind"] for one in (await run.seen_by(givers[0]))["accepts"]] == ["story"]


async def test_in_troika_everybody_has_a_turn(world: World) -> None:
    run = await a_run(world, await a_method(world, "troika"), members=7)
    owners: list[str] = []
    seen = await run.seen_by(run.moderator)
    assert seen["rounds"] == 4
    while seen["phase"] is not None:
        if seen["phase"]["key"] == "share":
            for member in run.members:
                if "owner" in (await run.seen_by(member))["roles"]:
                    owners.append(str(member.person_id))
        seen = await run.must("advance")
    assert sorted(owners) == sorted(str(one.person_id) for one in run.members)


async def test_a_late_start_by_a_rule_says_what_stands_in_the_way(world: World) -> None:
    group = await a_group(world, members=1)
    run = await a_run(world, group=group, start=False)
    with pytest.raises(Problem, match="at least 3"):
        async with world.acting() as ctx:
            await exercises.start(ctx, await get(ctx, Exercise, UUID(run.id)))


async def test_where_nobody_may_speak_no_brains_are_counted(world: World) -> None:
    run = await a_run(world, members=4)
    for phase, aimed_at in (("present", None), ("contribute", 3), ("synthesize", None)):
        await run.go_to(phase)
        brains = (await run.seen_by(run.moderator))["progress"]["brains"]
        assert (brains and brains["target"]) == aimed_at, phase
