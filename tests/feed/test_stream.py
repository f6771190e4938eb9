"""The live stream: what happens arrives at once, and nothing is skipped."""

import asyncio
import gc
from collections import Counter
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.feed import listener, live
from peergroup.feed.stream import Stream
from peergroup.kit.context import Context
from peergroup.kit.strict import StrictRequest
from tests.feed.listening import listening, news, not_reading
from tests.feed.test_pages import items
from tests.groups.factories import GroupOf, a_group, invited
from tests.world import Actor, World


async def test_what_happens_arrives_in_order_and_looks_like_the_feed(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    async with listening(address, group.members[0]) as heard:
        for focus in ("Hiring", "Firing", "Resting"):
            await news(group, focus)
        found = [await heard.event() for _ in range(3)]
        assert heard.response.headers["content-type"].startswith("text/event-stream")
        assert heard.response.headers["cache-control"] == "no-store"
        paged = (await items(group.members[0]))[-3:]
        assert [one["sent_id"] for one in found] == [one["id"] for one in paged]
        for sent, listed in zip(found, paged, strict=True):
            assert {name: sent[name] for name in listed} == listed
            assert sent["sent_as"] == "group.updated"


async def test_what_was_missed_comes_first_and_only_once(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    member = group.members[0]
    everything = await items(member)
    async with listening(address, member, last_event_id=everything[2]["id"]) as heard:
        await news(group)
        expected = [one["id"] for one in everything[3:]]
        assert [(await heard.event())["id"] for _ in expected] == expected
        assert (await heard.event())["type"] == "group.updated"
        await heard.silence()


async def test_an_empty_last_event_id_counts_as_none(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    async with listening(address, group.members[0], last_event_id="") as heard:
        await news(group)
        assert await heard.types(1) == ["group.updated"]


async def test_a_stream_without_news_can_be_resumed_from_its_first_words(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    headers = {"Authorization": f"Bearer {group.members[0].token}"}
    async with (
        httpx.AsyncClient(base_url=address) as client,
        client.stream("GET", "/v1/events/stream", headers=headers) as response,
    ):
        lines = [line async for line in _first(response, 3)]
    opening = next(line.removeprefix("id: ") for line in lines if line.startswith("id: "))
    await news(group)
    async with listening(address, group.members[0], last_event_id=opening) as heard:
        assert (await heard.event())["type"] == "group.updated"


async def _first(response: httpx.Response, count: int) -> Any:
    async for line in response.aiter_lines():
        yield line
        count -= 1
        if not count:
            return


async def test_a_stream_keeps_nothing_of_its_request(world: World, address: str) -> None:
    of_others = _of_requests()
    async with listening(address, world.owner), listening(address, world.owner):
        kept = [one for one in _of_requests() if not any(one is other for other in of_others)]
        assert not Counter(type(one).__name__ for one in kept)


def _of_requests() -> list[Any]:
    gc.collect()
    return [
        one for one in gc.get_objects() if isinstance(one, Context | AsyncSession | StrictRequest | Stream)
    ]


async def test_a_stream_takes_a_filter(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    async with listening(address, group.moderator, "?types=membership.*") as heard:
        await news(group)
        await invited(world, group)
        assert (await heard.event())["type"] == "membership.invited"


async def test_nothing_is_heard_that_the_feed_would_not_show(world: World, address: str) -> None:
    group, other = await a_group(world, members=1), await a_group(world, members=1)
    async with (
        listening(address, group.members[0]) as mine,
        listening(address, other.members[0]) as theirs,
        listening(address, world.owner) as admin,
    ):
        await news(group)
        await world.owner.patch("/organization", {"name": "Renamed"})
        assert await mine.types(1) == ["group.updated"]
        assert await admin.types(2) == ["group.updated", "organization.updated"]
        await theirs.silence()
        await mine.silence(0.1)


async def test_hundreds_listen_and_each_hears_everything(world: World, address: str) -> None:
    group = await a_group(world, members=2)
    actors = [group.moderator, *group.members] * 10
    async with asyncio.TaskGroup() as tasks:

        async def hear(actor: Actor) -> None:
            async with listening(address, actor, "?types=group.*") as heard:
                ready.release()
                assert await heard.types(3, 30) == ["group.updated"] * 3

        ready = asyncio.Semaphore(0)
        for actor in actors:
            tasks.create_task(hear(actor))
        for _ in actors:
            await ready.acquire()
        for focus in ("Hiring", "Firing", "Resting"):
            await news(group, focus)


async def test_a_service_key_hears_its_kinds(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    key = await world.service("events:read")
    async with listening(address, key) as heard:
        await world.owner.patch("/organization", {"name": "Renamed"})
        await news(group)
        await group.moderator.post(f"/groups/{group.id}/covenants", {"text": "New rules."})
        await invited(world, group)
        assert await heard.types(2) == ["group.updated", "membership.invited"]
        await heard.silence(0.3)


async def test_who_does_not_fetch_what_waits_is_let_go(
    world: World, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = await a_group(world, members=1)
    monkeypatch.setattr(listener, "MOST_WAITING", 20_000)
    async with not_reading(address, group.moderator) as reading:
        await _much_news(world, group)
        await asyncio.sleep(1)
        assert b'{"reason":"too_slow"}' in await reading.to_the_end()


async def test_who_takes_nothing_at_all_is_hung_up_on(
    world: World, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = await a_group(world, members=1)
    monkeypatch.setattr(listener, "SEND_SECONDS", 0.3)
    async with not_reading(address, group.moderator) as reading:
        await _much_news(world, group)
        await asyncio.sleep(1.5)
        assert b"closed" not in await reading.to_the_end()
    async with listening(address, group.moderator, "?types=group.*") as heard:
        await news(group)
        assert await heard.types(1) == ["group.updated"]


async def _much_news(world: World, group: GroupOf) -> None:
    """More than what fits between a server and somebody who does not read."""
    async with world.acting() as ctx:
        for _ in range(900):
            ctx.record("group.updated", ctx.organization_id, group_id=group.id)


async def test_an_idle_stream_gives_signs_of_life(
    world: World, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PING_SECONDS", 0.1)
    async with listening(address, world.owner) as heard:
        assert await heard.block() == {"": "still here"}


async def test_a_stream_needs_its_scope_and_a_token(world: World, address: str) -> None:
    key = await world.service("people:read")
    async with httpx.AsyncClient(base_url=address) as client:
        assert (await client.get("/v1/events/stream")).status_code == 401
        refused = await client.get("/v1/events/stream", headers={"Authorization": f"Bearer {key.token}"})
        assert refused.status_code == 403
        head = await client.head(
            "/v1/events/stream", headers={"Authorization": f"Bearer {world.owner.token}"}
        )
        assert head.status_code == 200


async def test_writers_who_race_are_heard_in_order_without_a_gap(world: World, address: str) -> None:
    group = await a_group(world, members=0)

    async def write(number: int) -> None:
        assert (await world.owner.post("/groups", {"name": f"Group {number}"})).status_code == 201

    async with listening(address, world.owner, "?types=group.founded") as heard:
        await asyncio.gather(*(write(number) for number in range(20)))
        told = [await heard.event(5) for _ in range(20)]
    listed = await items(world.owner, "?limit=200&types=group.founded")
    assert [one["id"] for one in told] == [one["id"] for one in listed if one["group_id"] != group.id]
