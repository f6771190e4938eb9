"""Routes of identity providers and of linked identities."""

from typing import Annotated

from fastapi import Depends

from peergroup.access import policy
from peergroup.access.oidc import linking, providers
from peergroup.access.oidc.schemas import (
    IdentityIn,
    IdentityOut,
    IdentityProviderIn,
    IdentityProviderOut,
    IdentityProviderPatch,
)
from peergroup.kit.entrance import Caller, Ctx, TheHouse
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page

room = Room("identities", "Signing in with an identity provider of your own (OpenID Connect).")
ListPaging = Annotated[Paging, Depends(paging)]


@room.get("/identity-providers", policy.PROVIDERS_SEEN)
async def list_identity_providers(ctx: Ctx, paging: ListPaging) -> Page[IdentityProviderOut]:
    """The issuers whose tokens sign people in here."""
    return await providers.listed(ctx, paging)


@room.post("/identity-providers", policy.PROVIDERS, location="/v1/identity-providers/{id}")
async def create_identity_provider(ctx: Ctx, asked: IdentityProviderIn) -> IdentityProviderOut:
    """Trust an issuer: whoever links an identity there signs in with its tokens.

    Nobody is linked by this, and nobody ever is because an address is the same.
    """
    return await providers.register(ctx, asked)


@room.get("/identity-providers/{provider_id}", policy.PROVIDERS_SEEN)
async def get_identity_provider(ctx: Ctx, provider_id: ResourceId) -> IdentityProviderOut:
    """One issuer whose tokens sign people in here."""
    return await providers.one(ctx, provider_id)


@room.patch("/identity-providers/{provider_id}", policy.PROVIDERS)
async def update_identity_provider(
    ctx: Ctx, provider_id: ResourceId, patch: IdentityProviderPatch
) -> IdentityProviderOut:
    """Take other algorithms, or tokens of other clients, from the next request on."""
    return await providers.change(ctx, provider_id, patch)


@room.delete("/identity-providers/{provider_id}", policy.PROVIDERS)
async def delete_identity_provider(ctx: Ctx, provider_id: ResourceId) -> None:
    """Trust an issuer no longer; everything that was linked to it ends with the next request."""
    await providers.remove(ctx, provider_id)


@room.get("/me/identities", policy.OWN_IDENTITIES)
async def list_my_identities(ctx: Ctx, paging: ListPaging) -> Page[IdentityOut]:
    """Your identities at the organization's identity providers."""
    return await linking.listed(ctx, paging)


@room.post("/me/identities", policy.LINK, location="/v1/me/identities/{id}", keyed=False, errors=(401, 503))
async def link_my_identity(caller: Caller, house: TheHouse, proof: IdentityIn) -> IdentityOut:
    """Link an identity: from now on its tokens sign you in.

    For a device that is signed in by mail; keys cannot. Linking what is yours already changes nothing.
    """
    return await linking.link(house, caller, proof.token)


@room.delete("/me/identities/{identity_id}", policy.OWN_IDENTITIES)
async def unlink_my_identity(ctx: Ctx, identity_id: ResourceId) -> None:
    """Unlink an identity: its tokens sign nobody in from the next request on."""
    await linking.unlink(ctx, identity_id)
