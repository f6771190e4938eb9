"""More people than seats, all at once, against four server processes: exactly the capacity gets in."""

import asyncio
import contextlib
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from peergroup.app import build_house
from peergroup.groups.models import Covenant, Membership, Signature
from peergroup.people.models import Person
from tests.databases import built_database
from tests.groups.factories import GroupOf, a_group
from tests.scale import scaled
from tests.servers import Server
from tests.world import World, a_client, a_world

RACERS = scaled(60, 500)
CAPACITY = 10


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_racers_for_seats_get_exactly_the_capacity(kind: str, folder: Path) -> None:
    async with built_database(kind, folder, "seats") as settings:
        house = build_house(settings)
        async with a_client(house) as inside:
            world = await a_world(house, inside)
            group = await a_group(world, members=0, capacity=CAPACITY)
            memberships = await _provisional(world, group)
            servers = [Server(settings.database_url).start() for _ in range(4)]
            try:
                for server in servers:
                    server.wait()
                answers = await _race(servers, group, memberships)
            finally:
                for server in servers:
                    server.kill()
            assert answers == {200: CAPACITY, 409: RACERS - CAPACITY}
            async with world.acting() as ctx:
                taken = await ctx.db.execute(
                    select(Membership.seat_no, func.count())
                    .where(Membership.state == "active", Membership.role == "member")
                    .group_by(Membership.seat_no)
                )
                assert {row[0]: row[1] for row in taken} == dict.fromkeys(range(1, CAPACITY + 1), 1)
        await house.database.close()


async def _provisional(world: World, group: GroupOf) -> list[str]:
    """People who accepted and signed, made at once."""
    async with world.acting() as ctx:
        people = [Person(name=f"R {n}", created_at=ctx.now, updated_at=ctx.now) for n in range(RACERS)]
        ctx.db.add_all(people)
        await ctx.db.flush()
        covenant = await ctx.db.scalar(select(Covenant.id).where(Covenant.group_id == group.id))
        rows: list[Any] = [
            Membership(
                group_id=group.id, person_id=person.id, role="member", state="provisional", created_at=ctx.now
            )
            for person in people
        ]
        signed = [
            Signature(covenant_id=covenant, person_id=person.id, signed_at=ctx.now) for person in people
        ]
        ctx.db.add_all(rows + signed)
        await ctx.db.flush()
        return [str(row.id) for row in rows]


async def _race(servers: list[Server], group: GroupOf, memberships: list[str]) -> Counter[int]:
    headers = {"Authorization": f"Bearer {group.moderator.token}"}
    limits = httpx.Limits(max_connections=200)

    async def one(session: httpx.AsyncClient, place: int, membership: str) -> int:
        address = servers[place % len(servers)].address
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = await session.post(
                    f"{address}/v1/memberships/{membership}/activate", headers=headers
                )
                if answer.status_code != 503:
                    return answer.status_code
            await asyncio.sleep(0.1)

    async with httpx.AsyncClient(limits=limits, timeout=60) as session:
        return Counter(await asyncio.gather(*(one(session, n, m) for n, m in enumerate(memberships))))
