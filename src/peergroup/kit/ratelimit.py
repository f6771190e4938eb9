"""Rate limits per credential, a moving window kept in this process's memory.

Several worker processes count apart: with n of them a client may reach n times the limit. The operators'
guide says so; a shared limit belongs into the proxy in front.
"""

import hashlib
import math
import time
from collections import OrderedDict, deque
from typing import Any

from limits import RateLimitItem, parse
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peergroup.kit import problems
from peergroup.kit.refusals import rendered

_MOST_REMEMBERED = 50_000
"""Callers at once; beyond that the one who was silent longest is forgotten."""


class Windows:
    """The instants of each caller's requests within the last period. Nothing here waits, or asks another thread."""

    def __init__(self, limit: RateLimitItem) -> None:
        self.limit, self.amount, self.seconds = limit, limit.amount, limit.get_expiry()
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def hit(self, caller: str, now: float) -> tuple[bool, int, int]:
        """Count a request: whether it is allowed, how many are left, seconds until the window moves on."""
        seen = self._seen.get(caller)
        if seen is None:
            seen = self._seen[caller] = deque()
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.popitem(last=False)
        self._seen.move_to_end(caller)
        while seen and seen[0] <= now - self.seconds:
            seen.popleft()
        allowed = len(seen) < self.amount
        if allowed:
            seen.append(now)
        return allowed, self.amount - len(seen), max(0, math.ceil(seen[0] + self.seconds - now))


class RateLimits:
    """Counts requests under `/v1` by bearer token, else by client address; `strict` paths have their own limit."""

    def __init__(self, app: ASGIApp, *, limit: str, strict: dict[str, str]) -> None:
        self.app = app
        self._windows = None if limit == "off" else Windows(parse(limit))
        self._strict = {path: Windows(parse(rule)) for path, rule in strict.items() if rule != "off"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        windows = self._windows_for(scope) if scope["type"] == "http" else None
        if windows is None:
            await self.app(scope, receive, send)
            return
        caller = _credential(scope) if windows is self._windows else _address(scope)
        allowed, remaining, reset = windows.hit(caller, time.monotonic())
        headers = _headers(windows, remaining, reset)

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *headers]
            await send(message)

        if allowed:
            await self.app(scope, receive, send_counted)
        else:
            wait = max(1, reset)
            detail = f"At most {windows.limit}. Try again in {wait} second{'s' * (wait > 1)}."
            refusal = rendered(problems.RATE_LIMITED, detail, Request(scope), retry_after=wait)
            await refusal(scope, receive, send_counted)

    def _windows_for(self, scope: Scope) -> Windows | None:
        if not scope["path"].startswith(("/v1", "/scim")):
            return None
        return self._strict.get(scope["path"]) or self._windows


def _headers(windows: Windows, remaining: int, reset: int) -> list[tuple[bytes, bytes]]:
    return [
        (b"ratelimit", b'"default";r=%d;t=%d' % (remaining, reset)),
        (b"ratelimit-policy", b'"default";q=%d;w=%d' % (windows.amount, windows.seconds)),
    ]


def _credential(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return hashlib.blake2b(value, digest_size=16).hexdigest()
    return _address(scope)


def _address(scope: Any) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "local"
