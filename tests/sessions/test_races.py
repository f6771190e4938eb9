"""Two at once: whatever the order, the rules hold."""

import asyncio

from tests.groups.factories import a_group
from tests.sessions.factories import BERLIN, a_draft, a_session, answered, say
from tests.sessions.recurring import a_rule, a_series, sessions_of
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


async def test_of_two_splits_at_once_both_hold_or_one_is_refused(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    before = await sessions_of(group)
    answers = await asyncio.gather(
        *(
            group.moderator.patch(
                f"/sessions/{before[place]['id']}", {"title": f"From {place}"}, params={"scope": "following"}
            )
            for place in (2, 4, 2)
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    listed = await sessions_of(group)
    assert [one["id"] for one in listed] == [one["id"] for one in before]
    assert [one["title"] for one in listed[:2]] == ["Evening", "Evening"]
    assert len({one["series_id"] for one in listed}) == 3
    assert (
        len({one["series_id"] for one in listed[2:4]}) == len({one["series_id"] for one in listed[4:]}) == 1
    )
    assert len((await group.moderator.get(f"/groups/{group.id}/series")).json()["items"]) == 3


async def test_a_change_of_all_and_one_of_this_come_to_the_same_in_any_order(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    before = await sessions_of(group)
    third = f"/sessions/{before[2]['id']}"
    answers = await asyncio.gather(
        group.moderator.patch(third, {"place": "Its own"}),
        group.moderator.patch(third, {"place": "Everywhere", "minutes": 60}, params={"scope": "all"}),
        group.moderator.patch(f"/series/{made['id']}", {"title": "Night"}),
    )
    assert {answer.status_code for answer in answers} == {200}
    places = [(await group.moderator.get(f"/sessions/{one['id']}")).json() for one in before]
    assert [one["place"] for one in places] == [*["Everywhere"] * 2, "Its own", *["Everywhere"] * 3]
    assert {(one["title"], one["minutes"]) for one in places} == {("Night", 60)}
    assert places[2]["overridden"] == ["place"]


async def test_answers_and_a_new_rule_at_once_lose_no_answer(world: World) -> None:
    group = await a_group(world, members=4)
    made = await a_series(group)
    second = (await sessions_of(group))[1]
    rule = {"rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=3"}
    change, *said = await asyncio.gather(
        group.moderator.patch(f"/series/{made['id']}", rule),
        *(answered(one, second["id"], "yes") for one in group.members),
    )
    assert change.status_code == 200
    assert {answer.status_code for answer in said} <= {200, 404, 409}
    found = await group.moderator.get(f"/sessions/{second['id']}")
    if any(answer.status_code == 200 for answer in said):
        assert found.json()["state"] == "cancelled"
    else:
        assert found.status_code == 404


async def test_of_two_series_at_one_time_one_is_made(world: World) -> None:
    group = await a_group(world)
    path = f"/groups/{group.id}/series"
    answers = await asyncio.gather(*(group.moderator.post(path, a_rule()) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert len(await sessions_of(group)) == 6


async def test_a_series_and_a_single_session_never_take_the_same_time(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    for place, hour in enumerate(("19:30", "07:30", "21:30")):
        body = {"local_start": f"2030-01-{15 + 7 * place}T{hour}", "time_zone": BERLIN, "minutes": 60}
        draft = (await group.moderator.post(f"/groups/{group.id}/sessions", body)).json()
        into = f"2030-01-08T{int(hour[:2]) - 1:02}:45"
        answers = await asyncio.gather(
            group.moderator.patch(f"/series/{made['id']}", {"local_start": into}),
            say(group.moderator, draft["id"], "schedule"),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
