"""The worker is killed while it delivers: nothing stays undelivered, and what comes twice comes under the same id."""

import asyncio
import datetime as dt
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from peergroup.app import build_house
from peergroup.kit.context import House
from peergroup.webhooks.models import WebhookDelivery, WebhookLine
from peergroup.worker import Worker
from tests.databases import built_database
from tests.scale import report, scaled
from tests.servers import WorkerProcess
from tests.webhooks.factories import HEARS, Endpoint, an_endpoint
from tests.webhooks.receivers import Received, Receiver, a_receiver
from tests.world import World, a_client, a_world

KILLS = scaled(2, 100)
EVENTS = scaled(160, 20_000)
ORGANIZATIONS = scaled(2, 4)
A_ROUND = -(-EVENTS // (KILLS * ORGANIZATIONS))
"""Events of one organization between two kills."""
FAILS = 0.02
"""So many messages are refused when they come for the first time."""
PATIENCE_SECONDS = 60


@dataclass
class Journal:
    """What one endpoint got, judged when it came."""

    secret: str = ""
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By event: under which ids it came."""
    came: Counter[str] = field(default_factory=Counter)
    """By id: how often it came and was taken."""
    forged: int = 0
    refused: set[str] = field(default_factory=set)

    def judge(self, got: Received) -> int:
        """The status that is answered."""
        try:
            event = got.verified(self.secret)["data"]["id"]
        except Exception:
            self.forged += 1
            return 400
        self.ids[event].add(got.message_id)
        if got.message_id not in self.came and got.message_id not in self.refused and random.random() < FAILS:
            self.refused.add(got.message_id)
            return 503
        self.came[got.message_id] += 1
        return 200


class Strict(Receiver):
    """A receiver with a journal for each path."""

    def __init__(self) -> None:
        super().__init__()
        self.journals: dict[str, Journal] = defaultdict(Journal)
        self.aim, self.is_reached = 0, asyncio.Event()

    def answer(self, got: Received) -> int:
        status = self.journals[got.path].judge(got)
        if self.taken >= self.aim:
            self.is_reached.set()
        return status

    @property
    def taken(self) -> int:
        return sum(len(journal.came) for journal in self.journals.values())

    async def reaches(self, count: int) -> None:
        """Wait until so many messages were taken."""
        self.aim = count
        self.is_reached.clear()
        if self.taken < count:
            await asyncio.wait_for(self.is_reached.wait(), PATIENCE_SECONDS)


@pytest.fixture(autouse=True)
def workers_may_speak_to_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERGROUP_OUTGOING_ALLOW", json.dumps(["127.0.0.0/8"]))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_nothing_stays_undelivered_when_the_worker_is_killed(kind: str, folder: Path) -> None:
    async with built_database(kind, folder, "webhook_kills") as settings, a_receiver(Strict()) as receiver:
        assert isinstance(receiver, Strict)
        opened = settings.model_copy(update={"outgoing_allow": [ip_network("127.0.0.0/8")]})
        house = build_house(opened)
        async with a_client(house) as client:
            worlds = [await a_world(house, client, f"World {number}") for number in range(ORGANIZATIONS)]
            endpoints = [await _endpoint(world, receiver, number) for number, world in enumerate(worlds)]
            killed_inside = await _write_while_killing(house, settings.database_url, worlds, receiver)
            await _until_nothing_waits(house)
            wanted = [await _readable(endpoint) for endpoint, _ in endpoints]
        await house.sender.client.aclose()
        await house.database.close()
    journals = [journal for _, journal in endpoints]
    _judge(journals, wanted)
    deliveries, again = sum(map(len, wanted)), sum(sum(one.came.values()) - len(one.came) for one in journals)
    assert killed_inside > KILLS / 2, "hardly a kill met a worker that was delivering"
    report(
        f"{kind}: {ORGANIZATIONS * A_ROUND * KILLS} events, {deliveries} deliveries, 0 undelivered after {KILLS} kills "
        f"({killed_inside} amid deliveries), {again} came again under the same id, "
        f"{sum(len(one.refused) for one in journals)} refused once"
    )


async def _endpoint(world: World, receiver: Strict, number: int) -> tuple[Endpoint, Journal]:
    """By turns of a service key and of the owner, each with a path of its own."""
    by = world.owner if number % 2 else await world.service(*HEARS)
    path = f"/{world.organization_id}"
    endpoint = await an_endpoint(by, f"http://127.0.0.1:{receiver.port}{path}", "person.*")
    journal = receiver.journals[path]
    journal.secret = endpoint.secret
    return endpoint, journal


async def _write_while_killing(house: House, url: str, worlds: list[World], receiver: Strict) -> int:
    """Kill amid what each round has to deliver; gives how often the worker was delivering just then."""
    inside, numbers = 0, iter(range(10**9))
    worker = WorkerProcess(url).start()
    try:
        for _ in range(KILLS):
            taken = receiver.taken
            for world in worlds:
                await _people_come(world, numbers)
            aim = taken + random.randint(1, max(1, int(A_ROUND * len(worlds) * 0.9)))
            await receiver.reaches(aim)
            worker.kill()
            inside += await _amid_deliveries(house)
            await _leases_run_out(house)
            worker.start()
    finally:
        worker.kill()
    await _leases_run_out(house)
    return inside


async def _people_come(world: World, numbers: Iterator[int]) -> None:
    people = [{"source": "crm", "external_id": str(next(numbers)), "name": "Ada"} for _ in range(A_ROUND)]
    answer = await world.owner.post("/people/batch", {"people": people})
    assert answer.status_code == 200, answer.text
    assert answer.json()["summary"]["created"] == A_ROUND


async def _amid_deliveries(house: House) -> bool:
    """Whether a turn was under way when the worker was killed."""
    async with house.database.transaction(None, writes=False) as db:
        query = select(func.count()).select_from(WebhookLine).where(WebhookLine.leased_until.is_not(None))
        return bool(await db.scalar(query))


async def _leases_run_out(house: House) -> None:
    """As if the half minute had passed after which another worker may go on."""
    past = house.clock() - dt.timedelta(seconds=1)
    async with house.database.transaction(None, writes=True) as db:
        mine = update(WebhookLine).where(WebhookLine.leased_until.is_not(None)).values(leased_until=past)
        await db.execute(mine)


async def _until_nothing_waits(house: House) -> None:
    """What was refused once is due again within seconds."""
    async with asyncio.timeout(scaled(180, 1_200)):
        while await _waiting(house):
            await Worker(house).drain()
            await asyncio.sleep(0.2)


async def _waiting(house: House) -> bool:
    """Whether a line has not reached the last event, or has something left to deliver."""
    async with house.database.transaction(None, writes=False) as db:
        lines = (await db.execute(select(WebhookLine.organization_id).distinct())).scalars().all()
    for organization in lines:
        async with house.acting(house.system(organization), writes=False) as ctx:
            pending = (
                select(func.count()).select_from(WebhookDelivery).where(WebhookDelivery.state != "delivered")
            )
            if await ctx.db.scalar(pending):
                return True
    return bool(await Worker(house).drain())


async def _readable(endpoint: Endpoint) -> set[str]:
    """What its registrant finds in the feed: the ids of all events about people since it was registered."""
    found: list[Any] = []
    while True:
        query = {"types": "person.*", "limit": 200} | ({"after": found[-1]["id"]} if found else {})
        page = (await endpoint.by.get("/events", params=query)).json()
        found += page["items"]
        if page["next_cursor"] is None:
            return {one["id"] for one in found}


def _judge(journals: list[Journal], wanted: list[set[str]]) -> None:
    for journal, readable in zip(journals, wanted, strict=True):
        assert journal.forged == 0, "every signature verifies"
        assert len(readable) >= A_ROUND * KILLS
        assert journal.ids.keys() == readable, "delivered is what may be read, all of it"
        assert all(len(ids) == 1 for ids in journal.ids.values()), "twice only under the same id"
        assert {one for ids in journal.ids.values() for one in ids} == journal.came.keys(), "each was taken"
