"""For whoever runs the service: probes, figures, version.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from peergroup.client import answers
from peergroup.client.asking import Ask

if TYPE_CHECKING:
    from peergroup.client.asking import Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Operations:
    """For whoever runs the service: probes, figures, version."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def check_liveness(self) -> answers.Alive:
        """Is the process alive.

        `GET /livez`, operation `check_liveness`.
        """
        return self._speaker.send(Ask("GET", "/livez", answers.Alive))

    @overload
    def get_version(self, *, if_none_match: None = None) -> answers.Version: ...
    @overload
    def get_version(self, *, if_none_match: str | Record) -> answers.Version | NotChanged: ...
    def get_version(self, *, if_none_match: Match = None) -> answers.Version | NotChanged:
        """Which version runs here.

        `GET /version`, operation `get_version`.

        Args:
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(Ask("GET", "/version", answers.Version, if_none_match=if_none_match))

    def check_readiness(self) -> answers.Readiness:
        """Is the service ready.

        503 with the same members while the database is not reachable or its tables are not those of
        this version.

        `GET /readyz`, operation `check_readiness`.
        """
        return self._speaker.send(Ask("GET", "/readyz", answers.Readiness))

    def read_metrics(self) -> str:
        """Figures for Prometheus.

        With the operator's metrics token as bearer, or from the machine itself without a proxy in
        between.

        `GET /metrics`, operation `read_metrics`.
        """
        return self._speaker.send(Ask("GET", "/metrics", str, accept="text/plain"))


class AsyncOperations:
    """For whoever runs the service: probes, figures, version."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def check_liveness(self) -> answers.Alive:
        """Is the process alive.

        `GET /livez`, operation `check_liveness`.
        """
        return await self._speaker.send(Ask("GET", "/livez", answers.Alive))

    @overload
    async def get_version(self, *, if_none_match: None = None) -> answers.Version: ...
    @overload
    async def get_version(self, *, if_none_match: str | Record) -> answers.Version | NotChanged: ...
    async def get_version(self, *, if_none_match: Match = None) -> answers.Version | NotChanged:
        """Which version runs here.

        `GET /version`, operation `get_version`.

        Args:
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(Ask("GET", "/version", answers.Version, if_none_match=if_none_match))

    async def check_readiness(self) -> answers.Readiness:
        """Is the service ready.

        503 with the same members while the database is not reachable or its tables are not those of
        this version.

        `GET /readyz`, operation `check_readiness`.
        """
        return await self._speaker.send(Ask("GET", "/readyz", answers.Readiness))

    async def read_metrics(self) -> str:
        """Figures for Prometheus.

        With the operator's metrics token as bearer, or from the machine itself without a proxy in
        between.

        `GET /metrics`, operation `read_metrics`.
        """
        return await self._speaker.send(Ask("GET", "/metrics", str, accept="text/plain"))
