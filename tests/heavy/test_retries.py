"""Answers that never arrive: who asks again with the same key gets the first answer, and nothing happens twice."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from peergroup.app import build_house
from peergroup.challenges.models import Challenge
from peergroup.commitments.models import Commitment
from peergroup.facilitation.models import Contribution, Voice
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.kit.context import Context
from peergroup.kit.events import Event
from peergroup.people.models import Person
from tests.databases import built_database
from tests.facilitation.factories import a_method, a_run
from tests.groups.factories import a_group
from tests.heavy.work import TEXTS, ahead
from tests.scale import report, scaled
from tests.servers import Server
from tests.world import Actor, World, a_client, a_world

REQUESTS = scaled(150, 10_000)
CUT = 0.3
"""The share of answers that the client does not wait for, or not to the end."""
CLIENTS = 12
Made = dict[str, list[str]]
"""The ids that the clients were told, by kind."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_retried_requests_have_one_effect_though_answers_are_cut(kind: str, folder: Path) -> None:
    async with built_database(kind, folder, "retries") as settings:
        house = build_house(settings)
        servers = [Server(settings.database_url).start() for _ in range(2)]
        try:
            async with a_client(house) as inside:
                world = await a_world(house, inside)
                asks = await _what_is_asked(world)
            for server in servers:
                server.wait()
            client = Impatient([server.port for server in servers])
            made = await _ask(client, asks)
        finally:
            for server in servers:
                server.kill()
        report(f"{kind}: {sum(map(len, made.values()))} requests, {client.cut} answers cut off")
        assert client.cut > REQUESTS * CUT / 2
        async with world.acting() as ctx:
            await _every_request_had_one_effect(ctx, made)
        await house.database.close()


class Impatient:
    """A client that closes its connection before some of the answers have arrived, and asks again."""

    def __init__(self, ports: list[int]) -> None:
        self.ports, self.cut = ports, 0

    async def post(self, who: Actor, path: str, body: Any) -> dict[str, Any]:
        """The answer that arrived in the end; every attempt has the same key."""
        content = json.dumps(body).encode()
        head = (
            f"POST /v1{path} HTTP/1.1\r\nHost: peergroup.test\r\nAuthorization: Bearer {who.token}\r\n"
            f"Idempotency-Key: {uuid4()}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n"
            "Connection: close\r\n\r\n"
        )
        while True:
            answer = await self._attempt(head.encode() + content)
            if answer is None:
                self.cut += 1
                continue
            status, told = answer
            if status < 300:
                return told
            assert status == 503 or told["code"] == "in_progress", told
            await asyncio.sleep(0.05)

    async def _attempt(self, request: bytes) -> tuple[int, dict[str, Any]] | None:
        reader, writer = await asyncio.open_connection("127.0.0.1", random.choice(self.ports))
        try:
            writer.write(request)
            await writer.drain()
            if random.random() < CUT:
                await self._wait_a_little(reader)
                writer.transport.abort()
                return None
            answer = await reader.read()
        finally:
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), json.loads(body)

    async def _wait_a_little(self, reader: asyncio.StreamReader) -> None:
        """Not at all, for as long as an answer usually takes, or until its first bytes are there."""
        way = random.randrange(3)
        if way == 1:
            await asyncio.sleep(random.uniform(0, 0.05))
        elif way == 2:
            await reader.read(12)


Ask = tuple[str, Callable[[], tuple[Actor, str, Any]]]


async def _what_is_asked(world: World) -> list[Ask]:
    """Five kinds of keyed requests: who asks, where, and what."""
    group = await a_group(world, members=4)
    owner, *brains = group.members
    exercise = await a_run(world, members=4, group=group)
    await exercise.go_to("contribute")
    retrospective = await a_run(world, await a_method(world, "value_exchange"), group=group)
    await retrospective.go_to("stop_doing")

    def words() -> str:
        return f"W {uuid4()}"

    return [
        ("person", lambda: (world.owner, "/people", {"name": words()})),
        (
            "challenge",
            lambda: (owner, f"/groups/{group.id}/challenges", {"question": words()} | TEXTS),
        ),
        ("commitment", lambda: (owner, "/commitments", {"body": words(), "by_on": ahead(7)})),
        (
            "contribution",
            lambda: (
                random.choice(brains),
                f"/exercises/{exercise.id}/contributions",
                {"kind": "idea", "body": words()},
            ),
        ),
        (
            "card",
            lambda: (
                random.choice(brains),
                f"/exercises/{retrospective.id}/contributions",
                {"kind": "hinder", "body": words()},
            ),
        ),
    ]


async def _ask(client: Impatient, asks: list[Ask]) -> Made:
    made: Made = {name: [] for name, _ in asks}
    waiting = iter(range(REQUESTS))

    async def one() -> None:
        for _ in waiting:
            name, ask = random.choice(asks)
            made[name].append((await client.post(*ask()))["id"])

    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return made


async def _every_request_had_one_effect(ctx: Context, made: Made) -> None:
    rows = {
        "person": select(Person.id).where(Person.name.startswith("W ")),
        "challenge": select(Challenge.id),
        "commitment": select(Commitment.id),
        "contribution": select(Contribution.id),
        "card": select(SealedCard.id),
    }
    for name, query in rows.items():
        found = sorted(str(id_) for id_ in await ctx.db.scalars(query))
        assert found == sorted(made[name]), f"{name}: {len(found)} rows for {len(made[name])} requests"
    types = Counter(await ctx.db.scalars(select(Event.type)))
    assert types["challenge.parked"] == len(made["challenge"])
    assert types["commitment.made"] == len(made["commitment"])
    assert types["contribution.posted"] == len(made["contribution"])
    said = await ctx.db.scalar(select(func.sum(Voice.posted)).where(Voice.kind != ""))
    assert said == len(made["contribution"]) + len(made["card"]), "voices were raised twice"
