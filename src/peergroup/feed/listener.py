"""Somebody who listens: what waits to be sent to them, and why their stream ends."""

import asyncio
from collections import deque
from uuid import UUID

from peergroup.feed.queries import is_wanted
from peergroup.feed.rights import NONE, Right

MOST_WAITING = 1_000


class Listener:
    """One open stream. What it hears is decided by the watch of its organization; it only keeps and hands on."""

    __slots__ = ("_waiting", "_woken", "after", "credential_id", "person_id", "reason", "rights", "types")

    def __init__(
        self,
        credential_id: UUID,
        person_id: UUID | None,
        *,
        after: int,
        types: frozenset[str],
        rights: frozenset[Right] = NONE,
    ) -> None:
        self.credential_id, self.person_id, self.types = credential_id, person_id, types
        self.after, self.rights = after, rights
        self.reason: str | None = None
        self._waiting: deque[bytes] = deque()
        self._woken = asyncio.Event()

    def offer(self, sequence: int, type_: str, encoded: bytes) -> None:
        """Keep an event to be sent. Whoever does not fetch them is let go: they resume with their last id."""
        if self.reason is not None or sequence <= self.after or not is_wanted(type_, self.types):
            return
        if len(self._waiting) >= MOST_WAITING:
            self.close("too_slow")
            return
        self._waiting.append(encoded)
        self._woken.set()

    def close(self, reason: str) -> None:
        """End the stream; what was not sent yet is dropped, because it may no longer be heard."""
        if self.reason is None:
            self.reason = reason
            self._waiting.clear()
        self._woken.set()

    async def take(self, seconds: float) -> bytes:
        """Everything that waits, joined; empty where nothing came within these seconds or the stream ends."""
        if not self._waiting and self.reason is None:
            try:
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
            except TimeoutError:
                return b""
        taken = b"".join(self._waiting)
        self._waiting.clear()
        self._woken.clear()
        return taken
