"""Linking an identity to a person: by themselves, signed in by mail, with a token of the issuer as the proof.

Nobody links one for somebody else: who runs the issuer could then be them. And nothing is linked because an address
is the same: whoever may write addresses at the issuer could be anybody.
"""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from peergroup.access import credentials, devices, directory, policy, tokens
from peergroup.access.models import Credential, IdentityProvider
from peergroup.access.oidc import finding, judging
from peergroup.access.oidc.problems import IDENTITY_TAKEN, refused
from peergroup.access.oidc.reading import Said, read
from peergroup.access.oidc.schemas import IdentityOut
from peergroup.kit.context import Context, House, Principal, get
from peergroup.kit.ids import new_id
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, Problem, forbidden, not_found
from peergroup.kit.wire import Page
from peergroup.people.models import Person

MOST = 10


async def link(house: House, caller: Principal, raw: str) -> IdentityOut:
    """Link the identity that a token proves to the person who is signed in."""
    async with house.acting(caller, writes=False) as ctx:
        ctx.require(policy.LINK, await credentials.used(ctx))
    said = read(raw)
    judging.judge_times(said, house.clock())
    provider = await finding.provider_of(house, caller.organization_id, said)
    if provider is None:
        raise refused(finding.NOT_TRUSTED)
    await finding.prove(house, said)
    judging.judge_terms(provider, said)
    known = finding.identity(said.issuer, provider.audience, said.subject)
    places = await directory.find(house, "identity", [directory.hash_of(house, known)])
    async with house.acting(caller) as ctx:
        try:
            return await _link(ctx, said, provider.id, known, places)
        except IntegrityError as error:
            raise _taken() from error


async def _link(
    ctx: Context, said: Said, provider_id: UUID, known: str, places: list[directory.Place]
) -> IdentityOut:
    if await devices.held(ctx, Person.id == ctx.me) is None:
        raise tokens.refused()
    ctx.require(policy.LINK, await credentials.used(ctx))
    # Held, so that removing it comes before this or takes this along.
    provider = await get(ctx, IdentityProvider, provider_id, share=True)
    secret_hash = ctx.house.vault.hash("credential", known)
    same, count = Credential.secret_hash == secret_hash, func.count().filter(Credential.person_id == ctx.me)
    active = (Credential.kind == "identity", Credential.revoked_at.is_(None))
    there = await ctx.db.scalar(select(Credential).where(same, *active))
    if there is not None and there.person_id == ctx.me:
        return _out(there)
    if there is not None or places:
        raise _taken()
    if (await ctx.db.scalar(select(count).where(*active)) or 0) >= MOST:
        raise Problem(CONFLICT, f"You have {MOST} identities already; unlink one that you no longer use.")
    linked = Credential(
        id=new_id(),
        kind="identity",
        person_id=ctx.me,
        name=provider.issuer,
        provider_id=provider.id,
        secret_hash=secret_hash,
        made_by_id=ctx.me,
        created_at=ctx.now,
    )
    ctx.db.add(linked)
    await ctx.db.flush()
    await directory.enter(ctx, "identity", [(directory.hash_of(ctx.house, known), linked.id)])
    ctx.record("identity.linked", linked, only_for=ctx.me)
    return _out(linked)


def _taken() -> Problem:
    return Problem(IDENTITY_TAKEN, "Somebody has linked this identity already.")


def _out(linked: Credential) -> IdentityOut:
    return IdentityOut(
        id=linked.id,
        issuer=linked.name or "",
        provider_id=linked.provider_id,
        created_at=linked.created_at,
    )


async def listed(ctx: Context, paging: Paging) -> Page[IdentityOut]:
    """The caller's identities, in the order in which they were linked."""
    ctx.require(policy.OWN_IDENTITIES, ctx.principal)
    query = select(Credential).where(*credentials.identities_of([ctx.me]), Credential.revoked_at.is_(None))
    rows, after = await page(ctx, query, paging, by=[Credential.id])
    return Page[IdentityOut](items=[_out(row.Credential) for row in rows], next_cursor=after)


async def unlink(ctx: Context, identity_id: UUID) -> None:
    """End a link: tokens of that identity sign nobody in from the next request on."""
    ctx.require(policy.OWN_IDENTITIES, ctx.principal)
    mine = (*credentials.identities_of([ctx.me]), Credential.revoked_at.is_(None))
    query = select(Credential).where(Credential.id == identity_id, *mine)
    linked = (await ctx.db.scalars(query.with_for_update())).one_or_none()
    if linked is None:
        raise not_found()
    if ctx.principal.scopes is not None:
        raise forbidden("A credential that is cut down to some scopes unlinks no identity.")
    await credentials.revoke(ctx, linked)
    await directory.leave(ctx, "identity", [linked.id])
    ctx.record("identity.unlinked", linked, only_for=ctx.me)
