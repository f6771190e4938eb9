"""Exercises between sessions: deadlines by the clock, extended, paused, and refused where they do not fit."""

import datetime as dt

from peergroup.kit.time import to_wire
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.facilitation.factories import Run, a_run, code, in_days, written
from tests.facilitation.people import a_protocol
from tests.groups.factories import a_group
from tests.world import World


async def test_deadlines_close_phases_whether_or_not_the_worker_ran(world: World, clock: Clock) -> None:
    run = await an_async_run(world, clock)
    ada, ben = run.members[0], run.members[1]
    early = await run.say(ada, "idea")
    clock.forward(hours=25)
    late = await run.post(ben, "idea")
    assert (late.status_code, code(late)) == (409, "phase_over")
    assert (await run.verb("pass", by=ben)).json()["code"] == "phase_over"
    edit = await ada.patch(f"/contributions/{early['id']}", {"body": "Else."})
    assert (edit.status_code, code(edit)) == (409, "phase_over")
    seen = await run.seen_by(ben)
    assert (seen["accepts"], "pass" in seen["allowed_actions"]) == ([], False)
    assert await run.said_to(ben) == []
    await Worker(world.house).drain()
    seen = await run.seen_by(ben)
    assert (seen["phase"]["key"], seen["overrides"][0]["reason"]) == ("p2", "The deadline has passed.")
    assert len(await run.said_to(ben)) == 1
    await run.say(ben, "reply", parent_id=early["id"])
    clock.forward(hours=24)
    await Worker(world.house).drain()
    assert (await run.seen_by(ben))["state"] == "finished"


async def an_async_run(world: World, clock: Clock) -> Run:
    text = a_protocol(
        "accepts: {everyone: [idea]}, visibility: blind, exit: [everyone_posted_or_passed]",
        "accepts: {everyone: [reply]}, parents: {reply: idea}",
    )
    deadlines = {"p1": clock() + dt.timedelta(hours=24), "p2": clock() + dt.timedelta(hours=48)}
    return await a_run(world, await written(world, text), mode="async", deadlines=deadlines)


async def test_an_extension_puts_off_this_deadline_and_the_next(world: World, clock: Clock) -> None:
    run = await an_async_run(world, clock)
    clock.forward(hours=25)
    await run.must("extend", {"minutes": 120})
    await run.say(run.members[0], "idea")
    await Worker(world.house).drain()
    assert (await run.seen_by(run.moderator))["phase"]["key"] == "p1"
    clock.forward(hours=3)
    await Worker(world.house).drain()
    seen = await run.seen_by(run.moderator)
    assert seen["phase"]["key"] == "p2"
    assert seen["phase"]["ends_at"] > to_wire(clock() + dt.timedelta(hours=20))


async def test_a_pause_puts_deadlines_off(world: World, clock: Clock) -> None:
    run = await an_async_run(world, clock)
    await run.must("pause")
    clock.forward(days=5)
    await Worker(world.house).drain()
    assert (await run.seen_by(run.moderator))["state"] == "paused"
    await run.must("resume")
    await run.say(run.members[0], "idea")
    await Worker(world.house).drain()
    assert (await run.seen_by(run.moderator))["phase"]["key"] == "p1"


async def test_a_missing_promise_keeps_a_closed_phase_waiting(world: World, clock: Clock) -> None:
    text = a_protocol("accepts: {everyone: [commitment]}, exit: [{min_commitments: 1}]")
    deadlines = {"p1": clock() + dt.timedelta(hours=1)}
    run = await a_run(world, await written(world, text), mode="async", deadlines=deadlines)
    clock.forward(hours=2)
    await Worker(world.house).drain()
    assert (await run.seen_by(run.moderator))["state"] == "running"
    assert code(await run.post(run.members[0], "commitment", by_on=in_days(9))) == "phase_over"
    await run.must("extend", {"minutes": 60})
    await run.say(run.members[0], "commitment", by_on=in_days(9))
    clock.forward(hours=2)
    await Worker(world.house).drain()
    assert (await run.seen_by(run.moderator))["state"] == "finished"


async def test_deadlines_that_do_not_fit_are_refused(world: World, clock: Clock) -> None:
    group = await a_group(world, members=2)
    path, soon = f"/groups/{group.id}/exercises", to_wire(clock() + dt.timedelta(hours=1))
    past = to_wire(clock() - dt.timedelta(hours=1))
    for deadlines, mode in (
        ({"round": past}, "async"),
        ({"unknown": soon}, "async"),
        ({"round": soon}, "live"),
    ):
        body = {"protocol": "icebreaker_round", "mode": mode, "deadlines": deadlines}
        assert (await group.moderator.post(path, body)).status_code == 422
    body = {"protocol": "icebreaker_round", "deadlines": {"round": soon}}
    made = await group.moderator.post(path, body)
    assert (made.status_code, made.json()["mode"]) == (201, "async")
