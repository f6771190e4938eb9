"""What the clock does to prospects: who has not moved for as long as the settings say is let go of."""

from uuid import UUID

from sqlalchemy import select

from peergroup.kit import jobs
from peergroup.kit.context import Context, House, get
from peergroup.kit.events import Fact, on
from peergroup.kit.lifecycle import perform
from peergroup.prospects import actions
from peergroup.prospects.lapsing import LAPSE, ends, schedule
from peergroup.prospects.lifecycles import PROSPECT
from peergroup.prospects.models import LIVE, Prospect


@jobs.job(LAPSE)
async def lapse_prospect(house: House, due: jobs.Due) -> None:
    """Let go of a prospect, unless they moved meanwhile, or are given more time by now."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        prospect = await get(ctx, Prospect, UUID(due.payload["prospect_id"]), lock=True)
        if prospect.state not in LIVE:
            return
        if await ends(ctx, prospect) > ctx.now:
            await schedule(ctx, prospect)
        else:
            await perform(ctx, PROSPECT, "lapse", prospect, action=actions.lapse)


@on("organization.updated")
async def count_anew(ctx: Context, fact: Fact) -> None:
    """Another time in the settings holds for those who are on the way already."""
    if "settings" in fact.facts.get("changed", ()):
        await jobs.enqueue(ctx, "count_lapses_anew", dedupe="settings")


@jobs.job("count_lapses_anew")
async def count_lapses_anew(house: House, due: jobs.Due) -> None:
    """Move the day on which each prospect lapses to what the settings say by now."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        for prospect in (await ctx.db.scalars(select(Prospect).where(Prospect.state.in_(LIVE)))).all():
            await schedule(ctx, prospect)
