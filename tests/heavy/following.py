"""Somebody who follows the stream over connections that break again and again, and keeps what arrived."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.world import Actor

PATIENCE = 60.0


@dataclass
class Follower:
    """One reader. `heard` has the ids of all events in the order in which they arrived."""

    who: Actor
    session: httpx.AsyncClient
    addresses: list[str]
    heard: list[str] = field(default_factory=list)
    began_at: str | None = None
    reconnects: int = 0

    async def follow(self, stop: asyncio.Event) -> None:
        """Listen for a moment, hang up in the middle of whatever is arriving, and come back."""
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(random.uniform(0.05, 0.6)), self._listening() as events:
                    left = random.randint(1, 12)
                    async for id_ in events:
                        self.heard.append(id_)
                        left -= 1
                        if not left:
                            break
            self.reconnects += 1

    async def hears_the_rest(self, count: int) -> None:
        """Listen until so many have arrived in all, and a little longer: there should be no more."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE), self._listening() as events:
                while len(self.heard) < count:
                    self.heard.append(await anext(events))
                async with asyncio.timeout(0.5):
                    self.heard.append(await anext(events))

    @contextlib.asynccontextmanager
    async def _listening(self) -> AsyncIterator[Any]:
        headers = {"Authorization": f"Bearer {self.who.token}"}
        last = self.heard[-1] if self.heard else self.began_at
        if last is not None:
            headers["Last-Event-ID"] = last
        address = f"{random.choice(self.addresses)}/v1/events/stream"
        async with self.session.stream("GET", address, headers=headers) as response:
            assert response.status_code == 200, await response.aread()
            blocks = blocks_of(response)
            opening = await anext(blocks)
            self.began_at = self.began_at or opening["id"]
            yield (block["id"] async for block in blocks if "data" in block)


async def blocks_of(response: httpx.Response) -> AsyncIterator[dict[str, str]]:
    """What arrived in full."""
    block: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            block[name] = value
        else:
            yield block
            block = {}


async def ended(who: Actor, address: str, ready: asyncio.Event) -> str:
    """Why a stream ends; `ready` once it has begun."""
    headers = {"Authorization": f"Bearer {who.token}"}
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as session,
        session.stream("GET", f"{address}/v1/events/stream", headers=headers) as response,
    ):
        async for block in blocks_of(response):
            ready.set()
            if block.get("event") == "closed":
                return block["data"]
    return "broke off"
