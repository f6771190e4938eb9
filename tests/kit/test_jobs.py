"""Jobs: done once they are due, by whoever comes first, again if that one dies, and never for ever."""

import asyncio
import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.kit.jobs import LEASE, MAX_ATTEMPTS, Due, Job
from peergroup.worker import AT_ONCE, Worker
from tests.conftest import Clock
from tests.world import World, a_world


@pytest.fixture(autouse=True)
async def no_jobs(world: World) -> None:
    """What other tests left to be done is out of the way."""
    async with world.house.database.transaction(None, writes=True) as db:
        await db.execute(delete(Job))


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was performed, in order; a job named `fail` fails."""
    log: list[str] = []

    async def perform(_house: House, due: Due) -> None:
        log.append(due.payload["name"])
        await asyncio.sleep(0)
        if due.payload["name"] == "fail":
            raise RuntimeError("no")

    monkeypatch.setitem(jobs.performers, "play", perform)
    return log


async def enqueue(world: World, *names: str, **more: Any) -> None:
    async with world.acting() as ctx:
        for name in names:
            await jobs.enqueue(ctx, "play", name=name, **more)


async def stored(house: House) -> list[Job]:
    async with house.database.transaction(None, writes=False) as db:
        mine = Job.kind.in_(("play", "unheard of"))
        return list(await db.scalars(select(Job).where(mine).order_by(Job.id)))


async def test_two_workers_at_once_do_each_job_once(world: World, done: list[str]) -> None:
    names = [f"job {number}" for number in range(40)]
    await enqueue(world, *names)
    await asyncio.gather(*(Worker(world.house, f"worker {number}").drain() for number in range(4)))
    assert Counter(done) == Counter(names)
    assert await stored(world.house) == []


async def test_a_job_exists_if_and_only_if_its_transaction_does(world: World, done: list[str]) -> None:
    async def failing(ctx: Context) -> None:
        await jobs.enqueue(ctx, "play", name="never")
        raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError):
        async with world.acting() as ctx:
            await failing(ctx)
    assert await Worker(world.house).drain() == 0
    assert done == []


async def test_a_job_waits_until_it_is_due(world: World, done: list[str], clock: Clock) -> None:
    await enqueue(world, "later", due_at=clock() + dt.timedelta(hours=1))
    assert await Worker(world.house).drain() == 0
    clock.forward(minutes=61)
    assert await Worker(world.house).drain() == 1
    assert done == ["later"]


async def test_a_worker_that_dies_loses_its_job_to_another(
    world: World, done: list[str], clock: Clock
) -> None:
    await enqueue(world, "left")
    (dead,) = await jobs.claim(world.house, 8)
    assert await jobs.claim(world.house, 8) == []
    clock.forward(seconds=LEASE.total_seconds() + 1)
    (again,) = await jobs.claim(world.house, 8)
    assert (again.id, dead.attempts, again.attempts) == (dead.id, 1, 2)
    await jobs.settle(world.house, dead, None)
    assert len(await stored(world.house)) == 1, "whoever lost the lease settles nothing"
    await jobs.settle(world.house, again, None)
    assert await stored(world.house) == []


async def test_a_heartbeat_keeps_the_lease_of_its_own_attempt_only(world: World, clock: Clock) -> None:
    await enqueue(world, "long")
    (due,) = await jobs.claim(world.house, 8)
    clock.forward(seconds=LEASE.total_seconds() - 1)
    await jobs.heartbeat(world.house, due)
    clock.forward(seconds=2)
    assert await jobs.claim(world.house, 8) == []
    clock.forward(seconds=LEASE.total_seconds())
    (again,) = await jobs.claim(world.house, 8)
    clock.forward(seconds=LEASE.total_seconds() - 1)
    await jobs.heartbeat(world.house, due)
    clock.forward(seconds=2)
    assert len(await jobs.claim(world.house, 8)) == 1, f"the first worker lengthened the lease of {again.id}"


async def test_what_fails_comes_back_later_and_later_and_is_kept_dead_in_the_end(
    world: World, done: list[str], clock: Clock
) -> None:
    await enqueue(world, "fail")
    waits = []
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert await Worker(world.house).drain() == 1
        (job,) = await stored(world.house)
        assert (job.attempts, job.failure, job.leased_until) == (attempt, "RuntimeError", None)
        waits.append((job.due_at - clock()).total_seconds())
        assert await Worker(world.house).drain() == 0
        clock.forward(hours=2)
    assert job.dead_at is not None
    assert await Worker(world.house).drain() == 0
    assert len(done) == MAX_ATTEMPTS
    for attempt, wait in enumerate(waits, 1):
        usual = min(2**attempt, 3_600)
        assert usual * 0.4 < wait <= usual * 1.5


async def test_what_an_error_of_a_job_says_is_not_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its kind and the way it took are; its words may be somebody's."""

    said = "".join(("can", "ary"))

    async def perform(_house: House, _due: Due) -> None:
        raise ValueError(said) from LookupError(said)

    monkeypatch.setitem(jobs.performers, "play", perform)
    await enqueue(world, "fail")
    await Worker(world.house).drain()
    assert "ValueError < LookupError" in caplog.text
    assert said not in caplog.text


async def test_the_same_work_is_due_once_at_the_later_time(
    world: World, done: list[str], clock: Clock
) -> None:
    await enqueue(world, "first", dedupe="one")
    await enqueue(world, "second", dedupe="one", due_at=clock() + dt.timedelta(hours=1))
    assert len(await stored(world.house)) == 1
    assert await Worker(world.house).drain() == 0
    clock.forward(minutes=61)
    assert await Worker(world.house).drain() == 1
    assert done == ["second"]


async def test_work_asked_for_anew_is_done_anew_although_it_is_being_done(world: World) -> None:
    await enqueue(world, "again", dedupe="one")
    (due,) = await jobs.claim(world.house, 8)
    await enqueue(world, "again", dedupe="one")
    await jobs.settle(world.house, due, None)
    assert len(await jobs.claim(world.house, 8)) == 1


async def test_a_dead_letter_lives_again_when_its_work_is_asked_for(world: World, clock: Clock) -> None:
    await enqueue(world, "again", dedupe="one")
    async with world.house.database.transaction(None, writes=True) as db:
        await db.execute(update(Job).values(dead_at=clock(), attempts=MAX_ATTEMPTS))
    assert await jobs.claim(world.house, 8) == []
    await enqueue(world, "again", dedupe="one")
    assert [due.attempts for due in await jobs.claim(world.house, 8)] == [1]


async def test_work_can_be_taken_back_by_its_own_organization_only(world: World) -> None:
    other = await a_world(world.house, world.client, "Elsewhere")
    await enqueue(world, "mine", dedupe="one")
    async with other.acting() as ctx:
        await jobs.cancel(ctx, "play", "one")
    assert len(await stored(world.house)) == 1
    async with world.acting() as ctx:
        await jobs.cancel(ctx, "play", "one")
    assert await stored(world.house) == []


async def test_an_organization_with_much_to_do_does_not_keep_the_others_waiting(world: World) -> None:
    others = [await a_world(world.house, world.client, f"Small {number}") for number in range(3)]
    await enqueue(world, *(f"job {number}" for number in range(50)))
    for other in others:
        await enqueue(other, "only one")
    claimed = Counter(due.organization_id for due in await jobs.claim(world.house, AT_ONCE))
    assert all(claimed[other.organization_id] == 1 for other in others)
    assert claimed[world.organization_id] == AT_ONCE - 3


async def test_what_is_known_of_a_person_goes_with_the_person(world: World) -> None:
    one, other = await world.person(), await world.person()
    await enqueue(world, "about one", person_id=one.person_id)
    await enqueue(world, "about another", person_id=other.person_id)
    person_id = one.person_id
    assert isinstance(person_id, UUID)
    async with world.acting() as ctx:
        await jobs.forget(ctx, person_id)
    assert [job.payload["name"] for job in await stored(world.house)] == ["about another"]


async def test_a_kind_has_one_performer() -> None:
    jobs.job("test.unique")(_nothing)
    try:
        with pytest.raises(ValueError, match="declared twice"):
            jobs.job("test.unique")(_nothing)
    finally:
        jobs.performers.pop("test.unique")


async def _nothing(_house: House, _due: Due) -> None: ...


async def test_a_job_that_nobody_can_perform_breaks_nothing_else(world: World, done: list[str]) -> None:
    async with world.acting() as ctx:
        await jobs.enqueue(ctx, "unheard of")
    await enqueue(world, "known")
    await Worker(world.house).drain()
    assert done == ["known"]
    (left,) = await stored(world.house)
    assert (left.kind, left.failure) == ("unheard of", "KeyError")


async def test_a_worker_that_runs_is_woken_leaves_signs_of_life_and_stops(
    world: World, done: list[str]
) -> None:
    worker, stop = Worker(world.house, "alive"), asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    await enqueue(world, "quick")
    worker.wake()
    for _ in range(100):
        if done:
            break
        await asyncio.sleep(0.02)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert done == ["quick"]
    async with world.house.database.transaction(None, writes=False) as db:
        sign = await db.scalar(select(jobs.Sign).where(jobs.Sign.name == "alive"))
    assert sign is not None
    assert abs(world.house.clock() - sign.seen_at) < dt.timedelta(seconds=30)
