"""Serving one endpoint: look what happened, send it, write down what came of it, until nothing is due.

One transaction settles what was sent and fetches what is next, so that a batch costs one transaction. Between
them, and never inside, is the network. A process that dies in between leaves deliveries pending: they are sent
again, under the same `webhook-id`.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.kit.logs import where_it_broke
from peergroup.webhooks import lines, sending, settling, signing, standing, telling
from peergroup.webhooks.ending import stop
from peergroup.webhooks.lines import Place, Turn
from peergroup.webhooks.messages import Message, message
from peergroup.webhooks.models import WebhookEndpoint
from peergroup.webhooks.sending import Outcome, sender_of

log = logging.getLogger("peergroup.webhooks")
BATCH = 100
SLICE_SECONDS = 5.0
"""How long one endpoint is served before it is another one's turn; what is under way is finished."""
ENDPOINTS_AT_ONCE = 100
PAUSES = (0.5, 2.0, 5.0)
"""Before what was sent is written down once more, where the database was busy: else it would be sent again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be sent next, where to, and signed with what."""

    url: str
    keys: list[bytes]
    messages: list[Message]


async def serve(house: House, turn: Turn) -> None:
    """Serve one endpoint for a while."""
    loop = asyncio.get_running_loop()
    until = loop.time() + SLICE_SECONDS
    sent: Sequence[Outcome] = ()
    try:
        async with jobs.keeping(lambda: lines.beat(house, turn), lines.LEASE):
            while True:
                batch = await _patiently(house, turn, sent, goes_on=loop.time() < until)
                if batch is None:
                    return
                sent = await sending.send(house, batch.url, batch.keys, batch.messages, until)
    except Exception as error:
        # Its lease runs out, then it is its turn again.
        log.error("endpoint %s could not be served: %s", turn.endpoint_id, where_it_broke(error))


async def _patiently(house: House, turn: Turn, sent: Sequence[Outcome], *, goes_on: bool) -> Batch | None:
    for pause in PAUSES if sent else ():
        try:
            return await _settle_and_fetch(house, turn, sent, goes_on=goes_on)
        except (SQLAlchemyError, OSError) as error:
            log.warning("endpoint %s waits for the database: %s", turn.endpoint_id, type(error).__name__)
            await asyncio.sleep(pause)
    return await _settle_and_fetch(house, turn, sent, goes_on=goes_on)


async def _settle_and_fetch(
    house: House, turn: Turn, sent: Sequence[Outcome], *, goes_on: bool
) -> Batch | None:
    system = house.system(turn.organization_id)
    async with sender_of(house).transactions, house.acting(system) as ctx:
        one = select(WebhookEndpoint).where(WebhookEndpoint.id == turn.endpoint_id).with_for_update()
        endpoint = await ctx.db.scalar(one)
        if endpoint is None:
            await lines.quit_line(ctx, turn.endpoint_id)
            return None
        await settling.settle(ctx, endpoint, sent)
        place = await lines.place(ctx, turn)
        if place is None or endpoint.state != "enabled" or endpoint.deleted_at is not None:
            return None  # taken over by another worker, or stopped meanwhile
        if (reason := await standing.ended(ctx, endpoint)) is not None:
            await stop(ctx, endpoint, reason)
            return None
        rests_until = settling.rest(endpoint, sent, ctx.now) if sent else None
        if goes_on and rests_until is None:
            batch = await _fetch(ctx, endpoint, turn, place)
            if batch is not None:
                return batch
            # A receiver that fails is not looked at again and again while nothing is due for it.
            rests_until = settling.rest(endpoint, (), ctx.now)
        await lines.leave(ctx, turn, await telling.next_due(ctx, endpoint), rests_until)
        return None


async def _fetch(ctx: Context, endpoint: WebhookEndpoint, turn: Turn, place: Place) -> Batch | None:
    """What is due; of a receiver that fails, one delivery to see whether it has recovered."""
    most = BATCH if endpoint.failing_since is None else 1
    rows = await telling.due(ctx, endpoint, most)
    if len(rows) < most and await telling.tell(ctx, endpoint, turn, place):
        rows = await telling.due(ctx, endpoint, most)
    if not rows:
        return None
    await settling.withhold(ctx, [row.delivery_id for row in rows if not row.may])
    messages = [message(ctx.house, ctx.organization_id, row) for row in rows if row.may]
    return Batch(endpoint.url, signing.keys_of(ctx.house, endpoint, ctx.now), messages)


QUEUE = jobs.queue(jobs.Queue("webhooks", ENDPOINTS_AT_ONCE, lines.claim, serve))
