"""How long somebody may stand still on the way into a group: a time that the settings name."""

import datetime as dt

from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.prospects.guards import settings_of
from peergroup.prospects.models import Prospect

LAPSE = "lapse_prospect"


async def schedule(ctx: Context, prospect: Prospect) -> None:
    """Look after a prospect when their time is over, counted from their last step."""
    due_at = await ends(ctx, prospect)
    await jobs.enqueue(ctx, LAPSE, due_at=due_at, dedupe=str(prospect.id), prospect_id=prospect.id)


async def ends(ctx: Context, prospect: Prospect) -> dt.datetime:
    """When a prospect lapses who takes no further step."""
    return prospect.moved_at + dt.timedelta(days=(await settings_of(ctx)).prospect_lapses_after_days)
