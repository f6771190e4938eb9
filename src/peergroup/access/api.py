"""Routes of signing in, tokens and keys."""

from typing import Annotated

from fastapi import Depends, Request, Response

from peergroup.access import (
    client_credentials,
    devices,
    feeds,
    keys,
    landing,
    policy,
    redeem,
    sign_in,
    whoami,
)
from peergroup.access.offers import VALID
from peergroup.access.schemas import (
    ClientTokenIn,
    ClientTokenOut,
    FeedCreated,
    FeedIn,
    FeedOut,
    KeyCreated,
    KeyIn,
    KeyOut,
    MeOut,
    RedeemIn,
    RefreshIn,
    ServiceKeyIn,
    SignInAsked,
    SignInIn,
    TokensOut,
)
from peergroup.kit.entrance import Ctx, TheHouse
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.policy import PUBLIC
from peergroup.kit.routing import Room
from peergroup.kit.wire import Named, Page

room = Room("access", "Signing in without passwords, tokens, and keys for scripts and services.")
me = Room("me", "Who you are, and what is yours.")
pages = Room("pages", "What a browser sees.", prefix="")

FORM = "application/x-www-form-urlencoded"
SECRETS = ("access_token", "refresh_token")
ListPaging = Annotated[Paging, Depends(paging)]


def _tokens(given: devices.SignedIn) -> TokensOut:
    who = given.who
    return TokensOut(
        access_token=given.access_token,
        expires_in=int(devices.ACCESS.total_seconds()),
        refresh_token=given.refresh_token,
        refresh_expires_at=given.refresh_expires_at,
        person=Named(id=who.id, name=who.name),
        organization=Named(id=who.organization_id, name=who.organization),
    )


@room.post("/sign-in", PUBLIC, status=202, keyed=False)
async def request_sign_in(house: TheHouse, asked: SignInIn) -> SignInAsked:
    """Ask for a mail with a sign-in link and code.

    The answer is the same whether or not the address is known.
    """
    await sign_in.ask(house, asked.email, asked.organization, asked.code_challenge)
    return SignInAsked(expires_in=int(VALID.total_seconds()))


@room.post("/sign-in/redeem", PUBLIC, keyed=False, secret=SECRETS, errors=(401,))
async def redeem_sign_in(house: TheHouse, proof: RedeemIn) -> TokensOut:
    """Sign this device in with the link's token, or with the address and the code."""
    if proof.token is not None:
        return _tokens(await redeem.by_link(house, proof.token, proof.code_verifier))
    return _tokens(
        await redeem.by_code(house, proof.email or "", proof.code or "", proof.code_verifier or "")
    )


@room.post("/tokens/refresh", PUBLIC, keyed=False, secret=SECRETS, errors=(401,))
async def refresh_tokens(house: TheHouse, asked: RefreshIn) -> TokensOut:
    """Exchange the refresh token for new tokens.

    A refresh token works once; using an old one again signs the device out.
    """
    return _tokens(await devices.refresh(house, asked.refresh_token))


@room.delete("/tokens/current", policy.SIGN_OUT)
async def sign_out(ctx: Ctx) -> None:
    """Sign this device out."""
    await devices.sign_out(ctx)


@room.post(
    "/oauth/token",
    PUBLIC,
    keyed=False,
    secret=("access_token",),
    media=(FORM,),
    form=ClientTokenIn,
    errors=(401,),
)
async def grant_client_token(house: TheHouse, request: Request) -> ClientTokenOut:
    """Exchange a service key for a short-lived token (OAuth 2.0 client credentials)."""
    given = await client_credentials.grant(house, request.headers.get("authorization"), await request.body())
    return ClientTokenOut(
        access_token=given.token,
        expires_in=int(given.lives_for.total_seconds()),
        scope=" ".join(given.scopes),
    )


@me.get("/me", policy.WHO_AM_I)
async def get_me(ctx: Ctx) -> MeOut:
    """Who you are here: person, organization, role and scopes."""
    return await whoami.who_am_i(ctx)


@me.get("/me/keys", policy.OWN_KEYS)
async def list_my_keys(ctx: Ctx, paging: ListPaging) -> Page[KeyOut]:
    """Your keys, without their secrets."""
    return await keys.listed(ctx, policy.OWN_KEYS, keys.own(ctx), paging)


@me.post("/me/keys", policy.OWN_KEYS, location="/v1/me/keys/{id}", secret=("secret",))
async def create_my_key(ctx: Ctx, asked: KeyIn) -> KeyCreated:
    """Make a key for yourself; its secret is shown once."""
    return await keys.make_own(ctx, asked)


@me.delete("/me/keys/{key_id}", policy.OWN_KEYS)
async def revoke_my_key(ctx: Ctx, key_id: ResourceId) -> None:
    """Revoke one of your keys, from the next request on."""
    await keys.revoke(ctx, policy.OWN_KEYS, key_id, keys.own(ctx))


@me.get("/me/calendar-feeds", policy.OWN_FEEDS)
async def list_calendar_feeds(ctx: Ctx, paging: ListPaging) -> Page[FeedOut]:
    """Your calendar feeds, without their addresses."""
    return await feeds.listed(ctx, paging)


@me.post("/me/calendar-feeds", policy.OWN_FEEDS, location="/v1/me/calendar-feeds/{id}", secret=("address",))
async def create_calendar_feed(ctx: Ctx, asked: FeedIn) -> FeedCreated:
    """Make an address that calendars can subscribe to; it is shown once."""
    return await feeds.make(ctx, asked)


@me.delete("/me/calendar-feeds/{feed_id}", policy.OWN_FEEDS)
async def revoke_calendar_feed(ctx: Ctx, feed_id: ResourceId) -> None:
    """Revoke a calendar feed: its address leads nowhere from the next request on."""
    await feeds.revoke(ctx, feed_id)


@room.get("/service-keys", policy.SERVICE_KEYS)
async def list_service_keys(ctx: Ctx, paging: ListPaging) -> Page[KeyOut]:
    """The organization's service keys, without their secrets."""
    return await keys.listed(ctx, policy.SERVICE_KEYS, keys.services(), paging)


@room.post("/service-keys", policy.SERVICE_KEYS, location="/v1/service-keys/{id}", secret=("secret",))
async def create_service_key(ctx: Ctx, asked: ServiceKeyIn) -> KeyCreated:
    """Make a service key; its secret is shown once."""
    return await keys.make_service(ctx, asked)


@room.delete("/service-keys/{key_id}", policy.SERVICE_KEYS)
async def revoke_service_key(ctx: Ctx, key_id: ResourceId) -> None:
    """Revoke a service key and the tokens made from it."""
    await keys.revoke(ctx, policy.SERVICE_KEYS, key_id, keys.services())


@room.get("/keys", policy.ALL_KEYS)
async def list_keys(ctx: Ctx, paging: ListPaging) -> Page[KeyOut]:
    """Everybody's keys in the organization, without their secrets."""
    return await keys.listed(ctx, policy.ALL_KEYS, keys.everybodys(), paging)


@room.delete("/keys/{key_id}", policy.ALL_KEYS)
async def revoke_key(ctx: Ctx, key_id: ResourceId) -> None:
    """Revoke anybody's key."""
    await keys.revoke(ctx, policy.ALL_KEYS, key_id, keys.everybodys())


@pages.get("/sign-in", PUBLIC, hidden=True)
async def open_sign_in_link(house: TheHouse) -> Response:
    """What a browser or a link scanner gets where a link is opened: nothing is redeemed by it."""
    return landing.page(house.settings.public_url)
