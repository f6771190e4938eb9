"""What happens to a prospect: one function per verb, in the order in which they happen in life."""

from typing import Any

from peergroup.groups import invitations
from peergroup.groups.schemas import InviteIn
from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.kit.problems import GUARD_FAILED, Problem
from peergroup.kit.time import to_wire
from peergroup.people import consumptions
from peergroup.prospects import lapsing
from peergroup.prospects.guards import settings_of, step_of, used_up
from peergroup.prospects.models import Prospect
from peergroup.prospects.schemas import AdvanceIn, ConvertIn, DeclineIn

Facts = dict[str, Any]


async def advance(ctx: Context, prospect: Prospect, taken: AdvanceIn) -> Facts:
    """Record that a prospect took the next step; what is free is used up by it."""
    step = await step_of(ctx, taken)
    with ctx.db.no_autoflush:  # the step and the state are one change
        if step is not None and step.uses is not None:
            await _use_up(ctx, prospect, step.uses)
    prospect.step, prospect.moved_at = taken.step, ctx.now
    prospect.passed = [*prospect.passed, {"step": taken.step, "at": to_wire(ctx.now)}]
    await lapsing.schedule(ctx, prospect)
    return _about(prospect) | {"step": taken.step}


async def _use_up(ctx: Context, prospect: Prospect, entitlement: str) -> None:
    allowed = getattr((await settings_of(ctx)).entitlements, entitlement)
    if await consumptions.consume(ctx, entitlement, prospect.person_id, allowed) is None:
        detail = used_up(entitlement)  # by somebody who was faster
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "entitlement_used", "detail": detail}])


async def convert(ctx: Context, prospect: Prospect, taken: ConvertIn) -> Facts:
    """Invite a prospect into a group, with whoever introduced them; the way through the funnel ends well.

    Needs the scope `groups:write`, too, as every invitation does.
    """
    ctx.need_scopes("groups:write")
    invitation = InviteIn.model_construct(person_id=prospect.person_id, connector_id=prospect.connector_id)
    made = await invitations.invite(ctx, taken.group_id, invitation)
    prospect.membership_id = made.id
    return await _end(ctx, prospect) | {"membership_id": made.id}


async def decline(ctx: Context, prospect: Prospect, taken: DeclineIn | None) -> Facts:
    """End a prospect's way, from whichever side, with a reason if there is one."""
    prospect.reason = taken.reason if taken else None
    return await _end(ctx, prospect)


async def lapse(ctx: Context, prospect: Prospect, _taken: Any) -> Facts:
    """Let go of a prospect who has not moved for as long as the settings say."""
    return await _end(ctx, prospect)


async def _end(ctx: Context, prospect: Prospect) -> Facts:
    prospect.ended_at = ctx.now
    await jobs.cancel(ctx, lapsing.LAPSE, str(prospect.id))
    return _about(prospect)


def _about(prospect: Prospect) -> Facts:
    return {"person_id": prospect.person_id, "connector_id": prospect.connector_id}
