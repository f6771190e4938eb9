"""Signatures as Standard Webhooks has them: HMAC-SHA256 over id, time and body, under a secret of the endpoint."""

import base64
import datetime as dt
import hmac
import secrets
from uuid import UUID

from peergroup.kit.context import House
from peergroup.webhooks.models import WebhookEndpoint

PREFIX = "whsec_"
PURPOSE = "webhook"


def new_secret(house: House, endpoint_id: UUID) -> tuple[str, str]:
    """A new secret: as it is shown once, and as it is kept."""
    raw = secrets.token_bytes(32)
    return PREFIX + base64.b64encode(raw).decode(), house.vault.wrap(PURPOSE, str(endpoint_id), raw)


def keys_of(house: House, endpoint: WebhookEndpoint, now: dt.datetime) -> list[bytes]:
    """What signs now: the secret, and while they overlap the one before it."""
    wrapped = [endpoint.secret]
    if endpoint.previous_until is not None and endpoint.previous_until > now:
        wrapped.append(endpoint.previous_secret)
    return [house.vault.unwrap(PURPOSE, str(endpoint.id), one) for one in wrapped if one is not None]


def message_id(delivery_id: UUID) -> str:
    """The `webhook-id` of a delivery: the same at every attempt, so that a receiver knows what it has already."""
    return f"msg_{delivery_id.hex}"


def headers(keys: list[bytes], delivery_id: UUID, now: dt.datetime, body: bytes) -> dict[str, str]:
    """The headers of one attempt."""
    name, moment = message_id(delivery_id), str(int(now.timestamp()))
    said = f"{name}.{moment}.".encode() + body
    signatures = (base64.b64encode(hmac.digest(key, said, "sha256")).decode() for key in keys)
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
