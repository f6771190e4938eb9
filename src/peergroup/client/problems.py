"""What can go wrong: the service refuses (`Problem` and its kinds), or it cannot be reached (`ConnectionFailed`)."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple


class PeergroupError(Exception):
    """Everything that the client raises of its own."""


class ConnectionFailed(PeergroupError):
    """The service did not answer, although it was asked as often as the client may."""

    def __init__(self, address: str, why: str, *, may_have_happened: bool = False) -> None:
        doubt = " What was asked may have been done all the same." if may_have_happened else ""
        super().__init__(f"{address} does not answer ({why}).{doubt}")
        self.address, self.may_have_happened = address, may_have_happened


class TimedOut(ConnectionFailed):
    """The service did not answer in time."""


class Obstacle(NamedTuple):
    """One thing that stands in the way: `code` for programs, `detail` in words."""

    code: str
    detail: str


class WrongValue(NamedTuple):
    """One value that is not acceptable: a JSON Pointer into the body, or the name of a parameter; and why."""

    pointer: str
    detail: str


class Problem(PeergroupError):
    """A refusal, as the service said it (RFC 9457). `code` is stable; `raw` is the whole object."""

    def __init__(self, status: int, raw: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        self.status, self.raw = status, dict(raw)
        headers = headers or {}
        self.code: str = _text(raw, "code", "unknown")
        self.title: str = _text(raw, "title", "The service refused")
        self.detail: str = _text(raw, "detail", f"The server answered {status} without saying why.")
        self.type: str | None = raw.get("type")
        self.request_id: str | None = raw.get("request_id") or headers.get("x-request-id")
        self.errors = [
            WrongValue(_text(one, "pointer"), _text(one, "detail")) for one in _objects(raw, "errors")
        ]
        self.guards = [Obstacle(_text(one, "code"), _text(one, "detail")) for one in _objects(raw, "guards")]
        self.allowed: list[str] = [str(verb) for verb in raw.get("allowed") or []]
        self.retry_after = seconds(headers.get("retry-after"))
        super().__init__(self._said())

    def _said(self) -> str:
        parts = [f"{self.status} {self.code}: {self.detail}"]
        parts += [f"{one.pointer}: {one.detail}" for one in self.errors]
        parts += [one.detail for one in self.guards]
        parts += [f"Possible now: {', '.join(self.allowed)}."] if self.allowed else []
        return " ".join(parts) + (f" (request {self.request_id})" if self.request_id else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self.raw)


class BadRequest(Problem):
    """400: the body cannot be read."""


class Unauthenticated(Problem):
    """401: no token, or one that is no longer valid."""


class Forbidden(Problem):
    """403: known to you, but not allowed; the detail names who may."""


class NotFound(Problem):
    """404: unknown, or not yours to know about."""


class Conflict(Problem):
    """409: it collides with what is there."""


class InvalidTransition(Conflict):
    """409: not from this state; `allowed` names the verbs that are possible now."""


class GuardFailed(Conflict):
    """409: something stands in the way; `guards` says what."""


class Gone(Problem):
    """410: the feed does not reach back that far."""


class Stale(Problem):
    """412: it has changed since you read it."""


class Invalid(Problem):
    """422: some values are not acceptable; `errors` points at each."""


class PreconditionRequired(Problem):
    """428: say which version you change."""


class RateLimited(Problem):
    """429: too many requests; `retry_after` seconds are to be waited."""


class ServiceFailed(Problem):
    """5xx: something broke on the other side. Tell the operator the `request_id`."""


class Busy(ServiceFailed):
    """503: the service is busy; `retry_after` seconds are to be waited."""


_BY_STATUS: dict[int, type[Problem]] = {
    400: BadRequest,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    412: Stale,
    422: Invalid,
    428: PreconditionRequired,
    429: RateLimited,
    503: Busy,
}
_BY_CODE: dict[str, type[Problem]] = {"invalid_transition": InvalidTransition, "guard_failed": GuardFailed}


def problem_of(status: int, headers: Mapping[str, str], body: bytes) -> Problem:
    """The exception for an answer of 400 and above; what is not a problem document is told by its status alone."""
    try:
        raw = json.loads(body)
    except ValueError:
        raw = {}
    raw = raw if isinstance(raw, dict) else {}
    family = ServiceFailed if status >= 500 else Problem
    kind = _BY_CODE.get(_text(raw, "code")) or _BY_STATUS.get(status, family)
    return kind(status, raw, headers)


def seconds(retry_after: str | None) -> float | None:
    """A `Retry-After` in seconds; None where there is none that can be read."""
    try:
        return None if retry_after is None else max(0.0, float(retry_after))
    except ValueError:
        return None


def _text(raw: Mapping[str, Any], name: str, otherwise: str = "") -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else otherwise


def _objects(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = raw.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
