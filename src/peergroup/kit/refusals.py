"""One renderer for all errors, the framework's own included: `application/problem+json` (RFC 9457)."""

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peergroup.kit import problems
from peergroup.kit.logs import where_it_broke
from peergroup.kit.problems import Problem, ProblemType
from peergroup.kit.text import said_of

log = logging.getLogger("peergroup.refusals")
_BY_STATUS = {
    400: problems.UNREADABLE,
    401: problems.UNAUTHENTICATED,
    403: problems.FORBIDDEN,
    404: problems.NOT_FOUND,
    405: problems.METHOD_NOT_ALLOWED,
    413: problems.TOO_LARGE,
    415: problems.UNSUPPORTED_MEDIA,
}
_RETRY = {"55P03", "40P01", "40001", "57014", "53300", "57P03", "08001"}
_BROKEN_OFF = {"57P01", "57P02", "08006", "08003"}
_HALF = re.compile(r"%[0-9A-F]?$")
Dialect = Callable[[ProblemType, str, dict[str, Any], dict[str, str]], Response]
_dialects: dict[str, Dialect] = {}
_VALUE = {"22021", "22003", "22P02", "22P05", "22007", "22008", "22001"}


def speak(prefix: str, dialect: Dialect) -> None:
    """Let addresses from `prefix` on be refused in the way of another standard.

    `dialect` gets the type, the detail, the further members and the headers.
    """
    _dialects[prefix] = dialect


def rendered(kind: ProblemType, detail: str, request: Request, **more: Any) -> Response:
    """A problem as an answer. `more`: `retry_after`, `headers`, and further members of the body."""
    headers: dict[str, str] = dict(more.pop("headers", None) or {})
    if (retry_after := more.pop("retry_after", None)) is not None:
        headers["Retry-After"] = str(retry_after)
    if kind.status == HTTPStatus.UNAUTHORIZED:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="peergroup"')
    path = request.scope["path"]
    for prefix, dialect in _dialects.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            return dialect(kind, detail, more, headers)
    body = {
        "type": f"/problems/{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": _reference(path),
        "code": kind.code,
        "request_id": request.scope.get("request_id", ""),
    }
    return Response(orjson.dumps(body | more, default=str), kind.status, headers, "application/problem+json")


def _reference(path: str) -> str:
    """The path as a URI reference of at most 2,000 characters, cut between characters and never inside one."""
    quoted = quote(path.encode("utf-8", "replace"), safe="/:@!$&'()*+,;=~-._")[:2_000]
    return _HALF.sub("", quoted)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - the handler table guarantees it
    return rendered(error.kind, error.detail, request, retry_after=error.retry_after, **error.extra)


async def _http(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    kind = _BY_STATUS.get(status, problems.INTERNAL if status >= 500 else problems.UNREADABLE)
    headers = {
        name: value for name, value in (getattr(error, "headers", None) or {}).items() if name == "Allow"
    }
    return rendered(kind, kind.remedy, request, headers=headers)


async def _invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    if any(item["type"] == "json_invalid" for item in found):
        return rendered(problems.UNREADABLE, "The body is not well-formed JSON.", request)
    listed = [{"pointer": _pointer(item["loc"]), "detail": _said(item)} for item in found[:100]]
    return rendered(problems.INVALID, problems.unacceptable(len(found)), request, errors=listed)


def _pointer(location: tuple[Any, ...]) -> str:
    """A JSON Pointer for what is in the body, the bare name for a parameter."""
    place, *path = location
    if place != "body":
        return "/".join(str(part) for part in path)[:200]
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1")[:100] for part in path)


def _said(item: dict[str, Any]) -> str:
    # Only Pydantic's template is repeated, never the offending input.
    if item["type"] == "extra_forbidden":
        return "This field is not known here."
    if item["type"] == "string_pattern_mismatch":
        return said_of(item["ctx"]["pattern"])
    message: str = item["msg"]
    return message.removeprefix("Value error, ")[:300]


async def _database(request: Request, error: Exception) -> Response:
    original = getattr(error, "orig", None)
    state = getattr(original, "sqlstate", None)
    text = str(original)
    if state in _RETRY or "database is locked" in text or "database table is locked" in text:
        return rendered(problems.BUSY, "Nothing was stored; repeat the request.", request, retry_after=1)
    if isinstance(error, IntegrityError):
        return rendered(problems.CONFLICT, "Somebody else was there first.", request)
    if state in _VALUE:
        return rendered(problems.INVALID, "A value cannot be stored.", request, errors=[])
    lost = getattr(error, "connection_invalidated", False) or (state is None and "onnection" in text)
    if lost or state in _BROKEN_OFF:
        # It may have broken between the commit and the database's saying so: nobody here can know.
        detail = "The connection to the database broke; a repeat with the same Idempotency-Key is done once."
        return rendered(problems.BUSY, detail, request, retry_after=1)
    return await _broken(request, error)


async def _stale(request: Request, _error: Exception) -> Response:
    return rendered(problems.BUSY, "Somebody changed it at the same time.", request, retry_after=1)


async def _unreachable(request: Request, _error: Exception) -> Response:
    return rendered(problems.BUSY, "The database is not reachable.", request, retry_after=5)


async def _overloaded(request: Request, _error: Exception) -> Response:
    return rendered(problems.BUSY, "Too many requests at once.", request, retry_after=2)


async def _left(request: Request, _error: Exception) -> Response:
    # Nobody hears this any more; it only keeps half a request from counting as our fault.
    return rendered(problems.UNREADABLE, "The body ended before all of it had arrived.", request)


async def _broken(request: Request, error: Exception) -> Response:
    log.error("request broke: %s: %s", request.scope.get("request_id", ""), where_it_broke(error))
    return rendered(problems.INTERNAL, "This was not your fault.", request)


class LastResort:
    """The innermost ring: what no handler took becomes a 500 that passes through the other rings like any answer.

    The framework's own place for that lies outside of them: its answer would carry neither a request id nor
    what lets a browser read it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            answer = await _broken(Request(scope), error)
            await answer(scope, receive, send)


def answer_all_errors(app: FastAPI) -> None:
    """Let this module answer every exception of the application. Called before any ring is put around it."""
    app.add_middleware(LastResort)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _overloaded)
    app.add_exception_handler(ConnectionError, _unreachable)
    app.add_exception_handler(ClientDisconnect, _left)
    app.add_exception_handler(StaleDataError, _stale)
    app.add_exception_handler(Exception, _broken)
