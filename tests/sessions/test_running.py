"""A session from draft to completion: the agenda, the clock, and who may move it."""

from tests.conftest import Clock
from tests.groups.factories import a_group
from tests.sessions.factories import (
    a_draft,
    a_running,
    a_session,
    answered,
    codes,
    done,
    marked,
    say,
)
from tests.world import World


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
