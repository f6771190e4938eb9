"""Accounts in other systems that people come from.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Connections:
    """Accounts in other systems that people come from."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Page[answers.ConnectionOut]:
        """The accounts that people come from, without their credentials.

        `GET /v1/connections`, operation `list_connections`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/connections", answers.ConnectionOut, query={"limit": limit, "cursor": cursor})
        )

    def create(
        self,
        *,
        source: str,
        account: inputs.HubSpotConnectionIn | inputs.SalesforceConnectionIn | inputs.TrytonConnectionIn,
        on_conflict: Literal["report", "link"] | Absent = ABSENT,
        every_minutes: int | Absent | None = ABSENT,
        full_every_days: int | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ConnectionOut:
        """Connect an account in HubSpot, Salesforce or Tryton, to be walked through when asked or
        by itself.

        `POST /v1/connections`, operation `create_connection`.

        Args:
            source: How references from there are called.
            account: The account and the credentials for it.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person.
            every_minutes: How often it is walked through by itself, in minutes; null: only when
                somebody asks.
            full_every_days: How often everybody is walked through, in days; null: what vanishes
                without a trace stays.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/connections",
                answers.ConnectionOut,
                body=given(
                    source=source,
                    account=account,
                    on_conflict=on_conflict,
                    every_minutes=every_minutes,
                    full_every_days=full_every_days,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, connection_id: Id, *, if_none_match: None = None) -> answers.ConnectionOut: ...
    @overload
    def get(
        self, connection_id: Id, *, if_none_match: str | Record
    ) -> answers.ConnectionOut | NotChanged: ...
    def get(self, connection_id: Id, *, if_none_match: Match = None) -> answers.ConnectionOut | NotChanged:
        """One connection.

        `GET /v1/connections/{connection_id}`, operation `get_connection`.

        Args:
            connection_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/connections/{segment(connection_id)}",
                answers.ConnectionOut,
                if_none_match=if_none_match,
            )
        )

    def update(
        self,
        connection_id: Id,
        *,
        account: inputs.HubSpotConnectionIn
        | inputs.SalesforceConnectionIn
        | inputs.TrytonConnectionIn
        | Absent
        | None = ABSENT,
        on_conflict: Literal["report", "link"] | Absent | None = ABSENT,
        every_minutes: int | Absent | None = ABSENT,
        full_every_days: int | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ConnectionOut:
        """Change how an account is walked through, or give new credentials for it.

        `PATCH /v1/connections/{connection_id}`, operation `update_connection`.

        Args:
            connection_id: Identifier of the resource.
            account: The account with all of its credentials; of the kind that it was.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person.
            every_minutes: How often it is walked through by itself, in minutes; null: only when
                somebody asks.
            full_every_days: How often everybody is walked through, in days; null: what vanishes
                without a trace stays.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/connections/{segment(connection_id)}",
                answers.ConnectionOut,
                body=given(
                    account=account,
                    on_conflict=on_conflict,
                    every_minutes=every_minutes,
                    full_every_days=full_every_days,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    def delete(self, connection_id: Id, *, if_match: Match = None) -> None:
        """Give a connection up: its credentials are forgotten, whoever came through it stays.

        `DELETE /v1/connections/{connection_id}`, operation `delete_connection`.

        Args:
            connection_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/connections/{segment(connection_id)}", nothing, if_match=if_match)
        )


class AsyncConnections:
    """Accounts in other systems that people come from."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Listing[answers.ConnectionOut]:
        """The accounts that people come from, without their credentials.

        `GET /v1/connections`, operation `list_connections`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/connections", answers.ConnectionOut, query={"limit": limit, "cursor": cursor})
        )

    async def create(
        self,
        *,
        source: str,
        account: inputs.HubSpotConnectionIn | inputs.SalesforceConnectionIn | inputs.TrytonConnectionIn,
        on_conflict: Literal["report", "link"] | Absent = ABSENT,
        every_minutes: int | Absent | None = ABSENT,
        full_every_days: int | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ConnectionOut:
        """Connect an account in HubSpot, Salesforce or Tryton, to be walked through when asked or
        by itself.

        `POST /v1/connections`, operation `create_connection`.

        Args:
            source: How references from there are called.
            account: The account and the credentials for it.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person.
            every_minutes: How often it is walked through by itself, in minutes; null: only when
                somebody asks.
            full_every_days: How often everybody is walked through, in days; null: what vanishes
                without a trace stays.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/connections",
                answers.ConnectionOut,
                body=given(
                    source=source,
                    account=account,
                    on_conflict=on_conflict,
                    every_minutes=every_minutes,
                    full_every_days=full_every_days,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, connection_id: Id, *, if_none_match: None = None) -> answers.ConnectionOut: ...
    @overload
    async def get(
        self, connection_id: Id, *, if_none_match: str | Record
    ) -> answers.ConnectionOut | NotChanged: ...
    async def get(
        self, connection_id: Id, *, if_none_match: Match = None
    ) -> answers.ConnectionOut | NotChanged:
        """One connection.

        `GET /v1/connections/{connection_id}`, operation `get_connection`.

        Args:
            connection_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/connections/{segment(connection_id)}",
                answers.ConnectionOut,
                if_none_match=if_none_match,
            )
        )

    async def update(
        self,
        connection_id: Id,
        *,
        account: inputs.HubSpotConnectionIn
        | inputs.SalesforceConnectionIn
        | inputs.TrytonConnectionIn
        | Absent
        | None = ABSENT,
        on_conflict: Literal["report", "link"] | Absent | None = ABSENT,
        every_minutes: int | Absent | None = ABSENT,
        full_every_days: int | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ConnectionOut:
        """Change how an account is walked through, or give new credentials for it.

        `PATCH /v1/connections/{connection_id}`, operation `update_connection`.

        Args:
            connection_id: Identifier of the resource.
            account: The account with all of its credentials; of the kind that it was.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person.
            every_minutes: How often it is walked through by itself, in minutes; null: only when
                somebody asks.
            full_every_days: How often everybody is walked through, in days; null: what vanishes
                without a trace stays.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/connections/{segment(connection_id)}",
                answers.ConnectionOut,
                body=given(
                    account=account,
                    on_conflict=on_conflict,
                    every_minutes=every_minutes,
                    full_every_days=full_every_days,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def delete(self, connection_id: Id, *, if_match: Match = None) -> None:
        """Give a connection up: its credentials are forgotten, whoever came through it stays.

        `DELETE /v1/connections/{connection_id}`, operation `delete_connection`.

        Args:
            connection_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/connections/{segment(connection_id)}", nothing, if_match=if_match)
        )
