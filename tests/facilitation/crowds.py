"""Groups with more people than anybody would invite one by one in a test."""

from sqlalchemy import select

from peergroup.access import credentials
from peergroup.groups.models import ActivePeriod, Covenant, Membership, Signature
from peergroup.people.models import Person
from tests.groups.factories import GroupOf, a_group
from tests.world import Actor, World


async def a_crowd(world: World, members: int) -> GroupOf:
    """A group with so many active members, who have all signed; each with a key."""
    group = await a_group(world, members=0, capacity=200)
    async with world.acting() as ctx:
        owned = {"organization_id": ctx.organization_id, "created_at": ctx.now}
        there = select(Membership).where(Membership.person_id == group.moderator.person_id)
        leading = (await ctx.db.scalars(there)).one()
        covenant = (
            await ctx.db.scalars(select(Covenant.id).where(Covenant.group_id == leading.group_id))
        ).one()
        for seat in range(1, members + 1):
            person = Person(name=f"Member {seat:03d}", updated_at=ctx.now, **owned)
            ctx.db.add(person)
            await ctx.db.flush()
            membership = Membership(
                group_id=leading.group_id,
                person_id=person.id,
                role="member",
                state="active",
                seat_no=seat,
                **owned,
            )
            ctx.db.add(membership)
            signed = {"covenant_id": covenant, "person_id": person.id, "signed_at": ctx.now}
            ctx.db.add(Signature(organization_id=ctx.organization_id, **signed))
            await ctx.db.flush()
            active = {"group_id": membership.group_id, "person_id": person.id, "started_at": ctx.now}
            ctx.db.add(ActivePeriod(**active, **owned))
            _, token = await credentials.issue(ctx, "key", person_id=person.id)
            group.members.append(Actor(world.client, token, person.id, person.name))
    return group
