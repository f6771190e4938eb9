"""The tenant: its name, zone and settings.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Organization:
    """The tenant: its name, zone and settings."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    @overload
    def get(self, *, if_none_match: None = None) -> answers.OrganizationOut: ...
    @overload
    def get(self, *, if_none_match: str | Record) -> answers.OrganizationOut | NotChanged: ...
    def get(self, *, if_none_match: Match = None) -> answers.OrganizationOut | NotChanged:
        """Your organization and its settings.

        `GET /v1/organization`, operation `get_organization`.

        Args:
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", "/v1/organization", answers.OrganizationOut, if_none_match=if_none_match)
        )

    def update(
        self,
        *,
        name: str | Absent = ABSENT,
        time_zone: str | Absent = ABSENT,
        settings: inputs.Settings | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.OrganizationOut:
        """Change your organization's name, zone or settings.

        `PATCH /v1/organization`, operation `update_organization`.

        Args:
            name: New name.
            time_zone: New zone.
            settings: Settings to change; members left out keep their value.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                "/v1/organization",
                answers.OrganizationOut,
                body=given(name=name, time_zone=time_zone, settings=settings),
                is_patch=True,
                if_match=if_match,
            )
        )


class AsyncOrganization:
    """The tenant: its name, zone and settings."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    @overload
    async def get(self, *, if_none_match: None = None) -> answers.OrganizationOut: ...
    @overload
    async def get(self, *, if_none_match: str | Record) -> answers.OrganizationOut | NotChanged: ...
    async def get(self, *, if_none_match: Match = None) -> answers.OrganizationOut | NotChanged:
        """Your organization and its settings.

        `GET /v1/organization`, operation `get_organization`.

        Args:
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", "/v1/organization", answers.OrganizationOut, if_none_match=if_none_match)
        )

    async def update(
        self,
        *,
        name: str | Absent = ABSENT,
        time_zone: str | Absent = ABSENT,
        settings: inputs.Settings | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.OrganizationOut:
        """Change your organization's name, zone or settings.

        `PATCH /v1/organization`, operation `update_organization`.

        Args:
            name: New name.
            time_zone: New zone.
            settings: Settings to change; members left out keep their value.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                "/v1/organization",
                answers.OrganizationOut,
                body=given(name=name, time_zone=time_zone, settings=settings),
                is_patch=True,
                if_match=if_match,
            )
        )
