"""The external issuers that an organization trusts: registered by its owner, and gone with all their links."""

from uuid import UUID

from sqlalchemy import delete, func, select, update

from peergroup.access import directory, policy
from peergroup.access.models import Credential, Directory, IdentityProvider
from peergroup.access.oidc.finding import provider_key
from peergroup.access.oidc.schemas import (
    IdentityProviderIn,
    IdentityProviderOut,
    IdentityProviderPatch,
)
from peergroup.kit import outgoing
from peergroup.kit.context import Context, get
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.kit.wire import Page

MOST = 10
_UNSEEN = {"synchronize_session": False}


async def register(ctx: Context, asked: IdentityProviderIn) -> IdentityProviderOut:
    """Trust an issuer's tokens for an audience, from those who link their identity."""
    ctx.require(policy.PROVIDERS, ctx.principal)
    try:
        outgoing.judge(ctx.house.settings, asked.issuer)
    except outgoing.Refused as error:
        raise invalid("/issuer", str(error)) from error
    same = (IdentityProvider.issuer == asked.issuer) & (IdentityProvider.audience == asked.audience)
    counted = select(func.count(), func.count().filter(same)).select_from(IdentityProvider)
    count, known = (await ctx.db.execute(counted)).one()
    if known:
        raise Problem(CONFLICT, "This issuer is registered already for this audience.")
    if count >= MOST:
        raise Problem(CONFLICT, f"There are {MOST} identity providers already; remove one first.")
    provider = IdentityProvider(**asked.model_dump(), created_at=ctx.now)
    ctx.db.add(provider)
    await ctx.db.flush()
    key = provider_key(asked.issuer, asked.audience)
    await directory.enter(ctx, "issuer", [(directory.hash_of(ctx.house, key), provider.id)])
    ctx.record("identity_provider.registered", provider)
    return IdentityProviderOut.model_validate(provider)


async def listed(ctx: Context, paging: Paging) -> Page[IdentityProviderOut]:
    """The organization's identity providers."""
    ctx.require(policy.PROVIDERS_SEEN, ctx.principal)
    rows, after = await page(ctx, select(IdentityProvider), paging, by=[IdentityProvider.id])
    items = [IdentityProviderOut.model_validate(row.IdentityProvider) for row in rows]
    return Page[IdentityProviderOut](items=items, next_cursor=after)


async def one(ctx: Context, provider_id: UUID) -> IdentityProviderOut:
    """One of the organization's identity providers."""
    ctx.require(policy.PROVIDERS_SEEN, ctx.principal)
    return IdentityProviderOut.model_validate(await get(ctx, IdentityProvider, provider_id))


async def change(ctx: Context, provider_id: UUID, patch: IdentityProviderPatch) -> IdentityProviderOut:
    """Take other algorithms, or tokens of other clients, from the next request on."""
    ctx.require(policy.PROVIDERS, ctx.principal)
    provider = await get(ctx, IdentityProvider, provider_id, lock=True)
    ctx.expect(provider)
    sent = patch.model_dump(exclude_unset=True)
    for name, value in sent.items():
        setattr(provider, name, value)
    if sent:
        ctx.record("identity_provider.updated", provider, changed=sorted(sent))
    await ctx.db.flush()
    return IdentityProviderOut.model_validate(provider)


async def remove(ctx: Context, provider_id: UUID) -> None:
    """Trust an issuer no longer: everything that was linked to it ends with the next request."""
    ctx.require(policy.PROVIDERS, ctx.principal)
    # Whoever links at the same time holds it too: they come before this, or find it gone.
    provider = await get(ctx, IdentityProvider, provider_id, lock=True)
    ctx.expect(provider)
    links = (Credential.provider_id == provider_id, Credential.kind == "identity")
    linked = select(Credential.id).where(*links).scalar_subquery()
    led = (Directory.subject_id == provider_id) | Directory.subject_id.in_(linked)
    await ctx.db.execute(
        delete(Directory)
        .where(Directory.organization_id == ctx.organization_id, led)
        .execution_options(**_UNSEEN)
    )
    await ctx.db.execute(
        update(Credential)
        .where(*links, Credential.revoked_at.is_(None))
        .values(revoked_at=ctx.now)
        .execution_options(**_UNSEEN)
    )
    await ctx.db.delete(provider)
    ctx.record("identity_provider.removed", provider_id)
