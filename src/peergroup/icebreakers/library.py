"""The pool: what ships with the service, and what an organization adds."""

from uuid import UUID

from sqlalchemy import func, select

from peergroup.icebreakers import policy
from peergroup.icebreakers.models import Icebreaker
from peergroup.icebreakers.pool import Prompt, builtin
from peergroup.icebreakers.schemas import IcebreakerIn, IcebreakerOut
from peergroup.kit.context import Context, get
from peergroup.kit.problems import CONFLICT, Problem, not_found
from peergroup.kit.wire import Page
from peergroup.sessions.library import librarian

MOST = 140
"""Own questions on offer: with the built-in ones they fill a page."""


async def list_icebreakers(ctx: Context, depth: int | None) -> Page[IcebreakerOut]:
    """Every question on offer, the built-in ones first."""
    ctx.require(policy.READ, await librarian(ctx))
    items = [
        IcebreakerOut(key=one.key, text=one.text, depth=one.depth, builtin=one in builtin())
        for one in await on_offer(ctx, depth)
    ]
    return Page[IcebreakerOut](items=items, next_cursor=None)


async def on_offer(ctx: Context, depth: int | None) -> list[Prompt]:
    """The questions of a depth, or of all."""
    query = (
        select(Icebreaker).where(Icebreaker.retired_at.is_(None)).order_by(Icebreaker.depth, Icebreaker.id)
    )
    own = [
        Prompt(str(one.id), one.text, one.depth) for one in (await ctx.db.scalars(query.limit(MOST))).all()
    ]
    return [one for one in (*builtin(), *own) if depth in (None, one.depth)]


async def add(ctx: Context, given: IcebreakerIn) -> IcebreakerOut:
    """Add a question of one's own to the pool."""
    ctx.require(policy.KEEP, await librarian(ctx))
    offered = await ctx.db.scalar(select(func.count()).where(Icebreaker.retired_at.is_(None)))
    if (offered or 0) >= MOST:
        raise Problem(CONFLICT, f"There are {MOST} questions of your own; retire one first.")
    made = Icebreaker(
        text=given.text, depth=given.depth, made_by_id=ctx.principal.person_id, created_at=ctx.now
    )
    ctx.db.add(made)
    await ctx.db.flush()
    ctx.record("icebreaker.added", made, depth=made.depth)
    return IcebreakerOut(key=str(made.id), text=made.text, depth=made.depth, builtin=False)


async def retire(ctx: Context, icebreaker_id: UUID) -> None:
    """Offer a question no longer; where it was asked, it stays."""
    ctx.require(policy.KEEP, await librarian(ctx))
    found = await get(ctx, Icebreaker, icebreaker_id, lock=True)
    if found.retired_at is not None:
        raise not_found()
    found.retired_at = ctx.now
    ctx.record("icebreaker.retired", found)
    await ctx.db.flush()
