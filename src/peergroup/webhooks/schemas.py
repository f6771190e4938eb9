"""Webhooks on the wire."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from peergroup.feed.schemas import EVENT_TYPE, ID_LENGTH, EventOut
from peergroup.kit.text import Line
from peergroup.kit.time import Instant
from peergroup.kit.wire import KEPT, In, Named, Out
from peergroup.webhooks.schedule import MOST_OVERLAP_HOURS, OVERLAP_HOURS

_AN_ID = "0192f0c1-7c1e-7b54-9c0a-3f0e6a1b2c3d"
State = Literal["enabled", "disabled"]
DeliveryState = Literal["pending", "delivered", "failed", "withheld", "cancelled"]
Url = Annotated[
    str,
    Field(
        min_length=10,
        max_length=2_000,
        pattern=r"^https?://[!-~]+$",
        description="Where to send to: an https address of a host on the internet, without user name or password.",
        examples=["https://crm.example.com/hooks/peergroup"],
    ),
]
Types = Annotated[
    list[
        Annotated[
            str, Field(min_length=3, max_length=80, pattern=EVENT_TYPE, examples=["membership.activated"])
        ]
    ],
    Field(
        max_length=50,
        description="Only these types of events; `person.*` stands for all that begin so. Empty: all you may read.",
        examples=[["membership.activated", "person.*"]],
    ),
]
Description = Annotated[Line, Field(description="What it is for.", examples=["Our CRM"])]


class WebhookEndpointIn(In):
    """A new endpoint. It is told what you, or the key you use, may read from the feed."""

    url: Url
    description: Description | None = Field(None, description="What it is for.", examples=["Our CRM"])
    types: Types = Field(default_factory=list)


class WebhookEndpointPatch(In):
    """What changes; what is left out stays."""

    url: Annotated[Url | None, KEPT] = Field(None, description="Where to send to from now on.")
    description: Description | None = Field(None, description="What it is for.", examples=["Our CRM"])
    types: Annotated[Types | None, KEPT] = Field(None, description="Only these types of events from now on.")
    state: Annotated[State | None, KEPT] = Field(
        None,
        description="`disabled` stops everything; `enabled` begins again with what happens from then on.",
        examples=["disabled"],
    )


class WebhookRotationIn(In):
    """How long the secret before a new one still signs, too."""

    overlap_hours: int = Field(
        OVERLAP_HOURS,
        ge=0,
        le=MOST_OVERLAP_HOURS,
        description="For so many hours both secrets sign every message; 0 ends the old one at once.",
        examples=[24],
    )


class WebhookEndpointOut(Out):
    """An endpoint, without its secret."""

    id: UUID = Field(description="Identifier.")
    url: str = Field(
        description="Where it is sent to.", max_length=2_000, examples=["https://crm.example.com/hooks"]
    )
    description: str | None = Field(description="What it is for.", max_length=200, examples=["Our CRM"])
    types: list[Annotated[str, Field(max_length=80)]] = Field(
        description="Only these types; empty: all that its registrant may read.",
        max_length=50,
        examples=[["membership.activated", "person.*"]],
    )
    state: str = Field(description="enabled or disabled.", max_length=20, examples=["enabled"])
    reason: str | None = Field(
        description="Why it is disabled: `requested`; `gone` (it answered 410); `failing` (nothing but failures for "
        "five days); `credential_ended` or `standing_ended` (whoever registered it may read no more).",
        max_length=40,
        examples=["gone"],
    )
    disabled_at: Instant | None = Field(description="Since when it is disabled.")
    failing_since: Instant | None = Field(description="Since when nothing but failures; null while it works.")
    person: Named | None = Field(description="Whose reading it follows; null where it follows a service key.")
    key_id: UUID | None = Field(description="The key it follows, and ends with; null for a signed-in device.")
    previous_secret_until: Instant | None = Field(
        description="Until when the secret before the present one signs, too."
    )
    created_at: Instant = Field(description="When it was registered.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])


class WebhookEndpointWithSecret(WebhookEndpointOut):
    """An endpoint with its secret, which is shown this once."""

    secret: str | None = Field(
        description="Verifies the signatures. Shown once: a repeated request answers null.",
        max_length=60,
        examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="],
    )


class WebhookDeliveryOut(Out):
    """One event for one endpoint, and what came of it. What the receiver answered is not kept."""

    id: UUID = Field(description="Identifier.")
    webhook_id: str = Field(
        description="What the receiver sees as `webhook-id`: the same at every attempt.",
        max_length=40,
        examples=["msg_0192f0c17c1e7b549c0a3f0e6a1b2c3d"],
    )
    event_id: str | None = Field(
        description="The event's id in the feed; null for a test.",
        max_length=ID_LENGTH,
        examples=["kR3x0b9o2Qm5Wc7vT1aYdA"],
    )
    type: str = Field(description="The event's type.", max_length=80, examples=["membership.activated"])
    state: str = Field(
        description="pending; delivered; failed (tried ten times); withheld (its registrant may not read it any more); "
        "cancelled (the endpoint was disabled).",
        max_length=20,
        examples=["delivered"],
    )
    attempts: int = Field(description="How often it was tried.", ge=0, le=100, examples=[1])
    status_code: int | None = Field(description="What was answered last.", ge=100, le=999, examples=[200])
    duration_ms: int | None = Field(
        description="How long the last answer took, in milliseconds.", ge=0, examples=[83]
    )
    error: str | None = Field(
        description="Why the last attempt failed: `answered` (with another status than 2xx), `redirected`, `timeout`, "
        "`unreachable`, `tls`, `broken` (the connection or the answer), or `refused_address`.",
        max_length=40,
        examples=["timeout"],
    )
    created_at: Instant = Field(description="When it came to be delivered.")
    attempted_at: Instant | None = Field(description="When it was tried last.")
    next_attempt_at: Instant | None = Field(description="When it is tried next; null where it is not.")


class WebhookMessage(Out):
    """What a receiver gets. Verify its signature before you believe it."""

    type: str = Field(
        description="What happened; new types may be added.", max_length=80, examples=["membership.activated"]
    )
    timestamp: Instant = Field(description="When it happened.")
    data: EventOut = Field(description="The event, as `GET /v1/events` shows it.")


EXAMPLE: dict[str, Any] = {
    "type": "membership.activated",
    "timestamp": "2026-12-15T18:00:00.000000Z",
    "data": {
        "id": "kR3x0b9o2Qm5Wc7vT1aYdA",
        "type": "membership.activated",
        "subject_id": _AN_ID,
        "actor_id": _AN_ID,
        "group_id": _AN_ID,
        "facts": {"from": "provisional", "to": "active"},
        "occurred_at": "2026-12-15T18:00:00.000000Z",
    },
}
