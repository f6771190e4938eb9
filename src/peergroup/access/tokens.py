"""Bearer tokens: `<kind>_<credential id>_<secret><checksum>`, looked up in the directory, judged in the tenant.

The directory's answer never changes for a token (ids are not reused), so it may be cached; whether the
credential still counts is read in the request's own transaction, every time.
"""

import hmac
import re
from collections import OrderedDict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.access.models import Credential, Directory
from peergroup.kit.context import House, Principal, Token
from peergroup.kit.problems import UNAUTHENTICATED, Problem
from peergroup.kit.secrets import checksum, new_secret
from peergroup.people.models import Person

PREFIXES = {"session": "pga", "key": "pgk", "service": "pgs"}
_FORM = re.compile(r"(pg[aks])_([0-9a-f]{32})_([A-Za-z0-9_-]{43})([a-z2-7]{6})")
_MOST_CACHED = 20_000


def mint(kind: str, credential_id: UUID) -> tuple[str, str]:
    """A new token for this credential, and its secret part whose hash is stored."""
    secret = new_secret()
    body = f"{PREFIXES[kind]}_{credential_id.hex}_{secret}"
    return body + checksum(body), secret


def refused() -> Problem:
    """The one answer to every token that does not count."""
    return Problem(UNAUTHENTICATED, "This token is unknown, expired or revoked.")


class TokenFinder:
    """Finds a token's organization through the directory, remembering what it found."""

    def __init__(self) -> None:
        self._known: OrderedDict[UUID, UUID] = OrderedDict()

    async def __call__(self, house: House, token: str) -> Token:
        match = _FORM.fullmatch(token)
        if match is None or not hmac.compare_digest(checksum(token[:-6]), match[4]):
            raise refused()
        credential_id = UUID(match[2])
        organization = self._known.get(credential_id) or await self._look_up(house, credential_id)
        return Token(organization, credential_id, match[3])

    async def _look_up(self, house: House, credential_id: UUID) -> UUID:
        query = select(Directory.organization_id).where(
            Directory.kind == "credential",
            Directory.key_hash == house.vault.hash("directory", str(credential_id)),
        )
        async with house.database.transaction(None, writes=False) as db:
            organization = (await db.execute(query)).scalar_one_or_none()
        if organization is None:
            raise refused()
        self._known[credential_id] = organization
        if len(self._known) > _MOST_CACHED:
            self._known.popitem(last=False)
        return organization


async def identify(db: AsyncSession, token: Token, house: House) -> Principal:
    """The principal of a found token, as of this transaction; 401 where it no longer counts."""
    query = (
        select(
            Credential.kind, Credential.person_id, Credential.scopes, Credential.secret_hash,
            Credential.expires_at, Credential.revoked_at, Person.state, Person.organization_role,
        )
        .outerjoin(
            Person,
            (Person.organization_id == Credential.organization_id) & (Person.id == Credential.person_id),
        )
        .where(Credential.id == token.credential_id)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None or not house.vault.matches("credential", token.secret, row.secret_hash):
        raise refused()
    expired = row.expires_at is not None and row.expires_at <= house.clock()
    if expired or row.revoked_at is not None or (row.kind != "service" and row.state != "active"):
        raise refused()
    return Principal(
        token.organization_id,
        "service" if row.kind == "service" else "person",
        row.person_id,
        token.credential_id,
        None if row.scopes is None else frozenset(row.scopes),
        row.organization_role,
    )
