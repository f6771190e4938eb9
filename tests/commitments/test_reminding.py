"""What the clock does with promises: reminders, and what is missed at last."""

from typing import Any

import pytest

from peergroup.worker import Worker
from tests.commitments.factories import a_promise, day, events_of, say
from tests.groups.factories import a_group, verb
from tests.sessions.factories import a_running
from tests.world import World


@pytest.mark.parametrize("end", ["remove", "take_leave"])
async def test_who_does_not_read_a_promise_is_not_reminded_of_it(world: World, clock: Any, end: str) -> None:
    group = await a_group(world, members=1)
    ada, session = group.members[0], await a_running(world, group)
    body = {"source": "session", "session_id": session["id"]}
    promise = await a_promise(world, ada, days=3, **body)
    who, why = (group.moderator, {"reason": "Away."}) if end == "remove" else (ada, None)
    assert (await verb(who, group, ada, end, why)).status_code == 200
    for _ in range(20):
        clock.forward(days=1)
        await Worker(world.house).drain()
    told = [kind for kind, _, _ in await events_of(world, promise["id"])]
    reminded = [] if end == "remove" else ["commitment.reminded"] * 3
    assert told == ["commitment.made", *reminded, "commitment.missed"]


async def test_the_clock_reminds_its_owner_and_at_last_counts_it_as_missed(world: World, clock: Any) -> None:
    ada = await world.person(time_zone="America/New_York")
    promise = await a_promise(world, ada, days=3)
    version = promise["version"]
    told = []
    for _ in range(20 * 24):
        clock.forward(hours=1)
        if await Worker(world.house).drain():
            found = await events_of(world, promise["id"])
            told += [(kind, facts.get("when"), who) for kind, who, facts in found[len(told) + 1 :]]
    assert [(kind, when) for kind, when, _ in told] == [
        ("commitment.reminded", "day_before"),
        ("commitment.reminded", "due_today"),
        ("commitment.reminded", "overdue"),
        ("commitment.missed", None),
    ]
    assert {str(who) for _, _, who in told} == {str(ada.person_id)}
    lapsed = (await ada.get(f"/commitments/{promise['id']}")).json()
    assert (lapsed["state"], lapsed["overdue"]) == ("missed", False)
    assert lapsed["version"] == version + 1


async def test_a_worker_that_was_away_reminds_once(world: World, clock: Any) -> None:
    ada = await world.person()
    promise = await a_promise(world, ada, days=3)
    clock.forward(days=6)
    await Worker(world.house).drain()
    await Worker(world.house).drain()
    assert [kind for kind, _, _ in await events_of(world, promise["id"])] == [
        "commitment.made",
        "commitment.reminded",
    ]


async def test_settled_and_moved_promises_are_not_reminded_of(world: World, clock: Any) -> None:
    ada = await world.person()
    kept, moved = await a_promise(world, ada, days=3), await a_promise(world, ada, days=3)
    assert (await say(ada, kept["id"], "complete")).status_code == 200
    later = {"by_on": day(world, 60), "reason": "Later."}
    assert (await say(ada, moved["id"], "renegotiate", later)).status_code == 200
    clock.forward(days=30)
    await Worker(world.house).drain()
    for promise in (kept, moved):
        assert "commitment.reminded" not in [kind for kind, _, _ in await events_of(world, promise["id"])]
