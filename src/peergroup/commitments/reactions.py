"""How promises follow what is said in exercises."""

from typing import Any

from sqlalchemy import select

from peergroup.commitments import clock, making
from peergroup.commitments.actions import about
from peergroup.commitments.models import Commitment
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.facilitation.phase import COMMITMENT, VOLUNTEER
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on


@on("contribution.posted")
async def make_promises(ctx: Context, fact: Fact) -> None:
    """A promise made in an exercise is one, in the same transaction."""
    said: Any = fact.subject
    if isinstance(said, Contribution) and said.kind in (COMMITMENT, VOLUNTEER) and said.by_on is not None:
        await making.promise_in_exercise(ctx, said, await get(ctx, Exercise, said.exercise_id))


@on("contribution.edited")
async def follow_edits(ctx: Context, fact: Fact) -> None:
    """What its contribution says, an open promise says too."""
    said: Any = fact.subject
    found = await _of(ctx, said) if isinstance(said, Contribution) else None
    if found is None or found.state != "open" or said.by_on is None:
        return
    found.body, found.action = said.body or "", said.action
    if found.by_on != said.by_on and not found.renegotiated:
        found.by_on = said.by_on
        await clock.follow(ctx, found)
    await ctx.db.flush()


@on("contribution.deleted")
async def take_back(ctx: Context, fact: Fact) -> None:
    """A promise whose contribution was taken back is none any more."""
    said: Any = fact.subject
    found = await _of(ctx, said) if isinstance(said, Contribution) else None
    if found is not None:
        facts = about(found)
        await clock.forget(ctx, found)
        await ctx.db.delete(found)
        await ctx.db.flush()
        facts |= {"group_id": found.group_id, "began_at": found.began_at}
        ctx.record("commitment.withdrawn", found.id, **facts)


async def _of(ctx: Context, said: Contribution) -> Commitment | None:
    if said.kind not in (COMMITMENT, VOLUNTEER):
        return None
    found: Commitment | None = await ctx.db.scalar(
        select(Commitment).where(Commitment.contribution_id == said.id)
    )
    return found
