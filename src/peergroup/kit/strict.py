"""What a request must be before its endpoint sees it: known parameters, a body of the right kind, strict JSON."""

import json
import math
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from peergroup.kit.problems import UNREADABLE, UNSUPPORTED_MEDIA, Problem, invalid

MAX_DEPTH = 32


def parse(raw: bytes) -> Any:
    """JSON without duplicate keys, NaN, huge numbers or more than 32 levels; refused with 400 otherwise."""
    try:
        # Decoded here, because given bytes the library would take UTF-16 and UTF-32, too.
        text = raw.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
        _measure(value, 0)
    except (ValueError, RecursionError) as error:
        raise Problem(UNREADABLE, "The body is not well-formed JSON, or nested too deeply.") from error
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError(digits)
    return value


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _measure(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, dict):
        for item in value.values():
            _measure(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _measure(item, depth + 1)


class StrictRequest(Request):
    """A request whose JSON is parsed strictly, once."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = parse(await self.body())
        return self._json

    async def read_as(self, data_of: Callable[[bytes], Any]) -> None:
        """Take the body as data in another writing: from here on the request is one of JSON."""
        self._json = data_of(await self.body())
        others = [header for header in self.scope["headers"] if header[0] != b"content-type"]
        self.scope["headers"] = [*others, (b"content-type", b"application/json")]


class StrictRoute(APIRoute):
    """A route that refuses what it does not know, instead of ignoring it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        flat = get_flat_params(self.dependant)
        known = {field.alias for field in flat if isinstance(field.field_info, params.Query)}
        meta = getattr(self.endpoint, "meta", None)
        media = meta.media if meta is not None else ()
        texts: Mapping[str, Callable[[bytes], Any]] = dict(meta.texts) if meta is not None else {}

        async def strict(request: Request) -> Response:
            unknown = [name for name in request.query_params if name not in known]
            if unknown and not (meta is not None and meta.open_query):
                raise invalid("query", f"unknown parameter; known are: {', '.join(sorted(known)) or 'none'}")
            asked = StrictRequest(request.scope, request.receive)
            if request.method in ("POST", "PUT", "PATCH"):
                kind = _judge_media(request, (*media, *texts))
                if kind in texts and await asked.body():
                    await asked.read_as(texts[kind])
            return await handler(asked)

        return strict


def _judge_media(request: Request, accepted: tuple[str, ...]) -> str:
    """The media type of the body; refused with 415 unless it is one of these."""
    length = request.headers.get("content-length")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Problem(UNSUPPORTED_MEDIA, "Send the body without compression.")
    has_body = length not in (None, "0") or "transfer-encoding" in request.headers
    if has_body and kind not in accepted:
        raise Problem(UNSUPPORTED_MEDIA, f"Send {' or '.join(accepted)}.")
    return kind
