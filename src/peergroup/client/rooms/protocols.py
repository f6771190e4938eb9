"""Facilitation methods: those of the house, and your own.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Protocols:
    """Facilitation methods: those of the house, and your own."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(self) -> Page[answers.ProtocolBrief]:
        """The methods you can use.

        `GET /v1/protocols`, operation `list_protocols`.
        """
        return self._speaker.pages(Ask("GET", "/v1/protocols", answers.ProtocolBrief))

    def create(
        self, document: inputs.Protocol | str, *, idempotency_key: str | None = None
    ) -> answers.ProtocolOut:
        """Write a method of your own, or a new version of it; exercises keep the version they
        started with.

        As JSON, or as YAML: then what is wrong is named by line and column.

        `POST /v1/protocols`, operation `create_protocol`.

        Args:
            document: As a dictionary, or as text in YAML.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/protocols",
                answers.ProtocolOut,
                body=document,
                text_as="application/yaml",
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def simulate(
        self,
        *,
        people: int,
        protocol: str | Absent | None = ABSENT,
        document: inputs.Protocol | Absent | None = ABSENT,
        timeboxes: Mapping[str, int] | Absent | None = ABSENT,
        minutes: int | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SimulationOut:
        """See whether people and time fit a method, and where the time goes; nothing is changed.

        `POST /v1/protocols/simulate`, operation `simulate_protocol`.

        Args:
            people: How many take part.
            protocol: Key of a method.
            document: A method that is not stored.
            timeboxes: Minutes by phase instead of the planned ones.
            minutes: How much time there is.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/protocols/simulate",
                answers.SimulationOut,
                body=given(
                    people=people, protocol=protocol, document=document, timeboxes=timeboxes, minutes=minutes
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, key: str, *, if_none_match: None = None) -> answers.ProtocolOut: ...
    @overload
    def get(self, key: str, *, if_none_match: str | Record) -> answers.ProtocolOut | NotChanged: ...
    def get(self, key: str, *, if_none_match: Match = None) -> answers.ProtocolOut | NotChanged:
        """One method with its document.

        `GET /v1/protocols/{key}`, operation `get_protocol`.

        Args:
            key: Key of a method.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/protocols/{segment(key)}", answers.ProtocolOut, if_none_match=if_none_match)
        )

    def list_versions(
        self, key: str, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.ProtocolVersionOut]:
        """Every stored version of a method, the newest first.

        `GET /v1/protocols/{key}/versions`, operation `list_protocol_versions`.

        Args:
            key: Key of a method.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/protocols/{segment(key)}/versions",
                answers.ProtocolVersionOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    @overload
    def compare_versions(
        self, key: str, version: int, *, since: int | None = None, if_none_match: None = None
    ) -> answers.DifferenceOut: ...
    @overload
    def compare_versions(
        self, key: str, version: int, *, since: int | None = None, if_none_match: str | Record
    ) -> answers.DifferenceOut | NotChanged: ...
    def compare_versions(
        self, key: str, version: int, *, since: int | None = None, if_none_match: Match = None
    ) -> answers.DifferenceOut | NotChanged:
        """What a version of a method changed: since the one before, or since any other.

        `GET /v1/protocols/{key}/versions/{version}/difference`, operation `compare_protocol_versions`.

        Args:
            key: Key of a method.
            version: Version of a method.
            since: The version to compare with.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/protocols/{segment(key)}/versions/{segment(version)}/difference",
                answers.DifferenceOut,
                query={"since": since},
                if_none_match=if_none_match,
            )
        )

    def get_schema(self) -> dict[str, Any]:
        """The JSON Schema of a method's document.

        `GET /v1/schemas/protocol`, operation `get_protocol_schema`.
        """
        return self._speaker.send(Ask("GET", "/v1/schemas/protocol", dict, accept="application/schema+json"))


class AsyncProtocols:
    """Facilitation methods: those of the house, and your own."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(self) -> Listing[answers.ProtocolBrief]:
        """The methods you can use.

        `GET /v1/protocols`, operation `list_protocols`.
        """
        return self._speaker.pages(Ask("GET", "/v1/protocols", answers.ProtocolBrief))

    async def create(
        self, document: inputs.Protocol | str, *, idempotency_key: str | None = None
    ) -> answers.ProtocolOut:
        """Write a method of your own, or a new version of it; exercises keep the version they
        started with.

        As JSON, or as YAML: then what is wrong is named by line and column.

        `POST /v1/protocols`, operation `create_protocol`.

        Args:
            document: As a dictionary, or as text in YAML.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/protocols",
                answers.ProtocolOut,
                body=document,
                text_as="application/yaml",
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def simulate(
        self,
        *,
        people: int,
        protocol: str | Absent | None = ABSENT,
        document: inputs.Protocol | Absent | None = ABSENT,
        timeboxes: Mapping[str, int] | Absent | None = ABSENT,
        minutes: int | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SimulationOut:
        """See whether people and time fit a method, and where the time goes; nothing is changed.

        `POST /v1/protocols/simulate`, operation `simulate_protocol`.

        Args:
            people: How many take part.
            protocol: Key of a method.
            document: A method that is not stored.
            timeboxes: Minutes by phase instead of the planned ones.
            minutes: How much time there is.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/protocols/simulate",
                answers.SimulationOut,
                body=given(
                    people=people, protocol=protocol, document=document, timeboxes=timeboxes, minutes=minutes
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, key: str, *, if_none_match: None = None) -> answers.ProtocolOut: ...
    @overload
    async def get(self, key: str, *, if_none_match: str | Record) -> answers.ProtocolOut | NotChanged: ...
    async def get(self, key: str, *, if_none_match: Match = None) -> answers.ProtocolOut | NotChanged:
        """One method with its document.

        `GET /v1/protocols/{key}`, operation `get_protocol`.

        Args:
            key: Key of a method.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/protocols/{segment(key)}", answers.ProtocolOut, if_none_match=if_none_match)
        )

    def list_versions(
        self, key: str, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.ProtocolVersionOut]:
        """Every stored version of a method, the newest first.

        `GET /v1/protocols/{key}/versions`, operation `list_protocol_versions`.

        Args:
            key: Key of a method.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/protocols/{segment(key)}/versions",
                answers.ProtocolVersionOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    @overload
    async def compare_versions(
        self, key: str, version: int, *, since: int | None = None, if_none_match: None = None
    ) -> answers.DifferenceOut: ...
    @overload
    async def compare_versions(
        self, key: str, version: int, *, since: int | None = None, if_none_match: str | Record
    ) -> answers.DifferenceOut | NotChanged: ...
    async def compare_versions(
        self, key: str, version: int, *, since: int | None = None, if_none_match: Match = None
    ) -> answers.DifferenceOut | NotChanged:
        """What a version of a method changed: since the one before, or since any other.

        `GET /v1/protocols/{key}/versions/{version}/difference`, operation `compare_protocol_versions`.

        Args:
            key: Key of a method.
            version: Version of a method.
            since: The version to compare with.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/protocols/{segment(key)}/versions/{segment(version)}/difference",
                answers.DifferenceOut,
                query={"since": since},
                if_none_match=if_none_match,
            )
        )

    async def get_schema(self) -> dict[str, Any]:
        """The JSON Schema of a method's document.

        `GET /v1/schemas/protocol`, operation `get_protocol_schema`.
        """
        return await self._speaker.send(
            Ask("GET", "/v1/schemas/protocol", dict, accept="application/schema+json")
        )
