"""What tests of sessions begin with."""

import datetime as dt
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from peergroup.kit.events import Event
from peergroup.kit.time import wall_time
from tests.groups.factories import GroupOf
from tests.world import Actor, World

BERLIN = "Europe/Berlin"
RUN_OF_SHOW = [
    {"title": "Welcome", "kind": "opening", "minutes": 10},
    {"title": "Ten brains", "kind": "hot_seat", "minutes": 45},
    {"title": "Ten brains again", "kind": "hot_seat", "minutes": 45},
    {"title": "See you", "kind": "closing", "minutes": 10},
]


def in_minutes(world: World, minutes: float, zone: str = BERLIN) -> str:
    """The wall time so many minutes from now, by the house's clock."""
    return wall_time(world.house.clock() + dt.timedelta(minutes=minutes), zone)


def a_plan(world: World, begins_in: float = 30, **more: Any) -> dict[str, Any]:
    """The body of a new session of two hours."""
    times = {"local_start": in_minutes(world, begins_in), "time_zone": BERLIN, "minutes": 120}
    return {"title": "Hiring well"} | times | {"agenda": RUN_OF_SHOW} | more


async def a_draft(world: World, group: GroupOf, begins_in: float = 30, **more: Any) -> dict[str, Any]:
    """A session that is not scheduled yet."""
    answer = await group.moderator.post(f"/groups/{group.id}/sessions", a_plan(world, begins_in, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def a_session(world: World, group: GroupOf, begins_in: float = 30, **more: Any) -> dict[str, Any]:
    """A scheduled session."""
    draft = await a_draft(world, group, begins_in, **more)
    return await done(group.moderator, draft["id"], "schedule")


async def a_running(world: World, group: GroupOf, **more: Any) -> dict[str, Any]:
    """A session in its first segment."""
    session = await a_session(world, group, **more)
    return await done(group.moderator, session["id"], "start")


async def say(who: Actor, session_id: str, verb: str, body: Any = None) -> httpx.Response:
    """Say a verb."""
    return await who.post(f"/sessions/{session_id}/{verb}", body)


async def done(who: Actor, session_id: str, verb: str, body: Any = None) -> dict[str, Any]:
    """Say a verb that has to be carried out."""
    answer = await say(who, session_id, verb, body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def answered(who: Actor, session_id: str, answer: str) -> httpx.Response:
    """Say whether one comes."""
    return await who.put(f"/sessions/{session_id}/rsvps/{who.person_id}", {"answer": answer})


async def marked(who: Actor, session_id: str, whom: Actor, mark: str, **more: Any) -> httpx.Response:
    """Mark whether somebody was there."""
    return await who.put(f"/sessions/{session_id}/attendance/{whom.person_id}", {"mark": mark} | more)


def codes(answer: httpx.Response) -> set[str]:
    """The guards that stand in the way."""
    return {guard["code"] for guard in answer.json().get("guards", [])}


async def event_types(world: World, subject_id: str) -> list[str]:
    """The types of all events about something, in order."""
    async with world.acting() as ctx:
        query = select(Event.type).where(Event.subject_id == UUID(subject_id)).order_by(Event.sequence)
        return list((await ctx.db.scalars(query)).all())
