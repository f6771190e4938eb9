"""Live streams with several server processes: whoever comes back misses nothing, whoever has to go is gone in time."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from tests.feed.test_pages import items
from tests.groups.factories import a_group, verb
from tests.heavy.following import Follower, ended
from tests.heavy.racing import Track, a_track
from tests.scale import report, scaled
from tests.world import Actor

RECONNECTS = scaled(60, 1_000)
WRITES = scaled(20, 500)
GROUPS = scaled(2, 6)
WRITERS = scaled(3, 6)
Ending = tuple[Actor, Callable[[], Awaitable[httpx.Response]]]
"""Whose stream ends, and what ends it."""


async def who_comes_back_hears_everything_once_and_in_order(track: Track) -> None:
    world = await track.world()
    groups = [await a_group(world, members=4) for _ in range(GROUPS)]
    addresses = [server.address for server in track.servers]
    actors = [one for group in groups for one in (group.moderator, *group.members)]
    actors += [world.owner, await world.service("events:read")]
    limits, stop, written = httpx.Limits(max_connections=None), asyncio.Event(), 0
    async with httpx.AsyncClient(limits=limits, timeout=60) as session:
        followers = [Follower(actor, session, addresses) for actor in actors]

        async def write(number: int) -> None:
            nonlocal written
            while not stop.is_set():
                group = random.choice(groups)
                path = f"{addresses[number % len(addresses)]}/v1/groups/{group.id}"
                headers = {"Authorization": f"Bearer {group.moderator.token}"}
                answer = await session.patch(path, json={"focus": f"Focus {written}"}, headers=headers)
                written += answer.status_code == 200
                await asyncio.sleep(0.02)

        async def count() -> None:
            while sum(one.reconnects for one in followers) < RECONNECTS or written < WRITES:  # noqa: ASYNC110 - of many
                await asyncio.sleep(0.05)
            stop.set()

        following = (one.follow(stop) for one in followers)
        await asyncio.gather(count(), *following, *(write(number) for number in range(WRITERS)))
        expected = [await _known(one) for one in followers]
        rest = (one.hears_the_rest(len(ids)) for one, ids in zip(followers, expected, strict=True))
        await asyncio.gather(*rest)
    assert [one.heard for one in followers] == expected
    reconnects, heard = sum(one.reconnects for one in followers), sum(map(len, expected))
    assert reconnects >= RECONNECTS
    assert written >= WRITES
    report(f"{len(followers)} followers, {reconnects} reconnects, {written} writes, {heard} events heard")


async def _known(one: Follower) -> list[str]:
    """What the feed shows from where the follower began."""
    assert one.began_at is not None
    found, after = [], one.began_at
    while page := await items(one.who, f"?limit=200&after={after}"):
        found += [event["id"] for event in page]
        after = found[-1]
    return found


async def a_stream_ends_within_a_second_of_what_another_process_decides(track: Track) -> None:
    listens, decides = track.servers[0].address, track.servers[1].address
    slowest = {}
    async with httpx.AsyncClient(base_url=decides, timeout=60) as client:
        for name, end in ENDS.items():
            ending, decide = await end(track, client)
            ready = asyncio.Event()
            listening = asyncio.create_task(ended(ending, listens, ready))
            await ready.wait()
            await asyncio.sleep(random.uniform(0, 0.3))
            answer = await decide()
            committed = time.monotonic()
            assert answer.is_success, answer.text
            async with asyncio.timeout(20):
                reason = await listening
            slowest[name] = round(time.monotonic() - committed, 2)
            why = "credential_ended" if name in CREDENTIALS else "standing_ended"
            assert reason == f'{{"reason":"{why}"}}', name
    report(f"seconds from the answer elsewhere to the end of the stream: {slowest}")
    assert max(slowest.values()) < 1.0


async def _membership(track: Track, client: httpx.AsyncClient, name: str) -> Ending:
    group = await a_group(await track.world(), members=1)
    one = group.members[0]
    by = Actor(client, (one if name == "leave" else group.moderator).token)
    body = None if name == "leave" else {"reason": "Away."}
    return one, lambda: verb(by, group, one, name, body)


async def _covenant(track: Track, client: httpx.AsyncClient) -> Ending:
    group = await a_group(await track.world(), members=1)
    by = Actor(client, group.moderator.token)
    return group.members[0], lambda: by.post(f"/groups/{group.id}/covenants", {"text": "New rules."})


async def _own_key(track: Track, client: httpx.AsyncClient) -> Ending:
    world = await track.world()
    made = (await world.owner.post("/me/keys", {"name": "second", "scopes": ["events:read"]})).json()
    by = Actor(client, world.owner.token)
    return Actor(client, made["secret"]), lambda: by.delete(f"/me/keys/{made['id']}")


async def _service_key(track: Track, client: httpx.AsyncClient) -> Ending:
    world = await track.world()
    asked = {"name": "bridge", "scopes": ["events:read"]}
    made = (await world.owner.post("/service-keys", asked)).json()
    by = Actor(client, world.owner.token)
    return Actor(client, made["secret"]), lambda: by.delete(f"/service-keys/{made['id']}")


async def _person(track: Track, client: httpx.AsyncClient) -> Ending:
    world = await track.world()
    one, by = await world.person(), Actor(client, world.owner.token)
    return one, lambda: by.post(f"/people/{one.person_id}/deactivate")


async def _office(track: Track, client: httpx.AsyncClient) -> Ending:
    world = await track.world()
    one, by = await world.person(role="admin"), Actor(client, world.owner.token)
    return one, lambda: by.put(f"/people/{one.person_id}/organization-role", {"role": None})


CREDENTIALS = ("key revoked", "service key revoked", "person deactivated")
ENDS = {
    "left": lambda track, client: _membership(track, client, "leave"),
    "suspended": lambda track, client: _membership(track, client, "suspend"),
    "removed": lambda track, client: _membership(track, client, "remove"),
    "covenant not signed": _covenant,
    "key revoked": _own_key,
    "service key revoked": _service_key,
    "person deactivated": _person,
    "no admin any more": _office,
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_streams_of_several_processes(kind: str, folder: Path) -> None:
    """One test, because starting the servers costs more than most of it."""
    async with a_track(kind, folder) as track:
        for promise in (
            who_comes_back_hears_everything_once_and_in_order,
            a_stream_ends_within_a_second_of_what_another_process_decides,
        ):
            report(f"{kind}: {promise.__name__.replace('_', ' ')}")
            await promise(track)
