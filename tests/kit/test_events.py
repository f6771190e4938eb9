"""Events: numbered without gaps in the order of commits; reactions belong to the transaction."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from peergroup.kit import events
from peergroup.kit.context import Context
from peergroup.kit.events import Event, Fact
from peergroup.kit.problems import CONFLICT, Problem
from peergroup.people.models import Company
from tests.kit.conftest import events_of, toys_of
from tests.world import Actor, World

Name = Callable[[], str]


@pytest.fixture
def reacting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register reactions for this test only."""
    known = {type_: list(those) for type_, those in events._reactions.items()}
    monkeypatch.setattr(events, "_reactions", known)

    def register(type_: str, reaction: Any) -> None:
        events.on(type_)(reaction)

    return register


async def sequences(world: World) -> list[int]:
    async with world.acting() as ctx:
        return list(await ctx.db.scalars(select(Event.sequence).order_by(Event.sequence)))


async def test_whoever_reads_while_many_write_never_sees_a_gap(world: World, a_name: Name) -> None:
    writers = [await world.person() for _ in range(6)]
    done = asyncio.Event()

    async def reading() -> int:
        looks = 0
        while not done.is_set():
            seen = await sequences(world)
            assert seen == list(range(1, len(seen) + 1))
            looks += 1
        return looks

    async def writing(actor: Actor, place: int) -> None:
        for turn in range(8):
            breaks = "refused" if (turn + place) % 3 == 0 else None
            await actor.post("/toys", {"name": a_name(), "breaks": breaks})

    reader = asyncio.create_task(reading())
    await asyncio.gather(*(writing(actor, place) for place, actor in enumerate(writers)))
    done.set()
    assert await reader > 1
    assert len(await events_of(world)) == await toys_of(world) == 32
    assert await sequences(world) == list(range(1, len(await sequences(world)) + 1))


@pytest.mark.parametrize("error", [RuntimeError("no"), Problem(CONFLICT, "No.")], ids=["broken", "refused"])
async def test_a_reaction_that_fails_undoes_what_it_reacts_to(
    world: World, player: Actor, a_name: Name, reacting: Callable[..., None], error: Exception
) -> None:
    status = 409 if isinstance(error, Problem) else 500

    async def fail(_ctx: Context, _fact: Fact) -> None:
        raise error

    reacting("toy.made", fail)
    answer = await player.post("/toys", {"name": a_name()})
    assert (answer.status_code, await toys_of(world), await events_of(world)) == (status, 0, [])


async def test_reactions_see_each_others_work_in_the_order_of_their_registration(
    world: World, player: Actor, a_name: Name, reacting: Callable[..., None]
) -> None:
    order: list[str] = []

    async def first(ctx: Context, _fact: Fact) -> None:
        order.append("first")
        ctx.db.add(Company(name=a_name(), created_at=ctx.now))
        await ctx.db.flush()
        ctx.record("toy.followed", ctx.organization_id)

    async def second(_ctx: Context, _fact: Fact) -> None:
        order.append("second")

    async def to_the_follower(_ctx: Context, _fact: Fact) -> None:
        order.append("to the follower")

    reacting("toy.made", first)
    reacting("toy.made", second)
    reacting("toy.followed", to_the_follower)
    assert (await player.post("/toys", {"name": a_name()})).status_code == 201
    assert order == ["first", "second", "to the follower"]
    assert await toys_of(world) == 2
    (made,), (followed,) = await events_of(world), await events_of(world, "toy.followed")
    assert followed.sequence == made.sequence + 1


async def test_facts_are_written_plainly_and_say_who(world: World, player: Actor, a_name: Name) -> None:
    made = await player.post("/toys", {"name": a_name(), "size": 7})
    async with world.acting() as ctx:
        one = (await ctx.db.scalars(select(Event).where(Event.type == "toy.made"))).one()
    assert (str(one.subject_id), one.actor_id, one.facts) == (
        made.json()["id"],
        player.person_id,
        {"size": 7},
    )
