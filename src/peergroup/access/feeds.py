"""Calendar feeds: addresses with a secret in them, each its person's, for programs that can only fetch."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.access import credentials, devices, directory, policy, tokens
from peergroup.access.models import Credential
from peergroup.access.schemas import FeedCreated, FeedIn, FeedOut
from peergroup.kit.context import Context, House, Token
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, Problem, not_found
from peergroup.kit.wire import Page
from peergroup.people.models import Person

MOST = 20
SCOPE = "sessions:read"
PATH = "/v1/calendar-feeds/{feed}/calendar.ics"


async def make(ctx: Context, asked: FeedIn) -> FeedCreated:
    """Make a feed of the caller's own; made with a key, it ends with that key."""
    ctx.require(policy.OWN_FEEDS, ctx.principal)
    if await devices.held(ctx, Person.id == ctx.me) is None:
        raise tokens.refused()
    used = await credentials.used(ctx)
    count = await ctx.db.scalar(select(func.count()).select_from(Credential).where(*_own(ctx)))
    if (count or 0) >= MOST:
        raise Problem(CONFLICT, f"You have {MOST} calendar feeds already; revoke one that you no longer use.")
    by_key = used.kind == "key"
    feed, token = await credentials.issue(
        ctx,
        "feed",
        person_id=ctx.me,
        name=asked.name,
        scopes=[SCOPE],
        parent_id=used.id if by_key else None,
        expires_at=used.expires_at if by_key else None,
    )
    ctx.record("calendar_feed.created", feed, only_for=ctx.me)
    address = ctx.house.settings.public_url.rstrip("/") + PATH.format(feed=token)
    return FeedCreated(
        id=feed.id,
        name=asked.name,
        created_at=feed.created_at,
        expires_at=feed.expires_at,
        address=address,
    )


def _own(ctx: Context) -> tuple[Any, ...]:
    return (
        Credential.kind == "feed",
        Credential.person_id == ctx.me,
        Credential.revoked_at.is_(None),
    )


async def listed(ctx: Context, paging: Paging) -> Page[FeedOut]:
    """The caller's feeds, in the order in which they were made; never their addresses."""
    ctx.require(policy.OWN_FEEDS, ctx.principal)
    rows, after = await page(ctx, select(Credential).where(*_own(ctx)), paging, by=[Credential.id])
    items = [FeedOut.model_validate(row.Credential) for row in rows]
    return Page[FeedOut](items=items, next_cursor=after)


async def revoke(ctx: Context, feed_id: UUID) -> None:
    """End a feed: whoever has its address finds nothing there from the next request on."""
    ctx.require(policy.OWN_FEEDS, ctx.principal)
    query = select(Credential).where(Credential.id == feed_id, *_own(ctx))
    feed = (await ctx.db.scalars(query.with_for_update())).one_or_none()
    if feed is None:
        raise not_found()
    await credentials.revoke(ctx, feed)
    ctx.record("calendar_feed.revoked", feed, only_for=ctx.me)


@asynccontextmanager
async def reading(house: House, token: str) -> AsyncIterator[Context]:
    """A reading transaction in the name of a feed's person; 404 where the address leads nowhere any more."""
    parsed = tokens.parse(token, ("feed",))
    place = None if parsed is None else await directory.find_one(house, "credential", str(parsed[0]))
    if parsed is None or place is None:
        raise not_found()
    found = Token(place[0], parsed[0], parsed[1])
    async with house.database.transaction(found.organization_id, writes=False) as db:
        try:
            principal = await house.identify(db, found, house)
        except Problem:
            # A calendar program cannot sign in: what no longer counts is simply gone.
            raise not_found() from None
        yield Context(house, db, principal, house.clock())
