"""What tests of promises begin with."""

import datetime as dt
from typing import Any

import httpx
from sqlalchemy import select

from peergroup.commitments.models import Commitment
from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from peergroup.kit.time import local_day
from tests.world import Actor, World


def day(world: World, days: int = 7, zone: str = "UTC") -> str:
    """The local day so many days from now."""
    return (local_day(world.house.clock(), zone) + dt.timedelta(days=days)).isoformat()


async def a_promise(world: World, who: Actor, days: int = 7, **more: Any) -> dict[str, Any]:
    """A promise to oneself."""
    body = {"body": "Write the job description.", "by_on": day(world, days)} | more
    answer = await who.post("/commitments", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def say(who: Actor, promise_id: str, verb: str, body: Any = None, **more: Any) -> httpx.Response:
    """Say a verb about a promise."""
    return await who.post(f"/commitments/{promise_id}/{verb}", body, **more)


async def events_of(world: World, promise_id: str) -> list[tuple[str, Any, Any]]:
    async with world.acting() as ctx:
        query = select(Event.type, Event.only_for, Event.facts).where(Event.subject_id == promise_id)
        return [tuple(row) for row in await ctx.db.execute(query.order_by(Event.sequence))]


async def planted(world: World, owner: Actor, group_id: str, **columns: Any) -> str:
    """A promise made in a session of a group, a day ago unless said otherwise."""
    async with world.acting() as ctx:
        given = {"began_at": ctx.now, "session_id": new_id()} | columns
        made = Commitment(
            owner_id=owner.person_id,
            source="session",
            group_id=group_id,
            body="Call three customers.",
            by_on=dt.date.fromisoformat(day(world)),
            created_at=ctx.now,
            **given,
        )
        ctx.db.add(made)
        await ctx.db.flush()
        return str(made.id)
