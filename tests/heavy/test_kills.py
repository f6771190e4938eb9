"""Processes are killed under load: nothing acknowledged is lost, no change without its event, no number missing."""

import asyncio
import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from peergroup.app import build_house
from peergroup.kit import time
from peergroup.kit.settings import Settings
from peergroup.worker import Worker
from tests.databases import built_database
from tests.facilitation.factories import a_method, a_run
from tests.groups.factories import a_group
from tests.heavy import work, writes
from tests.heavy.journal import Circle, Client, Journal
from tests.heavy.verdict import judge, known_so_far
from tests.scale import FULL, report, scaled
from tests.servers import Postgres, Server, WorkerProcess
from tests.world import World, a_client, a_world

WRITES = scaled(150, 20_000)
CLIENTS = scaled(2, 8)
BETWEEN_KILLS = scaled(60, 500)
"""Acknowledged writes from one kill to the next."""
KINDS = (*writes.KINDS, *work.KINDS)
Victim = Server | WorkerProcess | Postgres


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_nothing_acknowledged_is_lost_when_processes_are_killed(kind: str, folder: Path) -> None:
    async with _a_database(kind, folder) as (settings, database):
        house = build_house(settings)
        servers = [Server(settings.database_url).start() for _ in range(2)]
        worker = WorkerProcess(settings.database_url).start()
        journal = Journal()
        try:
            async with a_client(house) as inside:
                world = await a_world(house, inside)
                circles = [await _circle(world) for _ in range(CLIENTS)]
            async with world.acting() as ctx:
                before = await known_so_far(ctx)
            for server in servers:
                server.wait()
            victims = [servers[0], worker, *database, servers[1]]
            kills = await _write_while_killing(world, servers, victims, circles, journal)
        finally:
            for process in (*servers, worker):
                process.kill()
        await house.database.close()  # its connections may be those to a database that was killed
        # By then what a killed worker had begun is free again, and what failed without a database is due again.
        house.clock = lambda: time.now() + dt.timedelta(hours=2)
        await Worker(house).drain()
        async with world.acting() as ctx:
            await judge(ctx, journal, before)
        await house.database.close()
    assert journal.writes >= WRITES
    told = {entry.kind for entry in journal.entries}
    assert len(told) >= 10
    assert journal.repeated > 0, "nothing was killed in the middle of anything"
    repeated = f"{journal.repeated} repeated, killed: {dict(kills)}"
    report(f"{kind}: {journal.writes} acknowledged of {len(told)} kinds, {repeated}")


@asynccontextmanager
async def _a_database(kind: str, folder: Path) -> AsyncIterator[tuple[Settings, list[Postgres]]]:
    """A database and, where it is a server of this test's own, that server: it may be killed too."""
    if kind == "sqlite" or not FULL:
        async with built_database(kind, folder, "kills") as settings:
            yield settings, []
        return
    server = Postgres(folder / "killed").start()
    try:
        async with built_database(kind, folder, "kills", server.url) as settings:
            yield settings, [server]
    finally:
        server.stop()


async def _circle(world: World) -> Circle:
    group = await a_group(world, members=4)
    retrospective = await a_run(world, await a_method(world, "value_exchange"), group=group)
    await retrospective.go_to("stop_doing")
    return Circle(group, retrospective.id)


async def _write_while_killing(
    world: World, servers: list[Server], victims: list[Victim], circles: list[Circle], journal: Journal
) -> Counter[str]:
    """How often which kind of process was killed."""
    kills: Counter[str] = Counter()
    async with httpx.AsyncClient() as session:
        addresses = [server.address for server in servers]
        clients = [Client(addresses, world.owner, journal, session, circle) for circle in circles]
        killing = asyncio.create_task(_kill_by_turns(victims, journal, kills))
        writing = asyncio.gather(*(_write(client) for client in clients))
        # Whichever ends first: a killer that cannot bring something back fails the test.
        await asyncio.wait((killing, writing), return_when=asyncio.FIRST_COMPLETED)
        if killing.done():
            writing.cancel()
            killing.result()
        await writing
        killing.cancel()
    return kills


async def _write(client: Client) -> None:
    """One kind after the other, in an order of one's own."""
    deck = random.sample(KINDS, len(KINDS))
    for kind in itertools.cycle(deck):
        if client.journal.writes >= WRITES and client.journal.repeated:
            return
        await kind(client)


async def _kill_by_turns(victims: list[Victim], journal: Journal, kills: Counter[str]) -> None:
    """Kill while clients are waiting for answers: by what they have done, not by the clock."""
    for number, victim in enumerate(itertools.cycle(victims), 1):
        await journal.reaches(number * BETWEEN_KILLS)
        victim.kill()
        kills[type(victim).__name__] += 1
        await asyncio.to_thread(victim.start)
        if isinstance(victim, Server):
            await asyncio.to_thread(victim.wait)
