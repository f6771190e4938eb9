"""A promise that was not made before everybody is read by whoever reads what was said there, and not before."""

from typing import Any

import pytest

from tests.facilitation.factories import Run, a_run, events_of, in_days, written
from tests.facilitation.people import a_protocol
from tests.world import Actor, World

PROMISE = "accepts: {everyone: [commitment]}"
WORDS = "Write to the Zanzibar office."


async def reads(run: Run, who: Actor) -> list[bool]:
    """Whether somebody finds the promise: in the exercise, among promises, by searching."""
    said = await run.said_to(who)
    promises = (await who.get(f"/commitments?group_id={run.group.id}")).json()["items"]
    found = (await who.get(f"/groups/{run.group.id}/search?q=zanzibar&kinds=commitment")).json()["items"]
    return [WORDS in str(shown) for shown in (said, promises, found)]


async def hears(world: World, run: Run, promised_by: Actor) -> set[Any]:
    """Who is told of the promise; None stands for everybody."""
    told = [event for event in await events_of(world) if event.type.startswith("commitment.")]
    assert told
    return {event.only_for for event in told} - {promised_by.person_id}


@pytest.mark.parametrize("visibility", ["sealed, reveals: p2", "blind"])
async def test_it_is_opened_with_its_phase(world: World, visibility: str) -> None:
    text = a_protocol(f"{PROMISE}, visibility: {visibility}", "accepts: {everyone: [idea]}")
    run = await a_run(world, await written(world, text), members=4)
    ada, ben = run.members[:2]
    await run.say(ada, "commitment", WORDS, by_on=in_days(7))
    assert await reads(run, ada) == [True, True, True]
    for other in (ben, run.moderator):
        assert await reads(run, other) == [False, False, False]
    assert await hears(world, run, ada) == set()
    await run.must("advance", {"override_reason": "On."})
    for other in (ben, run.moderator):
        assert await reads(run, other) == [True, True, True]


async def test_it_stays_in_its_breakout(world: World) -> None:
    run = await a_run(world, await written(world, a_protocol(f"{PROMISE}, breakout: 2")), members=4)
    ada = run.members[0]
    beside = {one["id"] for one in (await run.seen_by(ada))["breakout"]["people"]}
    await run.say(ada, "commitment", WORDS, by_on=in_days(7))
    for other in run.members[1:]:
        assert await reads(run, other) == [str(other.person_id) in beside] * 3
    assert await hears(world, run, ada) == set()
    await run.must("finish")
    for other in run.members[1:]:
        assert await reads(run, other) == [str(other.person_id) in beside] * 3


async def test_given_up_before_it_was_opened_it_is_nobodys_else(world: World) -> None:
    text = a_protocol(f"{PROMISE}, visibility: sealed, reveals: p2", "accepts: {everyone: [idea]}")
    run = await a_run(world, await written(world, text), members=3)
    ada, ben = run.members[:2]
    await run.say(ada, "commitment", WORDS, by_on=in_days(7))
    await run.must("abandon")
    assert await reads(run, ben) == [False, False, False]
    assert (await reads(run, ada))[1]
