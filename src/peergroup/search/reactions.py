"""How the index follows what is said: in the same transaction, and not before it may be read."""

from typing import Any

from sqlalchemy import exists, select

from peergroup.challenges.models import Challenge
from peergroup.commitments.models import Commitment
from peergroup.facilitation.models import Contribution
from peergroup.facilitation.phase import COMMITMENT, VOLUNTEER
from peergroup.kit.context import Context
from peergroup.kit.events import Fact, on
from peergroup.search.index import Entry, put, remove
from peergroup.search.models import SearchEntry

_PROMISES = (COMMITMENT, VOLUNTEER)


@on("challenge.parked", "challenge.updated", "challenge.submitted")
async def follow_challenges(ctx: Context, fact: Fact) -> None:
    """A challenge is found by its question, context and what was tried; a draft is not."""
    one: Any = fact.subject
    if isinstance(one, Challenge) and not one.draft:
        texts = (one.question, one.context, one.tried)
        await put(ctx, Entry("challenge", one.id, one.group_id, one.owner_id, one.created_at, texts))


@on("challenge.resolved")
async def follow_outcomes(ctx: Context, fact: Fact) -> None:
    """What was learned is found in the group."""
    one: Any = fact.subject
    if isinstance(one, Challenge):
        await put(ctx, Entry("outcome", one.id, one.group_id, one.owner_id, ctx.now, (one.learned,)))


@on("challenge.released")
async def follow_releases(ctx: Context, fact: Fact) -> None:
    """What was released is found in the organization."""
    one: Any = fact.subject
    if isinstance(one, Challenge):
        await put(ctx, Entry("release", one.id, one.group_id, one.owner_id, ctx.now, (one.released_text,)))


@on("contribution.posted", "contribution.edited")
async def follow_contributions(ctx: Context, fact: Fact) -> None:
    """What is said openly is found at once; what is hidden, when it is revealed."""
    one: Any = fact.subject
    if isinstance(one, Contribution) and one.revealed_at is not None and one.kind not in _PROMISES:
        await put(ctx, _said(one))


@on("phase.ended")
async def follow_reveals(ctx: Context, fact: Fact) -> None:
    """What a phase revealed is found from its end on."""
    entry = exists().where(SearchEntry.kind == "contribution", SearchEntry.subject_id == Contribution.id)
    query = select(Contribution).where(
        Contribution.exercise_id == fact.subject_id,
        Contribution.revealed_at.is_not(None),
        Contribution.deleted_at.is_(None),
        Contribution.kind.not_in(_PROMISES),
        ~entry,
    )
    found = (await ctx.db.scalars(query.execution_options(populate_existing=True))).all()
    for start in range(0, len(found), 200):
        await put(ctx, *(_said(one) for one in found[start : start + 200]))


@on("contribution.deleted")
async def forget_contributions(ctx: Context, fact: Fact) -> None:
    """What was taken back is not found."""
    await remove(ctx, fact.subject_id, "contribution")


@on("commitment.made", "commitment.updated")
async def follow_promises(ctx: Context, fact: Fact) -> None:
    """A promise to the group is found there."""
    one: Any = fact.subject
    if isinstance(one, Commitment) and one.group_id is not None:
        texts = (one.body, one.action)
        await put(ctx, Entry("commitment", one.id, one.group_id, one.owner_id, one.created_at, texts))


@on("commitment.withdrawn")
async def forget_promises(ctx: Context, fact: Fact) -> None:
    """A promise that was taken back is not found."""
    await remove(ctx, fact.subject_id, "commitment")


def _said(one: Contribution) -> Entry:
    return Entry("contribution", one.id, one.group_id, one.author_id, one.created_at, (one.body, one.action))
