"""The periods in which somebody is active in a group: they open and close with the membership's state."""

from sqlalchemy import delete, update

from peergroup.groups.models import ActivePeriod, Membership
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id


def open_period(ctx: Context, membership: Membership) -> None:
    """From now on the person may read what begins in the group."""
    ctx.db.add(
        ActivePeriod(
            id=new_id(),
            group_id=membership.group_id,
            person_id=membership.person_id,
            started_at=ctx.now,
            created_at=ctx.now,
        )
    )


async def close_period(ctx: Context, membership: Membership) -> None:
    """What begins in the group from now on is no longer the person's. A guest's time opens nothing afterwards:
    what the group did in it is not theirs to read, should they become a member."""
    mine = (
        ActivePeriod.group_id == membership.group_id,
        ActivePeriod.person_id == membership.person_id,
        ActivePeriod.ended_at.is_(None),
    )
    is_guest = membership.role == "guest"
    close = delete(ActivePeriod) if is_guest else update(ActivePeriod).values(ended_at=ctx.now)
    await ctx.db.execute(close.where(*mine).execution_options(synchronize_session=False))
