"""What tests of promises begin with."""

import datetime as dt
from typing import Any

import httpx

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
