"""Processes are killed under load: nothing acknowledged is lost, no change without its event, no number missing."""

import asyncio
import random
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from peergroup.app import build_house
from peergroup.groups.models import Covenant, Group, Membership
from peergroup.kit.context import Context
from peergroup.kit.events import Event, EventCounter
from peergroup.people.models import Company, Person
from tests.databases import built_database
from tests.heavy.writes import KINDS, Acknowledged, Client, Journal
from tests.scale import scaled
from tests.servers import Server, WorkerProcess
from tests.world import a_world

WRITES = scaled(600, 20_000)
CLIENTS = 8
PAUSE = (1.5, 4.0)
_TABLES: dict[str, Any] = {
    "person": Person,
    "changed_person": Person,
    "deactivation": Person,
    "company": Company,
    "group": Group,
    "changed_group": Group,
    "archive": Group,
    "invitation": Membership,
    "removal": Membership,
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_nothing_acknowledged_is_lost_when_processes_are_killed(kind: str, folder: Path) -> None:
    async with built_database(kind, folder, "kills") as settings:
        house = build_house(settings)
        world = await a_world(house, httpx.AsyncClient())
        journal = Journal()
        servers = [Server(settings.database_url).start() for _ in range(2)]
        worker = WorkerProcess(settings.database_url).start()
        try:
            for server in servers:
                server.wait()
            killing = asyncio.create_task(_kill_now_and_then(servers, worker))
            await _write(servers, world.owner.token, journal)
            killing.cancel()
        finally:
            for process in (*servers, worker):
                process.kill()
        async with world.acting() as ctx:
            await _nothing_is_lost(ctx, journal)
            await _every_row_has_its_event(ctx)
            await _no_number_is_missing(ctx)
        await house.database.close()
        assert journal.repeated > 0, "nothing was killed in the middle of anything"


async def _write(servers: list[Server], token: str, journal: Journal) -> None:
    async def one(session: httpx.AsyncClient) -> None:
        client = Client([server.address for server in servers], token, journal, session)
        while len(journal.entries) < WRITES:
            await random.choice(KINDS)(client)

    async with httpx.AsyncClient() as session:
        await asyncio.gather(*(one(session) for _ in range(CLIENTS)))


async def _kill_now_and_then(servers: list[Server], worker: WorkerProcess) -> None:
    while True:
        await asyncio.sleep(random.uniform(*PAUSE))
        victim = random.choice([*servers, worker])
        victim.kill()
        victim.start()
        if isinstance(victim, Server):
            await asyncio.to_thread(victim.wait)


async def _nothing_is_lost(ctx: Context, journal: Journal) -> None:
    recorded = {
        (row.type, str(row.subject_id)) for row in await ctx.db.execute(select(Event.type, Event.subject_id))
    }
    for entry in journal.entries:
        if entry.kind == "covenant":
            count = await ctx.db.scalar(
                select(func.count()).select_from(Covenant).where(Covenant.group_id == entry.subject_id)
            )
            assert count == entry.state["covenants"]
            continue
        assert (entry.event, entry.subject_id) in recorded, entry
    for name, table in _TABLES.items():
        await _rows_are_as_told(ctx, table, [entry for entry in journal.entries if entry.kind == name])
    made = sum(entry.kind == "person" for entry in journal.entries)
    people = await ctx.db.scalar(select(func.count()).select_from(Person).where(Person.name.startswith("P ")))
    assert people == made, "a retried request was carried out twice, or not at all"


async def _rows_are_as_told(ctx: Context, table: Any, entries: list[Acknowledged]) -> None:
    rows = {str(row.id): row for row in await ctx.db.scalars(select(table))}
    for entry in entries:
        assert entry.subject_id in rows, entry
        for name, value in entry.state.items():
            assert getattr(rows[entry.subject_id], name) == value, entry


async def _no_number_is_missing(ctx: Context) -> None:
    last = await ctx.db.scalar(
        select(EventCounter.last).where(EventCounter.organization_id == ctx.organization_id)
    )
    numbers = list(await ctx.db.scalars(select(Event.sequence).order_by(Event.sequence)))
    assert numbers == list(range(1, (last or 0) + 1))


async def _every_row_has_its_event(ctx: Context) -> None:
    """No change without its event, in the other direction: from the rows to the events."""
    subjects: dict[str, set[Any]] = {}
    for row in await ctx.db.execute(select(Event.type, Event.subject_id)):
        subjects.setdefault(row.type, set()).add(row.subject_id)
    for table, event, changed in (
        (Person, "person.created", "person.updated"),
        (Company, "company.created", "company.updated"),
        (Group, "group.founded", "group.updated"),
        (Membership, "membership.invited", "membership.removed"),
    ):
        rows = list(await ctx.db.scalars(select(table)))
        own = {row.id for row in rows if getattr(row, "organization_role", None) is None}
        assert own <= subjects[event], f"{table.__name__} without {event}"
        later = {
            row.id for row in rows if row.version > 1 and getattr(row, "state", "") in ("active", "removed")
        }
        explained = subjects.get(changed, set()) | subjects.get("group.updated", set())
        assert later <= explained, f"{table.__name__} changed without {changed}"
