"""What the funnel holds of a person, and how it goes when they are forgotten, or turn out to be another one."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from peergroup.kit import jobs
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on
from peergroup.kit.lifecycle import perform
from peergroup.people import merging, personal_data
from peergroup.people.merging import Conflict
from peergroup.prospects import actions
from peergroup.prospects.lapsing import LAPSE
from peergroup.prospects.lifecycles import PROSPECT
from peergroup.prospects.models import LIVE, Prospect

_UNSEEN = {"synchronize_session": False}


@on("person.erased")
async def let_go(ctx: Context, fact: Fact) -> None:
    """Who is forgotten is on no way any more."""
    query = select(Prospect.id).where(Prospect.person_id == fact.subject_id, Prospect.state.in_(LIVE))
    for prospect_id in (await ctx.db.scalars(query)).all():
        prospect = await get(ctx, Prospect, prospect_id, lock=True)
        if prospect.state in LIVE:
            await perform(ctx, PROSPECT, "lapse", prospect, action=actions.lapse)


async def remove(ctx: Context, person_id: UUID, _words: str) -> int:
    """What was noted about somebody goes in any case; which steps a former prospect took stays, as a figure."""
    noted = or_(Prospect.note.is_not(None), Prospect.reason.is_not(None))
    gone = await ctx.db.execute(
        update(Prospect)
        .where(Prospect.person_id == person_id, noted)
        .values(note=None, reason=None)
        .returning(Prospect.id)
        .execution_options(**_UNSEEN)
    )
    return len(gone.all())


personal_data.register(
    "notes on a prospect",
    holds="Whether the person was on the way into a group, the steps they took, who introduced them, and notes.",
    remove=remove,
)


def _key(prospect_id: UUID) -> str:
    return f"prospect:{prospect_id}"


async def _on_the_way(ctx: Context, person_id: UUID) -> UUID | None:
    query = select(Prospect.id).where(Prospect.person_id == person_id, Prospect.state.in_(LIVE))
    found: UUID | None = await ctx.db.scalar(query)
    return found


async def conflicts(ctx: Context, person_id: UUID, into_id: UUID) -> list[Conflict]:
    """Both are on the way: which of the two ways goes on?"""
    mine, theirs = await _on_the_way(ctx, person_id), await _on_the_way(ctx, into_id)
    if mine is None or theirs is None:
        return []
    return [Conflict(_key(mine), "same_funnel", "Both are prospects.")]


async def move(ctx: Context, person_id: UUID, into_id: UUID, resolve: Mapping[str, str]) -> None:
    """One way goes on, the double is gone; nobody has introduced themselves."""
    mine, theirs = await _on_the_way(ctx, person_id), await _on_the_way(ctx, into_id)
    if mine is not None and theirs is not None:
        double = theirs if resolve.get(_key(mine)) == "this" else mine
        await jobs.cancel(ctx, LAPSE, str(double))
        await ctx.db.execute(delete(Prospect).where(Prospect.id == double).execution_options(**_UNSEEN))
        ctx.record("prospect.merged", theirs if double == mine else mine, person_id=into_id, double_id=double)
    both = (person_id, into_id)
    alone = update(Prospect).where(Prospect.person_id.in_(both), Prospect.connector_id.in_(both))
    await ctx.db.execute(alone.values(connector_id=None).execution_options(**_UNSEEN))


merging.register(
    "prospects",
    conflicts=conflicts,
    move=move,
    follows=(Prospect.person_id, Prospect.connector_id),
)
