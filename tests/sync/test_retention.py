"""How long runs are kept."""

from peergroup.worker import Worker
from tests.conftest import Clock
from tests.sync.runs import applied, lines, person, staged
from tests.world import World

ONE = lines("1,Ada,a@example.com")


async def test_what_nobody_applied_goes_after_a_week_and_what_was_applied_after_ninety_days(
    world: World, clock: Clock
) -> None:
    waiting = await staged(world.owner, "crm", ONE)
    done = (await applied(world.owner, "crm", ONE))["id"]
    torn = (await applied(world.owner, "crm", lines("2,Bea,a@example.com")))["id"]
    for days, kept in ((6, {waiting, done, torn}), (2, {done, torn}), (81, {done, torn}), (2, {torn})):
        clock.forward(days=days)
        await Worker(world.house).drain()
        there = {
            run
            for run in (waiting, done, torn)
            if (await world.owner.get(f"/sync-runs/{run}")).status_code == 200
        }
        assert there == kept
    assert (await person(world.owner, "crm", "1"))["name"] == "Ada"
    (conflict,) = (await world.owner.get("/conflicts")).json()["items"]
    settled = await world.owner.post(f"/conflicts/{conflict['id']}/resolve", {"decision": "separate"})
    assert settled.status_code == 200
    clock.forward(days=1)
    await Worker(world.house).drain()
    assert (await world.owner.get(f"/sync-runs/{torn}")).status_code == 404
