"""Who a credential is."""

from typing import Any

from sqlalchemy import select

from peergroup.access import policy
from peergroup.access.models import Credential
from peergroup.access.schemas import MeOut, MyCredential, MyPerson
from peergroup.access.scopes import EVERY
from peergroup.kit.context import Context
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named
from peergroup.organizations.models import Organization
from peergroup.people.models import Person

_SHOWN = {"key": "personal"}


async def who_am_i(ctx: Context) -> MeOut:
    """The person or service behind the credential in use, as of now."""
    ctx.require(policy.WHO_AM_I, ctx.principal)
    query = (
        select(
            Credential.id,
            Credential.kind,
            Credential.name,
            Credential.expires_at,
            Organization.name.label("organization"),
            Person.id.label("person_id"),
            Person.name.label("person_name"),
            Person.email,
            Person.time_zone,
            Person.version,
        )
        .join(Organization, Organization.id == Credential.organization_id)
        .outerjoin(
            Person,
            (Person.organization_id == Credential.organization_id) & (Person.id == Credential.person_id),
        )
        .where(Credential.id == ctx.principal.credential_id)
    )
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        raise not_found()
    return MeOut(
        kind="service" if ctx.principal.is_service else "person",
        person=_person(row),
        organization=Named(id=ctx.organization_id, name=row.organization),
        organization_role=ctx.principal.organization_role,
        scopes=list(EVERY) if ctx.principal.scopes is None else sorted(ctx.principal.scopes),
        credential=MyCredential(
            id=row.id,
            kind=_SHOWN.get(row.kind, row.kind),
            name=row.name,
            expires_at=row.expires_at or ctx.principal.expires_at,
        ),
        version=row.version or 1,
    )


def _person(row: Any) -> MyPerson | None:
    if row.person_id is None:
        return None
    return MyPerson(id=row.person_id, name=row.person_name, email=row.email, time_zone=row.time_zone)
