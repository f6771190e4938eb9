"""Runs that fetch: opened when somebody asks or when it is time, one at a time for each connection."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from peergroup.kit import jobs
from peergroup.kit.context import Context, House, get
from peergroup.kit.jobs import Due, job
from peergroup.kit.problems import CONFLICT, Problem
from peergroup.sync import meanings
from peergroup.sync.models import Connection, SyncRecord, SyncRun

JOB = "walk_through_account"
FETCH = "fetch_sync_run"
_UNSEEN: dict[str, Any] = {"synchronize_session": False}


async def schedule(ctx: Context, connection: Connection) -> None:
    """Let the worker come when it is time; never, where nobody wants that."""
    if connection.every_minutes is None or connection.state != "active":
        await jobs.cancel(ctx, JOB, str(connection.id))
        return
    due = ctx.now + dt.timedelta(minutes=connection.every_minutes)
    await jobs.enqueue(ctx, JOB, due_at=due, dedupe=str(connection.id), connection_id=connection.id)


@job(JOB)
async def walk(house: House, due: Due) -> None:
    """Open the run whose time has come, and come again. One that still goes on is left alone."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        query = select(Connection).where(Connection.id == UUID(due.payload["connection_id"]))
        connection = await ctx.db.scalar(query.with_for_update())
        if connection is None or connection.every_minutes is None or connection.state != "active":
            return
        await schedule(ctx, connection)
        if await _under_way(ctx, connection) is None:
            await open_fetching(ctx, connection, _mode(ctx, connection), applies=True)


def _mode(ctx: Context, connection: Connection) -> str:
    if connection.full_every_days is None:
        return "delta"
    days = dt.timedelta(days=connection.full_every_days)
    return "full" if connection.full_at is None or connection.full_at + days <= ctx.now else "delta"


async def _under_way(ctx: Context, connection: Connection) -> UUID | None:
    found: UUID | None = await ctx.db.scalar(
        select(SyncRun.id).where(SyncRun.connection_id == connection.id, SyncRun.state == "fetching")
    )
    return found


async def fetch_now(
    ctx: Context, source: str, mode: str, on_conflict: str | None, *, applies: bool
) -> SyncRun:
    """Open a run that walks through the source's account; refused while another one does."""
    query = select(Connection.id).where(Connection.source == source)
    if (connection_id := await ctx.db.scalar(query)) is None:
        raise Problem(CONFLICT, "This source has no connection; make one with POST /v1/connections.")
    connection = await get(ctx, Connection, connection_id, lock=True)
    if (going := await _under_way(ctx, connection)) is not None:
        raise Problem(CONFLICT, "A run of this source is under way; wait for it.", run_id=str(going))
    return await open_fetching(ctx, connection, mode, applies=applies, on_conflict=on_conflict)


async def open_fetching(
    ctx: Context, connection: Connection, mode: str, *, applies: bool, on_conflict: str | None = None
) -> SyncRun:
    """A run that the worker fills. Earlier ones that were never applied are overtaken by it."""
    await _supersede(ctx, connection)
    mapping = await meanings.kept(ctx, connection.source)
    run = SyncRun(
        source=connection.source,
        mode=mode,
        on_conflict=on_conflict or connection.on_conflict,
        state="fetching",
        connection_id=connection.id,
        applies=applies,
        overrides=[],
        usual=[] if mapping is None else mapping.columns,
        made_by_id=ctx.principal.person_id,
        created_at=ctx.now,
    )
    ctx.db.add(run)
    await ctx.db.flush()
    await jobs.enqueue(ctx, FETCH, dedupe=str(run.id), run_id=run.id)
    ctx.record("sync_run.opened", run, source=run.source)
    return run


async def _supersede(ctx: Context, connection: Connection) -> None:
    overtaken = (
        await ctx.db.scalars(
            update(SyncRun)
            .where(SyncRun.connection_id == connection.id, SyncRun.state == "staged")
            .values(state="superseded", version=SyncRun.version + 1)
            .returning(SyncRun.id)
            .execution_options(**_UNSEEN)
        )
    ).all()
    await drop_records(ctx, overtaken)


async def drop_records(ctx: Context, runs: Sequence[UUID]) -> None:
    """Forget what was staged in runs that are never applied: it is about people, and good for nothing more."""
    if runs:
        await ctx.db.execute(
            delete(SyncRecord).where(SyncRecord.run_id.in_(runs)).execution_options(**_UNSEEN)
        )
