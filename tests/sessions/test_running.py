"""A session from draft to completion: the agenda, the clock, and what stands in the way."""

import datetime as dt
from typing import Any

from tests.challenges.factories import an_accepted
from tests.conftest import Clock
from tests.groups.factories import a_group, verb
from tests.sessions.factories import (
    a_draft,
    a_running,
    a_session,
    answered,
    codes,
    done,
    event_types,
    marked,
    say,
)
from tests.world import World


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


async def test_a_session_runs_from_draft_to_completion(world: World) -> None:
    group = await a_group(world)
    ada, lead = group.members[0], group.moderator
    draft = await a_draft(world, group)
    assert (draft["state"], draft["allowed_actions"]) == ("draft", ["schedule", "cancel"])
    scheduled = await done(lead, draft["id"], "schedule")
    assert scheduled["state"] == "scheduled"
    assert (await answered(ada, draft["id"], "yes")).status_code == 200
    running = await done(lead, draft["id"], "start")
    first, second, *_ = running["agenda"]
    assert (running["state"], running["clock"]["segment_id"]) == ("in_progress", first["id"])
    moved = await done(lead, draft["id"], "next")
    assert moved["clock"]["segment_id"] == second["id"]
    assert moved["agenda"][0]["ended_at"] is not None
    refused = await say(lead, draft["id"], "complete")
    assert (refused.status_code, codes(refused)) == (409, {"attendance_missing"})
    assert (await marked(lead, draft["id"], ada, "present")).status_code == 200
    over = await done(lead, draft["id"], "complete")
    assert (over["state"], over["clock"], over["allowed_actions"]) == ("completed", None, [])
    assert over["ended_at"] is not None


async def test_every_step_is_an_event_of_ids_and_facts(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    for name, body in (("next", None), ("extend", {"minutes": 5}), ("pause", None), ("resume", None)):
        await done(group.moderator, session["id"], name, body)
    await done(group.moderator, session["id"], "complete")
    assert await event_types(world, session["id"]) == [
        "session.drafted",
        "session.scheduled",
        "session.started",
        "session.segment_changed",
        "session.extended",
        "session.paused",
        "session.resumed",
        "session.completed",
    ]


async def test_the_clock_is_the_servers(world: World, clock: Clock) -> None:
    group = await a_group(world)
    running = await a_running(world, group)
    lead, id_ = group.moderator, running["id"]
    began = instant(running["started_at"])
    assert instant(running["clock"]["ends_at"]) - began == dt.timedelta(minutes=10)
    clock.forward(minutes=4)
    paused = (await done(lead, id_, "pause"))["clock"]
    assert (paused["ends_at"], 355 <= paused["left_seconds"] <= 360) == (None, True)
    longer = (await done(lead, id_, "extend", {"minutes": 3}))["clock"]
    assert (longer["ends_at"], longer["left_seconds"]) == (None, paused["left_seconds"] + 180)
    clock.forward(hours=2)
    on = (await done(lead, id_, "resume"))["clock"]
    left = instant(on["ends_at"]) - world.house.clock()
    assert dt.timedelta(minutes=8) < left < dt.timedelta(minutes=9, seconds=1)
    more = (await done(lead, id_, "extend", {"minutes": 10}))["clock"]
    assert instant(more["ends_at"]) - instant(on["ends_at"]) == dt.timedelta(minutes=10)


async def test_an_overrun_is_kept_over_a_pause(world: World, clock: Clock) -> None:
    group = await a_group(world)
    running = await a_running(world, group)
    clock.forward(minutes=12)
    paused = (await done(group.moderator, running["id"], "pause"))["clock"]
    assert -125 <= paused["left_seconds"] <= -115


async def test_next_and_back_walk_the_agenda(world: World) -> None:
    group = await a_group(world)
    running = await a_running(world, group)
    lead, id_ = group.moderator, running["id"]
    ids = [one["id"] for one in running["agenda"]]
    assert codes(await say(lead, id_, "back")) == {"first_segment"}
    for expected in ids[1:]:
        assert (await done(lead, id_, "next"))["clock"]["segment_id"] == expected
    again = await done(lead, id_, "back")
    assert (again["clock"]["segment_id"], again["agenda"][2]["ended_at"]) == (ids[2], None)
    assert (await done(lead, id_, "next"))["clock"]["segment_id"] == ids[3]
    over = await done(lead, id_, "next")
    assert over["clock"] is None
    assert codes(await say(lead, id_, "next")) == {"agenda_over"}
    assert codes(await say(lead, id_, "extend", {"minutes": 5})) == {"no_segment"}
    assert (await done(lead, id_, "back"))["clock"]["segment_id"] == ids[3]


async def test_one_segment_runs_at_a_time_however_one_moves(world: World) -> None:
    group = await a_group(world, members=3)
    running = await a_running(world, group)
    lead, id_ = group.moderator, running["id"]
    path = f"/challenges/{(await an_accepted(group, group.members[0]))['id']}"
    assert (await lead.patch(path, {"session_id": id_})).status_code == 200

    async def now() -> list[str]:
        shown = (await lead.get(f"/sessions/{id_}")).json()
        begun = [one for one in shown["agenda"] if one["started_at"] and not one["ended_at"]]
        assert [one["id"] for one in begun] == [shown["clock"]["segment_id"]]
        return [one["title"] for one in begun]

    for _ in range(3):
        await done(lead, id_, "next")
    assert await now() == ["See you"]
    await done(lead, id_, "back")
    assert await now() == ["Ten brains again"]
    await done(lead, id_, "back")
    assert await now() == ["Ten brains"]
    await done(lead, id_, "back")
    assert await now() == ["Welcome"]
    started = (await lead.post(f"{path}/start")).json()
    assert await now() == ["Ten brains"]
    assert (await lead.post(f"/exercises/{started['exercise_id']}/abandon")).status_code == 200
    for expected in ("Ten brains again", "See you"):
        await done(lead, id_, "next")
        assert await now() == [expected]


async def test_a_session_without_an_agenda_runs_too(world: World) -> None:
    group = await a_group(world)
    running = await a_running(world, group, agenda=[])
    assert running["clock"] is None
    assert codes(await say(group.moderator, running["id"], "next")) == {"agenda_over"}
    assert (await done(group.moderator, running["id"], "complete"))["state"] == "completed"


async def test_a_session_starts_from_sixty_minutes_before(world: World, clock: Clock) -> None:
    group = await a_group(world)
    session = await a_session(world, group, begins_in=75)
    refused = await say(group.moderator, session["id"], "start")
    assert (refused.status_code, codes(refused)) == (409, {"too_early"})
    listed = (await group.moderator.get(f"/sessions/{session['id']}/actions")).json()["actions"]
    start = next(one for one in listed if one["verb"] == "start")
    assert (start["possible"], start["reasons"][0]["code"]) == (False, "too_early")
    clock.forward(minutes=16)
    assert (await done(group.moderator, session["id"], "start"))["state"] == "in_progress"


async def test_earlier_or_later_needs_a_reason(world: World, clock: Clock) -> None:
    group = await a_group(world)
    early = await a_session(world, group, begins_in=300)
    begun = await done(group.moderator, early["id"], "start", {"reason": "Everybody is here."})
    assert begun["state"] == "in_progress"
    await done(group.moderator, early["id"], "complete")
    late = await a_session(world, group, begins_in=600)
    clock.forward(minutes=721)
    refused = await say(group.moderator, late["id"], "start")
    assert codes(refused) == {"too_late"}
    assert (await done(group.moderator, late["id"], "start", {"reason": "A storm."}))[
        "state"
    ] == "in_progress"


async def test_a_reason_for_the_usual_time_is_not_kept(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    await done(group.moderator, session["id"], "start", {"reason": "Not needed."})
    minutes = await group.moderator.get(f"/sessions/{session['id']}/minutes")
    assert minutes.json()["reason"] is None


async def test_a_group_is_in_one_session_at_a_time(world: World) -> None:
    group = await a_group(world)
    await a_running(world, group)
    second = await a_session(world, group, begins_in=200)
    refused = await say(group.moderator, second["id"], "start", {"reason": "Now."})
    assert codes(refused) == {"another_running"}


async def test_nothing_is_scheduled_before_the_group_is_active(world: World) -> None:
    group = await a_group(world, members=0, active=False)
    draft = await a_draft(world, group)
    assert codes(await say(group.moderator, draft["id"], "schedule")) == {"group_inactive"}


async def test_what_is_over_is_not_scheduled(world: World) -> None:
    group = await a_group(world)
    draft = await a_draft(world, group, begins_in=-300)
    assert codes(await say(group.moderator, draft["id"], "schedule")) == {"over"}


async def test_everybody_reads_why_a_session_was_cancelled(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    assert (await say(group.moderator, session["id"], "cancel")).status_code == 422
    off = await done(group.moderator, session["id"], "cancel", {"reason": "The moderator is ill."})
    assert (off["state"], off["sequence"]) == ("cancelled", 1)
    seen = (await group.members[0].get(f"/sessions/{session['id']}")).json()
    assert seen["reason"] == "The moderator is ill."
    assert (await say(group.moderator, session["id"], "start")).json()["allowed"] == []


async def test_archiving_a_group_cancels_what_was_planned(world: World) -> None:
    group = await a_group(world)
    draft = await a_draft(world, group, begins_in=500)
    session = await a_session(world, group)
    assert (await world.owner.post(f"/groups/{group.id}/archive")).status_code == 200
    for one in (draft, session):
        assert (await world.owner.get(f"/sessions/{one['id']}")).json()["state"] == "cancelled"
    refused = await group.moderator.post(f"/groups/{group.id}/sessions", {"local_start": "2030-01-01T18:00"})
    assert refused.status_code == 409


async def test_a_stale_verb_is_refused(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    stale: dict[str, Any] = {"headers": {"If-Match": '"1-0000000000000000"'}}
    refused = await group.moderator.call("POST", f"/sessions/{session['id']}/start", **stale)
    assert (refused.status_code, refused.json()["code"]) == (412, "stale")


async def test_whoever_left_during_a_session_needs_no_mark(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_session(world, group)
    await answered(ada, session["id"], "yes")
    await done(group.moderator, session["id"], "start")
    assert codes(await say(group.moderator, session["id"], "complete")) == {"attendance_missing"}
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    assert (await done(group.moderator, session["id"], "complete"))["state"] == "completed"
