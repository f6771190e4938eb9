"""Whose turn it is."""

from typing import Any

from tests.challenges.factories import a_challenge, a_run, an_accepted
from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, a_member, verb
from tests.sessions.factories import RUN_OF_SHOW, a_session
from tests.world import Actor, World


async def turns(who: Actor, group: GroupOf, query: str = "") -> list[dict[str, Any]]:
    """The rotation as somebody reads it."""
    answer = await who.get(f"/groups/{group.id}/hot-seat-rotation{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def names(found: list[dict[str, Any]]) -> list[str]:
    return [one["person"]["name"] for one in found]


async def test_whoever_waits_longest_comes_first(world: World, clock: Clock) -> None:
    group = await a_group(world, members=1)
    clock.forward(days=1)
    group.members.append(await a_member(world, group))
    first, second = group.members
    assert names(await turns(first, group)) == [first.name, second.name]
    await an_accepted(group, second)  # a problem waits
    found = await turns(first, group)
    assert names(found) == [second.name, first.name]
    assert found[0]["why"]["waiting"] is True
    assert "a problem waits" in found[0]["why"]["said"]


async def test_whoever_had_a_hot_seat_comes_later(world: World) -> None:
    run = await a_run(world)
    found = await turns(run.owner, run.group)
    assert names(found)[-1] == run.owner.name
    why = found[-1]["why"]
    assert (why["hot_seats"], why["next_at"]) == (1, None)
    assert why["said"].startswith("1 hot seat in twelve months; the last on ")
    assert {one["why"]["hot_seats"] for one in found[:-1]} == {0}


async def test_a_year_later_it_counts_no_more(world: World, clock: Clock) -> None:
    run = await a_run(world)
    clock.forward(days=366)
    (mine,) = [one for one in await turns(run.owner, run.group) if one["person"]["name"] == run.owner.name]
    assert mine["why"]["hot_seats"] == 0
    assert mine["why"]["last_at"] is not None


async def test_who_has_a_seat_ahead_comes_last(world: World) -> None:
    group = await a_group(world)
    first, second = group.members
    seat = RUN_OF_SHOW[1] | {"person_id": str(first.person_id)}
    session = await a_session(world, group, begins_in=60 * 24, agenda=[seat])
    found = await turns(first, group)
    assert names(found) == [second.name, first.name]
    assert found[1]["why"]["next_at"] == session["starts_at"]


async def test_what_was_said_without_names_is_in_no_figure(world: World) -> None:
    run = await a_run(world)
    narrowed = await run.owner.patch(f"/challenges/{run.id}", {"confidentiality": "chatham"})
    assert narrowed.status_code == 200, narrowed.text
    found = await turns(run.owner, run.group)
    assert {one["why"]["hot_seats"] for one in found} == {0}
    assert {one["why"]["last_at"] for one in found} == {None}
    await a_challenge(run.owner, run.group)
    lot = (await run.owner.get(f"/groups/{run.group.id}/parking-lot")).json()["items"]
    assert {one["why"]["hot_seats"] for one in lot} == {0}


async def test_only_active_members_have_a_turn_and_readers_see_it_in_pages(world: World) -> None:
    group = await a_group(world, members=3)
    gone = group.members[2]
    assert (await verb(gone, group, gone, "leave")).status_code == 200
    first, second = group.members[:2]
    page = (await first.get(f"/groups/{group.id}/hot-seat-rotation?limit=1")).json()
    rest = await turns(first, group, f"?cursor={page['next_cursor']}")
    assert names(page["items"]) + names(rest) == [first.name, second.name]
    assert (await gone.get(f"/groups/{group.id}/hot-seat-rotation")).status_code == 404
    assert (await world.owner.get(f"/groups/{group.id}/hot-seat-rotation")).status_code == 404
