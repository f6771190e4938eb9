"""Whether credentials still count, many at once: for streams, which outlast the request that opened them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.access.models import Credential
from peergroup.access.tokens import SERVICES
from peergroup.kit.bulk import among
from peergroup.kit.context import House
from peergroup.people.models import Person


async def still_count(db: AsyncSession, house: House, credentials: Collection[UUID]) -> set[UUID]:
    """Those of these credentials that a request would be let in with now."""
    query = (
        select(Credential.id)
        .outerjoin(
            Person,
            (Person.organization_id == Credential.organization_id) & (Person.id == Credential.person_id),
        )
        .where(
            among(db, Credential.id, credentials),
            Credential.revoked_at.is_(None),
            or_(Credential.expires_at.is_(None), Credential.expires_at > house.clock()),
            or_(Credential.kind.in_(SERVICES), Person.state == "active"),
        )
    )
    return set(await db.scalars(query))
