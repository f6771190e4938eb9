"""What may stand in the way of a verb of a group or a membership. Each judge says what is wrong, or None."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import exists, func, select

from peergroup.groups.models import Covenant, Group, Membership, Signature
from peergroup.groups.roster import active_moderators
from peergroup.groups.seats import free_seat
from peergroup.groups.standing import covenant_in_force
from peergroup.kit.context import Context
from peergroup.people.models import Person


async def has_moderator(ctx: Context, group: Any, _taken: Any) -> str | None:
    """A group begins with somebody who leads it."""
    return None if await active_moderators(ctx, group.id) else "The group has no active moderator."


async def has_covenant(ctx: Context, group: Any, _taken: Any) -> str | None:
    """Nobody meets without ground rules."""
    found = await ctx.db.scalar(select(func.count()).where(Covenant.group_id == group.id))
    return None if found else "The group has no covenant yet: POST /v1/groups/{id}/covenants."


async def invitation_is_open(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """An invitation counts for 14 days, whether or not the worker has closed it."""
    if membership.expires_at is not None and membership.expires_at <= ctx.now:
        return "The invitation has expired; ask for a new one."
    return None


async def is_no_invited_guest(_ctx: Context, membership: Any, _taken: Any) -> str | None:
    """A guest comes in by signing, and by that alone."""
    if membership.role != "guest":
        return None
    return "A guest accepts by signing: POST /v1/groups/{id}/covenants/{version}/sign."


async def is_no_guest(_ctx: Context, membership: Any, _taken: Any) -> str | None:
    """Whoever is there for one session has nothing to pause."""
    return "A guest is there for one session; they can leave." if membership.role == "guest" else None


async def person_is_active(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """A deactivated person takes no part."""
    state = await ctx.db.scalar(select(Person.state).where(Person.id == membership.person_id))
    return None if state == "active" else "The person is deactivated."


async def covenant_is_signed(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """The covenant in force binds everybody before they hear anything."""
    in_force = covenant_in_force(membership.group_id, ctx.now)
    signed = exists().where(Signature.covenant_id == Covenant.id, Signature.person_id == membership.person_id)
    query = select(Covenant.id, signed).where(
        Covenant.group_id == membership.group_id, Covenant.id == in_force
    )
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        return "The group has no covenant in force yet."
    return None if row[1] else "The covenant in force is not signed yet."


async def is_active_in_parent(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """A pod's members are active in the group it belongs to."""
    parent_id = await ctx.db.scalar(select(Group.parent_id).where(Group.id == membership.group_id))
    if parent_id is None:
        return None
    there = select(Membership.id).where(
        Membership.group_id == parent_id,
        Membership.person_id == membership.person_id,
        Membership.state == "active",
    )
    return None if await ctx.db.scalar(there) else "The person is not active in the parent group."


async def seat_is_free(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """Capacity counts members; moderators take no seat, and a kept seat is still one's own."""
    if membership.role != "member" or membership.seat_no is not None:
        return None
    return None if await free_seat(ctx, membership.group_id) else "Every seat of the group is taken."


async def another_moderator_stays(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """An active group keeps at least one active moderator."""
    if membership.role not in ("moderator", "co_moderator") or membership.state != "active":
        return None
    state = await ctx.db.scalar(select(Group.state).where(Group.id == membership.group_id))
    others = [one for one in await active_moderators(ctx, membership.group_id) if one != membership.person_id]
    if state != "active" or others:
        return None
    return "This is the group's last moderator; name another one first."


def where_it_was_active(
    judge: Callable[[Context, Any, Any], Awaitable[str | None]],
) -> Callable[[Context, Any, Any], Awaitable[str | None]]:
    """The same judge, asked only where reinstating leads back to active."""

    async def asked(ctx: Context, membership: Any, taken: Any) -> str | None:
        return await judge(ctx, membership, taken) if membership.suspended_from == "active" else None

    return asked
