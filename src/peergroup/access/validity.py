"""Whether credentials still count, many at once: for streams, which outlast the request that opened them."""

from sqlalchemy import or_, select

from peergroup.access.models import Credential
from peergroup.access.tokens import SERVICES
from peergroup.kit.compiled import NOW
from peergroup.people.models import Person

VALID = (
    select(Credential.id, Credential.person_id, Credential.expires_at, Person.organization_role)
    .outerjoin(
        Person,
        (Person.organization_id == Credential.organization_id) & (Person.id == Credential.person_id),
    )
    .where(
        Credential.revoked_at.is_(None),
        or_(Credential.expires_at.is_(None), Credential.expires_at > NOW),
        or_(Credential.kind.in_(SERVICES), Person.state == "active"),
    )
)
"""The credentials that a request would be let in with at `NOW`."""
