"""How long anything is kept: deliveries for thirty days, secrets as long as they sign, removed endpoints not at all."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.people import personal_data
from peergroup.webhooks import lines
from peergroup.webhooks.models import WebhookDelivery, WebhookEndpoint
from peergroup.webhooks.schedule import KEPT

EVERY = dt.timedelta(days=1)
AT_ONCE = 10_000
_UNSEEN = {"synchronize_session": False}


async def begin(ctx: Context) -> None:
    """From the first endpoint on, what is old is forgotten once a day."""
    await _again(ctx, EVERY)


async def _again(ctx: Context, wait: dt.timedelta) -> None:
    await jobs.enqueue(ctx, "webhooks.forget_deliveries", due_at=ctx.now + wait, dedupe="daily")


@jobs.job("webhooks.forget_deliveries")
async def forget_deliveries(house: House, due: jobs.Due) -> None:
    """Forget the oldest deliveries, so many at once; come back tomorrow, or at once, while there are endpoints."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        old = (WebhookDelivery.created_at <= ctx.now - KEPT, WebhookDelivery.state != "pending")
        gone = await _delete_some(ctx, old)
        left = await ctx.db.scalar(select(WebhookEndpoint.id).limit(1))
        if left is not None:
            await _again(ctx, dt.timedelta() if gone == AT_ONCE else EVERY)


async def _delete_some(ctx: Context, which: tuple[Any, ...]) -> int:
    some = select(WebhookDelivery.id).where(*which).order_by(WebhookDelivery.created_at).limit(AT_ONCE)
    done = await ctx.db.execute(
        delete(WebhookDelivery).where(WebhookDelivery.id.in_(some)).execution_options(**_UNSEEN)
    )
    return int(getattr(done, "rowcount", 0))


async def let_go(ctx: Context, endpoint: WebhookEndpoint) -> None:
    """An endpoint is gone for everybody; a job clears up after it."""
    endpoint.deleted_at, endpoint.state = ctx.now, "disabled"
    endpoint.secret, endpoint.previous_secret, endpoint.previous_until = None, None, None
    await lines.quit_line(ctx, endpoint.id)
    await jobs.enqueue(ctx, "webhooks.clear_up", dedupe=str(endpoint.id), endpoint_id=endpoint.id)
    ctx.record("webhook_endpoint.deleted", endpoint)


@jobs.job("webhooks.clear_up")
async def clear_up(house: House, due: jobs.Due) -> None:
    """Forget the deliveries of a removed endpoint, so many at once, and at last the endpoint."""
    endpoint_id = UUID(due.payload["endpoint_id"])
    async with house.acting(house.system(due.organization_id)) as ctx:
        if await _delete_some(ctx, (WebhookDelivery.endpoint_id == endpoint_id,)) == AT_ONCE:
            await jobs.enqueue(ctx, "webhooks.clear_up", dedupe=str(endpoint_id), endpoint_id=endpoint_id)
            return
        mine = (WebhookEndpoint.id == endpoint_id, WebhookEndpoint.deleted_at.is_not(None))
        await ctx.db.execute(delete(WebhookEndpoint).where(*mine).execution_options(**_UNSEEN))


@jobs.job("webhooks.forget_secret")
async def forget_secret(house: House, due: jobs.Due) -> None:
    """The secret before the present one signs no more, and is not kept."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        changed: dict[Any, Any] = {
            WebhookEndpoint.previous_secret: None,
            WebhookEndpoint.previous_until: None,
        }
        over = (
            WebhookEndpoint.id == UUID(due.payload["endpoint_id"]),
            WebhookEndpoint.previous_until <= ctx.now,
        )
        await ctx.db.execute(
            update(WebhookEndpoint).where(*over).values(changed).execution_options(**_UNSEEN)
        )


async def forget_person(ctx: Context, person_id: UUID, _words: str) -> int:
    """The endpoints that followed an erased person go; deliveries hold ids of events only."""
    query = select(WebhookEndpoint).where(
        WebhookEndpoint.person_id == person_id, WebhookEndpoint.deleted_at.is_(None)
    )
    found = list(await ctx.db.scalars(query.with_for_update()))
    for endpoint in found:
        await let_go(ctx, endpoint)
    return len(found)


personal_data.register(
    "webhooks",
    holds="The webhooks that a person registered: their addresses, and which events were delivered.",
    remove=forget_person,
)
