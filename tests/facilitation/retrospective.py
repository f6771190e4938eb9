"""The way through the value exchange, for its tests."""

from typing import Any

from tests.facilitation.factories import Run, a_run
from tests.groups.factories import GroupOf
from tests.world import Actor, World

KEEP = "We begin on time."
STOP = "Phones on the table."
START = "Read the covenant aloud."


async def a_retrospective(world: World, group: GroupOf | None = None) -> Run:
    return await a_run(world, "value_exchange", members=4, group=group)


async def retrospective_at(world: World, phase: str, members: int = 4) -> Run:
    run = await a_run(world, "value_exchange", members=members)
    await run.go_to(phase)
    return run


async def advance(run: Run, **body: Any) -> dict[str, Any]:
    await run.close_lists()
    return await run.must("advance", body or None)


async def cards(run: Run, kind: str, who: Actor | None = None) -> list[dict[str, Any]]:
    return await run.said_to(who or run.moderator, kind=kind)


async def mark(who: Actor, card: str, name: str) -> Any:
    return await who.put(f"/contributions/{card}/marks/{name}")


async def to_the_board(run: Run) -> tuple[list[str], list[str]]:
    """Steps 1 to 4: every member has said what carries and what hinders; ids of both lists' cards."""
    for member in run.members:
        await run.say(member, "acknowledgement", "I will keep them.")
    await advance(run)
    for kind in ("support", "hinder"):
        for place, member in enumerate(run.members):
            await run.say(member, kind, f"{KEEP if kind == 'support' else STOP} {place}")
        await advance(run)
    return [one["id"] for one in await cards(run, "support")], [
        one["id"] for one in await cards(run, "hinder")
    ]


async def to_the_plan(run: Run) -> list[str]:
    """Steps 1 to 5: three of four cards chosen on each list, and four proposals; their ids."""
    for name, ids in zip(("support", "hinder"), await to_the_board(run), strict=True):
        for member in run.members:
            for card in ids[:3]:
                assert (await mark(member, card, name)).status_code == 200
    await advance(run)
    made = [await run.say(member, "proposal", f"{START} {n}") for n, member in enumerate(run.members)]
    await advance(run)
    return [one["id"] for one in made]
