"""What was said, page by page: narrowed, in its order, and never anything twice or left out."""

from typing import Any

import pytest

from peergroup.kit.ids import new_id
from peergroup.kit.pagination import encode
from tests.facilitation.factories import Run, a_run, refused
from tests.facilitation.retrospective import retrospective_at
from tests.world import Actor, World


async def pages(run: Run, who: Actor, narrowed: str = "", limit: int = 2) -> list[dict[str, Any]]:
    """Everything, so many at a time."""
    found: list[dict[str, Any]] = []
    path = f"/exercises/{run.id}/contributions?limit={limit}{narrowed}"
    cursor = ""
    while True:
        page = (await who.get(path + cursor)).json()
        assert len(page["items"]) <= limit
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        assert len(page["items"]) == limit
        cursor = f"&cursor={page['next_cursor']}"


async def test_pages_hold_what_the_whole_list_holds(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("clarify")
    for brain in run.brains[:3]:
        await run.say(brain, "question")
    await run.go_to("contribute")
    for brain in run.brains:
        await run.say(brain, "idea")
    ada = run.brains[0]
    whole = await run.said_to(ada)
    assert len(whole) == 3 + len(run.brains)
    for limit in (1, 2, 3, 200):
        assert await pages(run, ada, limit=limit) == whole
    for narrowed, belongs in (
        ("&phase=clarify", lambda one: one["phase"] == "clarify"),
        ("&kind=idea", lambda one: one["kind"] == "idea"),
        ("&phase=clarify&kind=idea", lambda _one: False),
    ):
        assert await pages(run, ada, narrowed) == [one for one in whole if belongs(one)]
    alone = await ada.get(f"/contributions/{whole[2]['id']}")
    assert alone.json() == whole[2]


async def test_ones_own_sealed_cards_have_their_place_among_the_pages(world: World) -> None:
    run = await retrospective_at(world, "introduce")
    for member in run.members:
        await run.say(member, "acknowledgement")
    await run.go_to("going_well")
    for number, member in enumerate((*run.members, run.members[0])):
        await run.say(member, "support", f"Card {number}.")
    ada = run.members[0]
    whole = await run.said_to(ada)
    assert [one["kind"] for one in whole] == ["acknowledgement"] * 4 + ["support"] * 2
    assert {one["body"] for one in whole[4:]} == {"Card 0.", "Card 4."}
    assert await pages(run, ada) == whole
    assert await pages(run, ada, "&kind=support", limit=1) == whole[4:]
    assert await pages(run, run.moderator) == await run.said_to(run.moderator)


@pytest.mark.parametrize("step", [2**31, 2**62, -(2**61)])
async def test_a_cursor_from_beyond_what_is_stored_is_refused(world: World, step: int) -> None:
    run = await a_run(world, members=2)
    for who in (run.owner, run.moderator):
        answer = await who.get(f"/exercises/{run.id}/contributions?cursor={encode([step, new_id()])}")
        refused(answer, 422, "invalid")
