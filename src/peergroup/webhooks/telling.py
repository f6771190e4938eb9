"""From the feed to deliveries: every event that an endpoint's registrant may read becomes one, none is skipped."""

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from peergroup.feed.queries import COLUMNS, events
from peergroup.feed.visibility import readable
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context
from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from peergroup.webhooks import lines
from peergroup.webhooks.lines import Turn
from peergroup.webhooks.models import TEST, WebhookDelivery, WebhookEndpoint
from peergroup.webhooks.standing import reader_of

AT_ONCE = 200
"""Events that become deliveries in one transaction."""
MOST_WAITING = 1_000
"""So many deliveries wait for a receiver that fails; what happens beyond them waits in the feed, where it costs
nothing."""


async def tell(ctx: Context, endpoint: WebhookEndpoint, turn: Turn, place: lines.Place) -> bool:
    """Make deliveries of what happened since this endpoint was served; says whether there are new ones."""
    reached, last = place
    if last <= reached or (endpoint.failing_since is not None and await _is_full(ctx, endpoint)):
        return False
    # What is numbered up to `last` is committed: the counter is the last lock that a transaction takes.
    types = frozenset(endpoint.types)
    found = events(reader_of(endpoint), ctx.now, after=reached, types=types).where(Event.sequence <= last)
    rows = (await ctx.db.execute(found.limit(AT_ONCE))).all()
    new = [_new(ctx, endpoint, row) for row in rows]
    await insert_rows(ctx.db, WebhookDelivery.__table__, new, keeps=True)
    await lines.advance(ctx, turn, rows[-1].sequence if len(rows) == AT_ONCE else last)
    return bool(rows)


def _new(ctx: Context, endpoint: WebhookEndpoint, row: Any) -> dict[str, Any]:
    return {
        "organization_id": ctx.organization_id,
        "id": new_id(),
        "endpoint_id": endpoint.id,
        "sequence": row.sequence,
        "type": row.type,
        "state": "pending",
        "attempts": 0,
        "due_at": ctx.now,
        "created_at": ctx.now,
    }


async def _is_full(ctx: Context, endpoint: WebhookEndpoint) -> bool:
    some = select(WebhookDelivery.id).where(*_waiting(endpoint)).limit(MOST_WAITING).subquery()
    return (await ctx.db.scalar(select(func.count()).select_from(some)) or 0) >= MOST_WAITING


def _waiting(endpoint: WebhookEndpoint) -> tuple[Any, ...]:
    return WebhookDelivery.endpoint_id == endpoint.id, WebhookDelivery.state == "pending"


async def due(ctx: Context, endpoint: WebhookEndpoint, most: int) -> list[Any]:
    """The deliveries that are due, with their events, and whether the registrant may still read each."""
    still = readable(reader_of(endpoint), ctx.now)
    query = (
        select(
            WebhookDelivery.id.label("delivery_id"),
            WebhookDelivery.endpoint_id,
            WebhookDelivery.attempts,
            WebhookDelivery.type.label("delivered_type"),
            WebhookDelivery.sequence.label("place"),
            WebhookDelivery.created_at,
            *COLUMNS,
            ((WebhookDelivery.type == TEST) | still).label("may"),
        )
        .outerjoin(
            Event,
            (Event.organization_id == WebhookDelivery.organization_id)
            & (Event.sequence == WebhookDelivery.sequence),
        )
        .where(*_waiting(endpoint), WebhookDelivery.due_at <= ctx.now)
        .order_by(WebhookDelivery.due_at)
        .limit(most)
    )
    return list((await ctx.db.execute(query)).all())


async def next_due(ctx: Context, endpoint: WebhookEndpoint) -> dt.datetime | None:
    """When the next of its deliveries is due."""
    found: dt.datetime | None = await ctx.db.scalar(
        select(func.min(WebhookDelivery.due_at)).where(*_waiting(endpoint))
    )
    return found
