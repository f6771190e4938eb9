"""Who a credential is, at this moment: one select and one judgement, for ordinary requests and for hot reads."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from peergroup.access.models import Credential
from peergroup.access.tokens import SERVICES, refused
from peergroup.kit.compiled import ORGANIZATION
from peergroup.kit.context import House, Principal, Token
from peergroup.kit.prepared import Prepared
from peergroup.kit.reads.statement import CREDENTIAL, Who
from peergroup.people.models import Person

_Reader = aliased(Person, name="reader")


def judge(row: Sequence[Any] | None, token: Token, house: House) -> Principal:
    """The principal of a found token, from a row of `WHO.statement`; 401 where the credential no longer counts."""
    if row is None:
        raise refused()
    kind, person_id, parent_id, scopes, secret_hash, expires_at, revoked_at, state, role = row
    if not house.vault.matches("credential", token.secret, secret_hash):
        raise refused()
    is_service = kind in SERVICES
    expired = expires_at is not None and expires_at <= house.clock()
    if expired or revoked_at is not None or (not is_service and state != "active"):
        raise refused()
    return Principal(
        token.organization_id,
        "service" if is_service else "person",
        person_id,
        # A grant lives for minutes: retries and webhooks belong to the key behind it.
        parent_id if kind == "grant" else token.credential_id,
        token.cuts_down(scopes),
        role,
        token.expires_at,
    )


WHO = Who(
    statement=select(
        Credential.kind,
        Credential.person_id,
        Credential.parent_id,
        Credential.scopes,
        Credential.secret_hash,
        Credential.expires_at,
        Credential.revoked_at,
        _Reader.state,
        _Reader.organization_role,
    )
    .select_from(Credential)
    .outerjoin(
        _Reader,
        (_Reader.organization_id == Credential.organization_id) & (_Reader.id == Credential.person_id),
    )
    .where(Credential.id == CREDENTIAL),
    principal=Principal(
        cast("Any", ORGANIZATION),
        cast("Any", case((Credential.kind.in_(SERVICES), "service"), else_="person")),
        cast("Any", Credential.person_id),
        organization_role=cast("Any", _Reader.organization_role),
    ),
    judge=judge,
)


_FOUND = Prepared(lambda _dialect: WHO.statement)


async def identify(db: AsyncSession, token: Token, house: House) -> Principal:
    """The principal of a found token, as of this transaction; 401 where it no longer counts."""
    return judge(await _FOUND.row(db, credential=token.credential_id), token, house)
