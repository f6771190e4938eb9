"""Everything that happened, as far as you may know it: as pages and as a live stream.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peergroup.client import answers
from peergroup.client.asking import Ask

if TYPE_CHECKING:
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.streams import AsyncEventStream, EventStream
    from peergroup.client.synchronous import Peergroup


class Events:
    """Everything that happened, as far as you may know it: as pages and as a live stream."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        after: str | None = None,
        types: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.EventOut]:
        """What happened, the oldest first.

        Go on with `after` and the id of the last event you have: nothing that you may know is
        skipped. Events are kept for 400 days; an older id is answered with 410 `cursor_expired`.

        `GET /v1/events`, operation `list_events`.

        Args:
            after: Only events after the one with this id; from the oldest kept one if left out.
            types: Only these types, separated by commas; `session.*` stands for all that begin so.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/events",
                answers.EventOut,
                query={"after": after, "types": types, "limit": limit, "cursor": cursor},
            )
        )

    def stream(self, *, after: str | None = None, types: str | None = None) -> EventStream[answers.EventOut]:
        """What happens, while it happens, as server-sent events.

        Begins now, or after the event named in `Last-Event-ID` (or `after`). Every 15 seconds
        without news there is a comment. When your rights end it says `event: closed` with a reason
        and ends: `credential_ended`, or `standing_ended` after you lost a group or an office, then
        come back to hear what is left to you.

        `GET /v1/events/stream`, operation `stream_events`.

        Args:
            after: Only events after the one with this id; from the oldest kept one if left out.
            types: Only these types, separated by commas; `session.*` stands for all that begin so.
        """
        return self._speaker.stream(
            Ask(
                "GET",
                "/v1/events/stream",
                answers.EventOut,
                query={"types": types},
                accept="text/event-stream",
            ),
            after,
        )


class AsyncEvents:
    """Everything that happened, as far as you may know it: as pages and as a live stream."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        after: str | None = None,
        types: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.EventOut]:
        """What happened, the oldest first.

        Go on with `after` and the id of the last event you have: nothing that you may know is
        skipped. Events are kept for 400 days; an older id is answered with 410 `cursor_expired`.

        `GET /v1/events`, operation `list_events`.

        Args:
            after: Only events after the one with this id; from the oldest kept one if left out.
            types: Only these types, separated by commas; `session.*` stands for all that begin so.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/events",
                answers.EventOut,
                query={"after": after, "types": types, "limit": limit, "cursor": cursor},
            )
        )

    def stream(
        self, *, after: str | None = None, types: str | None = None
    ) -> AsyncEventStream[answers.EventOut]:
        """What happens, while it happens, as server-sent events.

        Begins now, or after the event named in `Last-Event-ID` (or `after`). Every 15 seconds
        without news there is a comment. When your rights end it says `event: closed` with a reason
        and ends: `credential_ended`, or `standing_ended` after you lost a group or an office, then
        come back to hear what is left to you.

        `GET /v1/events/stream`, operation `stream_events`.

        Args:
            after: Only events after the one with this id; from the oldest kept one if left out.
            types: Only these types, separated by commas; `session.*` stands for all that begin so.
        """
        return self._speaker.stream(
            Ask(
                "GET",
                "/v1/events/stream",
                answers.EventOut,
                query={"types": types},
                accept="text/event-stream",
            ),
            after,
        )
