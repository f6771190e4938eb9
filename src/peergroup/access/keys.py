"""Keys: a personal key is its person, cut down by its scopes; a service key belongs to the organization."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from peergroup.access import credentials, devices, policy, tokens
from peergroup.access.models import Credential
from peergroup.access.schemas import KeyCreated, KeyIn, KeyOut, ServiceKeyIn
from peergroup.access.scopes import EVERY
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.policy import Policy
from peergroup.kit.problems import forbidden, invalid, not_found
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person

YEAR = dt.timedelta(days=365)
Which = tuple[Any, ...]


async def make_own(ctx: Context, asked: KeyIn) -> KeyCreated:
    """Make a key of the caller's own; made with a key, it ends with that key."""
    ctx.require(policy.OWN_KEYS, ctx.principal)
    who = await devices.held(ctx, Person.id == ctx.me)
    if who is None:
        raise tokens.refused()
    used = await credentials.used(ctx)
    return await _make(
        ctx, "key", asked, used, who, person_id=ctx.me, parent_id=used.id if used.kind == "key" else None
    )


async def make_service(ctx: Context, asked: ServiceKeyIn) -> KeyCreated:
    """Make a service key; it outlives whoever made it."""
    ctx.require(policy.SERVICE_KEYS, ctx.principal)
    who = await devices.held(ctx, Person.id == ctx.me)
    if who is None:
        raise tokens.refused()
    return await _make(ctx, "service", asked, await credentials.used(ctx), who)


async def _make(
    ctx: Context, kind: str, asked: KeyIn | ServiceKeyIn, used: Credential, who: Any, **columns: Any
) -> KeyCreated:
    scopes = sorted(set(asked.scopes))
    ctx.need_scopes(*scopes)
    key, secret = await credentials.issue(
        ctx, kind, name=asked.name, scopes=scopes, expires_at=_end(ctx, asked.expires_at, used), **columns
    )
    ctx.record("key.created", key, only_for=key.person_id, kind=_shown(kind))
    named = Named(id=who.id, name=who.name)
    return KeyCreated(
        id=key.id,
        kind=_shown(kind),
        name=asked.name,
        scopes=scopes,
        person=named if key.person_id else None,
        made_by=named,
        created_at=key.created_at,
        expires_at=key.expires_at,
        secret=secret,
    )


def _end(ctx: Context, asked: dt.datetime | None, used: Credential) -> dt.datetime:
    """When the new key ends: as asked, else after a year, and never later than the key it is made with."""
    if asked is not None and asked <= ctx.now:
        raise invalid("/expires_at", "must lie in the future")
    bound = used.expires_at if used.kind == "key" else None
    if bound is None:
        return asked or ctx.now + YEAR
    if asked is not None and asked > bound:
        raise forbidden("A key cannot make one that lives longer than itself.")
    return asked or min(bound, ctx.now + YEAR)


def own(ctx: Context) -> Which:
    """The caller's personal keys."""
    return (Credential.kind == "key", Credential.person_id == ctx.me)


def services() -> Which:
    """The organization's service keys."""
    return (Credential.kind == "service",)


def everybodys() -> Which:
    """All keys, personal and of services."""
    return (Credential.kind.in_(("key", "service")),)


async def listed(ctx: Context, allowed: Policy, which: Which, paging: Paging) -> Page[KeyOut]:
    """A page of keys that are not revoked, in the order in which they were made; never their secrets."""
    ctx.require(allowed, ctx.principal)
    owner, maker = aliased(Person), aliased(Person)
    query: Any = (
        select(
            Credential.id,
            Credential.kind,
            Credential.name,
            Credential.scopes,
            Credential.created_at,
            Credential.expires_at,
            Credential.person_id,
            owner.name.label("person_name"),
            Credential.made_by_id,
            maker.name.label("maker_name"),
        )
        .outerjoin(
            owner, (owner.organization_id == Credential.organization_id) & (owner.id == Credential.person_id)
        )
        .outerjoin(
            maker, (maker.organization_id == Credential.organization_id) & (maker.id == Credential.made_by_id)
        )
        .where(Credential.revoked_at.is_(None), *which)
    )
    rows, after = await page(ctx, query, paging, by=[Credential.id])
    return Page[KeyOut](items=[_out(row) for row in rows], next_cursor=after)


def _out(row: Any) -> KeyOut:
    return KeyOut(
        id=row.id,
        kind=_shown(row.kind),
        name=row.name or "",
        scopes=list(EVERY) if row.scopes is None else row.scopes,
        person=Named(id=row.person_id, name=row.person_name) if row.person_id else None,
        made_by=Named(id=row.made_by_id, name=row.maker_name) if row.made_by_id else None,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _shown(kind: str) -> str:
    return {"key": "personal"}.get(kind, kind)


async def revoke(ctx: Context, allowed: Policy, key_id: UUID, which: Which) -> None:
    """End a key and what was made with it, from the next request on."""
    ctx.require(allowed, ctx.principal)
    query = select(Credential).where(Credential.id == key_id, Credential.revoked_at.is_(None), *which)
    key = (await ctx.db.scalars(query.with_for_update())).one_or_none()
    if key is None:
        raise not_found()
    if allowed is policy.OWN_KEYS and not _covers(ctx, key):
        raise forbidden("A key revokes only keys that reach no further than itself.")
    await credentials.revoke(ctx, key)
    ctx.record("key.revoked", key, only_for=key.person_id, kind=_shown(key.kind))


def _covers(ctx: Context, key: Credential) -> bool:
    """Whether the credential in use reaches at least as far as this key."""
    reach = ctx.principal.scopes
    return reach is None or (key.scopes is not None and reach.issuperset(key.scopes))
