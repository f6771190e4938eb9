"""What is read of webhooks: admins see all endpoints, a service key those it registered."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.feed.cursors import seal
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import forbidden, not_found
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person
from peergroup.webhooks import policy, signing
from peergroup.webhooks.models import TEST, WebhookDelivery, WebhookEndpoint
from peergroup.webhooks.schemas import WebhookDeliveryOut, WebhookEndpointOut, WebhookEndpointWithSecret


def _seen(ctx: Context) -> tuple[Any, ...]:
    here = (WebhookEndpoint.deleted_at.is_(None),)
    if ctx.principal.is_service:
        return (*here, WebhookEndpoint.credential_id == ctx.principal.credential_id)
    return here


def _with_person() -> Any:
    return select(WebhookEndpoint, Person.name.label("person_name")).outerjoin(
        Person,
        (Person.organization_id == WebhookEndpoint.organization_id)
        & (Person.id == WebhookEndpoint.person_id),
    )


async def find(ctx: Context, endpoint_id: UUID) -> WebhookEndpoint:
    """An endpoint that the caller sees, to be changed; 404 if there is none."""
    query = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, *_seen(ctx))
    found = await ctx.db.scalar(query.with_for_update())
    if found is None:
        raise not_found()
    return found


async def endpoint_out(ctx: Context, endpoint_id: UUID) -> WebhookEndpointOut:
    """One endpoint on the wire."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    query = _with_person().where(WebhookEndpoint.id == endpoint_id, *_seen(ctx))
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        raise not_found()
    return _out(row)


async def with_secret(ctx: Context, endpoint_id: UUID, secret: str) -> WebhookEndpointWithSecret:
    """One endpoint with the secret that it has from now on."""
    shown = await endpoint_out(ctx, endpoint_id)
    return WebhookEndpointWithSecret(**dict(shown), secret=secret)


async def list_endpoints(ctx: Context, paging: Paging) -> Page[WebhookEndpointOut]:
    """The endpoints that the caller sees, in the order in which they were registered."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    rows, after = await page(ctx, _with_person().where(*_seen(ctx)), paging, by=[WebhookEndpoint.id])
    return Page[WebhookEndpointOut](items=[_out(row) for row in rows], next_cursor=after)


def _out(row: Any) -> WebhookEndpointOut:
    endpoint: WebhookEndpoint = row.WebhookEndpoint
    person = None if endpoint.person_id is None else Named(id=endpoint.person_id, name=row.person_name)
    return WebhookEndpointOut(
        id=endpoint.id,
        url=endpoint.url,
        description=endpoint.description,
        types=endpoint.types,
        state=endpoint.state,
        reason=endpoint.reason,
        disabled_at=endpoint.disabled_at,
        failing_since=endpoint.failing_since,
        person=person,
        key_id=endpoint.credential_id,
        previous_secret_until=endpoint.previous_until,
        created_at=endpoint.created_at,
        version=endpoint.version,
    )


async def list_deliveries(
    ctx: Context, endpoint_id: UUID, paging: Paging, state: str | None
) -> Page[WebhookDeliveryOut]:
    """What was, is or will be delivered to an endpoint, the newest first."""
    ctx.require(policy.WEBHOOKS, ctx.principal)
    seen = select(WebhookEndpoint.person_id).where(WebhookEndpoint.id == endpoint_id, *_seen(ctx))
    row = (await ctx.db.execute(seen)).one_or_none()
    if row is None:
        raise not_found()
    if row.person_id not in (None, ctx.principal.person_id):
        raise forbidden("It follows somebody else, who may know of events that you may not know of.")
    statement = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint_id)
    if state is not None:
        statement = statement.where(WebhookDelivery.state == state)
    rows, after = await page(ctx, statement, paging, by=[WebhookDelivery.id], descending=True)
    items = [delivery_out(ctx, row.WebhookDelivery) for row in rows]
    return Page[WebhookDeliveryOut](items=items, next_cursor=after)


def delivery_out(ctx: Context, delivery: WebhookDelivery) -> WebhookDeliveryOut:
    """A delivery on the wire."""
    is_test = delivery.type == TEST
    return WebhookDeliveryOut(
        id=delivery.id,
        webhook_id=signing.message_id(delivery.id),
        event_id=None if is_test else seal(ctx.house, ctx.organization_id, delivery.sequence),
        type=delivery.type,
        state=delivery.state,
        attempts=delivery.attempts,
        status_code=delivery.status_code,
        duration_ms=delivery.duration_ms,
        error=delivery.error,
        created_at=delivery.created_at,
        attempted_at=delivery.attempted_at,
        next_attempt_at=delivery.due_at if delivery.state == "pending" else None,
    )
