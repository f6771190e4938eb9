"""Due work on the same database: enqueued in the transaction that wants it, done at least once by a worker.

A job holds ids and times, never words. Claims are leased; a worker that dies loses its lease and another one
takes over. Failures come back later, with jitter; after `MAX_ATTEMPTS` a job stays as a dead letter.
"""

import asyncio
import contextlib
import datetime as dt
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Index, Integer, String, cast, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.ids import Id, new_id
from peergroup.kit.model import Model

if TYPE_CHECKING:
    from peergroup.kit.context import Context, House

LEASE = dt.timedelta(seconds=60)
MAX_ATTEMPTS = 12
_LIVE = text("dead_at IS NULL")


class Job(Model):
    """One piece of due work of one organization."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "uq_job_dedupe",
            "organization_id",
            "kind",
            "dedupe",
            unique=True,
            postgresql_where=text("dedupe IS NOT NULL"),
            sqlite_where=text("dedupe IS NOT NULL"),
        ),
        Index("ix_job_due_at", "due_at", postgresql_where=_LIVE, sqlite_where=_LIVE),
        {"info": {"directory": True}},
    )
    id: Mapped[UUID] = mapped_column(Id(), primary_key=True, default=new_id)
    organization_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]]
    dedupe: Mapped[str | None] = mapped_column(String(120))
    due_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[dt.datetime | None]
    dead_at: Mapped[dt.datetime | None]
    failure: Mapped[str | None] = mapped_column(String(80))


class Sign(Model):
    """A sign of life: which worker was last seen, and when."""

    __tablename__ = "sign_of_life"
    __table_args__ = {"info": {"directory": True}}
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    seen_at: Mapped[dt.datetime]


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed job as its handler gets it."""

    id: UUID
    organization_id: UUID
    kind: str
    payload: dict[str, Any]
    attempts: int


Perform = Callable[["House", Due], Awaitable[None]]
performers: dict[str, Perform] = {}
slow_kinds: set[str] = set()


def job(kind: str, *, slow: bool = False) -> Callable[[Perform], Perform]:
    """Register what is done when a job of this kind is due. It opens its own transactions, and may run twice.

    What waits for others for minutes is `slow`: such jobs have places of their own.
    """

    def register(perform: Perform) -> Perform:
        if kind in performers:
            raise ValueError(f"job {kind} is declared twice")
        performers[kind] = perform
        if slow:
            slow_kinds.add(kind)
        return perform

    return register


@dataclass(frozen=True, slots=True)
class Queue:
    """Due work of a kind of its own, beside jobs, with places of its own: `claim(house, most)` takes some of it,
    `work(house, one)` does one piece and raises nothing. What it does not get done it leaves for a later claim."""

    name: str
    at_once: int
    claim: Callable[["House", int], Awaitable[Sequence[Any]]]
    work: Callable[["House", Any], Coroutine[Any, Any, None]]


queues: dict[str, Queue] = {}


def queue(declared: Queue) -> Queue:
    """Let workers look after a further queue."""
    if declared.name in queues:
        raise ValueError(f"queue {declared.name} is declared twice")
    queues[declared.name] = declared
    return declared


@contextlib.asynccontextmanager
async def keeping(beat: Callable[[], Awaitable[None]], lease: dt.timedelta = LEASE) -> AsyncIterator[None]:
    """Lengthen a lease three times in its length, as long as something takes."""

    async def go_on() -> None:
        while True:
            await asyncio.sleep(lease.total_seconds() / 3)
            with contextlib.suppress(Exception):
                await beat()

    beating = asyncio.create_task(go_on())
    try:
        yield
    finally:
        beating.cancel()


async def enqueue(
    ctx: "Context", kind: str, *, due_at: dt.datetime | None = None, dedupe: str | None = None, **payload: Any
) -> None:
    """Due work that exists if and only if this transaction commits. Same `dedupe`: the later due time counts."""
    dialect = sqlite if ctx.house.database.is_sqlite else postgresql
    due = due_at or ctx.now
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in payload.items()}
    statement = dialect.insert(Job).values(
        id=new_id(),
        organization_id=ctx.organization_id,
        kind=kind,
        payload=plain,
        dedupe=dedupe,
        due_at=due,
        attempts=0,
    )
    if dedupe is not None:
        statement = statement.on_conflict_do_update(
            index_elements=["organization_id", "kind", "dedupe"],
            index_where=text("dedupe IS NOT NULL"),
            set_={"due_at": due, "payload": plain, "attempts": 0, "dead_at": None, "leased_until": None},
        )
    await ctx.db.execute(statement)


async def cancel(ctx: "Context", kind: str, dedupe: str) -> None:
    """Take back due work that has become pointless."""
    await ctx.db.execute(
        delete(Job)
        .where(Job.organization_id == ctx.organization_id, Job.kind == kind, Job.dedupe == dedupe)
        .execution_options(synchronize_session=False)
    )


async def forget(ctx: "Context", person_id: UUID) -> None:
    """Take back all due work whose payload names a person."""
    named = cast(Job.payload, String).contains(str(person_id))
    await ctx.db.execute(
        delete(Job)
        .where(Job.organization_id == ctx.organization_id, named)
        .execution_options(synchronize_session=False)
    )


async def claim(house: "House", most: int, *, slow: bool = False) -> list[Due]:
    """Lease up to `most` due jobs, taking turns between organizations: the slow ones, or the others."""
    now = house.clock()
    free = (
        Job.due_at <= now,
        Job.dead_at.is_(None),
        (Job.leased_until.is_(None)) | (Job.leased_until < now),
        Job.kind.in_(slow_kinds) if slow else Job.kind.not_in(slow_kinds),
    )
    turn = func.row_number().over(partition_by=Job.organization_id, order_by=Job.due_at)
    waiting = select(Job.id, Job.due_at, turn.label("turn")).where(*free).subquery()
    first = select(waiting.c.id).order_by(waiting.c.turn, waiting.c.due_at).limit(most)
    locked = select(Job.id).where(Job.id.in_(first), *free).with_for_update(skip_locked=True)
    async with house.database.transaction(None, writes=True) as db:
        rows = await db.execute(
            update(Job)
            .where(Job.id.in_(locked))
            .values(leased_until=now + LEASE, attempts=Job.attempts + 1)
            .returning(Job.id, Job.organization_id, Job.kind, Job.payload, Job.attempts)
            .execution_options(synchronize_session=False)
        )
        return [Due(*row) for row in rows]


async def settle(house: "House", due: Due, failure: str | None) -> None:
    """Remove a job that is done; put off one that failed, or leave it as a dead letter."""
    async with house.database.transaction(None, writes=True) as db:
        mine = (Job.id == due.id, Job.attempts == due.attempts)
        if failure is None:
            await db.execute(delete(Job).where(*mine))
            return
        dead = due.attempts >= MAX_ATTEMPTS
        wait = dt.timedelta(seconds=min(2**due.attempts, 3_600) * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        await db.execute(
            update(Job)
            .where(*mine)
            .values(
                failure=failure[:80],
                leased_until=None,
                due_at=house.clock() + wait,
                dead_at=house.clock() if dead else None,
            )
        )


async def heartbeat(house: "House", due: Due) -> None:
    """Lengthen the lease of a job that takes its time, unless another worker has it by now."""
    mine = (Job.id == due.id, Job.attempts == due.attempts)
    async with house.database.transaction(None, writes=True) as db:
        await db.execute(update(Job).where(*mine).values(leased_until=house.clock() + LEASE))


async def show_life(house: "House", name: str) -> None:
    """Leave a sign of life for `/readyz`."""
    dialect = sqlite if house.database.is_sqlite else postgresql
    statement = dialect.insert(Sign).values(name=name, seen_at=house.clock())
    async with house.database.transaction(None, writes=True) as db:
        await db.execute(
            statement.on_conflict_do_update(
                index_elements=["name"], set_={"seen_at": statement.excluded.seen_at}
            )
        )
