"""Rate limits per credential, a moving window kept in this process's memory.

Several worker processes count apart: with n of them a client may reach n times the limit. The operators'
guide says so; a shared limit belongs into the proxy in front.
"""

import hashlib
import math
import time
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peergroup.kit import problems
from peergroup.kit.refusals import rendered


class RateLimits:
    """Counts requests under `/v1` by bearer token, else by client address; `strict` paths have their own limit."""

    def __init__(self, app: ASGIApp, *, limit: str, strict: dict[str, str]) -> None:
        self.app = app
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = None if limit == "off" else parse(limit)
        self._strict = {path: parse(rule) for path, rule in strict.items() if rule != "off"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(("/v1", "/scim")):
            await self.app(scope, receive, send)
            return
        strict = self._strict.get(scope["path"])
        limit = strict or self._limit
        if limit is None:
            await self.app(scope, receive, send)
            return
        name = ("strict", scope["path"], _address(scope)) if strict else ("all", _credential(scope))
        allowed = await self._limiter.hit(limit, *name)
        window = await self._limiter.get_window_stats(limit, *name)
        reset = max(0, math.ceil(window.reset_time - time.time()))
        headers = _headers(limit, max(0, window.remaining), reset)

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        if allowed:
            await self.app(scope, receive, send_counted)
        else:
            refusal = rendered(
                problems.RATE_LIMITED, f"At most {limit}.", Request(scope), retry_after=max(1, reset)
            )
            await refusal(scope, receive, send_counted)


def _headers(limit: RateLimitItem, remaining: int, reset: int) -> dict[str, str]:
    return {
        "RateLimit": f'"default";r={remaining};t={reset}',
        "RateLimit-Policy": f'"default";q={limit.amount};w={limit.get_expiry()}',
    }


def _credential(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return hashlib.blake2b(value, digest_size=16).hexdigest()
    return _address(scope)


def _address(scope: Any) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "local"
