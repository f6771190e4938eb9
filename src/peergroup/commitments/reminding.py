"""What the clock does with a promise: it reminds its owner, and at last counts the promise as missed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from peergroup.commitments import actions
from peergroup.commitments.clock import LAPSE, schedule, steps
from peergroup.commitments.guards import zone_of
from peergroup.commitments.lifecycles import COMMITMENT
from peergroup.commitments.models import Commitment
from peergroup.commitments.visibility import readable_by
from peergroup.facilitation.models import Exercise
from peergroup.kit.context import Context, House, get
from peergroup.kit.jobs import Due, job
from peergroup.kit.lifecycle import perform


@job("follow_commitment")
async def take_step(house: House, due: Due) -> None:
    """Remind the owner who still reads it, or count it as missed, unless it was settled or moved since."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        commitment_id, step = UUID(due.payload["commitment_id"]), due.payload["step"]
        commitment = await get(ctx, Commitment, commitment_id, lock=True)
        if commitment.state != "open" or commitment.next_step != step:
            return
        if step == LAPSE:
            await perform(ctx, COMMITMENT, "lapse", commitment, action=actions.lapse)
            return
        if await _is_read_by_its_owner(ctx, commitment):
            facts = {"when": step, "by_on": commitment.by_on}
            ctx.record("commitment.reminded", commitment, only_for=commitment.owner_id, **facts)
        await _go_on(ctx, commitment, step)


async def _is_read_by_its_owner(ctx: Context, commitment: Commitment) -> bool:
    query = select(Commitment.id).outerjoin(Exercise, Exercise.id == Commitment.exercise_id)
    mine = (Commitment.id == commitment.id, readable_by(commitment.owner_id, ctx.now))
    return await ctx.db.scalar(query.where(*mine)) is not None


async def _go_on(ctx: Context, commitment: Commitment, step: str) -> None:
    plan = steps(commitment.by_on, await zone_of(ctx, commitment.owner_id))
    place = [name for name, _ in plan].index(step)
    # What is past already is not made up for: a worker that was away reminds once, not three times.
    following = next(one for one in plan[place + 1 :] if one[1] > ctx.now or one[0] == LAPSE)
    # Without counting a version: nobody's edit becomes stale because somebody was reminded.
    changed: dict[Any, Any] = {Commitment.next_step: following[0]}
    await ctx.db.execute(
        update(Commitment)
        .where(Commitment.id == commitment.id)
        .values(changed)
        .execution_options(synchronize_session=False)
    )
    await schedule(ctx, commitment, *following)
