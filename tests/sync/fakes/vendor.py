"""What the fakes have in common: a clock, troubles that come when a test says so, and a list of complaints."""

import datetime as dt
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peergroup.sync.sources.connections import Outside
from peergroup.sync.sources.protocol import MemberSource, SourcePage

BEGINNING = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
Trouble = Callable[[], Response | None]


@dataclass
class Vendor:
    """A CRM's maker who watches how they are asked."""

    now: dt.datetime = BEGINNING
    troubles: list[Trouble | None] = field(default_factory=list)
    """What the next requests get instead of an answer; None lets one through."""
    complaints: list[str] = field(default_factory=list)
    """Everything that a client must not do. Such a request is refused besides."""
    slept: list[float] = field(default_factory=list)

    told_ahead: dt.timedelta = dt.timedelta(0)
    """How far the `Date` of the answers is ahead of the CRM's own clock: proxies have clocks of their own."""

    def clock(self) -> dt.datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += dt.timedelta(**step)

    async def sleep(self, seconds: float) -> None:
        """Waiting takes no time here, but the clock goes on."""
        self.slept.append(seconds)
        self.forward(seconds=seconds)

    def routes(self) -> list[Route]:
        return []

    def complain(self, what: str) -> None:
        self.complaints.append(what)

    @property
    def app(self) -> ASGIApp:
        routes = Starlette(routes=self.routes())

        async def answered(scope: Scope, receive: Receive, send: Send) -> None:
            trouble = self.troubles.pop(0) if self.troubles else None
            response = trouble() if trouble else None
            await (response or routes)(scope, receive, self._dated(send))

        return answered

    def _dated(self, send: Send) -> Send:
        """Every server tells the time by its clock."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self.now + self.told_ahead, usegmt=True).encode()
                message["headers"] = [*message["headers"], (b"date", date)]
            await send(message)

        return dated

    @asynccontextmanager
    async def outside(self) -> AsyncIterator[Outside]:
        """A client that reaches nobody else, this clock, and sleep that takes no time."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
            yield Outside(client, self.sleep, self.clock)


class Told(JSONResponse):
    """JSON with every other character escaped, so that whatever a CRM may hold can be told."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode()


def answer(status: int, body: object, **headers: str) -> Trouble:
    """A trouble: an answer that the vendor documents for it. `retry_after` becomes `Retry-After`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: Told(body, status, headers=named)


def raw(status: int, body: bytes, media: str = "application/json") -> Trouble:
    """A trouble: bytes."""
    return lambda: Response(body, status, media_type=media)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form that was posted."""
    return dict(parse_qsl((await request.body()).decode()))


async def walked(
    source: MemberSource, cursor: str | None = None, *, most: int | None = None
) -> list[SourcePage]:
    """The pages from there on; at most so many, then the walk is given up where it stands."""
    pages: list[SourcePage] = []
    async for page in source.pages(cursor):
        pages.append(page)
        if len(pages) == most:
            break
    return pages
