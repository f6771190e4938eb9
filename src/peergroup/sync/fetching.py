"""Walking through an account: page by page into a run, each page with the place from which to go on.

No transaction is open while the other system is asked. Killed half-way, the next worker goes on behind the last
page that was kept.
"""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import anyio
from sqlalchemy import select

from peergroup.kit import jobs, outgoing
from peergroup.kit.context import Context, House, get
from peergroup.kit.jobs import Due, job
from peergroup.kit.problems import INVALID, Problem
from peergroup.sync import accounts, applying
from peergroup.sync.models import Connection, SyncRun
from peergroup.sync.scheduling import FETCH, drop_records
from peergroup.sync.sources.calling import LONGEST_ANSWER, SECONDS
from peergroup.sync.sources.connections import Outside, source_of
from peergroup.sync.sources.protocol import MemberSource, SourceError, SourcePage
from peergroup.sync.sources.rows import row_of
from peergroup.sync.staging import Staging, conclude, store

APPLY = "apply_sync_run"
PATIENT = ("throttled_too_long", "unreachable")
TRIES = 8
"""How often a walk is taken up again before it counts as failed: with growing pauses, within the hour."""
ADVICE = {
    "unauthorized": "The account refuses the credentials, or they cannot be opened any more; "
    "give new ones with PATCH /v1/connections/{id}.",
    "cursor_unknown": "The other system does not know any more where the last walk ended; run it in full once.",
    "mapping": "The mapping leaves no property for names; change it with PUT /v1/sources/{source}/mapping.",
    "gave_up": "Something went wrong here, again and again; the operator's log says what.",
}


@job(FETCH, slow=True)
async def fetch(house: House, due: Due) -> None:
    """Fill a run from its connection's account; where the account is busy or away, come back later."""
    run_id = UUID(due.payload["run_id"])
    try:
        walk = await _begin(house, due.organization_id, run_id)
        if walk is None:
            return
        async with _outside(house) as outside:
            await walk.through(source_of(walk.account, outside, walk.named))
    except SourceError as error:
        tries = int(due.payload.get("tries", 0)) + 1
        if error.kind in PATIENT and tries < TRIES:
            await _wait(house, due.organization_id, run_id, error, tries)
        else:
            await _fail(house, due.organization_id, run_id, error.kind, error.detail)
    except Exception as error:
        # A run that nobody goes on with must not stay under way: no other one would begin.
        if isinstance(error, Problem) and error.kind is INVALID:
            await _fail(house, due.organization_id, run_id, "mapping")
            return
        if due.attempts >= jobs.MAX_ATTEMPTS:
            await _fail(house, due.organization_id, run_id, "gave_up")
        raise


@asynccontextmanager
async def _outside(house: House) -> AsyncIterator[Outside]:
    if house.outside is not None:
        async with house.outside() as outside:
            yield outside
        return
    async with outgoing.client(house.settings, seconds=SECONDS, most_bytes=LONGEST_ANSWER) as client:
        yield Outside(client, anyio.sleep, house.clock)


class Walk:
    """One walk into one run."""

    def __init__(self, house: House, run: SyncRun, account: Any, cursor: str | None) -> None:
        self.house, self.account, self.cursor = house, account, cursor
        self.principal = house.system(run.organization_id)
        self.staging = Staging(run)
        self.named = [column for column, _ in self.staging.usual]

    async def through(self, source: MemberSource) -> None:
        """Keep page after page, until the last one."""
        columns = source.columns
        self.staging.refer_by(columns[0])
        async for page in source.pages(self.cursor):
            for record in page.records:
                number = self.staging.number + 1
                if record.is_removed:
                    self.staging.add_gone(record.external_id, number, record.merged_into)
                else:
                    self.staging.add(columns, (row_of(record, number, columns),))
            async with self.house.acting(self.principal) as ctx:
                await self._keep(ctx, page)

    async def _keep(self, ctx: Context, page: SourcePage) -> None:
        run = await store(ctx, self.staging, self.staging.take(), state="fetching")
        run.checkpoint, run.failure = page.cursor, None
        if page.is_last:
            await conclude(ctx, run, self.staging)
            if run.applies:
                await jobs.enqueue(ctx, APPLY, dedupe=str(run.id), run_id=run.id)


async def _begin(house: House, organization_id: UUID, run_id: UUID) -> Walk | None:
    async with house.acting(house.system(organization_id), writes=False) as ctx:
        run = await ctx.db.scalar(select(SyncRun).where(SyncRun.id == run_id))
        if run is None or run.state != "fetching" or run.connection_id is None:
            return None
        connection = await get(ctx, Connection, run.connection_id)
        cursor = run.checkpoint or (connection.cursor if run.mode == "delta" else None)
        try:
            account = accounts.account_of(ctx, connection)
        except ValueError:
            raise SourceError("unauthorized", ADVICE["unauthorized"]) from None
        return Walk(house, run, account, cursor)


async def _wait(house: House, organization_id: UUID, run_id: UUID, error: SourceError, tries: int) -> None:
    """Come back when the account wants to be asked again: a job that failed would not know when that is."""
    pause = min(max(error.retry_after or 2.0**tries, 1.0), 3_600.0)
    async with house.acting(house.system(organization_id)) as ctx:
        run = await get(ctx, SyncRun, run_id, lock=True)
        run.failure = {"code": error.kind, "column": None, "detail": f"{error.detail} It is tried again."}
        due = ctx.now + dt.timedelta(seconds=pause)
        await jobs.enqueue(ctx, FETCH, due_at=due, dedupe=str(run_id), run_id=run_id, tries=tries)


async def _fail(house: House, organization_id: UUID, run_id: UUID, kind: str, detail: str = "") -> None:
    async with house.acting(house.system(organization_id)) as ctx:
        run = await applying.held(ctx, run_id)
        if run.state != "fetching":
            return
        said = ADVICE.get(kind, detail)
        run.state, run.failure = "failed", {"code": kind, "column": None, "detail": said}
        await drop_records(ctx, [run.id])
        if run.connection_id is not None and kind in ADVICE:
            connection = await get(ctx, Connection, run.connection_id)
            if kind == "unauthorized":
                connection.state = "paused"
                ctx.record("connection.paused", connection, source=connection.source)
            connection.cursor = None if kind == "cursor_unknown" else connection.cursor
        ctx.record("sync_run.failed", run, source=run.source, reason=kind)


@job(APPLY)
async def apply(house: House, due: Due) -> None:
    """Apply a run that was fetched. Where it would shut too many out, it waits for somebody's confirmation."""
    run_id = UUID(due.payload["run_id"])
    try:
        async with house.acting(house.system(due.organization_id)) as ctx:
            run = await ctx.db.scalar(select(SyncRun).where(SyncRun.id == run_id))
            if run is not None and run.state == "staged":
                await applying.apply(ctx, run_id)
    except Problem as problem:
        if "guards" not in problem.extra:
            raise
        async with house.acting(house.system(due.organization_id)) as ctx:
            run = await get(ctx, SyncRun, run_id, lock=True)
            if run.state != "staged":
                return
            code = problem.extra["guards"][0]["code"]
            run.failure = {"code": code, "column": None, "detail": problem.detail}
            ctx.record("sync_run.waits", run, source=run.source, reason=code)
