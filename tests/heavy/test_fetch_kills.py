"""The worker is killed amid walks through a CRM: what comes of them is, row by row, what comes of undisturbed ones."""

import asyncio
import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from peergroup.kit.context import House
from peergroup.kit.jobs import Job
from tests.databases import built_database
from tests.heavy.exporting import Row, Writer
from tests.heavy.forked import ForkedWorker
from tests.heavy.parties import TrytonDatabase, served
from tests.heavy.synchronized import Rows, differences, known_of
from tests.scale import report, scaled
from tests.world import World, a_client, a_house, a_world

PARTIES, PAGE = scaled(400, 20_000), scaled(20, 500)
KILLS = ((scaled(1, 8), scaled(0, 2)), (scaled(1, 8), scaled(1, 2)))
"""For each of two runs: amid the walk, and amid the apply."""
THINKS_SECONDS = 0.03
PATIENCE_SECONDS = 300


@dataclass
class Killer:
    """Kills one worker and brings it back; the leases of what it did run out at once."""

    house: House
    worker: ForkedWorker
    account: TrytonDatabase
    met: Counter[str] = field(default_factory=Counter)

    async def disturb(self, world: World, run: str, walks: int, applies: int, apply_seconds: float) -> None:
        """Kill so often amid the walk, in places all along it, and so often amid the apply."""
        part = len(self.account.parties) // PAGE // (walks + 1)
        for _ in range(walks):
            await self.account.reaches(self.account.asked + random.randint(1, part))
            await asyncio.sleep(random.uniform(0, 2 * THINKS_SECONDS))
            await self._kill(world, run)
        for _ in range(applies):
            await _until(world, run, "staged", "applied")
            await asyncio.sleep(random.uniform(0, apply_seconds))
            await self._kill(world, run)

    async def _kill(self, world: World, run: str) -> None:
        self.worker.kill()
        self.met[(await _run(world, run))["state"]] += 1
        past = self.house.clock() - dt.timedelta(seconds=1)
        async with self.house.database.transaction(None, writes=True) as db:
            await db.execute(update(Job).where(Job.leased_until.is_not(None)).values(leased_until=past))
        self.worker.start()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_walk_amid_which_the_worker_is_killed_ends_like_one_that_was_not(
    kind: str, folder: Path
) -> None:
    account = TrytonDatabase(seconds=THINKS_SECONDS)
    async with built_database(kind, folder, "fetch_kills") as settings, served(account):
        house, worker = a_house(settings), ForkedWorker(settings.database_url).start()
        killer = Killer(house, worker, account)
        try:
            async with a_client(house) as client:
                one, other = [await _connected(house, client, account) for _ in range(2)]
                for rows, (walks, applies) in zip(_twice(), KILLS, strict=True):
                    account.keep(rows)
                    run = await _opened(one)
                    await _until(one, run, "applied")
                    lasted = await _apply_seconds(one, run)
                    run = await _opened(other)
                    await killer.disturb(other, run, walks, applies, lasted)
                    await _until(other, run, "applied")
                undisturbed, disturbed = [await _known(world) for world in (one, other)]
        finally:
            worker.kill()
            await house.database.close()
    assert differences(undisturbed, disturbed) == []
    statuses = Counter(row["status"] for row in undisturbed["results"].values())
    assert statuses.keys() == {"created", "updated", "unchanged", "removed", "conflict", "rejected"}
    assert len(undisturbed["results"]) > PARTIES * 1.8
    assert killer.met["fetching"] >= scaled(1, 12), "hardly a kill met a walk"
    assert account.complaints == []
    report(
        f"{kind}: killed while the run was {dict(killer.met)}; 0 differences among "
        f"{', '.join(f'{len(found)} {table}' for table, found in undisturbed.items())}"
    )


def _twice() -> tuple[list[Row], list[Row]]:
    """Everybody, and everybody somewhat later."""
    writer = Writer(seed=7)
    first = writer.export(PARTIES)
    return first, writer.later(first, new=PARTIES // 20, missing=4)


async def _connected(house: House, client: Any, account: TrytonDatabase) -> World:
    world = await a_world(house, client)
    made = await world.owner.post("/connections", {"source": "crm", "account": account.account})
    assert made.status_code == 201, made.text
    return world


async def _opened(world: World) -> str:
    given = {"source": "crm", "mode": "full", "fetch": True, "apply": True}
    made = await world.owner.post("/sync-runs", given)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def _run(world: World, run: str) -> dict[str, Any]:
    found: dict[str, Any] = (await world.owner.get(f"/sync-runs/{run}")).json()
    assert found["failure"] is None, found
    return found


async def _until(world: World, run: str, *states: str) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if (await _run(world, run))["state"] in states:
                return
            await asyncio.sleep(0.02)


async def _apply_seconds(world: World, run: str) -> float:
    """How long it took from the last page to the end."""
    items = (await world.owner.get("/events?types=sync_run.*&limit=200")).json()["items"]
    staged, applied = (dt.datetime.fromisoformat(one["occurred_at"]) for one in items[-2:])
    assert items[-1]["subject_id"] == run
    return (applied - staged).total_seconds()


async def _known(world: World) -> dict[str, Rows]:
    """What is known when all that was due is done."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with world.acting() as ctx:
                mine = select(func.count()).where(
                    Job.organization_id == ctx.organization_id, Job.kind.like("%sync_run")
                )
                if not await ctx.db.scalar(mine):
                    return await known_of(ctx)
            await asyncio.sleep(0.05)
