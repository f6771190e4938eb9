"""Tables of webhooks: endpoints, what is delivered to them, and the line in which each endpoint waits to be served."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.ids import Id
from peergroup.kit.model import Entity, Model, Versioned, index, refers, unique

TEST = "webhook.test"


class WebhookEndpoint(Versioned, Entity, Model):
    """An address that is told what whoever registered it may read."""

    __tablename__ = "webhook_endpoint"
    __table_args__ = (index("webhook_endpoint_credential", "credential_id"),)
    url: Mapped[str] = mapped_column(String(2_000))
    description: Mapped[str | None]
    types: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(20), default="enabled")
    reason: Mapped[str | None] = mapped_column(String(40))
    disabled_at: Mapped[dt.datetime | None]
    person_id: Mapped[UUID | None] = refers("person")
    """Whom it follows; a service key has no person."""
    credential_id: Mapped[UUID | None]
    """The key it follows; none where its person registered it from a signed-in device."""
    secret: Mapped[str | None]
    previous_secret: Mapped[str | None]
    previous_until: Mapped[dt.datetime | None]
    failing_since: Mapped[dt.datetime | None]
    """Since when nothing but failures; null while it takes what it gets."""
    deleted_at: Mapped[dt.datetime | None]


class WebhookDelivery(Entity, Model):
    """One event for one endpoint: its id is the `webhook-id` that the receiver sees, at every attempt."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        unique("webhook_delivery", "endpoint_id", "sequence", where=f"type <> '{TEST}'"),
        index("webhook_delivery_due", "endpoint_id", "due_at", where="state = 'pending'"),
        index("webhook_delivery_listed", "endpoint_id", "id"),
        index("webhook_delivery_created", "created_at"),
    )
    endpoint_id: Mapped[UUID] = refers("webhook_endpoint")
    sequence: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20), default="pending")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    due_at: Mapped[dt.datetime]
    attempted_at: Mapped[dt.datetime | None]
    status_code: Mapped[int | None] = mapped_column(SmallInteger)
    duration_ms: Mapped[int | None] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(String(40))


class WebhookLine(Model):
    """Where an enabled endpoint waits to be served: found by the worker before it knows the tenant.

    It is its turn when something happened after `reached`, or a delivery is due, unless it rests.
    """

    __tablename__ = "webhook_line"
    __table_args__ = (
        Index("ix_webhook_line_served_at", "served_at"),
        {"info": {"directory": True}},
    )
    endpoint_id: Mapped[UUID] = mapped_column(Id(), primary_key=True)
    organization_id: Mapped[UUID]
    reached: Mapped[int] = mapped_column(BigInteger)
    """The number of the last event that was looked at for it."""
    due_at: Mapped[dt.datetime | None]
    rests_until: Mapped[dt.datetime | None]
    leased_until: Mapped[dt.datetime | None]
    served_at: Mapped[dt.datetime]
