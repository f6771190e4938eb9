"""Races: many requests at once against several server processes, from a process of its own."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from peergroup.app import build_house
from peergroup.kit.context import House
from tests.databases import built_database
from tests.scale import report, scaled
from tests.servers import Server
from tests.world import Actor, World, a_client, a_world

SERVERS = scaled(2, 4)
Answers = Counter[tuple[int, str]]
"""How often there was which status and, for refusals, which problem."""


@dataclass(frozen=True)
class Run:
    """One racer: who asks for what."""

    who: Actor
    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Track:
    """One database with its server processes."""

    house: House
    client: httpx.AsyncClient
    servers: list[Server]

    async def world(self) -> World:
        """A fresh organization."""
        return await a_world(self.house, self.client)

    async def race(self, runs: Iterable[Run]) -> Answers:
        """Let all of them run at once. Whoever is asked to come again does so."""
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(limits=limits, timeout=120) as session:
            answers = await asyncio.gather(*(self._run(session, n, run) for n, run in enumerate(runs)))
        report(f"{len(answers)} racers: {dict(Counter(answers))}")
        return Counter(answers)

    async def _run(self, session: httpx.AsyncClient, place: int, run: Run) -> tuple[int, str]:
        address = f"{self.servers[place % len(self.servers)].address}/v1{run.path}"
        # With a key: whoever won and lost the answer, because a connection was closed, has won all the same.
        headers = {"Authorization": f"Bearer {run.who.token}", "Idempotency-Key": str(uuid4())}
        headers |= run.headers
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = await session.request(run.method, address, json=run.body, headers=headers)
                if answer.status_code != 503 and not _is_under_way(answer):
                    return answer.status_code, "" if answer.is_success else answer.json()["code"]
            await asyncio.sleep(0.1)


def _is_under_way(answer: httpx.Response) -> bool:
    return answer.status_code == 409 and answer.json()["code"] == "in_progress"


@asynccontextmanager
async def a_track(kind: str, folder: Path) -> AsyncIterator[Track]:
    """Servers on a database of this kind."""
    async with built_database(kind, folder, "races") as settings:
        house = build_house(settings)
        servers = [Server(settings.database_url).start() for _ in range(SERVERS)]
        try:
            for server in servers:
                server.wait()
            async with a_client(house) as client:
                yield Track(house, client, servers)
        finally:
            for server in servers:
                server.kill()
            await house.database.close()
