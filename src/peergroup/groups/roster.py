"""Who is in a group."""

from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Membership
from peergroup.groups.schemas import RosterEntry
from peergroup.groups.standing import MODERATORS, Standing
from peergroup.kit.context import Context
from peergroup.kit.wire import Named
from peergroup.people.models import Person

SHOWN = ("invited", "provisional", "active", "on_leave", "suspended")


async def active_moderators(ctx: Context, group_id: UUID) -> list[UUID]:
    """The people who lead a group at present."""
    query = select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.role.in_(MODERATORS), Membership.state == "active"
    )
    return list((await ctx.db.scalars(query)).all())


async def roster(ctx: Context, standing: Standing) -> list[RosterEntry]:
    """The people of a group as this reader may see them: newcomers-to-be see who leads it, and themselves."""
    query = (
        select(Membership.id, Membership.person_id, Person.name, Membership.role, Membership.state)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.group_id == standing.group_id, Membership.state.in_(SHOWN))
        .order_by(Person.name, Membership.id)
        .limit(200)
    )
    rows = (await ctx.db.execute(query)).all()
    return [
        RosterEntry(
            membership_id=row.id,
            person=Named(id=row.person_id, name=row.name),
            role=row.role,
            state=row.state,
        )
        for row in rows
        if standing.reads_roster
        or row.person_id == standing.person_id
        or (row.role in MODERATORS and row.state == "active")
    ]
