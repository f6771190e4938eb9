"""The live stream: what was missed first, then every event as it happens, until the reader's rights end.

No transaction is open while somebody listens. Whoever cannot keep up is let go, and resumes with the id of
the last event that arrived.
"""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from peergroup.feed import wire
from peergroup.feed.cursors import seal
from peergroup.feed.listener import Listener
from peergroup.feed.live import Live
from peergroup.feed.queries import events, shown
from peergroup.feed.visibility import person_or_service
from peergroup.kit.events import Event

PING_SECONDS = 15.0
SEND_SECONDS = 10.0
PAGE = 200


class Stream(Response):
    """A response that lasts. `resume_at` is the number its first id stands for, `last` the latest there was."""

    media_type = "text/event-stream"

    def __init__(
        self, live: Live, organization: UUID, listener: Listener, *, resume_at: int, last: int
    ) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self.live, self.organization, self.listener = live, organization, listener
        self.resume_at, self.last = resume_at, last

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        upto = self.live.join(self.organization, self.listener, self.last)
        leaving = asyncio.create_task(self._notice_leaving(receive))
        try:
            async for chunk in self._chunks(upto):
                async with asyncio.timeout(SEND_SECONDS):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except (TimeoutError, OSError):
            return  # The reader took nothing for too long, or has hung up.
        finally:
            leaving.cancel()
            self.live.leave(self.organization, self.listener)

    async def _notice_leaving(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.listener.close("gone")

    async def _chunks(self, upto: int) -> AsyncIterator[bytes]:
        listener = self.listener
        yield wire.opening(seal(self.live.house, self.organization, self.resume_at))
        async for chunk in self._missed(upto):
            yield chunk
        while listener.reason is None:
            taken = await listener.take(PING_SECONDS)
            if taken or listener.reason is None:
                yield taken or wire.PING
        yield wire.closed(listener.reason)

    async def _missed(self, upto: int) -> AsyncIterator[bytes]:
        """What happened between the reader's cursor and the moment from which the watch takes over."""
        house, listener, after = self.live.house, self.listener, self.listener.after
        reader = person_or_service(listener.person_id)
        while after < upto and listener.reason is None:
            try:
                async with house.database.transaction(self.organization, writes=False) as db:
                    statement = events(reader, house.clock(), after=after, types=listener.types)
                    page = statement.where(Event.sequence <= upto).limit(PAGE)
                    rows = (await db.execute(page)).all()
            except (SQLAlchemyError, OSError):
                listener.close("interrupted")
                return
            if rows and listener.reason is None:
                yield b"".join(wire.encoded(shown(house, self.organization, row)) for row in rows)
            after = rows[-1].sequence if len(rows) == PAGE else upto
