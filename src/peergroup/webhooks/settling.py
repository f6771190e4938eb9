"""What becomes of deliveries after an attempt, and of an endpoint whose receiver fails."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from peergroup.kit.context import Context
from peergroup.webhooks.ending import FAILING, GONE, stop
from peergroup.webhooks.models import WebhookDelivery, WebhookEndpoint
from peergroup.webhooks.schedule import GIVEN_UP_AFTER, next_attempt, rest_after
from peergroup.webhooks.sending import Outcome

_TABLE: Any = WebhookDelivery.__table__
_COLUMNS = ("state", "attempts", "due_at", "attempted_at", "status_code", "duration_ms", "error")
# Only if nobody asked for it anew, or took it back, while it was under way.
_SETTLE = (
    update(_TABLE)
    .where(
        _TABLE.c.organization_id == bindparam("of"),
        _TABLE.c.id == bindparam("which"),
        _TABLE.c.attempts == bindparam("before"),
        _TABLE.c.state == "pending",
    )
    .values({name: bindparam(f"new_{name}", type_=_TABLE.c[name].type) for name in _COLUMNS})
)


async def settle(ctx: Context, endpoint: WebhookEndpoint, outcomes: Sequence[Outcome]) -> None:
    """Write down what came of these attempts, and draw the conclusions for the endpoint."""
    if not outcomes:
        return
    await ctx.db.execute(_SETTLE, [_row(ctx, one) for one in outcomes])
    if endpoint.state != "enabled":
        return  # disabled while they were under way
    await _judge(ctx, endpoint, outcomes)


def _row(ctx: Context, one: Outcome) -> dict[str, Any]:
    attempts = one.attempts + 1
    again = None if one.error is None else next_attempt(ctx.now, attempts, one.wish)
    state = "delivered" if one.error is None else "failed" if again is None else "pending"
    return {
        "of": ctx.organization_id,
        "which": one.delivery_id,
        "before": one.attempts,
        "new_state": state,
        "new_attempts": attempts,
        "new_due_at": again or one.attempted_at,
        "new_attempted_at": one.attempted_at,
        "new_status_code": one.status_code,
        "new_duration_ms": one.duration_ms,
        "new_error": one.error,
    }


async def _judge(ctx: Context, endpoint: WebhookEndpoint, outcomes: Sequence[Outcome]) -> None:
    if any(one.status_code == 410 for one in outcomes):
        await stop(ctx, endpoint, GONE)
        return
    if any(one.error is None for one in outcomes):
        since = None
    else:
        since = endpoint.failing_since or min(one.attempted_at for one in outcomes)
        if since <= ctx.now - GIVEN_UP_AFTER:
            await stop(ctx, endpoint, FAILING)
            return
    if since != endpoint.failing_since:
        await _remember(ctx, endpoint, since)


async def _remember(ctx: Context, endpoint: WebhookEndpoint, since: dt.datetime | None) -> None:
    # Without counting a version: nobody's edit becomes stale because a receiver failed.
    changed: dict[Any, Any] = {WebhookEndpoint.failing_since: since}
    await ctx.db.execute(
        update(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint.id)
        .values(changed)
        .execution_options(synchronize_session="evaluate")
    )


async def withhold(ctx: Context, deliveries: Sequence[UUID]) -> None:
    """These are not sent: who registered the endpoint may not read them any more."""
    if deliveries:
        await ctx.db.execute(
            update(WebhookDelivery)
            .where(WebhookDelivery.id.in_(deliveries))
            .values(state="withheld")
            .execution_options(synchronize_session=False)
        )


def rest(endpoint: WebhookEndpoint, outcomes: Sequence[Outcome], now: dt.datetime) -> dt.datetime | None:
    """Until when to leave the receiver alone, whatever waits for it; None where it works."""
    wishes = [one.wish for one in outcomes if one.wish is not None]
    if wishes:
        return now + max(wishes)
    return None if endpoint.failing_since is None else now + rest_after(endpoint.failing_since, now)
