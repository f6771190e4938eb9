"""What the contract says of the messages that receivers get."""

from typing import Annotated

from fastapi import FastAPI, Header
from starlette.responses import Response

from peergroup.webhooks.schemas import EXAMPLE, WebhookMessage

Name = Annotated[
    str,
    Header(
        alias="webhook-id",
        min_length=5,
        max_length=40,
        pattern=r"^msg_[0-9a-f]{32}$",
        description="Names this event for this receiver: the same at every attempt, so that repetitions are known.",
        examples=["msg_0192f0c17c1e7b549c0a3f0e6a1b2c3d"],
    ),
]
Moment = Annotated[
    str,
    Header(
        alias="webhook-timestamp",
        min_length=10,
        max_length=12,
        pattern=r"^[0-9]+$",
        description="When it was sent, in seconds since 1970; refuse what is older than five minutes.",
        examples=["1797357600"],
    ),
]
Signatures = Annotated[
    str,
    Header(
        alias="webhook-signature",
        min_length=47,
        max_length=200,
        pattern=r"^v1,[A-Za-z0-9+/=]+( v1,[A-Za-z0-9+/=]+)*$",
        description="`v1,` and the base64 of an HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`; two of "
        "them while secrets overlap, separated by a space.",
        examples=["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
    ),
]


def describe(app: FastAPI) -> None:
    """Add the message to the contract; the service itself never answers it."""

    @app.webhooks.post(
        "event",
        operation_id="receive_event",
        status_code=204,
        response_class=Response,
        tags=["webhooks"],
        summary="Something happened that you may know of",
        description="Sent to each registered address. Verify the signature (Standard Webhooks), answer with any 2xx "
        "within 15 seconds, and do the work afterwards. Anything else is tried again, ten times within about 76 "
        "hours; 410 ends it at once. The order is not promised, and an event may come twice, under the same "
        "`webhook-id`.",
        openapi_extra={"requestBody": {"content": {"application/json": {"example": EXAMPLE}}}},
    )
    async def receive_event(
        message: WebhookMessage, webhook_id: Name, webhook_timestamp: Moment, webhook_signature: Signatures
    ) -> None:
        """What receivers get."""
