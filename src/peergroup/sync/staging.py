"""Records on their way into a run: mapped, judged, kept until the run is applied."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from peergroup.kit.bulk import MANY, count_anew, insert_rows
from peergroup.kit.context import Context, get
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.sync.judging import reference
from peergroup.sync.mapping import Mapping, MappingError, detect
from peergroup.sync.meanings import as_usual
from peergroup.sync.models import SyncRecord, SyncRun
from peergroup.sync.records import PERSON_FIELDS, Record
from peergroup.sync.rows import Row, unreadable


class Staging:
    """The records of one run so far. `add` maps, `take` hands out what is to be stored."""

    def __init__(self, run: SyncRun) -> None:
        self.organization_id, self.run_id, self.upload_id = run.organization_id, run.id, run.upload_id
        self.overrides = [(column, field) for column, field in run.overrides]
        self.usual, self.words = as_usual(run.usual)
        self.mapping: Mapping | None = None
        self.number, self.unreadable = run.received, run.unreadable
        self.waiting: list[dict[str, Any]] = []

    def refer_by(self, column: str) -> None:
        """Take references from this column alone, whatever the mapping says: those who are gone are told by it."""
        self.overrides = [(column, "external_id")]
        self.words.pop("external_id", None)

    def add(self, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Map rows and hold them ready."""
        for row in rows:
            self.waiting.append(self._record(columns, row))

    def add_gone(self, external_id: str, row: int, merged_into: str | None = None) -> None:
        """Hold ready that the source does not list somebody any more, or under another reference alone."""
        known = _taken(external_id)
        if known is None:
            self._add_unreadable(row)
            return
        said = {"fields": {"is_active": False}, "merged_into": _taken(merged_into)}
        self.waiting.append(self._staged(row, known) | said)

    def _add_unreadable(self, row: int) -> None:
        self.unreadable += 1
        problem = {"code": "no_reference", "column": None, "detail": "This reference cannot be taken."}
        self.waiting.append(self._staged(row, None) | {"status": "rejected", "problem": problem})

    def take(self, most: int | None = None) -> list[dict[str, Any]]:
        """The next rows to store, in their order."""
        batch, self.waiting = (
            (self.waiting, []) if most is None else (self.waiting[:most], self.waiting[most:])
        )
        return batch

    def _record(self, columns: tuple[str, ...], row: Row) -> dict[str, Any]:
        if self.mapping is None:
            self.mapping = self._mapping(columns, row)
        taken = self.mapping.apply(row)
        staged = self._staged(taken.row, taken.external_id)
        if isinstance(taken, Record):
            warnings = [{"code": n.code, "column": n.column, "detail": n.reason} for n in taken.warnings]
            return staged | {"fields": self._said(taken), "warnings": warnings}
        self.unreadable += taken.external_id is None
        problem = {"code": taken.code, "column": taken.column, "detail": taken.reason}
        return staged | {"status": "rejected", "problem": problem}

    def _staged(self, row: int, external_id: str | None) -> dict[str, Any]:
        self.number += 1
        return {
            "organization_id": self.organization_id,
            "run_id": self.run_id,
            "number": self.number - 1,
            "row": row,
            "external_id": external_id,
            "merged_into": None,
            "fields": None,
            "warnings": [],
            "status": None,
            "person_id": None,
            "problem": None,
        }

    def _said(self, record: Record) -> dict[str, Any]:
        """What a record says, of the fields that the source speaks of: a name may come in two columns."""
        if not record.is_active:
            return {"is_active": False}
        brought = {*self.mapping.fields, "name"} if self.mapping else {"name"}
        return {name: getattr(record, name) for name in PERSON_FIELDS if name in brought}

    def _mapping(self, columns: tuple[str, ...], row: Row) -> Mapping:
        if row.problem is not None and not columns:
            raise invalid("body", row.problem.reason)
        try:
            return detect(columns, self.overrides, self.usual, self.words)
        except MappingError as error:
            raise invalid("mapping", str(error)) from error


def _taken(external_id: str | None) -> str | None:
    """A reference that a connector told, if it can be kept."""
    if external_id is None or unreadable(external_id):
        return None
    return reference({"": external_id}, {"external_id": ""})


async def store(
    ctx: Context, staging: Staging, batch: list[dict[str, Any]], *, state: str = "open"
) -> SyncRun:
    """Keep a batch with its run, which tells how far it is."""
    run = await open_run(ctx, staging.run_id, state)
    if run.upload_id != staging.upload_id:
        raise Problem(CONFLICT, "Another upload to this run has begun; this one was given up.")
    await insert_rows(ctx.db, SyncRecord.__table__, batch)
    run.received = batch[-1]["number"] + 1 if batch else run.received
    run.unreadable = staging.unreadable
    return run


async def conclude(ctx: Context, run: SyncRun, staging: Staging) -> None:
    """Everything is there: the run can be applied."""
    if staging.mapping is not None:
        read = staging.mapping
        run.columns = {"fields": dict(read.fields), "ignored": list(read.ignored)[:1_000]}
    run.state, run.staged_at = "staged", ctx.now
    ctx.record("sync_run.staged", run, received=run.received)
    if run.received >= MANY:
        table: Any = SyncRecord.__table__
        await count_anew(ctx.db, table)


async def open_run(ctx: Context, run_id: UUID, state: str = "open") -> SyncRun:
    """A run that takes records; 409 where it does not any more."""
    run = await get(ctx, SyncRun, run_id, lock=True)
    if run.state != state:
        raise Problem(CONFLICT, f"The run is {run.state}; open a new one for another file.")
    return run
