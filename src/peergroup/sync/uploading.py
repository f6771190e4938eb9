"""Receiving a file of any size: parsed beside the event loop, staged a few thousand records at a time.

An upload holds no transaction while it waits for the network. One that breaks off leaves the run open; the next
upload to the run begins again from nothing.
"""

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

from anyio import to_thread
from sqlalchemy import delete

from peergroup.kit.context import House, Principal
from peergroup.kit.ids import new_id
from peergroup.kit.problems import invalid
from peergroup.sync.models import SyncRecord, SyncRun
from peergroup.sync.reading import Reader
from peergroup.sync.rows import Row
from peergroup.sync.staging import Staging, conclude, open_run, store

STAGED_AT_ONCE = 5_000
PARSED_AT_ONCE = 256 * 1024


class Upload:
    """One file on its way into a run."""

    def __init__(self, house: House, principal: Principal, run: SyncRun, content_type: str | None) -> None:
        self.house, self.principal = house, principal
        self.reader = Reader(content_type)
        self.staging = Staging(run)

    async def receive(self, chunks: AsyncIterator[bytes]) -> SyncRun:
        """Stage everything that comes; gives the run, ready to be applied."""
        pending = bytearray()
        async for chunk in chunks:
            pending += chunk
            if len(pending) >= PARSED_AT_ONCE:
                await self._take(bytes(pending))
                pending.clear()
        await self._take(bytes(pending))
        await self._add(self.reader.close())
        if self.staging.mapping is None:
            raise invalid("body", "The file holds no records.")
        return await self._finish()

    async def _take(self, data: bytes) -> None:
        await self._add(self.reader.feed(data))
        while len(self.staging.waiting) >= STAGED_AT_ONCE:
            async with self.house.acting(self.principal) as ctx:
                await store(ctx, self.staging, self.staging.take(STAGED_AT_ONCE))

    async def _add(self, rows: Iterator[Row]) -> None:
        def map_each() -> None:
            for row in rows:
                self.staging.add(self.reader.columns, (row,))

        await to_thread.run_sync(map_each)

    async def _finish(self) -> SyncRun:
        async with self.house.acting(self.principal) as ctx:
            run = await store(ctx, self.staging, self.staging.take())
            run.footer_rows = self.reader.footer_rows
            await conclude(ctx, run, self.staging)
            await ctx.db.flush()
            return run


async def begin(house: House, principal: Principal, run_id: UUID, content_type: str | None) -> Upload:
    """Make room for a file: whatever a broken upload left behind is removed."""
    async with house.acting(principal) as ctx:
        run = await open_run(ctx, run_id)
        await ctx.db.execute(
            delete(SyncRecord).where(SyncRecord.run_id == run_id).execution_options(synchronize_session=False)
        )
        run.received = run.unreadable = 0
        run.upload_id = new_id()
        return Upload(house, principal, run, content_type)
