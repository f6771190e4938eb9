"""Who you are, and what is yours.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match, Time
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Me:
    """Who you are, and what is yours."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    @overload
    def get(self, *, if_none_match: None = None) -> answers.MeOut: ...
    @overload
    def get(self, *, if_none_match: str | Record) -> answers.MeOut | NotChanged: ...
    def get(self, *, if_none_match: Match = None) -> answers.MeOut | NotChanged:
        """Who you are here: person, organization, role and scopes.

        `GET /v1/me`, operation `get_me`.

        Args:
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(Ask("GET", "/v1/me", answers.MeOut, if_none_match=if_none_match))

    def list_keys(self, *, limit: int | None = None, cursor: str | None = None) -> Page[answers.KeyOut]:
        """Your keys, without their secrets.

        `GET /v1/me/keys`, operation `list_my_keys`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/me/keys", answers.KeyOut, query={"limit": limit, "cursor": cursor})
        )

    def create_key(
        self,
        *,
        name: str,
        scopes: Sequence[
            Literal[
                "people:read",
                "people:write",
                "groups:read",
                "groups:write",
                "sessions:read",
                "sessions:write",
                "content:read",
                "content:write",
                "events:read",
                "webhooks:write",
                "sync:write",
                "scim",
                "organization:write",
            ]
        ],
        expires_at: Time | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.KeyCreated:
        """Make a key for yourself; its secret is shown once.

        `POST /v1/me/keys`, operation `create_my_key`.

        Args:
            name: What it is for.
            scopes: What it is cut down to: some of what the credential in use may.
            expires_at: When it ends; left out: after a year.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/me/keys",
                answers.KeyCreated,
                body=given(name=name, scopes=scopes, expires_at=expires_at),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def revoke_key(self, key_id: Id, *, if_match: Match = None) -> None:
        """Revoke one of your keys, from the next request on.

        `DELETE /v1/me/keys/{key_id}`, operation `revoke_my_key`.

        Args:
            key_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(Ask("DELETE", f"/v1/me/keys/{segment(key_id)}", nothing, if_match=if_match))

    def list_calendar_feeds(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.FeedOut]:
        """Your calendar feeds, without their addresses.

        `GET /v1/me/calendar-feeds`, operation `list_calendar_feeds`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/me/calendar-feeds", answers.FeedOut, query={"limit": limit, "cursor": cursor})
        )

    def create_calendar_feed(self, *, name: str, idempotency_key: str | None = None) -> answers.FeedCreated:
        """Make an address that calendars can subscribe to; it is shown once.

        `POST /v1/me/calendar-feeds`, operation `create_calendar_feed`.

        Args:
            name: Where it is subscribed to.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/me/calendar-feeds",
                answers.FeedCreated,
                body=given(name=name),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def revoke_calendar_feed(self, feed_id: Id, *, if_match: Match = None) -> None:
        """Revoke a calendar feed: its address leads nowhere from the next request on.

        `DELETE /v1/me/calendar-feeds/{feed_id}`, operation `revoke_calendar_feed`.

        Args:
            feed_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/me/calendar-feeds/{segment(feed_id)}", nothing, if_match=if_match)
        )


class AsyncMe:
    """Who you are, and what is yours."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    @overload
    async def get(self, *, if_none_match: None = None) -> answers.MeOut: ...
    @overload
    async def get(self, *, if_none_match: str | Record) -> answers.MeOut | NotChanged: ...
    async def get(self, *, if_none_match: Match = None) -> answers.MeOut | NotChanged:
        """Who you are here: person, organization, role and scopes.

        `GET /v1/me`, operation `get_me`.

        Args:
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(Ask("GET", "/v1/me", answers.MeOut, if_none_match=if_none_match))

    def list_keys(self, *, limit: int | None = None, cursor: str | None = None) -> Listing[answers.KeyOut]:
        """Your keys, without their secrets.

        `GET /v1/me/keys`, operation `list_my_keys`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/me/keys", answers.KeyOut, query={"limit": limit, "cursor": cursor})
        )

    async def create_key(
        self,
        *,
        name: str,
        scopes: Sequence[
            Literal[
                "people:read",
                "people:write",
                "groups:read",
                "groups:write",
                "sessions:read",
                "sessions:write",
                "content:read",
                "content:write",
                "events:read",
                "webhooks:write",
                "sync:write",
                "scim",
                "organization:write",
            ]
        ],
        expires_at: Time | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.KeyCreated:
        """Make a key for yourself; its secret is shown once.

        `POST /v1/me/keys`, operation `create_my_key`.

        Args:
            name: What it is for.
            scopes: What it is cut down to: some of what the credential in use may.
            expires_at: When it ends; left out: after a year.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/me/keys",
                answers.KeyCreated,
                body=given(name=name, scopes=scopes, expires_at=expires_at),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def revoke_key(self, key_id: Id, *, if_match: Match = None) -> None:
        """Revoke one of your keys, from the next request on.

        `DELETE /v1/me/keys/{key_id}`, operation `revoke_my_key`.

        Args:
            key_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/me/keys/{segment(key_id)}", nothing, if_match=if_match)
        )

    def list_calendar_feeds(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.FeedOut]:
        """Your calendar feeds, without their addresses.

        `GET /v1/me/calendar-feeds`, operation `list_calendar_feeds`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/me/calendar-feeds", answers.FeedOut, query={"limit": limit, "cursor": cursor})
        )

    async def create_calendar_feed(
        self, *, name: str, idempotency_key: str | None = None
    ) -> answers.FeedCreated:
        """Make an address that calendars can subscribe to; it is shown once.

        `POST /v1/me/calendar-feeds`, operation `create_calendar_feed`.

        Args:
            name: Where it is subscribed to.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/me/calendar-feeds",
                answers.FeedCreated,
                body=given(name=name),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def revoke_calendar_feed(self, feed_id: Id, *, if_match: Match = None) -> None:
        """Revoke a calendar feed: its address leads nowhere from the next request on.

        `DELETE /v1/me/calendar-feeds/{feed_id}`, operation `revoke_calendar_feed`.

        Args:
            feed_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/me/calendar-feeds/{segment(feed_id)}", nothing, if_match=if_match)
        )
