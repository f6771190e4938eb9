"""The outermost ring, plain ASGI: request ids, sizes of addresses and headers, and headers on every answer."""

import re
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peergroup.kit import problems
from peergroup.kit.ids import new_id
from peergroup.kit.refusals import rendered

MAX_PATH, MAX_QUERY, MAX_HEADERS, MAX_HEADER_COUNT = 2_000, 8_000, 32_000, 100
MAX_HEADER = 8_000  # of one line
Pair = tuple[bytes, bytes]
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:/+=-]{1,128}")


class Ring:
    """Gives each request its id, refuses oversized ones, and marks what may be kept by caches."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope["request_id"] = _request_id(scope["headers"])
        private = scope["path"].startswith(("/v1", "/scim"))

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _marked(list(message.get("headers", ())), request_id, private=private)
            await send(message)

        if _is_oversized(scope):
            refusal = rendered(
                problems.TOO_LARGE,
                "The address or the headers are too long.",
                Request({**scope, "path": scope["path"][:MAX_PATH]}),
            )
            await refusal(scope, receive, send_marked)
        else:
            await self.app(scope, receive, send_marked)


def _request_id(headers: list[tuple[bytes, bytes]]) -> str:
    for name, value in headers:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value.decode()
    return str(new_id())


def _is_oversized(scope: Any) -> bool:
    headers = scope["headers"]
    return (
        len(scope["path"]) > MAX_PATH
        or len(scope["query_string"]) > MAX_QUERY
        or len(headers) > MAX_HEADER_COUNT
        or sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS
        or any(len(value) > MAX_HEADER for _, value in headers)
    )


def _marked(headers: Iterable[Pair], request_id: str, *, private: bool) -> list[Pair]:
    # On every answer there is: pairs of bytes, without the framework's mapping around them.
    marked = [pair for pair in headers if pair[0] != b"vary" or not private]
    names = {name for name, _ in marked}
    marked += [(b"x-request-id", request_id.encode()), (b"x-content-type-options", b"nosniff")]
    if private:
        if b"cache-control" not in names:
            marked.append((b"cache-control", b"private, no-cache"))
        origin = b", Origin" if b"access-control-allow-origin" in names else b""
        marked.append(
            (b"vary", b"Authorization" + origin + (b", Accept" if _is_negotiated(headers) else b""))
        )
    return marked


def _is_negotiated(headers: Iterable[Pair]) -> bool:
    return any(name == b"vary" and b"accept" in value.lower() for name, value in headers)
