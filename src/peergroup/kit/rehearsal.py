"""Dry runs: everything is done in a savepoint, answered, and rolled back with its events."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from peergroup.kit import events
from peergroup.kit.context import Context


@asynccontextmanager
async def rehearsal(ctx: Context, *, only: bool) -> AsyncIterator[None]:
    """What happens inside is undone at the end if `only`; the caller builds its answer before that."""
    if not only:
        yield
        return
    known = len(ctx.facts)
    savepoint = await ctx.db.begin_nested()
    yield
    await ctx.db.flush()
    await events.settle(ctx)
    await savepoint.rollback()
    del ctx.facts[known:]
    ctx.unsettled = min(ctx.unsettled, known)
    ctx.after_commit.clear()
