"""Answers: bytes dumped once, an ETag of version and content, 304 where the reader has them already."""

import hashlib
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from starlette.responses import Response

from peergroup.kit.wire import Page

if TYPE_CHECKING:
    from peergroup.kit.context import Context
    from peergroup.kit.routing import Meta

JSON = "application/json"


def dump(model: BaseModel) -> bytes:
    """The wire form of a schema."""
    return type(model).__pydantic_serializer__.to_json(model)


def etag(version: int, body: bytes) -> str:
    """`"<version>-<first 16 hex of SHA-256 of the bytes>"`."""
    return f'"{version}-{hashlib.sha256(body).hexdigest()[:16]}"'


def unchanged(if_none_match: str | None, tag: str) -> bool:
    """Whether the reader named this very content."""
    if if_none_match is None:
        return False
    named = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return tag in named or "*" in named


def next_link(address: str) -> str:
    """The Link header of a page that another one follows."""
    return f'<{address}>; rel="next"'


def render(result: Any, meta: "Meta", ctx: "Context | None") -> Response:
    """What an endpoint returned as a response: schemas become JSON, None becomes 204."""
    if meta.answers_with:
        return _negotiated(result if isinstance(result, Response) else _rendered(result, meta, ctx), ctx)
    return result if isinstance(result, Response) else _rendered(result, meta, ctx)


def _negotiated(response: Response, ctx: "Context | None") -> Response:
    """An answer that depends on what the reader accepts; texts come ready, and may be known already."""
    tag = response.headers.get("etag")
    known = None if ctx is None else ctx.header("if-none-match")
    if tag is not None and response.status_code == 200 and unchanged(known, tag):
        response = Response(status_code=304, headers={"ETag": tag})
    response.headers["Vary"] = "Accept"
    return response


def _rendered(result: Any, meta: "Meta", ctx: "Context | None") -> Response:
    if result is None:
        return Response(status_code=204 if meta.status == 200 else meta.status)
    body = dump(result)
    headers: dict[str, str] = {"Cache-Control": "no-store"} if meta.secret else {}
    version = getattr(result, "version", None)
    if isinstance(version, int):
        headers["ETag"] = etag(version, body)
        if not meta.writes and ctx is not None and unchanged(ctx.header("if-none-match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
    if isinstance(result, Page) and result.next_cursor is not None and ctx is not None:
        headers["Link"] = next_link(ctx.url_with(cursor=result.next_cursor))
    if meta.location is not None:
        headers["Location"] = meta.location.format(
            **{k: getattr(result, k) for k in type(result).model_fields}
        )
    if ctx is not None and ctx.created_at is not None:
        return Response(body, 201, headers | {"Location": ctx.created_at}, JSON)
    return Response(body, meta.status, headers, JSON)
