"""Signed-in devices: an access token for a quarter of an hour, and a refresh token that rotates."""

import base64
import datetime as dt
import hmac
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from peergroup.access import credentials, directory, policy, tokens
from peergroup.access.models import Credential, TokenFamily
from peergroup.kit.context import Context, House, Principal, get
from peergroup.kit.ids import new_id
from peergroup.kit.secrets import new_secret
from peergroup.organizations.models import Organization
from peergroup.people.models import Person

ACCESS = dt.timedelta(minutes=15)
IDLE = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=365)


@dataclass(frozen=True)
class SignedIn:
    """What a device gets: both tokens, and who it is signed in as."""

    access_token: str
    refresh_token: str
    refresh_expires_at: dt.datetime
    who: Any


async def held(ctx: Context, *which: Any) -> Any:
    """The active person these conditions lead to, held as they are until the commit; None if there is none.

    Whoever makes a credential takes this first: a deactivation then comes before it or sees its result.
    """
    query = (
        select(
            Person.id,
            Person.name,
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
        )
        .join(Organization, Organization.id == Person.organization_id)
        .where(Person.state == "active", *which)
        .with_for_update(read=True, of=Person)
    )
    return (await ctx.db.execute(query)).one_or_none()


async def begin(ctx: Context, who: Any) -> SignedIn:
    """Sign a device in as this person."""
    secret = new_secret()
    family = TokenFamily(
        id=new_id(),
        person_id=who.id,
        refresh_hash=_hash(ctx.house, secret),
        created_at=ctx.now,
        expires_at=ctx.now + IDLE,
    )
    ctx.db.add(family)
    await directory.enter(ctx, "family", [(directory.hash_of(ctx.house, str(family.id)), family.id)])
    await ctx.db.flush()
    return await _give(ctx, family, secret, who)


async def refresh(house: House, token: str) -> SignedIn:
    """Exchange a refresh token for new tokens; 401 where it no longer counts.

    A token that was used before ends the device's sign-in. Two uses that were under way at the same time are
    no theft: both get the same next token.
    """
    arrived = house.clock()
    parsed = tokens.parse_refresh(house.vault, token)
    place = None if parsed is None else await directory.find_one(house, "family", str(parsed[0]))
    if parsed is None or place is None:
        raise tokens.refused()
    async with house.acting(house.system(place[0])) as ctx:
        given = await _rotate(ctx, *parsed, arrived)
    if given is None:
        raise tokens.refused()
    return given


async def _rotate(ctx: Context, family_id: UUID, secret: str, arrived: dt.datetime) -> SignedIn | None:
    who = await held(
        ctx,
        Person.id
        == select(TokenFamily.person_id)
        .where(TokenFamily.id == family_id, TokenFamily.organization_id == ctx.organization_id)
        .scalar_subquery(),
    )
    family = (
        None
        if who is None
        else await ctx.db.get(TokenFamily, (ctx.organization_id, family_id), with_for_update=True)
    )
    now = ctx.house.clock()
    if family is None or family.revoked_at is not None or family.expires_at <= now:
        return None
    ctx.principal = Principal(ctx.organization_id, "person", family.person_id)
    successor = _successor(ctx.house, family_id, secret)
    presented = _hash(ctx.house, secret)
    if hmac.compare_digest(presented, family.refresh_hash):
        family.previous_hash, family.refresh_hash = presented, _hash(ctx.house, successor)
        family.rotated_at, family.expires_at = now, min(now + IDLE, family.created_at + LONGEST)
        await credentials.forget_expired(ctx, Credential.family_id == family_id)
    elif not _was_under_way(family, presented, arrived):
        await end(ctx, family, "reuse")
        return None
    return await _give(ctx, family, successor, who)


def _was_under_way(family: TokenFamily, presented: str, arrived: dt.datetime) -> bool:
    """Whether this use of the token before the present one had begun when the other use was not done yet."""
    if family.previous_hash is None or family.rotated_at is None:
        return False
    return hmac.compare_digest(presented, family.previous_hash) and arrived <= family.rotated_at


def _successor(house: House, family_id: UUID, secret: str) -> str:
    """The secret that follows this one: known only to who has this one, and only with the server's key."""
    digest = hmac.digest(house.vault.key("refresh successor"), f"{family_id}/{secret}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _hash(house: House, secret: str) -> str:
    return house.vault.hash("refresh", secret)


async def _give(ctx: Context, family: TokenFamily, secret: str, who: Any) -> SignedIn:
    _, access = await credentials.issue(
        ctx,
        "session",
        person_id=family.person_id,
        family_id=family.id,
        expires_at=min(ctx.house.clock() + ACCESS, family.expires_at),
    )
    shown = tokens.refresh_token(ctx.house.vault, family.id, secret)
    return SignedIn(access, shown, family.expires_at, who)


async def end(ctx: Context, family: TokenFamily, why: str) -> None:
    """End a device's sign-in with all its tokens."""
    family.revoked_at = ctx.now
    await ctx.db.execute(
        update(Credential)
        .where(Credential.family_id == family.id, Credential.revoked_at.is_(None))
        .values(revoked_at=ctx.now)
        .execution_options(synchronize_session=False)
    )
    ctx.record("sign_in.ended", family, only_for=family.person_id, why=why)


async def sign_out(ctx: Context) -> None:
    """Sign this device out: its access tokens and its refresh token stop counting at once."""
    used = await get(ctx, Credential, ctx.principal.credential_id or ctx.principal.identity)
    ctx.require(policy.SIGN_OUT, used)
    if used.family_id is not None:
        await end(ctx, await get(ctx, TokenFamily, used.family_id, lock=True), "signed_out")
