"""How groups react to what happens to people."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from peergroup.groups import actions
from peergroup.groups.models import LIVE, TAKING_PART, Group, Membership
from peergroup.kit.bulk import among
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on

_SEEN = "groups.seen"


async def _memberships(ctx: Context, people: Collection[UUID], states: tuple[str, ...]) -> list[Membership]:
    """These people's memberships in these states, their groups locked in the order of their ids."""
    query = select(Membership).where(
        among(ctx.db, Membership.person_id, people), Membership.state.in_(states)
    )
    found = list((await ctx.db.scalars(query)).all())
    for group_id in sorted({membership.group_id for membership in found}):
        await get(ctx, Group, group_id, lock=True)
    return [await get(ctx, Membership, membership.id, lock=True) for membership in found]


def _fresh(ctx: Context, fact: Fact) -> list[UUID]:
    """Whom the facts of this type are about that were not seen yet: the first of a batch takes the others along."""
    about = [one.subject_id for one in ctx.facts if one.type == fact.type]
    seen = ctx.memory.get((_SEEN, fact.type), 0)
    ctx.memory[_SEEN, fact.type] = len(about)
    return about[seen:]


@on("person.deactivated")
async def suspend_memberships(ctx: Context, fact: Fact) -> None:
    """A deactivated person takes no part: what was open is suspended, invitations run out by themselves."""
    fresh = _fresh(ctx, fact)
    for membership in await _memberships(ctx, fresh, TAKING_PART) if fresh else []:
        if membership.state in TAKING_PART:
            await actions.suspend_by_rule(ctx, membership, "deactivation")


@on("person.address_changed")
async def doubt_who_comes(ctx: Context, fact: Fact) -> None:
    """Whoever reads another mailbox now may be somebody else: until a moderator of the group says that it is
    them, they read nothing."""
    fresh = _fresh(ctx, fact)
    for membership in await _memberships(ctx, fresh, TAKING_PART) if fresh else []:
        if membership.state in TAKING_PART:
            await actions.doubt(ctx, membership)


@on("person.erased")
async def remove_memberships(ctx: Context, fact: Fact) -> None:
    """An erased person is in no group; reasons and farewells go too."""
    for membership in await _memberships(ctx, [fact.subject_id], LIVE):
        await actions.remove_by_rule(ctx, membership, "erasure")
