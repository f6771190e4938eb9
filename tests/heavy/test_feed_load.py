"""The feed under load: who reads while everybody writes misses nothing, and has nothing twice or out of order.

Eight writers at once, against several server processes; pollers with different rights, random pages, random pauses
and random deaths; listeners who hang up in the middle. What each of them has is compared with three accounts that
know nothing of the feed's queries: what the writers were told, what stands in the table, and who may know which type.
The figures of the last full runs are in docs/house.md.

It is not blind: with numbers taken in a transaction of their own, not the one that writes the events, so that they are
no longer in the order of commits, pollers and listeners are told that their cursor has expired; without that check, a
poller misses events here.
"""

import asyncio
import itertools
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from peergroup.feed.cursors import seal
from peergroup.kit.events import Event, EventCounter
from tests.feed.test_pages import items
from tests.groups.factories import GroupOf, a_group
from tests.heavy.feed_reading import Listener, Poller, Reader, Seen
from tests.heavy.feed_writing import Told, Writer
from tests.heavy.journal import Circle, Client, Journal
from tests.heavy.racing import Track, a_track
from tests.scale import report, scaled
from tests.world import Actor, World

WRITERS = 8
EVENTS = scaled(800, 100_000)
BATCH = scaled(200, 1_000)
KNOWN_TO = {
    "person.created": {"admin", "service"},
    "person.updated": {"admin", "service"},
    "group.updated": {"admin", "service", "member"},
    "commitment.made": {"member"},
}
"""Every type that the writers cause, and which of the readers may know it: written down here, not asked."""


async def _last_of(who: Actor) -> str:
    """The last event there is for somebody."""
    last, after = "", ""
    while page := await items(who, f"?limit=200{after}"):
        last = page[-1]["id"]
        after = f"&after={last}"
    return last


async def _readers(
    world: World, group: GroupOf, session: httpx.AsyncClient, addresses: list[str]
) -> list[Reader]:
    who = {
        "admin": world.owner,
        "service": await world.service("events:read"),
        "member": group.members[0],
    }
    begin = {name: await _last_of(actor) for name, actor in who.items()}

    def made(kind: type[Reader], name: str, types: str | None = None) -> Reader:
        return kind(name, who[name], session, addresses, begin[name], types)

    return [
        *(made(Poller, name) for name in who for _ in range(2)),
        made(Poller, "admin", "person.updated,group.*"),
        *(made(Listener, name) for name in who),
    ]


def _writers(world: World, group: GroupOf, session: httpx.AsyncClient, addresses: list[str]) -> list[Writer]:
    client = Client(addresses, world.owner, Journal(), session, Circle(group, ""))
    return [Writer(client, group.id, group.moderator, group.members[0], BATCH) for _ in range(WRITERS)]


async def _table(world: World, after: int) -> list[tuple[int, Seen]]:
    """What stands in the table, by number; every number is there."""
    async with world.acting() as ctx:
        query = select(Event.sequence, Event.type, Event.subject_id).where(Event.sequence > after)
        rows = (await ctx.db.execute(query.order_by(Event.sequence))).all()
        last = await ctx.db.scalar(
            select(EventCounter.last).where(EventCounter.organization_id == world.organization_id)
        )
    assert [row.sequence for row in rows] == list(range(after + 1, (last or 0) + 1))
    house, id_ = world.house, world.organization_id
    return [
        (row.sequence, Seen(seal(house, id_, row.sequence), row.type, str(row.subject_id))) for row in rows
    ]


async def _number(world: World) -> int:
    async with world.acting() as ctx:
        query = select(EventCounter.last).where(EventCounter.organization_id == world.organization_id)
        return await ctx.db.scalar(query) or 0


def _is_for(reader: Reader, event: Seen) -> bool:
    wanted = reader.types is None or event.type in ("person.updated", "group.updated")
    return wanted and reader.name in KNOWN_TO[event.type]


def the_table_has_what_was_acknowledged(table: list[tuple[int, Seen]], writers: list[Writer]) -> None:
    """Each acknowledged event once, nothing else, and each writer's requests in the order in which it made them."""
    told = Counter(one for writer in writers for request in writer.acknowledged for one in request)
    assert Counter(Told(event.type, event.subject_id) for _, event in table) == told
    number = {Told(event.type, event.subject_id): place for place, event in table}
    for writer in writers:
        alone = [
            [number[one] for one in request if told[one] == 1]
            for request in writer.acknowledged
            if all(told[one] == 1 for one in request)
        ]
        assert all(max(before) < min(after) for before, after in itertools.pairwise(alone))


async def everybody_reads_all_of_theirs_while_everybody_writes(track: Track) -> None:
    world = await track.world()
    group = await a_group(world, members=2)
    addresses = [server.address for server in track.servers]
    limits, quiet, begun = httpx.Limits(max_connections=None), asyncio.Event(), time.monotonic()
    async with httpx.AsyncClient(limits=limits, timeout=60) as session:
        writers = _writers(world, group, session, addresses)
        readers = await _readers(world, group, session, addresses)
        before = await _number(world)

        async def write(writer: Writer) -> None:
            while sum(one.events for one in writers) < EVENTS:
                await writer.write()

        async def write_all() -> None:
            await asyncio.gather(*map(write, writers))
            quiet.set()

        await asyncio.gather(write_all(), *(reader.read(quiet) for reader in readers))
        table = await _table(world, before)
        expected = [[event for _, event in table if _is_for(one, event)] for one in readers]
        for reader, theirs in zip(readers, expected, strict=True):
            if isinstance(reader, Listener):
                await reader.hears_the_rest(theirs[-1].id)
    the_table_has_what_was_acknowledged(table, writers)
    for reader, theirs in zip(readers, expected, strict=True):
        assert reader.had == theirs, f"{type(reader).__name__} {reader.name} {reader.types}"
    for kind in (Poller, Listener):
        assert sum(reader.killed for reader in readers if isinstance(reader, kind)) > 0
    _tell(readers, writers, table, time.monotonic() - begun)


def _tell(
    readers: list[Reader], writers: list[Writer], table: list[tuple[int, Seen]], seconds: float
) -> None:
    requests = sum(len(writer.acknowledged) for writer in writers)
    report(f"{len(table)} events by {requests} writes of {len(writers)} writers in {seconds:.0f} s")
    for reader in readers:
        what = f"{len(reader.had)} events in {reader.requests} requests, killed {reader.killed} times"
        report(f"  {type(reader).__name__.lower()} {reader.name} {reader.types or ''}: {what}")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_the_feed_under_load(kind: str, folder: Path) -> None:
    async with a_track(kind, folder) as track:
        report(kind)
        await everybody_reads_all_of_theirs_while_everybody_writes(track)
