"""Opening a stream: who listens, from where on, and with which rights."""

from starlette.requests import Request

from peergroup.feed import policy
from peergroup.feed.cursors import last_number, position
from peergroup.feed.listener import Listener
from peergroup.feed.live import Live
from peergroup.feed.queries import latest_known
from peergroup.feed.rights import rights_of
from peergroup.feed.stream import Stream
from peergroup.kit.context import Context
from peergroup.kit.entrance import bearer
from peergroup.kit.problems import UNAUTHENTICATED, Problem


async def open_stream(ctx: Context, request: Request, cursor: str | None, types: frozenset[str]) -> Stream:
    """A stream for the caller that begins after a cursor, or now."""
    ctx.require(policy.READ, ctx.principal)
    house, person = ctx.house, ctx.principal.person_id
    # What this request was let in with: a short-lived token ends the stream, not the key behind it.
    credential = (await house.find_token(house, bearer(request))).credential_id
    # Before the rights: whatever ends one of them later has a higher number, and makes the watch look.
    last = await last_number(ctx)
    rights = (await rights_of(house, ctx.organization_id, [credential])).held.get(credential)
    if rights is None:
        raise Problem(UNAUTHENTICATED, "This token has just ended.")
    after = last if cursor is None else await position(ctx, "Last-Event-ID", cursor)
    resume_at = after if cursor is not None else await latest_known(ctx, last)
    live: Live = request.app.state.live
    ends = ctx.principal.expires_at
    listener = Listener(credential, person, after=after, types=types, rights=rights, expires_at=ends)
    return Stream(live, ctx.organization_id, listener, resume_at=resume_at, last=last)
