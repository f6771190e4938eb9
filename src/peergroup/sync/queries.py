"""What is read of synchronization."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.kit.context import Context, get
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import invalid
from peergroup.kit.wire import Page
from peergroup.sync import meanings, policy, scheduling
from peergroup.sync.models import SyncRecord, SyncRun
from peergroup.sync.schemas import Columns, Issue, Removals, Summary, SyncResultOut, SyncRunIn, SyncRunOut


async def open_run(ctx: Context, given: SyncRunIn) -> SyncRun:
    """Open a run; nothing is read yet."""
    ctx.require(policy.SYNC, ctx.principal)
    if given.fetch:
        if given.mapping:
            raise invalid(
                "/mapping", "is for files; set it for the source with PUT /v1/sources/{source}/mapping"
            )
        return await scheduling.fetch_now(
            ctx, given.source, given.mode, given.on_conflict, applies=given.apply
        )
    if given.apply:
        raise invalid("/apply", "is only for runs that fetch; apply this one after its upload")
    mapping = await meanings.kept(ctx, given.source)
    run = SyncRun(
        source=given.source,
        mode=given.mode,
        on_conflict=given.on_conflict or "report",
        overrides=[[one.column, one.field] for one in given.mapping],
        usual=[] if mapping is None else mapping.columns,
        made_by_id=ctx.principal.person_id,
        created_at=ctx.now,
    )
    ctx.db.add(run)
    await ctx.db.flush()
    ctx.record("sync_run.opened", run, source=given.source)
    return run


async def list_runs(ctx: Context, paging: Paging, source: str | None, state: str | None) -> Page[SyncRunOut]:
    """The runs, the latest first."""
    ctx.require(policy.SYNC, ctx.principal)
    query: Any = select(SyncRun)
    if source is not None:
        query = query.where(SyncRun.source == source)
    if state is not None:
        query = query.where(SyncRun.state == state)
    rows, following = await page(ctx, query, paging, by=[SyncRun.created_at, SyncRun.id], descending=True)
    return Page[SyncRunOut](items=[show(row[0]) for row in rows], next_cursor=following)


async def find_run(ctx: Context, run_id: UUID) -> SyncRun:
    """A run of the organization."""
    ctx.require(policy.SYNC, ctx.principal)
    return await get(ctx, SyncRun, run_id)


def show(run: SyncRun) -> SyncRunOut:
    """A run on the wire."""
    return SyncRunOut(
        id=run.id,
        source=run.source,
        mode=run.mode,
        on_conflict=run.on_conflict,
        state=run.state,
        received=run.received,
        failure=_issue(run.failure) if run.failure else None,
        columns=Columns(**run.columns) if run.columns else None,
        summary=Summary(**run.summary) if run.summary else None,
        removals=Removals(**run.removals) if run.removals else None,
        created_at=run.created_at,
        applied_at=run.applied_at,
        version=run.version,
    )


async def list_results(ctx: Context, run_id: UUID, paging: Paging, status: str | None) -> Page[SyncResultOut]:
    """What came of each record, in the order of the file."""
    await find_run(ctx, run_id)
    statement = select(SyncRecord).where(SyncRecord.run_id == run_id)
    if status is not None:
        statement = statement.where(SyncRecord.status == status)
    rows, following = await page(ctx, statement, paging, by=[SyncRecord.number])
    return Page[SyncResultOut](items=[_result(row[0]) for row in rows], next_cursor=following)


def _result(record: SyncRecord) -> SyncResultOut:
    return SyncResultOut(
        index=record.number,
        row=record.row,
        external_id=record.external_id,
        status=record.status or "staged",
        id=record.person_id,
        problem=_issue(record.problem) if record.problem else None,
        warnings=[_issue(warning) for warning in record.warnings],
    )


def _issue(found: dict[str, Any]) -> Issue:
    return Issue(**found)


async def rehearsed(ctx: Context, run_id: UUID) -> list[SyncResultOut]:
    """What would come of each record, while the rehearsal lasts."""
    statement = (
        select(SyncRecord).where(SyncRecord.run_id == run_id).order_by(SyncRecord.number).limit(10_000)
    )
    rows = await ctx.db.scalars(statement.execution_options(populate_existing=True))
    return [_result(record) for record in rows]
