"""Routes of webhooks."""

from typing import Annotated

from fastapi import Depends, Query

from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page
from peergroup.webhooks import actions, policy, queries, serving
from peergroup.webhooks.schemas import (
    DeliveryState,
    WebhookDeliveryOut,
    WebhookEndpointIn,
    WebhookEndpointOut,
    WebhookEndpointPatch,
    WebhookEndpointWithSecret,
    WebhookRotationIn,
)

room = Room(
    "webhooks", "Other systems are told what happened, as far as whoever registered them may know it."
)
QUEUE = serving.QUEUE
_ENDPOINT = "/webhook-endpoints/{endpoint_id}"


@room.post("/webhook-endpoints", policy.WEBHOOKS, location="/v1/webhook-endpoints/{id}", secret=("secret",))
async def create_webhook_endpoint(ctx: Ctx, endpoint: WebhookEndpointIn) -> WebhookEndpointWithSecret:
    """Register an address that is told what you may read.

    It hears what you, or the key you use, find in `GET /v1/events`, from now on and as long as that is so: with the
    key revoked or the standing lost, nothing more is sent. The secret is shown this once; with it the receiver
    verifies the signatures (Standard Webhooks).
    """
    endpoint_id, secret = await actions.register(ctx, endpoint)
    return await queries.with_secret(ctx, endpoint_id, secret)


@room.get("/webhook-endpoints", policy.WEBHOOKS)
async def list_webhook_endpoints(
    ctx: Ctx, paging: Annotated[Paging, Depends(paging)]
) -> Page[WebhookEndpointOut]:
    """The registered addresses: all of them for admins, its own for a service key."""
    return await queries.list_endpoints(ctx, paging)


@room.get(_ENDPOINT, policy.WEBHOOKS)
async def get_webhook_endpoint(ctx: Ctx, endpoint_id: ResourceId) -> WebhookEndpointOut:
    """One registered address."""
    return await queries.endpoint_out(ctx, endpoint_id)


@room.patch(_ENDPOINT, policy.WEBHOOKS)
async def update_webhook_endpoint(
    ctx: Ctx, endpoint_id: ResourceId, changes: WebhookEndpointPatch
) -> WebhookEndpointOut:
    """Change an address, what it is told, or whether it is told anything.

    What follows a person is theirs to change; other admins may disable or delete it.
    """
    await actions.change(ctx, endpoint_id, changes)
    return await queries.endpoint_out(ctx, endpoint_id)


@room.delete(_ENDPOINT, policy.WEBHOOKS)
async def delete_webhook_endpoint(ctx: Ctx, endpoint_id: ResourceId) -> None:
    """Remove an address: nothing more is sent to it."""
    await actions.remove(ctx, endpoint_id)


@room.post(_ENDPOINT + "/test", policy.WEBHOOKS, status=202)
async def test_webhook_endpoint(ctx: Ctx, endpoint_id: ResourceId) -> WebhookDeliveryOut:
    """Send an address a message of type `webhook.test`."""
    return queries.delivery_out(ctx, await actions.test(ctx, endpoint_id))


@room.post(_ENDPOINT + "/rotate-secret", policy.WEBHOOKS, secret=("secret",))
async def rotate_webhook_secret(
    ctx: Ctx, endpoint_id: ResourceId, rotation: WebhookRotationIn
) -> WebhookEndpointWithSecret:
    """Give an address a new secret, shown this once, while the one before signs for some hours more."""
    secret = await actions.rotate(ctx, endpoint_id, rotation.overlap_hours)
    return await queries.with_secret(ctx, endpoint_id, secret)


@room.get(_ENDPOINT + "/deliveries", policy.WEBHOOKS)
async def list_webhook_deliveries(
    ctx: Ctx,
    endpoint_id: ResourceId,
    paging: Annotated[Paging, Depends(paging)],
    state: Annotated[DeliveryState | None, Query(description="Only deliveries in this state.")] = None,
) -> Page[WebhookDeliveryOut]:
    """What was delivered to an address in the last thirty days, and what still is to be, the newest first.

    Of an address that follows a person, only they see this: it tells what happened where they are.
    """
    return await queries.list_deliveries(ctx, endpoint_id, paging, state)


@room.post("/webhook-deliveries/{delivery_id}/redeliver", policy.WEBHOOKS, status=202)
async def redeliver_webhook(ctx: Ctx, delivery_id: ResourceId) -> WebhookDeliveryOut:
    """Send one event again at once, under the same `webhook-id`."""
    return queries.delivery_out(ctx, await actions.redeliver(ctx, delivery_id))
