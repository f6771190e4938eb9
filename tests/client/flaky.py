"""Connections that break in the ways in which connections break, in front of the real service."""

from collections.abc import Iterable
from typing import Any

import httpx

from peergroup.kit.context import House
from tests.world import application

PASS, DROP, REFUSE, LATE = "pass", "drop the answer", "refuse the connection", "time out"
CODES = {409: "in_progress", 429: "rate_limited"}


class _Plan:
    """What happens to each request in turn; when the plan is over, all of them pass. Counts what was sent."""

    def __init__(self, *plan: str | int, retry_after: str = "0") -> None:
        self.plan, self.retry_after = list(plan), retry_after
        self.requests: list[httpx.Request] = []

    def next(self, request: httpx.Request) -> str | int:
        self.requests.append(request)
        return self.plan.pop(0) if self.plan else PASS

    def stand_in(self, request: httpx.Request, status: int) -> httpx.Response:
        """An answer of somebody in between: the service was not asked."""
        headers = {"Retry-After": self.retry_after} if status in (409, 429, 503) else {}
        said = {
            "status": status,
            "code": CODES.get(status, "busy"),
            "title": "Not now",
            "detail": "Come back later.",
        }
        return httpx.Response(status, headers=headers, json=said, request=request)

    @staticmethod
    def before(kind: str | int, request: httpx.Request) -> None:
        if kind == REFUSE:
            raise httpx.ConnectError("refused", request=request)

    @staticmethod
    def after(kind: str | int, request: httpx.Request) -> None:
        if kind == DROP:
            raise httpx.ReadError("", request=request)
        if kind == LATE:
            raise httpx.ReadTimeout("", request=request)

    def sent_keys(self) -> set[str | None]:
        """The Idempotency-Keys that were sent."""
        return {request.headers.get("Idempotency-Key") for request in self.requests}


class Flaky(_Plan, httpx.AsyncBaseTransport):
    """In front of the application in this process."""

    def __init__(self, house: House, *plan: str | int, **more: Any) -> None:
        super().__init__(*plan, **more)
        self._to = httpx.ASGITransport(application(house), raise_app_exceptions=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        kind = self.next(request)
        self.before(kind, request)
        if isinstance(kind, int):
            return self.stand_in(request, kind)
        response = await self._to.handle_async_request(request)
        self.after(kind, request)
        return response


class FlakyWire(_Plan, httpx.BaseTransport):
    """In front of a real port."""

    def __init__(self, *plan: str | int, **more: Any) -> None:
        super().__init__(*plan, **more)
        self._to = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        kind = self.next(request)
        self.before(kind, request)
        if isinstance(kind, int):
            return self.stand_in(request, kind)
        response = self._to.handle_request(request)
        if kind in (DROP, LATE):
            response.read()
            response.close()
        self.after(kind, request)
        return response


def names(found: Iterable[Any]) -> list[str]:
    """The names of records."""
    return [one.name for one in found]
