"""What happens to a membership: one function per verb, in the order in which they happen in life."""

from typing import Any

from sqlalchemy import select

from peergroup.groups import cases
from peergroup.groups.models import Group, Membership
from peergroup.groups.periods import close_period, open_period
from peergroup.groups.roster import active_moderators
from peergroup.groups.schemas import LeaveIn
from peergroup.groups.seats import free_seat
from peergroup.groups.standing import standing_in
from peergroup.groups.visits import GUEST_ONCE, what
from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.kit.lifecycle import came_from
from peergroup.kit.problems import Problem
from peergroup.kit.wire import Reason
from peergroup.organizations import actions as organizations
from peergroup.organizations.schemas import Settings
from peergroup.people import consumptions

Facts = dict[str, Any]
REASONS = {
    "deactivation": "Their entry in the organization was deactivated.",
    "address": "Others changed their address: reinstate them once you know that it is them.",
}
"""What moderators read where a rule suspended somebody."""


async def accept(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Accept an invitation to a group."""
    await jobs.cancel(ctx, "expire_invitation", str(membership.id))
    membership.expires_at = None
    return _about(membership)


async def decline(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Decline an invitation to a group."""
    await jobs.cancel(ctx, "expire_invitation", str(membership.id))
    return await _end(ctx, membership)


async def expire(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Close an invitation that nobody answered for 14 days."""
    return await _end(ctx, membership)


async def welcome(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Let somebody in who was invited as a guest and has signed: for one session, at once, without a seat."""
    use_id = await consumptions.consume(ctx, what(membership.group_id), membership.person_id, 1)
    if use_id is None:
        raise Problem(GUEST_ONCE, "You were a guest of this group before.")
    await jobs.cancel(ctx, "expire_invitation", str(membership.id))
    membership.visit_id, membership.expires_at = use_id, None
    open_period(ctx, membership)
    return _about(membership) | {"session_id": membership.session_id}


async def see_off(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Let a guest go whose session is over."""
    await jobs.cancel(ctx, "expire_invitation", str(membership.id))
    await jobs.cancel(ctx, "see_guest_off", str(membership.id))
    return await _end(ctx, membership)


async def activate(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Take somebody into the group: they read and speak from now on, and a member takes a seat."""
    await take_seat(ctx, membership)
    open_period(ctx, membership)
    return _about(membership)


async def take_leave(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Pause taking part for a while; reading goes on."""
    settings = Settings.model_validate((await organizations.get(ctx)).settings)
    if not settings.leave_keeps_seat:
        membership.seat_no = None
    return _about(membership)


async def resume(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Come back from a leave."""
    await take_seat(ctx, membership)
    return _about(membership)


async def leave(ctx: Context, membership: Membership, taken: LeaveIn | None) -> Facts:
    """Leave the group at once and without anybody's approval."""
    membership.reason = taken.reason if taken else None
    membership.farewell = taken.farewell if taken else None
    outgrown = taken is not None and taken.reason == "outgrown"
    facts = await _end(ctx, membership)
    if outgrown and taken is not None and taken.handover is not False:
        await cases.raise_case(ctx, membership.group_id, "handover", membership.person_id)
    return facts | {"outgrown": outgrown}


async def suspend(ctx: Context, membership: Membership, taken: Reason) -> Facts:
    """Suspend somebody, with a reason they will read."""
    membership.reason = taken.reason
    return await _suspend(ctx, membership)


async def reinstate(ctx: Context, membership: Membership, _taken: Any) -> Facts:
    """Bring somebody back to where they were before the suspension."""
    membership.suspended_from, membership.reason = None, None
    if membership.state == "active":
        await take_seat(ctx, membership)
    if membership.state in ("active", "on_leave"):
        open_period(ctx, membership)
    return _about(membership)


async def remove(ctx: Context, membership: Membership, taken: Reason) -> Facts:
    """Remove somebody from the group, with a reason they will read."""
    membership.reason = taken.reason
    return await _end(ctx, membership)


async def take_seat(ctx: Context, membership: Membership) -> None:
    """The lowest free seat for a member who has none."""
    if membership.role == "member" and membership.seat_no is None:
        membership.seat_no = await free_seat(ctx, membership.group_id)


async def suspend_by_rule(ctx: Context, membership: Membership, why: str) -> None:
    """Suspend without asking guards: a deactivation is carried out whatever it leaves behind."""
    before, membership.state = membership.state, "suspended"
    membership.reason = REASONS[why]
    facts = await _suspend(ctx, membership)
    ctx.record("membership.suspended", membership, by=why, moved=(before, "suspended"), **facts)
    await ctx.db.flush()
    await note_if_orphaned(ctx, membership)


async def doubt(ctx: Context, membership: Membership) -> None:
    """Suspend whoever may be somebody else now, until a moderator reinstates them, unless one did this."""
    if not (await standing_in(ctx, membership.group_id)).is_moderator:
        await suspend_by_rule(ctx, membership, "address")


async def remove_by_rule(ctx: Context, membership: Membership, why: str) -> None:
    """End a membership without asking guards: a person was erased, or another system removed them."""
    before, membership.state = membership.state, "removed"
    facts = await _end(ctx, membership)
    ctx.record("membership.removed", membership, by=why, moved=(before, "removed"), **facts)
    await ctx.db.flush()
    await note_if_orphaned(ctx, membership)


async def note_if_orphaned(ctx: Context, membership: Membership) -> None:
    """Record that an active group was left without a moderator."""
    state = await ctx.db.scalar(select(Group.state).where(Group.id == membership.group_id))
    led = membership.role in ("moderator", "co_moderator")
    if led and state == "active" and not await active_moderators(ctx, membership.group_id):
        ctx.record("group.orphaned", membership.group_id, group_id=membership.group_id)


async def _suspend(ctx: Context, membership: Membership) -> Facts:
    membership.suspended_from = came_from(membership)
    membership.seat_no = None
    await close_period(ctx, membership)
    return _about(membership)


async def _end(ctx: Context, membership: Membership) -> Facts:
    membership.seat_no, membership.ended_at = None, ctx.now
    membership.expires_at = None
    await close_period(ctx, membership)
    return _about(membership)


def _about(membership: Membership) -> Facts:
    return {"person_id": membership.person_id, "role": membership.role}
