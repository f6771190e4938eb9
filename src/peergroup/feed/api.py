"""Routes of the feed."""

import re
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from pydantic import AfterValidator
from starlette.responses import Response

from peergroup.feed import policy, queries
from peergroup.feed.cursors import WHAT_A_CURSOR_IS
from peergroup.feed.opening import open_stream
from peergroup.feed.schemas import A_TYPE, ID_LENGTH, EventOut
from peergroup.kit.entrance import Ctx
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page

room = Room("events", "Everything that happened, as far as you may know it: as pages and as a live stream.")
_MOST_TYPES = 50


def _types(value: str) -> str:
    names = value.split(",")
    if len(names) > _MOST_TYPES:
        raise ValueError(f"at most {_MOST_TYPES} types, separated by commas")
    for place, name in enumerate(names, 1):
        if re.fullmatch(A_TYPE, name) is None:
            raise ValueError(
                f"entry {place} is no type of event: write for example membership.activated, or session.* for all that "
                "begin so, separated by commas"
            )
    return value


def _event_id(value: str) -> str:
    if len(value) != ID_LENGTH:
        raise ValueError(WHAT_A_CURSOR_IS)
    return value


_LENGTHS = {"minLength": ID_LENGTH, "maxLength": ID_LENGTH}
Cursor = Annotated[
    str | None,
    Query(
        json_schema_extra=_LENGTHS,
        description="Only events after the one with this id; from the oldest kept one if left out.",
        examples=["kR3x0b9o2Qm5Wc7vT1aYdA"],
    ),
    AfterValidator(_event_id),
]
Types = Annotated[
    str | None,
    Query(
        min_length=3,
        max_length=1_000,
        json_schema_extra={"pattern": rf"^{A_TYPE}(,{A_TYPE}){{0,{_MOST_TYPES - 1}}}$"},
        description="Only these types, separated by commas; `session.*` stands for all that begin so.",
        examples=["membership.activated,session.*"],
    ),
    AfterValidator(_types),
]
LastEventId = Annotated[
    str | None,
    Header(
        json_schema_extra={"maxLength": ID_LENGTH},
        description="The id of the last event that arrived: the stream begins after it. An empty one counts as none.",
        examples=["kR3x0b9o2Qm5Wc7vT1aYdA"],
    ),
    AfterValidator(lambda value: _event_id(value) if value else None),
]


@room.get("/events", policy.READ, errors=(410,))
async def list_events(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    after: Cursor = None,
    types: Types = None,
) -> Page[EventOut]:
    """What happened, the oldest first.

    Go on with `after` and the id of the last event you have: nothing that you may know is skipped. Events are
    kept for 400 days; an older id is answered with 410 `cursor_expired`.
    """
    return await queries.list_events(ctx, paging, after, queries.wanted(types))


@room.get("/events/stream", policy.READ, errors=(410,), answers_with=("text/event-stream",))
async def stream_events(
    ctx: Ctx, request: Request, after: Cursor = None, types: Types = None, last_event_id: LastEventId = None
) -> Response:
    """What happens, while it happens, as server-sent events.

    Begins now, or after the event named in `Last-Event-ID` (or `after`). Every 15 seconds without news there
    is a comment. When your rights end it says `event: closed` with a reason and ends: `credential_ended`, or
    `standing_ended` after you lost a group or an office, then come back to hear what is left to you.
    """
    return await open_stream(ctx, request, last_event_id or after, queries.wanted(types))
