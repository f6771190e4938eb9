"""A receiver that hangs, or is dead, holds up nobody but itself."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from peergroup.kit.context import House
from peergroup.webhooks import lines, serving
from peergroup.worker import Worker
from tests.webhooks.factories import HEARS, an_endpoint, somebody_comes
from tests.webhooks.receivers import Receiver, a_receiver
from tests.world import World, a_world


@contextlib.asynccontextmanager
async def _working(house: House) -> AsyncIterator[Worker]:
    worker, stop = Worker(house), asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    try:
        yield worker
    finally:
        stop.set()
        await asyncio.wait_for(running, 20)


async def _gets(receiver: Receiver, count: int, seconds: float = 8.0) -> bool:
    for _ in range(int(seconds / 0.02)):
        if len(receiver.got) >= count:
            return True
        await asyncio.sleep(0.02)
    return False


@pytest.fixture
async def hanging(house: House) -> AsyncIterator[Receiver]:
    async with a_receiver(hangs=asyncio.Event()) as stuck:
        yield stuck


async def test_a_receiver_that_hangs_delays_no_other(
    world: World, receiver: Receiver, hanging: Receiver
) -> None:
    by = await world.service(*HEARS)
    other = await a_world(world.house, world.client, "Elsewhere")
    # More of them than the worker has places for jobs.
    for _ in range(12):
        await an_endpoint(by, hanging, "person.created")
    await an_endpoint(by, receiver, "person.created")
    async with a_receiver() as elsewhere:
        await an_endpoint(other.owner, elsewhere, "person.created")
        async with _working(world.house) as worker:
            await somebody_comes(world)
            await somebody_comes(other)
            worker.wake()
            assert await _gets(hanging, 12)
            assert await _gets(receiver, 1)
            assert await _gets(elsewhere, 1)
            for count in range(2, 5):
                await somebody_comes(world)
                await somebody_comes(other)
                worker.wake()
                assert await _gets(receiver, count), "the others go on while it hangs"
                assert await _gets(elsewhere, count)
            assert hanging.hangs is not None
            assert len(hanging.got) == 12
            hanging.hangs.set()


async def test_one_receiver_has_few_requests_at_once(world: World, hanging: Receiver) -> None:
    await an_endpoint(await world.service(*HEARS), hanging, "person.created")
    people = [{"source": "crm", "external_id": str(number), "name": "Ada"} for number in range(60)]
    assert (await world.owner.post("/people/batch", {"people": people})).status_code == 200
    async with _working(world.house) as worker:
        worker.wake()
        assert await _gets(hanging, 8)
        await asyncio.sleep(0.1)
        assert hanging.most_at_once == 8
        assert hanging.hangs is not None
        hanging.hangs.set()
        assert await _gets(hanging, 60)


async def test_an_endpoint_is_served_by_one_worker_at_a_time(world: World, receiver: Receiver) -> None:
    await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    await somebody_comes(world)
    (turn,) = await lines.claim(world.house, 100)
    assert await lines.claim(world.house, 100) == []
    await serving.serve(world.house, turn)
    assert len(receiver.got) == 1
    assert await lines.claim(world.house, 100) == [], "nothing is due"
    await somebody_comes(world)
    assert len(await lines.claim(world.house, 100)) == 1


async def test_a_worker_that_was_thought_dead_does_not_go_on(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    await somebody_comes(world)
    (slow,) = await lines.claim(world.house, 100)
    before = world.house.clock
    try:
        world.house.clock = lambda: before() + lines.LEASE + dt.timedelta(seconds=1)
        (other,) = await lines.claim(world.house, 100)
    finally:
        world.house.clock = before
    await serving.serve(world.house, slow)
    assert receiver.got == []
    await serving.serve(world.house, other)
    await somebody_comes(world)
    await Worker(world.house).drain()
    assert len(receiver.got) == len({one.message_id for one in receiver.got}) == 2
    assert {one["state"] for one in await endpoint.deliveries()} == {"delivered"}


async def test_a_worker_that_dies_is_followed_by_another_with_the_same_ids(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    for _ in range(3):
        await somebody_comes(world)
    real = serving.settling.settle

    async def dies(*given: object) -> None:
        if given[2]:
            raise KeyboardInterrupt  # everything was sent, and nothing is written down
        await real(*given)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(serving.settling, "settle", dies)
    (turn,) = await lines.claim(world.house, 100)
    with pytest.raises(KeyboardInterrupt):
        await serving.serve(world.house, turn)
    monkeypatch.setattr(serving.settling, "settle", real)
    assert len(receiver.got) == 3
    assert await lines.claim(world.house, 100) == [], "its lease still runs"
    before = world.house.clock
    try:
        world.house.clock = lambda: before() + lines.LEASE + dt.timedelta(seconds=1)
        await Worker(world.house).drain()
    finally:
        world.house.clock = before
    assert len(receiver.got) == 6
    assert len({one.message_id for one in receiver.got}) == 3
    assert {one["state"] for one in await endpoint.deliveries()} == {"delivered"}


async def test_what_was_sent_is_written_down_once_the_database_is_free_again(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    await somebody_comes(world)
    real, tried = serving.settling.settle, list[int]()

    async def busy(*given: object) -> None:
        if given[2]:
            tried.append(1)
            if len(tried) < 3:
                raise PoolTimeout("other writers took too long")
        await real(*given)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(serving.settling, "settle", busy)
    monkeypatch.setattr(serving, "PAUSES", (0.0, 0.0, 0.0))
    (turn,) = await lines.claim(world.house, 100)
    await serving.serve(world.house, turn)
    assert len(receiver.got) == 1
    assert [one["state"] for one in await endpoint.deliveries()] == ["delivered"]


async def test_what_is_cancelled_while_it_is_under_way_is_not_tried_again(
    world: World, hanging: Receiver
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), hanging, "person.created")
    await somebody_comes(world)
    hanging.status = 500
    async with _working(world.house) as worker:
        worker.wake()
        assert await _gets(hanging, 1)
        stopped = await endpoint.by.patch(endpoint.path, {"state": "disabled"})
        assert stopped.status_code == 200, "nobody waits for a receiver that hangs"
        assert hanging.hangs is not None
        hanging.hangs.set()
    (one,) = await endpoint.deliveries()
    assert (one["state"], one["attempts"], one["next_attempt_at"]) == ("cancelled", 0, None)
    shown = await endpoint.shown()
    assert (shown["state"], shown["reason"], shown["failing_since"]) == ("disabled", "requested", None)
