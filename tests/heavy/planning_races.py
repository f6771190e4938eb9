"""Who comes, and who plans: places in a session and the waitlist behind them, and two who plan one year."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.access import credentials
from peergroup.groups.models import Covenant, Membership, Signature
from peergroup.kit.events import Event
from peergroup.people.models import Person
from peergroup.sessions.models import Plan, Rsvp, Session
from tests.groups.factories import GroupOf, a_group
from tests.heavy.racing import Run, Track
from tests.scale import scaled
from tests.sessions.factories import a_session
from tests.world import Actor, World

RACERS, ROUNDS = scaled(40, 500), scaled(2, 20)
PLACES = 10
YEAR = 2031


async def racers_for_places_get_exactly_the_capacity(track: Track) -> None:
    """Everybody says yes at once; then all who have a place say no, and as many who waited get one, each once."""
    world = await track.world()
    group = await a_group(world, members=0)
    members = await _members(world, group)
    for turn in range(ROUNDS):
        session = await a_session(world, group, begins_in=1_440 * (turn + 1), capacity=PLACES)
        answers = await track.race(_answer(one, session, "yes") for one in members)
        assert answers == {(200, ""): RACERS}
        seated, waiting = await _places(world, session)
        assert (sorted(seated), len(waiting)) == (list(range(1, PLACES + 1)), RACERS - PLACES)
        assert sorted(waiting) == list(range(1, RACERS - PLACES + 1))
        gone = [one for one in members if one.person_id in seated.values()]
        answers = await track.race(_answer(one, session, "no") for one in gone)
        assert answers == {(200, ""): PLACES}
        promoted, left = await _places(world, session)
        assert sorted(promoted) == list(range(1, PLACES + 1))
        assert not set(promoted.values()) & {one.person_id for one in gone}
        # Whoever waited longest is in, and was told so once.
        assert set(promoted.values()) == {waiting[place] for place in range(1, PLACES + 1)}
        assert len(left) == RACERS - 2 * PLACES
        assert await _told(world, session) == dict.fromkeys(map(str, promoted.values()), 1)


def _answer(who: Actor, session: dict[str, Any], answer: str) -> Run:
    return Run(who, "PUT", f"/sessions/{session['id']}/rsvps/{who.person_id}", {"answer": answer})


async def _members(world: World, group: GroupOf) -> list[Actor]:
    """Active members with a key, made at once."""
    async with world.acting() as ctx:
        covenant = await ctx.db.scalar(select(Covenant.id).where(Covenant.group_id == UUID(group.id)))
        people = [Person(name=f"R {n}", created_at=ctx.now, updated_at=ctx.now) for n in range(RACERS)]
        ctx.db.add_all(people)
        await ctx.db.flush()
        actors = []
        for place, person in enumerate(people):
            membership = Membership(
                group_id=UUID(group.id),
                person_id=person.id,
                role="member",
                state="active",
                seat_no=place + 1,
                created_at=ctx.now,
            )
            signature = Signature(covenant_id=covenant, person_id=person.id, signed_at=ctx.now)
            ctx.db.add_all([membership, signature])
            _, token = await credentials.issue(ctx, "key", person_id=person.id)
            actors.append(Actor(world.client, token, person.id, person.name))
        return actors


async def _places(world: World, session: dict[str, Any]) -> tuple[dict[int, UUID], dict[int, UUID]]:
    """Who has which place, and who waits at which one; two people at one place would be one too few."""
    async with world.acting() as ctx:
        rows = (await ctx.db.scalars(select(Rsvp).where(Rsvp.session_id == UUID(session["id"])))).all()
    seated = {one.seat_no: one.person_id for one in rows if one.seat_no is not None}
    waiting = {one.queue_no: one.person_id for one in rows if one.queue_no is not None}
    assert len(rows) == RACERS
    return seated, waiting


async def _told(world: World, session: dict[str, Any]) -> dict[str, int]:
    async with world.acting() as ctx:
        query = select(Event.facts).where(
            Event.type == "rsvp.promoted", Event.subject_id == UUID(session["id"])
        )
        return dict(Counter(facts["person_id"] for facts in await ctx.db.scalars(query)))


async def of_all_who_plan_a_year_at_once_one_does(track: Track) -> None:
    """Everybody read the same plan and sends another one: the first is in, all others are told to read it again."""
    world = await track.world()
    group = await a_group(world, members=0)
    for turn in range(ROUNDS):
        address = f"/groups/{group.id}/plans/{YEAR}"
        read = await group.moderator.get(address)
        answers = await track.race(
            Run(group.moderator, "PUT", address, _plan(turn, place), {"If-Match": read.headers["etag"]})
            for place in range(RACERS)
        )
        assert answers == {(200, ""): 1, (412, "stale"): RACERS - 1}
        (title,) = {one["title"] for one in (await group.moderator.get(address)).json()["entries"]}
        assert title.startswith(f"{turn}: ")
    async with world.acting() as ctx:
        plans = (await ctx.db.scalars(select(Plan))).all()
        sessions = (await ctx.db.scalars(select(Session.plan_key))).all()
    assert [(plan.year, plan.version) for plan in plans] == [(YEAR, ROUNDS)]
    assert sorted(sessions) == [f"{YEAR}-{month:02}" for month in range(1, 13)]


def _plan(turn: int, place: int) -> dict[str, Any]:
    usual = {"rule": "FREQ=MONTHLY;BYDAY=3TU", "local_time": "18:00"}
    title = f"{turn}: {place}"
    return {
        "usual": usual,
        "entries": [{"key": f"{YEAR}-{month:02}", "title": title} for month in range(1, 13)],
    }


RACES = (racers_for_places_get_exactly_the_capacity, of_all_who_plan_a_year_at_once_one_does)
