"""Routes of calendars."""

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from peergroup.calendars import feeds
from peergroup.calendars.writing import MEDIA
from peergroup.kit.answers import etag, unchanged
from peergroup.kit.entrance import Ctx, TheHouse
from peergroup.kit.ids import ResourceId
from peergroup.kit.policy import PUBLIC
from peergroup.kit.routing import Room
from peergroup.sessions import policy

room = Room("calendars", "When sessions are, for calendars: titles and descriptions give nothing away.")
Secret = Annotated[
    str, Path(min_length=1, max_length=200, description="The secret part of the feed's address.")
]


@room.get("/calendar-feeds/{feed}/calendar.ics", PUBLIC, answers_with=(MEDIA,), errors=(404,))
async def read_calendar_feed(house: TheHouse, request: Request, feed: Secret) -> Response:
    """The sessions of the person whose feed it is, as iCalendar; whoever has the address reads it.

    Nobody signs in here: calendars can only fetch an address, so a part of it is the secret. A feed that was
    revoked, or whose person is gone, is not found.
    """
    return _calendar(await feeds.feed_text(house, feed), request.headers.get("if-none-match"))


@room.get("/sessions/{session_id}/calendar.ics", policy.SEE, answers_with=(MEDIA,))
async def download_session(ctx: Ctx, session_id: ResourceId) -> Response:
    """One session as iCalendar, to be put into a calendar."""
    return _calendar(await feeds.session_text(ctx, session_id), ctx.header("if-none-match"))


def _calendar(text: str, known: str | None) -> Response:
    body = text.encode()
    headers = {"ETag": etag(0, body), "Cache-Control": "private, no-cache"}
    if unchanged(known, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=f"{MEDIA}; charset=utf-8")
