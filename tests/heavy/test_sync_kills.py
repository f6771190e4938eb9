"""Processes are killed amid synchronization: what comes of it is, row by row, what comes of it undisturbed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from peergroup.kit.context import House
from peergroup.sync.applying import COUNTED
from tests.databases import built_database
from tests.heavy.exporting import REJECTED, Row, Writer, written
from tests.heavy.forked import ForkedServer
from tests.heavy.integrating import Integrator, Seconds
from tests.heavy.synchronized import Rows, differences, known_of
from tests.scale import FULL, report, scaled
from tests.world import a_client, a_house, a_world

ROWS = scaled(600, 20_000)
KILLS = ((3, 3), (4, 3), (5, 2)) if FULL else ((1, 0), (0, 1), (0, 1))
"""For each of the three files: amid its upload, and amid its apply."""


@asynccontextmanager
async def _served(
    kind: str, folder: Path, name: str, **more: Any
) -> AsyncIterator[tuple[House, ForkedServer]]:
    """A database, a house to look into it, and a server on it that may be killed."""
    async with built_database(kind, folder, name) as settings:
        house, server = a_house(settings), ForkedServer(settings.database_url, **more).start()
        try:
            await server.is_up()
            yield house, server
        finally:
            server.kill()
            await house.database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_run_amid_which_the_server_is_killed_ends_like_one_that_was_not(
    kind: str, folder: Path
) -> None:
    async with _served(kind, folder, "sync_kills") as (house, server):
        one, took, _ = await _imported(house, server)
        other, _, killed = await _imported(house, server, KILLS, took)
    assert differences(one, other) == []
    assert {row["status"] for row in one["results"].values()} == {*COUNTED}
    codes = {row["problem"]["code"] for row in one["results"].values() if row["problem"]}
    assert codes == {"email_conflict", *REJECTED}
    assert len(one["conflicts"]) > ROWS / 50
    assert killed.left_behind, "no upload had staged anything when it broke"
    amid = killed.met["upload"] + killed.met["apply"]
    assert amid >= scaled(1, 15), "hardly a kill met anything under way"
    rows = ", ".join(f"{len(found)} {table}" for table, found in one.items())
    report(
        f"{kind}: {amid + killed.met['what was over']} kills, met: {dict(killed.met)}, {killed.left_behind} records "
        f"staged by broken uploads; 0 differences among {rows}"
    )


async def _imported(
    house: House,
    server: ForkedServer,
    kills: Sequence[tuple[int, int]] = ((0, 0), (0, 0), (0, 0)),
    took: Sequence[Seconds] = (Seconds(), Seconds(), Seconds()),
) -> tuple[dict[str, Rows], list[Seconds], Integrator]:
    """What is known after three files of one CRM, each with everything that files bring, and how long they took."""
    writer = Writer(seed=5)
    first = writer.export(ROWS)
    second = writer.later(first, new=ROWS // 20)
    third = writer.later(second, new=ROWS // 20, missing=30)
    elsewhere = [Row("plain", f"d-{row.reference}", row.name, row.email) for row in first if row.email][::25]
    before, after = written(elsewhere[::2]), written(elsewhere[1::2])
    seconds = []
    async with a_client(house) as inside, httpx.AsyncClient(base_url=server.address, timeout=600) as client:
        world = await a_world(house, inside)
        boss = Row("plain", "1", "Bea Boss", "boss@example.com")
        await world.person(boss.name, role="owner", email=boss.email, email_folded=boss.email)
        integrator = Integrator(replace(world.owner, client=client), server)
        await integrator.imports(written([boss]), on_conflict="link")
        await integrator.imports(before, source="bookkeeping")
        for place, (rows, mode) in enumerate(((first, "delta"), (second, "delta"), (third, "full"))):
            _, lasted = await integrator.imports(written(rows), kills[place], took[place], mode=mode)
            seconds.append(lasted)
            if rows is first:
                await integrator.imports(after, source="bookkeeping", on_conflict="link")
        async with world.acting() as ctx:
            return await known_of(ctx), seconds, integrator
