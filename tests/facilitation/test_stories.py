"""Every method is played from start to finish by somebody who knows none: only what the exercise offers."""

import pytest

from tests.facilitation.driver import play
from tests.facilitation.factories import a_method, a_run
from tests.world import World


@pytest.mark.parametrize("mode", ["live", "async"])
@pytest.mark.parametrize("protocol", ["ten_brains", "icebreaker_round"])
async def test_a_built_in_method_is_played_to_its_end(world: World, protocol: str, mode: str) -> None:
    run = await a_run(world, protocol, mode=mode)
    said = await play(run)
    seen = await run.seen_by(run.moderator)
    assert (seen["state"], seen["phase"], seen["accepts"]) == ("finished", None, [])
    shown = await run.said_to(run.members[1])
    assert {one["id"] for one in shown} == {one["id"] for one in said}
    assert all(one["revealed"] and one["author"] for one in shown)


@pytest.mark.parametrize(
    "name", ["value_exchange", "one_two_four_all", "troika", "action_learning", "kollegiale_beratung"]
)
async def test_a_method_of_ones_own_is_played_to_its_end(world: World, name: str) -> None:
    key = await a_method(world, name)
    run = await a_run(world, key, members=7)
    assert await play(run)
    assert (await run.seen_by(run.members[0]))["state"] == "finished"
