"""Making and ending credentials: the rows behind tokens, with their entries in the directory."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from peergroup.access import directory, tokens
from peergroup.access.models import Credential, Directory, SignIn, TokenFamily
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id

_UNSEEN = {"synchronize_session": False}


async def issue(
    ctx: Context,
    kind: str,
    *,
    person_id: UUID | None = None,
    name: str | None = None,
    scopes: list[str] | None = None,
    expires_at: dt.datetime | None = None,
    family_id: UUID | None = None,
    parent_id: UUID | None = None,
) -> tuple[Credential, str]:
    """Make a credential and its token; only the hash of the secret is kept."""
    credential_id = new_id()
    token, secret = tokens.mint(kind, credential_id)
    credential = Credential(
        id=credential_id,
        kind=kind,
        person_id=person_id,
        name=name,
        scopes=scopes,
        family_id=family_id,
        parent_id=parent_id,
        secret_hash=ctx.house.vault.hash("credential", secret),
        expires_at=expires_at,
        made_by_id=ctx.principal.person_id,
        created_at=ctx.now,
    )
    ctx.db.add(credential)
    await directory.enter(
        ctx, "credential", [(directory.hash_of(ctx.house, str(credential_id)), credential_id)]
    )
    await ctx.db.flush()
    return credential, token


async def used(ctx: Context) -> Credential:
    """The credential this request came with, held: revoking it comes before this or sees its result."""
    query = select(Credential).where(Credential.id == ctx.principal.credential_id)
    found = (await ctx.db.scalars(query.with_for_update(read=True))).one_or_none()
    if found is None or not found.counts(ctx.now):
        raise tokens.refused()
    return found


async def revoke(ctx: Context, credential: Credential) -> None:
    """End a credential and everything that was made with it: the next request of any of them is refused."""
    credential.revoked_at = ctx.now
    made_with = [credential.id]
    while made_with:
        made_with = list(
            await ctx.db.scalars(
                update(Credential)
                .where(Credential.parent_id.in_(made_with), Credential.revoked_at.is_(None))
                .values(revoked_at=ctx.now)
                .returning(Credential.id)
                .execution_options(**_UNSEEN)
            )
        )


async def revoke_all_of(ctx: Context, people: Iterable[UUID]) -> None:
    """End all sign-ins, devices and credentials of these people, in every process, with this transaction."""
    ids = list(people)
    # Whoever comes back links anew: what led to an identity leads nowhere from now on.
    await withdraw_offers(ctx, ids, and_from=select(Credential.id).where(*identities_of(ids)))
    for table in (TokenFamily, Credential):
        await ctx.db.execute(
            update(table)
            .where(table.person_id.in_(ids), table.revoked_at.is_(None))
            .values(revoked_at=ctx.now)
            .execution_options(**_UNSEEN)
        )


def identities_of(people: Iterable[UUID]) -> tuple[Any, ...]:
    """The identities at external issuers that these people have linked."""
    return (Credential.kind == "identity", Credential.person_id.in_(list(people)))


async def withdraw_offers(ctx: Context, people: Iterable[UUID], and_from: Any = None) -> None:
    """Make the links and codes worthless that were mailed to these people; forget what leads to `and_from`, too."""
    ids = list(people)
    offered = select(SignIn.id).where(SignIn.person_id.in_(ids))
    await ctx.db.execute(_entries(ctx, offered, *([] if and_from is None else [and_from])))
    await ctx.db.execute(delete(SignIn).where(SignIn.person_id.in_(ids)).execution_options(**_UNSEEN))


async def remove(ctx: Context, person_id: UUID, _words: str) -> int:
    """Forget an erased person's devices and keys, the names of the keys with them."""
    await revoke_all_of(ctx, [person_id])
    for table in (Credential, TokenFamily):
        await ctx.db.execute(_entries(ctx, select(table.id).where(table.person_id == person_id)))
    gone = await ctx.db.scalars(
        delete(Credential)
        .where(Credential.person_id == person_id)
        .returning(Credential.id)
        .execution_options(**_UNSEEN)
    )
    count = len(gone.all())
    await ctx.db.execute(
        delete(TokenFamily).where(TokenFamily.person_id == person_id).execution_options(**_UNSEEN)
    )
    return count


async def forget_expired(ctx: Context, *which: Any) -> None:
    """Delete the expired access tokens among these credentials: no key refers to them."""
    expired = (*which, Credential.kind.in_(("session", "grant")), Credential.expires_at <= ctx.now)
    await ctx.db.execute(_entries(ctx, select(Credential.id).where(*expired)))
    await ctx.db.execute(delete(Credential).where(*expired).execution_options(**_UNSEEN))


def _entries(ctx: Context, *subjects: Any) -> Any:
    named = or_(*(Directory.subject_id.in_(some) for some in subjects))
    return (
        delete(Directory)
        .where(Directory.organization_id == ctx.organization_id, named)
        .execution_options(**_UNSEEN)
    )
