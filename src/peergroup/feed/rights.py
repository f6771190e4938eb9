"""What the listeners of one organization may hear at this moment, in a few statements for all of them."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.groups.reach import readers
from peergroup.kit.bulk import among
from peergroup.people.models import Person

Right = tuple[str, UUID | None]
Rights = dict[UUID, frozenset[Right]]
"""By person: `words` and `figures` of groups, `guest` of a group's session, `admin` of the organization."""
NONE: frozenset[Right] = frozenset()


async def rights_of(db: AsyncSession, people: Collection[UUID], now: dt.datetime) -> Rights:
    """What each of these people may read. A stream ends when one of its person's rights is gone."""
    found: dict[UUID, set[Right]] = {person: set() for person in people}
    standing = readers(now)
    person = standing.selected_columns.person_id
    for row in await db.execute(standing.where(among(db, person, people))):
        mine = found[row.person_id]
        mine.add(("guest" if row.is_guest else "figures", row.group_id))
        if row.signed and not row.is_guest:
            mine.add(("words", row.group_id))
    admins = select(Person.id).where(
        among(db, Person.id, people), Person.organization_role.in_(("owner", "admin"))
    )
    for admin in await db.scalars(admins):
        found[admin].add(("admin", None))
    return {one: frozenset(rights) for one, rights in found.items()}
