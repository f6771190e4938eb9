"""Mine too: counted once for each, without names, until the work begins."""

import asyncio

from tests.challenges.factories import a_challenge, a_run
from tests.groups.factories import a_group
from tests.world import World


async def test_mine_too_counts_once_per_person_and_names_nobody(world: World) -> None:
    group = await a_group(world, members=3)
    ada, bob, eve = group.members
    parked = await a_challenge(ada, group)
    path = f"/challenges/{parked['id']}/second"
    assert (await ada.put(path)).status_code == 403
    assert (await world.owner.put(path)).status_code == 404
    for _ in range(2):
        assert (await bob.put(path)).json()["times_asked"] == 2
    assert (await eve.delete(path)).status_code == 204
    assert (await bob.delete(path)).status_code == 204
    assert (await bob.delete(path)).status_code == 204
    seen = (await ada.get(f"/challenges/{parked['id']}")).json()
    assert (seen["times_asked"], seen["version"]) == (1, parked["version"])
    told = (await ada.get("/events?types=challenge.seconded,challenge.unseconded")).json()["items"]
    assert [(one["type"], one["actor_id"]) for one in told] == [
        ("challenge.seconded", None),
        ("challenge.unseconded", None),
    ]


async def test_two_who_say_mine_too_at_once_are_both_counted(world: World) -> None:
    group = await a_group(world, members=7)
    parked = await a_challenge(group.members[0], group)
    path = f"/challenges/{parked['id']}/second"
    others = [*group.members[1:], *group.members[1:]]
    answers = await asyncio.gather(*(one.put(path) for one in others))
    assert {answer.status_code for answer in answers} == {200}
    assert (await group.moderator.get(f"/challenges/{parked['id']}")).json()["times_asked"] == 7


async def test_mine_too_ends_where_the_work_begins(world: World) -> None:
    run = await a_run(world, live=False)
    assert (await run.brains[0].put(f"/challenges/{run.id}/second")).status_code == 409
    assert (await run.brains[0].delete(f"/challenges/{run.id}/second")).status_code == 409
