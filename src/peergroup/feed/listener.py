"""Somebody who listens: what is sent to them, what waits until they take it, and why their stream ends.

Thousands of them are idle at a time. While nothing is sent, there is one task for each, which waits for the
reader to leave; whoever has news sends it from where it is.
"""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from uuid import UUID

from starlette.types import Message, Receive, Send

from peergroup.feed import wire
from peergroup.feed.queries import is_wanted
from peergroup.feed.rights import Right
from peergroup.feed.sending import begin

SEND_SECONDS = 10.0
MOST_WAITING = 1_000_000
"""Bytes that wait for a reader who does not take them. Whoever lets more pile up is let go, and resumes."""


class Listener:
    """One open stream. What it hears is decided by the watch of its organization; it only hands on."""

    __slots__ = (
        "_send", "_sending", "_stays", "_waiting", "after", "credential_id", "expires_at", "person_id", "quiet_since",
        "reason", "rights", "types",
    )  # fmt: skip

    def __init__(
        self,
        credential_id: UUID,
        person_id: UUID | None,
        *,
        after: int,
        types: frozenset[str],
        rights: frozenset[Right],
        expires_at: dt.datetime | None = None,
    ) -> None:
        self.credential_id, self.person_id, self.types = credential_id, person_id, types
        self.after, self.rights, self.expires_at = after, rights, expires_at
        self.reason: str | None = None
        self.quiet_since = 0.0
        self._sending: asyncio.Task[None] | None = None
        self._waiting: list[Message] | None = None

    def wants(self, sequence: int, type_: str) -> bool:
        """Whether an event is news, and of a type that was asked for."""
        return sequence > self.after and is_wanted(type_, self.types)

    async def stay(
        self, receive: Receive, send: Send, opening: Message, missed: AsyncIterator[bytes] | None
    ) -> None:
        """Be there until the reader leaves or the stream ends; what was missed goes out before any news."""
        self._send, self._stays = send, asyncio.current_task()
        if missed is None:
            self._push(opening)
        else:
            self._sending = asyncio.create_task(self._go_on(partial(self._catch_up, opening, missed)))
        try:
            # The end of the answer counts as leaving, too.
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if self.reason != "gone":
                raise
        finally:
            self.reason = self.reason or "gone"
            if self._sending is not None:
                self._sending.cancel()

    def hand(self, message: Message) -> None:
        """Send a part of the answer, or keep it until what is under way has been sent."""
        if self.reason is not None:
            return
        if self._sending is None:
            self._push(message)
            return
        self._waiting = [*(self._waiting or ()), message]
        if sum(len(one["body"]) for one in self._waiting) > MOST_WAITING:
            self.close("too_slow")

    def give_sign(self, long_ago: float) -> None:
        """A sign of life, if nothing was sent since then and nothing is being sent."""
        if self._sending is None and self.reason is None and self.quiet_since <= long_ago:
            self._push(wire.PING)

    def close(self, reason: str) -> None:
        """End the stream; what was not sent yet is dropped, because it may no longer be heard."""
        if self.reason is not None:
            return
        self.reason = reason
        if self._sending is None:
            self._push(wire.closed(reason))
        else:
            self._waiting = [wire.closed(reason)]

    def _push(self, message: Message) -> None:
        self.quiet_since = time.monotonic()
        try:
            rest = begin(self._send(message))  # type: ignore[arg-type]  # a coroutine, as servers make it
        except OSError:
            self._hang_up()
            return
        if rest is not None:
            self._sending = asyncio.create_task(self._go_on(partial(_in_time, rest)))

    async def _go_on(self, first: Callable[[], Awaitable[None]]) -> None:
        """Send what comes first, then whatever waits."""
        try:
            await first()
            while self._waiting:
                message, *self._waiting = self._waiting
                await _in_time(self._send(message))
                self.quiet_since = time.monotonic()
        except (TimeoutError, OSError):
            self._hang_up()
        finally:
            self._sending = self._waiting = None

    async def _catch_up(self, opening: Message, missed: AsyncIterator[bytes]) -> None:
        await _in_time(self._send(opening))
        async for chunk in missed:
            if self.reason is not None:
                return
            await _in_time(self._send(wire.part(chunk)))

    def _hang_up(self) -> None:
        """The reader took nothing for too long: end without a last word, which would not arrive either."""
        self.reason = "gone"
        if self._stays is not None:
            self._stays.cancel()


async def _in_time(sending: Awaitable[None]) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await sending
