"""A generated export of 100,000 rows comes out as its generator says, twice, and in bounded memory."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from peergroup.kit.context import Context
from peergroup.kit.text import fold
from tests.databases import built_database
from tests.heavy.exporting import MAKES_SOMEBODY, Row, Writer, written
from tests.heavy.forked import ForkedServer
from tests.heavy.integrating import Integrator
from tests.heavy.synchronized import known_of
from tests.scale import FULL, report, scaled
from tests.world import a_client, a_house, a_world

ROWS = scaled(3_000, 100_000)
MOST_BYTES = 150 * 1024 * 1024
"""So much more than idle may a server take for an import."""


@dataclass
class Memory:
    """What a process holds, before and at most."""

    idle: int
    peak: int = 0

    @property
    def more(self) -> int:
        return self.peak - self.idle


@asynccontextmanager
async def watched(pid: int) -> AsyncIterator[Memory]:
    """Look at a process's memory twenty times a second, as long as the block lasts."""
    process = psutil.Process(pid)
    memory = Memory(process.memory_info().rss)

    async def look() -> None:
        while True:
            memory.peak = max(memory.peak, process.memory_info().rss)
            await asyncio.sleep(0.05)

    looking = asyncio.create_task(look())
    try:
        yield memory
    finally:
        looking.cancel()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_large_export_comes_out_as_said_twice(kind: str, folder: Path) -> None:
    rows = Writer(seed=100).export(ROWS)
    content = written(rows)
    async with built_database(kind, folder, "large_import") as settings:
        house, server = a_house(settings), ForkedServer(settings.database_url, small=False).start()
        try:
            async with a_client(house) as inside, httpx.AsyncClient(timeout=900) as client:
                await server.is_up()
                world = await a_world(house, inside)
                client.base_url = httpx.URL(server.address)
                integrator = Integrator(replace(world.owner, client=client), server)
                async with watched(server.process.pid) as memory:
                    first, took = await integrator.imports(content)
                    again, took_again = await integrator.imports(content)
                async with world.acting() as ctx:
                    await _judge(ctx, rows)
        finally:
            server.kill()
            await house.database.close()
    assert first["summary"] == _summary(row.first for row in rows)
    assert again["summary"] == _summary(row.again for row in rows)
    assert memory.more < MOST_BYTES or not FULL
    report(
        f"{kind}: {len(rows)} rows, {len(content) / 1e6:.1f} MB; first {first['summary']}; again {again['summary']}; "
        f"uploads {took.upload:.1f} and {took_again.upload:.1f} s, applies {took.apply:.1f} and "
        f"{took_again.apply:.1f} s; idle {memory.idle / 1e6:.0f} MB, at most {memory.more / 1e6:.0f} MB more"
    )


def _summary(statuses: Any) -> dict[str, int]:
    none = dict.fromkeys(("created", "updated", "unchanged", "removed", "conflict", "rejected"), 0)
    return none | Counter(statuses) | {"footer_rows": 0}


async def _judge(ctx: Context, rows: list[Row]) -> None:
    """Row by row, both times: the status, what is wrong, what was not taken; and everybody as the file has them."""
    known = await known_of(ctx)
    for run, statuses in (("run 0", [row.first for row in rows]), ("run 1", [row.again for row in rows])):
        for number, (row, status) in enumerate(zip(rows, statuses, strict=True)):
            result = known["results"][run, number]
            code = result["problem"] and result["problem"]["code"]
            warned = {one["code"] for one in result["warnings"]}
            assert (result["row"], result["status"], code) == (number + 2, status, row.code), (run, row)
            assert warned == ({row.warning} if row.warning else set()), (run, row)
            assert result["external_id"] == (row.reference if row.reference.isdigit() else None)
    last = {row.reference: row for row in rows if row.first in ("created", "updated")}
    assert known["people"].keys() == {f"crm/{reference}" for reference in last}
    for reference, row in last.items():
        person = known["people"][f"crm/{reference}"]
        said = (row.name, row.email or None, row.company and f"company {row.company}", _line(row.job))
        found = (person["name"], person["email"], person["company_id"] or "", person["job_title"] or "")
        assert found == said, reference
    assert known["companies"].keys() == {row.company for row in last.values() if row.company}
    holders = {
        fold(row.email): f"crm/{row.reference}" for row in rows if row.kind in MAKES_SOMEBODY and row.email
    }
    conflicts = {row.reference: holders[fold(row.email)] for row in rows if row.kind == "conflicting"}
    assert {key[1]: one["candidate_id"] for key, one in known["conflicts"].items()} == conflicts


def _line(text: str) -> str:
    """A cell's text as it is kept: on one line."""
    return " ".join(text.split())
