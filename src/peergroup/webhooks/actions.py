"""What happens to endpoints: registered, changed, given a new secret, tried out, asked to deliver again, removed."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.access.models import Credential
from peergroup.kit import jobs, outgoing
from peergroup.kit.context import Context
from peergroup.kit.events import EventCounter
from peergroup.kit.ids import new_id
from peergroup.kit.problems import CONFLICT, Problem, forbidden, invalid, not_found
from peergroup.webhooks import ending, lines, policy, queries, retention, signing, standing
from peergroup.webhooks.models import TEST, WebhookDelivery, WebhookEndpoint
from peergroup.webhooks.schemas import WebhookEndpointIn, WebhookEndpointPatch

MOST = 20
NOT_WORKING = "This endpoint is disabled; enable it first."


async def register(ctx: Context, asked: WebhookEndpointIn) -> tuple[UUID, str]:
    """Register an endpoint that hears what the caller may read; gives its id, and its secret to be shown once."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    standing.require_reading(ctx)
    _judge(ctx, asked.url)
    here = select(func.count()).select_from(WebhookEndpoint).where(WebhookEndpoint.deleted_at.is_(None))
    if (await ctx.db.scalar(here) or 0) >= MOST:
        raise Problem(CONFLICT, f"There are {MOST} endpoints already; delete one that is no longer used.")
    endpoint_id = new_id()
    secret, kept = signing.new_secret(ctx.house, endpoint_id)
    endpoint = WebhookEndpoint(
        id=endpoint_id,
        url=asked.url,
        description=asked.description,
        types=list(dict.fromkeys(asked.types)),
        person_id=ctx.principal.person_id,
        credential_id=await _key(ctx),
        secret=kept,
        created_at=ctx.now,
    )
    ctx.db.add(endpoint)
    await ctx.db.flush()
    await lines.join(ctx, endpoint_id)
    await retention.begin(ctx)
    ctx.record("webhook_endpoint.created", endpoint)
    return endpoint_id, secret


def _judge(ctx: Context, url: str) -> None:
    try:
        outgoing.judge(ctx.house.settings, url)
    except outgoing.Refused as refused:
        raise invalid("/url", str(refused)) from refused


async def _key(ctx: Context) -> UUID | None:
    """The key in use; whoever is signed in with a device is followed as a person."""
    kind = await ctx.db.scalar(select(Credential.kind).where(Credential.id == ctx.principal.credential_id))
    return ctx.principal.credential_id if kind in standing.KEYS else None


def _require_own(ctx: Context, endpoint: WebhookEndpoint) -> None:
    """Refuse to direct what somebody else may read: only whoever registered it, or an admin for a service key."""
    standing.require_reading(ctx)
    if endpoint.person_id is not None and endpoint.person_id != ctx.principal.person_id:
        raise forbidden("It follows somebody else: they alone may change it. You may disable or delete it.")


async def change(ctx: Context, endpoint_id: UUID, asked: WebhookEndpointPatch) -> None:
    """Change where an endpoint is, what it hears, or whether it hears anything."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    endpoint = await queries.find(ctx, endpoint_id)
    ctx.expect(endpoint)
    said = asked.model_dump(exclude_unset=True)
    if said.keys() - {"state"} or said.get("state") == "enabled":
        _require_own(ctx, endpoint)
    if "url" in said:
        _judge(ctx, said["url"])
    if "types" in said:
        said["types"] = list(dict.fromkeys(said["types"]))
    state = said.pop("state", endpoint.state)
    changed = sorted(name for name, value in said.items() if getattr(endpoint, name) != value)
    for name in changed:
        setattr(endpoint, name, said[name])
    if changed:
        ctx.record("webhook_endpoint.updated", endpoint, changed=changed)
    if state != endpoint.state:
        await (_enable(ctx, endpoint) if state == "enabled" else ending.stop(ctx, endpoint, ending.REQUESTED))
    await ctx.db.flush()


async def _enable(ctx: Context, endpoint: WebhookEndpoint) -> None:
    if await standing.ended(ctx, endpoint) is not None:
        raise Problem(CONFLICT, "Whoever registered it may read no more; register it anew with another key.")
    endpoint.state, endpoint.reason, endpoint.disabled_at = "enabled", None, None
    await lines.join(ctx, endpoint.id)
    ctx.record("webhook_endpoint.enabled", endpoint)


async def rotate(ctx: Context, endpoint_id: UUID, overlap_hours: int) -> str:
    """Give an endpoint a new secret; for a while the one before signs, too."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    endpoint = await queries.find(ctx, endpoint_id)
    ctx.expect(endpoint)
    _require_own(ctx, endpoint)
    secret, kept = signing.new_secret(ctx.house, endpoint.id)
    until = ctx.now + dt.timedelta(hours=overlap_hours)
    endpoint.previous_secret, endpoint.previous_until = None, None
    if overlap_hours:
        endpoint.previous_secret, endpoint.previous_until = endpoint.secret, until
        again: Any = {"due_at": until, "dedupe": str(endpoint.id), "endpoint_id": endpoint.id}
        await jobs.enqueue(ctx, "webhooks.forget_secret", **again)
    endpoint.secret = kept
    ctx.record("webhook_endpoint.secret_rotated", endpoint)
    await ctx.db.flush()
    return secret


async def test(ctx: Context, endpoint_id: UUID) -> WebhookDelivery:
    """Send an endpoint a message that means nothing."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    endpoint = await queries.find(ctx, endpoint_id)
    ctx.expect(endpoint)
    _require_own(ctx, endpoint)
    _require_working(endpoint)
    last = select(EventCounter.last).where(EventCounter.organization_id == ctx.organization_id)
    delivery = WebhookDelivery(
        endpoint_id=endpoint.id,
        sequence=await ctx.db.scalar(last),
        type=TEST,
        due_at=ctx.now,
        created_at=ctx.now,
    )
    ctx.db.add(delivery)
    await ctx.db.flush()
    await lines.hurry(ctx, endpoint.id)
    return delivery


def _require_working(endpoint: WebhookEndpoint) -> None:
    if endpoint.state != "enabled":
        raise Problem(CONFLICT, NOT_WORKING)


async def redeliver(ctx: Context, delivery_id: UUID) -> WebhookDelivery:
    """Send one event again, at once, and ten times more if need be."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    where = select(WebhookDelivery.endpoint_id).where(WebhookDelivery.id == delivery_id)
    endpoint_id = await ctx.db.scalar(where)
    if endpoint_id is None:
        raise not_found()
    # First the endpoint: whoever delivers takes them in this order, too.
    endpoint = await queries.find(ctx, endpoint_id)
    _require_own(ctx, endpoint)
    _require_working(endpoint)
    query = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id).with_for_update()
    delivery = (await ctx.db.scalars(query)).one()
    delivery.state, delivery.attempts, delivery.due_at = "pending", 0, ctx.now
    await ctx.db.flush()
    await lines.hurry(ctx, endpoint_id)
    return delivery


async def remove(ctx: Context, endpoint_id: UUID) -> None:
    """Remove an endpoint: nothing goes out any more, and what is listed of it is forgotten shortly after."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    endpoint = await queries.find(ctx, endpoint_id)
    ctx.expect(endpoint)
    await retention.let_go(ctx, endpoint)
