"""The lane of hot reads: it answers what it finds at once, and hands everything else to the ordinary endpoint.

So a refusal is always the ordinary one, in words, status and headers, and a route stays declared as before.
"""

import logging
import re
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from peergroup.kit.answers import JSON, etag, next_link, unchanged
from peergroup.kit.context import House
from peergroup.kit.entrance import bearer, require_scope
from peergroup.kit.model import TENANT
from peergroup.kit.reads.statement import Answer, Compiled, Read, Who
from peergroup.kit.routing import Meta

log = logging.getLogger("peergroup.reads")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Rendered = tuple[int, list[tuple[bytes, bytes]], bytes]


def open_lanes(app: FastAPI, house: House) -> None:
    """Put a lane before every route that declares hot reads; a read that is not tied to its tenant is refused here."""
    if house.who is None:
        return
    for route in app.router.routes:
        meta = getattr(getattr(route, "endpoint", None), "meta", None)
        if isinstance(meta, Meta) and meta.hot:
            route.app = Lane(house, house.who, meta, route.app)  # type: ignore[attr-defined]  # BaseRoute knows no app


class Lane:
    """An ASGI application in front of one route."""

    def __init__(self, house: House, who: Who, meta: Meta, ordinary: ASGIApp) -> None:
        self.house, self.who, self.meta, self.ordinary = house, who, meta, ordinary
        self.driver = house.database.reads
        self.reads = [(read, Compiled(read.select(self.who), self.driver.dialect)) for read in meta.hot]
        self.width = len(self.who.statement.selected_columns)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._answer(Request(scope)) if scope["method"] == "GET" else None
        if found is None:
            await self.ordinary(scope, receive, send)
            return
        status, headers, body = found
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, request: Request) -> Rendered | None:
        chosen = self._choose(request)
        if chosen is None:
            return None
        read, compiled, values = chosen
        token = await self.house.find_token(self.house, bearer(request))
        values |= {
            TENANT: token.organization_id,
            "credential": token.credential_id,
            "now": self.house.clock(),
        }
        try:
            raw = await self.driver.fetch(token.organization_id, compiled.sql, compiled.arguments(values))
        except self.driver.trouble as error:
            log.error("hot read of %s failed: %s", self.meta.path, type(error).__name__)
            return None
        rows = [compiled.row(row) for row in raw]
        principal = self.who.judge(rows[0][: self.width] if rows else None, token, self.house)
        require_scope(principal, self.meta.policy)
        found = [row[self.width :] for row in rows]
        standing = read.standing(principal, found[0])
        if standing is None or not self.meta.policy.allows(standing):
            return None
        return _rendered(read.answer(standing, found), request)

    def _choose(self, request: Request) -> tuple[Read, Compiled, dict[str, Any]] | None:
        """The first read that takes this query string, with its values; None where an id is written unusually."""
        path, query = request.path_params, dict(request.query_params) if request.url.query else {}
        if not all(_ID.fullmatch(value) for value in path.values()):
            return None
        for read, compiled in self.reads:
            values = read.values(query)
            if values is not None:
                return read, compiled, {**path, **values}
        return None


def _rendered(answer: Answer, request: Request) -> Rendered:
    headers = [(b"content-type", JSON.encode())]
    if answer.version is not None:
        tag = etag(answer.version, answer.body)
        headers.append((b"etag", tag.encode()))
        if unchanged(request.headers.get("if-none-match"), tag):
            return 304, headers[1:], b""
    if answer.next_cursor is not None:
        following = request.url.include_query_params(cursor=answer.next_cursor)
        headers.append((b"link", next_link(str(following)).encode()))
    headers.append((b"content-length", b"%d" % len(answer.body)))
    return 200, headers, answer.body
