"""How groups react to what happens to people."""

from uuid import UUID

from sqlalchemy import select

from peergroup.groups import actions
from peergroup.groups.models import LIVE, Group, Membership
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on


async def _memberships(ctx: Context, person_id: UUID, states: tuple[str, ...]) -> list[Membership]:
    """The person's memberships in these states, their groups locked in the order of their ids."""
    query = select(Membership).where(Membership.person_id == person_id, Membership.state.in_(states))
    found = list((await ctx.db.scalars(query)).all())
    for group_id in sorted({membership.group_id for membership in found}):
        await get(ctx, Group, group_id, lock=True)
    return [await get(ctx, Membership, membership.id, lock=True) for membership in found]


@on("person.deactivated")
async def suspend_memberships(ctx: Context, fact: Fact) -> None:
    """A deactivated person takes no part: what was open is suspended, invitations run out by themselves."""
    for membership in await _memberships(ctx, fact.subject_id, ("provisional", "active", "on_leave")):
        if membership.state in ("provisional", "active", "on_leave"):
            await actions.suspend_by_rule(ctx, membership, "deactivation")


@on("person.erased")
async def remove_memberships(ctx: Context, fact: Fact) -> None:
    """An erased person is in no group; reasons and farewells go too."""
    for membership in await _memberships(ctx, fact.subject_id, LIVE):
        await actions.remove_by_rule(ctx, membership, "erasure")
