"""Two at once: whatever the order, the rules hold."""

import asyncio

from tests.groups.factories import a_group
from tests.sessions.factories import a_draft, a_session, answered, say
from tests.world import World


async def test_of_two_sessions_at_one_time_one_is_scheduled(world: World) -> None:
    group = await a_group(world)
    drafts = [await a_draft(world, group, begins_in=60 + step) for step in (0, 0, 30, 90)]
    answers = await asyncio.gather(*(say(group.moderator, one["id"], "schedule") for one in drafts))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    listed = (await group.moderator.get(f"/groups/{group.id}/sessions?state=scheduled")).json()["items"]
    assert len(listed) == 1


async def test_of_two_moves_into_one_time_one_succeeds(world: World) -> None:
    group = await a_group(world)
    first = await a_session(world, group, begins_in=200)
    second = await a_session(world, group, begins_in=400)
    goal = {"local_start": "2030-01-01T18:00"}
    answers = await asyncio.gather(
        *(group.moderator.patch(f"/sessions/{one['id']}", goal) for one in (first, second))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_session_is_started_once(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    answers = await asyncio.gather(*(say(group.moderator, session["id"], "start") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_places_are_never_given_twice(world: World) -> None:
    group = await a_group(world, members=6)
    session = await a_session(world, group, capacity=3)
    answers = await asyncio.gather(*(answered(one, session["id"], "yes") for one in group.members))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["waiting"] for answer in answers) == [False] * 3 + [True] * 3
    seen = (await group.moderator.get(f"/sessions/{session['id']}")).json()["counts"]
    assert seen == {"yes": 3, "maybe": 0, "no": 0, "waiting": 3}


async def test_each_free_place_promotes_one_person_once(world: World) -> None:
    group = await a_group(world, members=6)
    session = await a_session(world, group, capacity=3)
    for one in group.members:
        await answered(one, session["id"], "yes")
    waiting = group.members[3:]
    await asyncio.gather(*(answered(one, session["id"], "no") for one in group.members[:2]))
    rows = (await group.moderator.get(f"/sessions/{session['id']}/rsvps")).json()["items"]
    by_id = {row["person"]["id"]: row for row in rows}
    assert [by_id[str(one.person_id)]["waiting"] for one in waiting] == [False, False, True]
    assert [bool(by_id[str(one.person_id)]["promoted_at"]) for one in waiting] == [True, True, False]
    assert by_id[str(group.members[2].person_id)]["promoted_at"] is None
