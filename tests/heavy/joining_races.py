"""Who is first: one seat too few, one free call for many spellings of a mailbox, one visit for all of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.access import credentials
from peergroup.groups.models import Membership
from peergroup.kit.time import to_wire
from peergroup.people.consumptions import Consumption
from peergroup.people.models import Person
from peergroup.prospects.models import Prospect
from tests.groups.factories import a_group
from tests.heavy.racing import Run, Track
from tests.prospects.factories import with_settings
from tests.scale import scaled
from tests.sessions.factories import a_session
from tests.world import Actor, World

RACERS, ROUNDS = scaled(40, 500), scaled(2, 20)
FREE = 3
MOVERS = scaled(6, 15)


async def racers_for_free_calls_get_exactly_what_is_free(track: Track) -> None:
    """All of them have one mailbox, each with another spelling."""
    world = await track.world()
    await with_settings(world, entitlements={"discovery_call": FREE, "strategy_session": 1})
    for turn in range(ROUNDS):
        step, free = (("discovery_held", FREE), ("strategy_held", 1))[turn % 2]
        prospects = await _prospects(world, step)
        answers = await track.race(
            Run(world.owner, "POST", f"/prospects/{id_}/advance", {"step": step}) for id_ in prospects
        )
        assert answers == {(200, ""): free, (409, "guard_failed"): RACERS - free}
        async with world.acting() as ctx:
            took = await ctx.db.scalar(
                select(func.count()).where(Prospect.id.in_(map(UUID, prospects)), Prospect.step == step)
            )
        assert took == free


_mailboxes = iter(range(1_000_000))


def _spellings() -> list[str]:
    mailbox = f"racer{next(_mailboxes)}"
    return [f"{mailbox}+{place}@example.com" for place in range(RACERS)]


async def _people(ctx: Any) -> list[Person]:
    """As many people as race, with one mailbox among them."""
    people = [
        Person(name=f"R {n}", email=email, created_at=ctx.now, updated_at=ctx.now)
        for n, email in enumerate(_spellings())
    ]
    ctx.db.add_all(people)
    await ctx.db.flush()
    return people


async def _prospects(world: World, step: str) -> list[str]:
    before = {"discovery_held": "discovery_booked", "strategy_held": "discovery_held"}[step]
    async with world.acting() as ctx:
        rows = [
            Prospect(
                person_id=person.id,
                state="in_funnel",
                step=before,
                passed=[{"step": before, "at": to_wire(ctx.now)}],
                moved_at=ctx.now,
                created_at=ctx.now,
            )
            for person in await _people(ctx)
        ]
        ctx.db.add_all(rows)
        await ctx.db.flush()
        return [str(row.id) for row in rows]


async def racers_for_one_visit_let_one_in(track: Track) -> None:
    """All of them are invited to one session, and sign at once."""
    world = await track.world()
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    for _ in range(ROUNDS):
        guests = await _invited(world, UUID(group.id), UUID(session["id"]))
        answers = await track.race(
            Run(guest, "POST", f"/groups/{group.id}/covenants/1/sign") for guest in guests
        )
        assert answers == {(200, ""): 1, (409, "guest_once"): RACERS - 1}
    async with world.acting() as ctx:
        active = Membership.state == "active"
        let_in = await ctx.db.scalar(select(func.count()).where(active, Membership.role == "guest"))
        uses = await ctx.db.scalar(select(func.count(Consumption.use_id.distinct())))
    assert (let_in, uses) == (ROUNDS, ROUNDS)


async def _invited(world: World, group_id: UUID, session_id: UUID) -> list[Actor]:
    async with world.acting() as ctx:
        guests = []
        for person in await _people(ctx):
            ctx.db.add(
                Membership(
                    group_id=group_id,
                    person_id=person.id,
                    role="guest",
                    state="invited",
                    session_id=session_id,
                    created_at=ctx.now,
                )
            )
            _, token = await credentials.issue(ctx, "key", person_id=person.id)
            guests.append(Actor(world.client, token, person.id, person.name))
        return guests


async def colleagues_who_move_at_once_are_found_once(track: Track) -> None:
    """Everybody of a group moves to one company: each pair is in one case, whoever was first."""
    world = await track.world()
    for turn in range(ROUNDS):
        group = await a_group(world, members=MOVERS, capacity=MOVERS)
        made = await world.owner.post("/companies", {"name": f"Works {turn}"})
        body = {"company_id": made.json()["id"]}
        answers = await track.race(
            Run(world.owner, "PATCH", f"/people/{one.person_id}", body) for one in group.members
        )
        assert answers == {(200, ""): MOVERS}
        cases = (await group.moderator.get(f"/groups/{group.id}/cases")).json()["items"]
        pairs = [
            frozenset((case["person"]["id"], found.partition(":")[2]))
            for case in cases
            for found in case["findings"]
        ]
        assert len(pairs) == len(set(pairs)) == MOVERS * (MOVERS - 1) // 2


RACES = (
    racers_for_free_calls_get_exactly_what_is_free,
    racers_for_one_visit_let_one_in,
    colleagues_who_move_at_once_are_found_once,
)
