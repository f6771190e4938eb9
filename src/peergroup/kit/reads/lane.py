"""The lane of hot reads: it answers what it finds at once, and hands everything else to the ordinary endpoint.

So a refusal is always the ordinary one, in words, status and headers, and a route stays declared as before.
"""

import logging
import re
from typing import Any

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from peergroup.kit.answers import JSON, etag, next_link, unchanged
from peergroup.kit.compiled import Compiled
from peergroup.kit.context import House
from peergroup.kit.entrance import bearer, require_scope
from peergroup.kit.finding import Finder
from peergroup.kit.model import TENANT
from peergroup.kit.problems import Problem
from peergroup.kit.reads.statement import Answer, Read, Reader, Who
from peergroup.kit.routing import Meta

log = logging.getLogger("peergroup.reads")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Rendered = tuple[int, list[tuple[bytes, bytes]], bytes]


class Lanes:
    """The innermost ring: requests that a hot read answers go no further."""

    def __init__(self, app: ASGIApp, *, lanes: "list[Lane]") -> None:
        self.app = app
        self._lanes = {lane.route.path: lane for lane in lanes}
        self._finder = Finder([lane.route for lane in lanes], None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and scope["method"] == "GET":
            found = self._finder.find(scope["path"])
        if found is not None:
            by_method, values = found
            route, names = by_method["GET"]
            answer = await self._lanes[route.path].answer(
                Request(scope), dict(zip(names, values, strict=True))
            )
            if answer is not None:
                scope["route"] = route
                status, headers, body = answer
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})
                return
        await self.app(scope, receive, send)


def compiled_lanes(app: FastAPI, house: House) -> "list[Lane]":
    """A lane for every route that declares hot reads; one that is not tied to its tenant is refused here."""
    if house.who is None:
        return []
    routes = [route for route in app.router.routes if isinstance(route, Route)]
    metas = [(route, getattr(route.endpoint, "meta", None)) for route in routes]
    return [
        Lane(house, house.who, route, meta) for route, meta in metas if isinstance(meta, Meta) and meta.hot
    ]


class Lane:
    """The hot reads of one route, compiled for this house's database."""

    def __init__(self, house: House, who: Who, route: Route, meta: Meta) -> None:
        self.house, self.who, self.route, self.meta = house, who, route, meta
        self.driver = house.database.reads
        self.reads = [(read, Compiled(read.select(who), self.driver.dialect)) for read in meta.hot]
        self.width = len(who.statement.selected_columns)

    async def answer(self, request: Request, path: dict[str, str]) -> Rendered | None:
        """Status, headers and body; None where the ordinary endpoint has to look at the request itself."""
        chosen = self._choose(request, path)
        if chosen is None:
            return None
        try:
            return await self._answer(request, *chosen)
        except Problem:
            return None
        except (*self.driver.trouble, SQLAlchemyError) as error:  # the token is looked up the ordinary way
            log.error("hot read of %s failed: %s", self.meta.path, type(error).__name__)
            return None

    async def _answer(
        self, request: Request, read: Read, compiled: Compiled, values: dict[str, Any]
    ) -> Rendered | None:
        token = await self.house.find_token(self.house, bearer(request))
        now = self.house.clock()
        values |= {TENANT: token.organization_id, "credential": token.credential_id, "now": now}
        raw = await self.driver.fetch(token.organization_id, compiled.sql, compiled.arguments(values))
        rows = [compiled.row(row) for row in raw]
        principal = self.who.judge(rows[0][: self.width] if rows else None, token, self.house)
        require_scope(principal, self.meta.policy)
        found = [row[self.width :] for row in rows]
        standing = read.standing(principal, found[0])
        if standing is None or not self.meta.policy.allows(standing):
            return None
        answer = read.answer(Reader(self.house, principal, now), standing, found)
        return None if answer is None else _rendered(answer, request)

    def _choose(self, request: Request, path: dict[str, str]) -> tuple[Read, Compiled, dict[str, Any]] | None:
        """The first read that takes this query, with its values; None for unusual ids and names that come twice."""
        pairs = request.query_params.multi_items() if request.scope["query_string"] else []
        query = dict(pairs)
        if len(query) < len(pairs) or not all(_ID.fullmatch(value) for value in path.values()):
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
