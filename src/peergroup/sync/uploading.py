"""Receiving a file of any size: parsed beside the event loop, staged a few thousand records at a time.

An upload holds no transaction while it waits for the network. One that breaks off leaves the run open; the next
upload to the run begins again from nothing.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

from anyio import to_thread
from sqlalchemy import delete

from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context, House, Principal, get
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.sync.mapping import Mapping, MappingError, detect
from peergroup.sync.models import SyncRecord, SyncRun
from peergroup.sync.reading import Reader
from peergroup.sync.records import Record
from peergroup.sync.rows import Row

STAGED_AT_ONCE = 5_000
PARSED_AT_ONCE = 256 * 1024
_PERSON_FIELDS = ("name", "email", "company", "job_title", "industry", "time_zone", "level")


class Upload:
    """One file on its way into a run."""

    def __init__(self, house: House, principal: Principal, run: SyncRun, content_type: str | None) -> None:
        self.house, self.principal, self.run_id = house, principal, run.id
        self.overrides = [(column, field) for column, field in run.overrides]
        self.reader = Reader(content_type)
        self.mapping: Mapping | None = None
        self.number = 0
        self.waiting: list[dict[str, Any]] = []

    async def receive(self, chunks: AsyncIterator[bytes]) -> None:
        """Stage everything that comes."""
        pending = bytearray()
        async for chunk in chunks:
            pending += chunk
            if len(pending) >= PARSED_AT_ONCE:
                await self._take(bytes(pending))
                pending.clear()
        await self._take(bytes(pending))
        self.waiting += await to_thread.run_sync(lambda: list(self._staged(self.reader.close())))
        if self.mapping is None:
            raise invalid("body", "The file holds no records.")
        await self._finish()

    async def _take(self, data: bytes) -> None:
        self.waiting += await to_thread.run_sync(lambda: list(self._staged(self.reader.feed(data))))
        while len(self.waiting) >= STAGED_AT_ONCE:
            batch, self.waiting = self.waiting[:STAGED_AT_ONCE], self.waiting[STAGED_AT_ONCE:]
            await self._store(batch)

    def _staged(self, rows: Iterator[Row]) -> Iterator[dict[str, Any]]:
        for row in rows:
            yield self._record(row)

    def _record(self, row: Row) -> dict[str, Any]:
        if self.mapping is None:
            self.mapping = _mapping(self.reader, row, self.overrides)
        taken = self.mapping.apply(row)
        staged: dict[str, Any] = {
            "organization_id": self.principal.organization_id,
            "run_id": self.run_id,
            "number": self.number,
            "row": taken.row,
            "external_id": None,
            "fields": None,
            "warnings": [],
            "status": None,
            "person_id": None,
            "problem": None,
        }
        self.number += 1
        if isinstance(taken, Record):
            given = {name: getattr(taken, name) for name in _PERSON_FIELDS if name in _brought(self.mapping)}
            warnings = [{"code": n.code, "column": n.column, "detail": n.reason} for n in taken.warnings]
            return staged | {"external_id": taken.external_id, "fields": given, "warnings": warnings}
        problem = {"code": taken.code, "column": taken.column, "detail": taken.reason}
        return staged | {"status": "rejected", "problem": problem}

    async def _store(self, batch: list[dict[str, Any]]) -> None:
        async with self.house.acting(self.principal) as ctx:
            await _open_run(ctx, self.run_id)
            await insert_rows(ctx.db, SyncRecord.__table__, batch)

    async def _finish(self) -> None:
        assert self.mapping is not None  # noqa: S101 - judged by `receive`
        async with self.house.acting(self.principal) as ctx:
            run = await _open_run(ctx, self.run_id)
            await insert_rows(ctx.db, SyncRecord.__table__, self.waiting)
            run.received, run.footer_rows = self.number, self.reader.footer_rows
            run.columns = {"fields": dict(self.mapping.fields), "ignored": list(self.mapping.ignored)[:1_000]}
            run.state, run.staged_at = "staged", ctx.now
            ctx.record("sync_run.staged", run, received=run.received)


def _brought(mapping: Mapping) -> set[str]:
    """The fields the file says something about: a name may come in two columns."""
    return set(mapping.fields) | {"name"}


def _mapping(reader: Reader, row: Row, overrides: list[tuple[str, str]]) -> Mapping:
    if row.problem is not None and not reader.columns:
        raise invalid("body", row.problem.reason)
    try:
        return detect(reader.columns, overrides)
    except MappingError as error:
        raise invalid("mapping", str(error)) from error


async def begin(house: House, principal: Principal, run_id: UUID, content_type: str | None) -> Upload:
    """Make room for a file: whatever a broken upload left behind is removed."""
    async with house.acting(principal) as ctx:
        run = await _open_run(ctx, run_id)
        await ctx.db.execute(
            delete(SyncRecord).where(SyncRecord.run_id == run_id).execution_options(synchronize_session=False)
        )
        return Upload(house, principal, run, content_type)


async def _open_run(ctx: Context, run_id: UUID) -> SyncRun:
    run = await get(ctx, SyncRun, run_id, lock=True)
    if run.state != "open":
        raise Problem(CONFLICT, f"The run is {run.state}; open a new one for another file.")
    return run
