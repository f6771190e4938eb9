"""What may stand in the way of changing a person."""

from typing import Any

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.lifecycle import Guard
from peergroup.organizations import actions as organizations
from peergroup.people.models import Person


async def another_owner_stays(ctx: Context, person: Any, _taken: Any) -> str | None:
    """An organization keeps at least one active owner. Two who leave at once wait for each other here."""
    if person.organization_role != "owner":
        return None
    await organizations.get(ctx, lock=True)
    others = select(Person.id).where(
        Person.organization_role == "owner", Person.state == "active", Person.id != person.id
    )
    if await ctx.db.scalar(others.limit(1)) is not None:
        return None
    return "This is the last owner of the organization; make somebody else an owner first."


LAST_OWNER = Guard("last_owner", another_owner_stays)
