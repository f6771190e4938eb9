"""What is sent: the event as the feed shows it, built anew for each attempt, so that nothing of it is kept twice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peergroup.feed.cursors import seal
from peergroup.feed.queries import shown
from peergroup.feed.schemas import EventOut
from peergroup.kit.answers import dump
from peergroup.kit.context import House
from peergroup.webhooks.models import TEST
from peergroup.webhooks.schemas import WebhookMessage


@dataclass(frozen=True, slots=True)
class Message:
    """A delivery with what it says; `attempts` counts those before."""

    delivery_id: UUID
    attempts: int
    body: bytes


def message(house: House, organization: UUID, row: Any) -> Message:
    """What a delivery says; the row has the columns of the event, too."""
    event = (
        test_event(house, organization, row)
        if row.delivered_type == TEST
        else shown(house, organization, row)
    )
    said = WebhookMessage.model_construct(type=event.type, timestamp=event.occurred_at, data=event)
    return Message(row.delivery_id, row.attempts, dump(said))


def test_event(house: House, organization: UUID, row: Any) -> EventOut:
    """What a test says: the shape of an event, at the place in the feed where the endpoint was asked for it."""
    return EventOut.model_construct(
        id=seal(house, organization, row.place),
        type=TEST,
        subject_id=row.endpoint_id,
        actor_id=None,
        group_id=None,
        facts={},
        occurred_at=row.created_at,
    )
