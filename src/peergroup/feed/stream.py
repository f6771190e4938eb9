"""The live stream: what was missed first, then every event as it happens, until the reader's rights end.

No transaction is open while somebody listens, and nothing is kept of the request that began it.
"""

from collections.abc import AsyncIterator
from functools import partial
from uuid import UUID

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from peergroup.feed import wire
from peergroup.feed.cursors import seal
from peergroup.feed.lasting import LASTING
from peergroup.feed.listener import Listener
from peergroup.feed.live import Live
from peergroup.feed.queries import PAGE, missed, shown
from peergroup.kit.context import House


class Stream(Response):
    """An answer that begins here and lasts. `resume_at` is the number its first id stands for, `last` the latest
    there was when the listener's rights were read."""

    media_type = "text/event-stream"

    def __init__(
        self, live: Live, organization: UUID, listener: Listener, *, resume_at: int, last: int
    ) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._listen = partial(_listen, live, organization, listener, resume_at, last)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
        else:
            scope[LASTING] = self._listen


async def _listen(
    live: Live,
    organization: UUID,
    listener: Listener,
    resume_at: int,
    last: int,
    receive: Receive,
    send: Send,
) -> None:
    """Everything after the head of the answer."""
    upto = live.join(organization, listener, last)
    try:
        opening = wire.opening(seal(live.house, organization, resume_at))
        before = _missed(live.house, organization, listener, upto) if listener.after < upto else None
        await listener.stay(receive, send, opening, before)
    finally:
        live.leave(organization, listener)


async def _missed(house: House, organization: UUID, listener: Listener, upto: int) -> AsyncIterator[bytes]:
    """What happened between the reader's cursor and the moment from which the watch takes over."""
    after = listener.after
    while after < upto:
        try:
            found = await missed(house, organization, listener.person_id, after, upto)
        except (*house.database.reads.trouble, OSError):
            listener.close("interrupted")
            return
        wanted = [one for one in found if listener.wants(one.sequence, one.type)]
        if wanted:
            yield b"".join(wire.encoded(shown(house, organization, one)) for one in wanted)
        after = found[-1].sequence if len(found) == PAGE else upto
