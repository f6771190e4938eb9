"""Seats: numbers from 1 to the group's capacity, one per member, unique in the database."""

from uuid import UUID

from sqlalchemy import func, select

from peergroup.groups.models import Group, Membership
from peergroup.kit.context import Context


async def free_seat(ctx: Context, group_id: UUID) -> int | None:
    """The lowest seat nobody has, or None. Counted under the group's lock; the unique constraint is the wall."""
    capacity = await ctx.db.scalar(select(Group.capacity).where(Group.id == group_id))
    query = select(Membership.seat_no).where(Membership.group_id == group_id, Membership.seat_no.is_not(None))
    taken = set((await ctx.db.scalars(query)).all())
    return next((seat for seat in range(1, (capacity or 0) + 1) if seat not in taken), None)


async def highest_seat(ctx: Context, group_id: UUID) -> int:
    """The number of seats taken: below it the capacity cannot go."""
    query = select(func.count()).where(Membership.group_id == group_id, Membership.seat_no.is_not(None))
    return await ctx.db.scalar(query) or 0
