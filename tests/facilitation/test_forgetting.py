"""What is left of somebody's words when they are forgotten."""

import pytest
from sqlalchemy import select

from peergroup.people.models import ErasureReceipt
from peergroup.worker import Worker
from tests.facilitation.factories import Run, a_method, a_run
from tests.groups.factories import a_group
from tests.world import Actor, World


async def forget(run: Run, who: Actor, words: str) -> None:
    answer = await run.world.owner.post(f"/people/{who.person_id}/erase", {"words": words})
    assert answer.status_code == 202, answer.text
    await Worker(run.world.house).drain()


@pytest.mark.parametrize("words", ["remove", "keep_unnamed"])
async def test_words_go_or_stay_as_a_former_members(world: World, words: str) -> None:
    run = await a_run(world, "icebreaker_round", group=await a_group(world, members=3))
    ada, ben = run.members[:2]
    said = await run.say(ada, "answer", "First.")
    await run.say(ben, "answer", "Theirs.")
    await ada.patch(f"/contributions/{said['id']}", {"body": "Second."})
    await run.must("finish")
    await forget(run, ada, words)
    shown = next(one for one in await run.said_to(ben) if one["id"] == said["id"])
    assert shown["author"]["name"] == "A former member"
    minutes = (await ben.get(f"/exercises/{run.id}/minutes")).text
    assert "Theirs." in minutes
    if words == "remove":
        assert (shown["body"], shown["revisions"]) == (None, [])
        assert "Second." not in minutes
    else:
        assert (shown["body"], [one["body"] for one in shown["revisions"]]) == ("Second.", ["First."])
        assert "Second." in minutes


async def test_a_card_that_is_still_sealed_goes_too(world: World) -> None:
    run = await a_run(world, await a_method(world, "value_exchange"), members=4)
    await run.go_to("going_well")
    for number, member in enumerate(run.members):
        await run.say(member, "support", f"Card {number}.")
    path = f"/people/{run.members[0].person_id}/erase"
    assert (await world.owner.post(path, {"words": "remove"})).status_code == 202
    await run.go_to("review_vote")  # before the worker comes to it
    shown = await run.said_to(run.members[1], kind="support")
    assert sorted(one["body"] for one in shown) == ["Card 1.", "Card 2.", "Card 3."]
    await Worker(world.house).drain()
    async with world.acting() as ctx:
        receipt = await ctx.db.scalar(select(ErasureReceipt))
    assert receipt is not None
    assert receipt.removed["contributions"] == 1
