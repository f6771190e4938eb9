"""What the clock does with challenges."""

import datetime as dt
from uuid import UUID

from peergroup.challenges import actions, following
from peergroup.challenges.lifecycles import CHALLENGE
from peergroup.challenges.models import Challenge
from peergroup.commitments.guards import zone_of
from peergroup.kit.context import House, get
from peergroup.kit.jobs import Due, job
from peergroup.kit.lifecycle import perform
from peergroup.kit.time import end_of_local_day


@job(following.KIND)
async def ask_what_came_of_it(house: House, due: Due) -> None:
    """The earliest promise is due, unless it was moved or the challenge is closed."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        challenge = await get(ctx, Challenge, UUID(due.payload["challenge_id"]), lock=True)
        if challenge.state != "committed" or challenge.follow_up_on is None:
            return
        due_at: dt.datetime = end_of_local_day(challenge.follow_up_on, await zone_of(ctx, challenge.owner_id))
        if due_at <= ctx.now:
            await perform(ctx, CHALLENGE, "follow_up", challenge, action=actions.follow_up)
