"""Applying a staged run: all valid records in one transaction, conflicts and rejections beside them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, case, delete, func, select, update
from sqlalchemy.orm import aliased

from peergroup.kit.bulk import change_rows
from peergroup.kit.context import Context, get
from peergroup.kit.problems import CONFLICT, Problem
from peergroup.people.models import PersonReference
from peergroup.people.outcomes import Outcome, Warned
from peergroup.people.upsert import Incoming, upsert
from peergroup.sync import conflicts, mergers, removals
from peergroup.sync.models import Connection, SyncRecord, SyncRun

AT_ONCE = 2_000
COUNTED = ("created", "updated", "unchanged", "removed", "conflict", "rejected")
_TAKEN = SyncRecord.status.is_distinct_from("rejected")


async def apply(
    ctx: Context, run_id: UUID, *, confirmed: int | None = None, rehearsed: bool = False
) -> SyncRun:
    """Take over everything that was staged. The fields are forgotten afterwards, the outcomes kept.

    `confirmed` is how many people may be shut out where that is more than a run does unasked; a rehearsal shows
    what would be, and asks for nothing.
    """
    run = await held(ctx, run_id)
    ctx.expect(run)
    if run.state != "staged":
        raise Problem(CONFLICT, f"The run is {run.state}; only a staged run can be applied.")
    listed = await removals.count_listed(ctx, run.source)
    await mergers.follow(ctx, run)
    overtaken = await _overtaken(ctx, run)
    async for batch in _standing(ctx, run, overtaken):
        records = [_incoming(run, row) for row in batch]
        outcomes = await upsert(ctx, records, on_conflict=run.on_conflict)
        await _note(ctx, run, batch, outcomes)
        await conflicts.follow(ctx, run, records, outcomes)
    if overtaken:
        await _note_repeated(ctx, run)
    missing = await removals.remove_missing(ctx, run) if run.mode == "full" else 0
    counted = await _count(ctx, run)
    run.removals = removals.weigh(run, listed, counted["removed"], missing)
    if not rehearsed:
        removals.refuse_unasked(run, confirmed)
    run.summary, run.failure = counted, None
    run.state, run.applied_at = "applied", ctx.now
    await _move_on(ctx, run)
    ctx.record("sync_run.applied", run, **counted)
    await ctx.db.flush()
    return run


async def held(ctx: Context, run_id: UUID) -> SyncRun:
    """The run, and its connection before it: whoever opens the next one takes them in this order too."""
    run = await get(ctx, SyncRun, run_id)
    if run.connection_id is not None:
        await get(ctx, Connection, run.connection_id, lock=True)
    return await get(ctx, SyncRun, run_id, lock=True)


async def _move_on(ctx: Context, run: SyncRun) -> None:
    """What was applied need not be fetched again: the next delta begins where this walk ended."""
    if run.connection_id is not None:
        connection = await get(ctx, Connection, run.connection_id)
        connection.cursor = run.checkpoint
        connection.full_at = ctx.now if run.mode == "full" else connection.full_at


async def _overtaken(ctx: Context, run: SyncRun) -> set[int]:
    """The records whose reference comes once more in the run, by number.

    Asked once for the whole run: asked for each record, it takes one wrong guess of the planner about a run that
    it never saw, and every record is compared with all the others.
    """
    last = func.max(SyncRecord.number).over(partition_by=SyncRecord.external_id)
    taken = (
        select(SyncRecord.number, last.label("last"))
        .where(SyncRecord.run_id == run.id, SyncRecord.external_id.is_not(None), _TAKEN)
        .subquery()
    )
    return set(await ctx.db.scalars(select(taken.c.number).where(taken.c.number < taken.c.last)))


async def _standing(ctx: Context, run: SyncRun, overtaken: set[int]) -> AsyncIterator[Any]:
    """The last record of each reference, a page at a time, in the order of the file."""
    after = -1
    while True:
        query = (
            select(
                SyncRecord.number,
                SyncRecord.external_id,
                SyncRecord.merged_into,
                SyncRecord.fields,
                SyncRecord.warnings,
            )
            .where(
                SyncRecord.run_id == run.id,
                SyncRecord.number > after,
                SyncRecord.external_id.is_not(None),
                _TAKEN,
            )
            .order_by(SyncRecord.number)
            .limit(AT_ONCE)
        )
        page = (await ctx.db.execute(query)).all()
        if not page:
            return
        after = page[-1].number
        if batch := [row for row in page if row.number not in overtaken]:
            yield batch


def _incoming(run: SyncRun, row: Any) -> Incoming:
    # A cell that is empty says nothing: an export often leaves out what its owner may not see.
    values = {name: value for name, value in row.fields.items() if value is not None}
    is_listed = values.pop("is_active", True)
    warnings = tuple(Warned(one["code"], one["column"], one["detail"]) for one in row.warnings)
    return Incoming(run.source, row.external_id, values, warnings, is_listed, row.merged_into is not None)


async def _note(ctx: Context, run: SyncRun, batch: Any, outcomes: list[Outcome]) -> None:
    """Write the outcomes beside the records, one statement for all of them."""
    rows = [
        {
            "organization_id": ctx.organization_id,
            "run_id": run.id,
            "number": row.number,
            "status": outcome.status,
            "person_id": outcome.id,
            "problem": _problem(outcome),
            "warnings": [{"code": w.code, "column": w.field, "detail": w.detail} for w in outcome.warnings],
            "fields": None,
        }
        for row, outcome in zip(batch, outcomes, strict=True)
    ]
    await change_rows(ctx.db, SyncRecord.__table__, ("organization_id", "run_id", "number"), rows)


def _problem(outcome: Outcome) -> dict[str, Any] | None:
    if outcome.status != "conflict":
        return None
    candidate = str(outcome.candidate_id) if outcome.candidate_id else None
    return {
        "code": "email_conflict",
        "column": "email",
        "person_id": candidate,
        "detail": "Somebody else has this address. Link the record to them, or mend it at its source.",
    }


async def _note_repeated(ctx: Context, run: SyncRun) -> None:
    """A reference that came several times: the first reports against the store, the others what the run did."""
    other = aliased(SyncRecord)
    same = (
        other.run_id == SyncRecord.run_id,
        other.external_id == SyncRecord.external_id,
        other.status.is_distinct_from("rejected"),
    )
    last = select(func.max(other.number)).where(*same).correlate(SyncRecord).scalar_subquery()
    first = select(func.min(other.number)).where(*same).correlate(SyncRecord).scalar_subquery()

    def of_last(column: Any) -> Any:
        standing = aliased(SyncRecord)
        return (
            select(getattr(standing, column.key))
            .where(standing.run_id == SyncRecord.run_id, standing.number == last)
            .correlate(SyncRecord)
            .scalar_subquery()
        )

    outcome = of_last(SyncRecord.status)
    later = case((outcome == "created", "updated"), else_=outcome)
    mine = (SyncRecord.run_id == run.id, SyncRecord.external_id.is_not(None), _TAKEN)
    earlier = (
        update(SyncRecord)
        .where(*mine, SyncRecord.status.is_(None))
        .values(
            status=case((SyncRecord.number == first, outcome), else_=later),
            person_id=of_last(SyncRecord.person_id),
            problem=of_last(SyncRecord.problem),
            fields=None,
        )
    )
    standing = (
        update(SyncRecord)
        .where(*mine, SyncRecord.status == "created", SyncRecord.number > first)
        .values(status="updated")
    )
    for statement in (earlier, standing):
        await ctx.db.execute(statement.execution_options(synchronize_session=False))


async def _count(ctx: Context, run: SyncRun) -> dict[str, Any]:
    query = (
        select(SyncRecord.status, func.count()).where(SyncRecord.run_id == run.id).group_by(SyncRecord.status)
    )
    found = {row[0]: row[1] for row in (await ctx.db.execute(query)).all()}
    return {status: found.get(status, 0) for status in COUNTED} | {"footer_rows": run.footer_rows}


async def forget(ctx: Context, person_id: UUID, _words: str) -> int:
    """Remove what runs keep of a person: the outcomes and references of their records."""
    result = await ctx.db.execute(
        update(SyncRecord)
        .where(SyncRecord.person_id == person_id)
        .values(external_id=None, merged_into=None, fields=None, warnings=[], problem=None)
        .execution_options(synchronize_session=False)
    )
    return result.rowcount if isinstance(result, CursorResult) else 0


async def forget_at_once(ctx: Context, person_id: UUID, words: str) -> int:
    """Remove, besides, what is still staged about a person: applied later, it would make them anew."""
    waiting = (
        select(SyncRecord.run_id, SyncRecord.external_id)
        .join(SyncRun, SyncRun.id == SyncRecord.run_id)
        .join(
            PersonReference,
            (PersonReference.source == SyncRun.source)
            & (PersonReference.external_id == SyncRecord.external_id),
        )
        .where(PersonReference.person_id == person_id, SyncRun.state.in_(("open", "fetching", "staged")))
        .distinct()
    )
    found = (await ctx.db.execute(waiting)).all()
    for run_id, external_id in found:
        await ctx.db.execute(
            delete(SyncRecord)
            .where(SyncRecord.run_id == run_id, SyncRecord.external_id == external_id)
            .execution_options(synchronize_session=False)
        )
    return len(found) + await forget(ctx, person_id, words)
