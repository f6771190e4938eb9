"""Making and revoking credentials: the rows behind tokens, with their entries in the directory."""

import datetime as dt
from uuid import UUID

from sqlalchemy import insert, update

from peergroup.access import tokens
from peergroup.access.models import Credential, Directory
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id


async def issue(
    ctx: Context, kind: str, *, person_id: UUID | None = None, name: str | None = None,
    scopes: list[str] | None = None, expires_at: dt.datetime | None = None, family_id: UUID | None = None,
) -> tuple[Credential, str]:
    """Make a credential and its token; only the hash of the secret is kept."""
    credential_id = new_id()
    token, secret = tokens.mint(kind, credential_id)
    credential = Credential(
        id=credential_id, kind=kind, person_id=person_id, name=name, scopes=scopes, family_id=family_id,
        secret_hash=ctx.house.vault.hash("credential", secret), expires_at=expires_at,
        made_by_id=ctx.principal.person_id, created_at=ctx.now,
    )
    ctx.db.add(credential)
    await enter_directory(ctx, "credential", str(credential_id), credential_id)
    await ctx.db.flush()
    return credential, token


async def enter_directory(ctx: Context, kind: str, key: str, subject_id: UUID) -> None:
    """Note in the directory that this key leads to this subject of this organization."""
    await ctx.db.execute(
        insert(Directory).values(
            kind=kind, key_hash=ctx.house.vault.hash("directory", key),
            organization_id=ctx.organization_id, subject_id=subject_id,
        )
    )


async def revoke_all_of(ctx: Context, person_id: UUID) -> None:
    """End every credential of a person: the next request of any of them is refused, in every process."""
    await ctx.db.execute(
        update(Credential)
        .where(Credential.person_id == person_id, Credential.revoked_at.is_(None))
        .values(revoked_at=ctx.now)
        .execution_options(synchronize_session=False)
    )
