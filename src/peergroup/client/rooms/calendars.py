"""When sessions are, for calendars: titles and descriptions give nothing away.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peergroup.client.asking import Ask, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Id
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.synchronous import Peergroup


class Calendars:
    """When sessions are, for calendars: titles and descriptions give nothing away."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def read_feed(self, feed: str) -> str:
        """The sessions of the person whose feed it is, as iCalendar; whoever has the address reads
        it.

        Nobody signs in here: calendars can only fetch an address, so a part of it is the secret. A
        feed that was revoked, or whose person is gone, is not found.

        `GET /v1/calendar-feeds/{feed}/calendar.ics`, operation `read_calendar_feed`.

        Args:
            feed: The secret part of the feed's address.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/calendar-feeds/{segment(feed)}/calendar.ics", str, accept="text/calendar")
        )

    def download_session(self, session_id: Id) -> str:
        """One session as iCalendar, to be put into a calendar.

        `GET /v1/sessions/{session_id}/calendar.ics`, operation `download_session`.

        Args:
            session_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/calendar.ics", str, accept="text/calendar")
        )


class AsyncCalendars:
    """When sessions are, for calendars: titles and descriptions give nothing away."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def read_feed(self, feed: str) -> str:
        """The sessions of the person whose feed it is, as iCalendar; whoever has the address reads
        it.

        Nobody signs in here: calendars can only fetch an address, so a part of it is the secret. A
        feed that was revoked, or whose person is gone, is not found.

        `GET /v1/calendar-feeds/{feed}/calendar.ics`, operation `read_calendar_feed`.

        Args:
            feed: The secret part of the feed's address.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/calendar-feeds/{segment(feed)}/calendar.ics", str, accept="text/calendar")
        )

    async def download_session(self, session_id: Id) -> str:
        """One session as iCalendar, to be put into a calendar.

        `GET /v1/sessions/{session_id}/calendar.ics`, operation `download_session`.

        Args:
            session_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/calendar.ics", str, accept="text/calendar")
        )
