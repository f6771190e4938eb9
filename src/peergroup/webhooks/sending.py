"""One attempt after another: what goes over the network, outside of every transaction."""

import asyncio
import contextlib
import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import httpx

from peergroup.kit import outgoing
from peergroup.kit.context import House
from peergroup.webhooks import signing
from peergroup.webhooks.messages import Message
from peergroup.webhooks.schedule import wish_in

SECONDS, CONNECT_SECONDS = 15.0, 5.0
DRAIN_SECONDS = 1.0
AT_ONCE = 8
"""Requests to one receiver at the same time."""
HOPELESS = 8
"""So many failures and no success: the others wait for another day."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt."""

    delivery_id: UUID
    attempts: int
    attempted_at: dt.datetime
    duration_ms: int
    status_code: int | None
    error: str | None
    wish: dt.timedelta | None = None


class Sender:
    """The client of a process, and how many of its endpoints may be in a transaction at the same time."""

    def __init__(self, house: House, resolve: outgoing.Resolve | None = None) -> None:
        self.client = outgoing.client(
            house.settings, seconds=SECONDS, connect_seconds=CONNECT_SECONDS, resolve=resolve
        )
        # Requests need connections to the database, too.
        self.transactions = asyncio.Semaphore(max(2, house.settings.pool_size // 2))


def sender_of(house: House) -> Sender:
    """The sender of this process, made when it is first needed."""
    if house.sender is None:
        house.sender = Sender(house)
    sender: Sender = house.sender
    return sender


async def send(
    house: House, url: str, keys: list[bytes], messages: Sequence[Message], until: float
) -> list[Outcome]:
    """Attempt these messages, some at the same time, until a moment of the loop's clock or until it is hopeless."""
    waiting, outcomes = deque(messages), list[Outcome]()

    def goes_on() -> bool:
        lost = len(outcomes) >= HOPELESS and all(one.error is not None for one in outcomes)
        return bool(waiting) and not lost and asyncio.get_running_loop().time() < until

    async def attempt_some() -> None:
        while goes_on():
            outcomes.append(await attempt(house, url, keys, waiting.popleft()))

    await asyncio.gather(*(attempt_some() for _ in range(min(AT_ONCE, len(messages)))))
    return outcomes


async def attempt(house: House, url: str, keys: list[bytes], message: Message) -> Outcome:
    """One request. Nothing of what is answered is kept but the status."""
    now, loop = house.clock(), asyncio.get_running_loop()
    headers = signing.headers(keys, message.delivery_id, now, message.body)
    began = loop.time()
    status, error, wish = None, None, None
    try:
        async with sender_of(house).client.stream(
            "POST", url, content=message.body, headers=headers
        ) as answer:
            took, status = loop.time() - began, answer.status_code
            if not 200 <= status < 300:
                error = "redirected" if 300 <= status < 400 else "answered"
                wish = wish_in(answer.headers.get("retry-after"), now)
            # Read to its end, the connection can be used again.
            with contextlib.suppress(httpx.TransportError, TimeoutError):
                async with asyncio.timeout(DRAIN_SECONDS):
                    async for _ in answer.aiter_raw():
                        pass
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        took, error = loop.time() - began, _kind(failure)
    return Outcome(message.delivery_id, message.attempts, now, int(took * 1000), status, error, wish)


def _kind(failure: Exception) -> str:
    if isinstance(failure, outgoing.Refused):
        return "refused_address"
    if isinstance(failure, httpx.TimeoutException):
        return "timeout"
    if isinstance(failure, httpx.ConnectError):
        return "tls" if "SSL" in str(failure) else "unreachable"
    return "broken"
