"""The worker gives every free place to what is due next: what is slow holds up its own place and nothing else."""

import asyncio

import pytest
from sqlalchemy import delete

from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.jobs import Due, Job, Queue
from peergroup.worker import AT_ONCE, Worker
from tests.world import World


@pytest.fixture(autouse=True)
async def no_jobs(world: World) -> None:
    """What other tests left to be done is out of the way."""
    async with world.house.database.transaction(None, writes=True) as db:
        await db.execute(delete(Job))


class Play:
    """Jobs that are quick, or that last until they are set free."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.free = asyncio.Event()

    async def perform(self, _house: House, due: Due) -> None:
        name = due.payload["name"]
        self.begun.append(name)
        if name.startswith("slow"):
            await self.free.wait()
        self.done.append(name)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    playing = Play()
    monkeypatch.setitem(jobs.performers, "play", playing.perform)
    return playing


async def _enqueue(world: World, *names: str) -> None:
    async with world.acting() as ctx:
        for name in names:
            await jobs.enqueue(ctx, "play", name=name)


async def _comes_true(what: object, seconds: float = 5.0) -> bool:
    assert callable(what)
    for _ in range(int(seconds / 0.02)):
        if what():
            return True
        await asyncio.sleep(0.02)
    return False


async def test_a_slow_job_holds_up_none_that_come_after_it(world: World, play: Play) -> None:
    await _enqueue(world, "slow", *(f"quick {number}" for number in range(3 * AT_ONCE)))
    worker, stop = Worker(world.house), asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    assert await _comes_true(lambda: len(play.done) == 3 * AT_ONCE), play.done
    assert "slow" in play.begun
    assert "slow" not in play.done
    await _enqueue(world, "later")
    worker.wake()
    assert await _comes_true(lambda: "later" in play.done)
    play.free.set()
    assert await _comes_true(lambda: "slow" in play.done)
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_no_more_is_begun_than_there_are_places(world: World, play: Play) -> None:
    await _enqueue(world, *(f"slow {number}" for number in range(2 * AT_ONCE)))
    worker, stop = Worker(world.house), asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    assert await _comes_true(lambda: len(play.begun) == AT_ONCE)
    await asyncio.sleep(0.2)
    assert len(play.begun) == AT_ONCE
    play.free.set()
    assert await _comes_true(lambda: len(play.done) == 2 * AT_ONCE)
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_jobs_that_wait_for_others_have_places_of_their_own(
    world: World, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.performers, "wait", play.perform)
    monkeypatch.setattr(jobs, "slow_kinds", jobs.slow_kinds | {"wait"})
    async with world.acting() as ctx:
        for number in range(2 * AT_ONCE):
            await jobs.enqueue(ctx, "wait", name=f"slow {number}")
    await _enqueue(world, *(f"quick {number}" for number in range(3)))
    worker, stop = Worker(world.house), asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    assert await _comes_true(lambda: len(play.done) == 3), play.begun
    assert sum(name.startswith("slow") for name in play.begun) == AT_ONCE
    play.free.set()
    assert await _comes_true(lambda: len(play.done) == 2 * AT_ONCE + 3)
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_what_is_under_way_is_finished_before_the_worker_stops(world: World, play: Play) -> None:
    await _enqueue(world, "slow")
    stop = asyncio.Event()
    running = asyncio.create_task(Worker(world.house).run(stop))
    assert await _comes_true(lambda: play.begun)
    stop.set()
    await asyncio.sleep(0.1)
    assert not running.done()
    play.free.set()
    await asyncio.wait_for(running, 5)
    assert play.done == ["slow"]


@pytest.fixture
def other_queue(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A queue beside the jobs that has one thing to do, cannot say so at first, and never finishes by itself."""
    log: list[str] = []

    async def claim(_house: House, most: int) -> list[str]:
        log.append(f"asked for {most}")
        if len(log) == 1:
            raise RuntimeError("not yet")
        return ["it"] if len(log) == 2 else []

    async def work(_house: House, one: str) -> None:
        log.append(one)
        await asyncio.sleep(0.3)

    monkeypatch.setitem(jobs.queues, "other", Queue("other", 3, claim, work))
    return log


async def test_each_queue_has_places_of_its_own(world: World, play: Play, other_queue: list[str]) -> None:
    await _enqueue(world, *(f"slow {number}" for number in range(AT_ONCE)))
    worker, stop = Worker(world.house), asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    assert await _comes_true(lambda: len(play.begun) == AT_ONCE)
    worker.wake()
    assert await _comes_true(lambda: "it" in other_queue), "although all places for jobs are taken"
    worker.wake()
    assert await _comes_true(lambda: "asked for 2" in other_queue), "one of its three places is taken"
    play.free.set()
    stop.set()
    await asyncio.wait_for(running, 5)


def test_a_queue_has_one_owner() -> None:
    async def claim(_house: House, _most: int) -> list[str]:
        return []

    async def work(_house: House, _one: str) -> None: ...

    declared = jobs.queue(Queue("of the tests", 1, claim, work))
    try:
        with pytest.raises(ValueError, match="declared twice"):
            jobs.queue(declared)
    finally:
        jobs.queues.pop("of the tests")
