"""What a developer reads: the contract, two ways to browse it that need no internet, a page for each problem."""

import asyncio
import html
from pathlib import Path
from typing import Annotated

import fastapi_offline
from fastapi import Path as InPath
from fastapi import Request, Response
from pydantic import Field
from starlette.responses import FileResponse, HTMLResponse

from peergroup.kit.answers import JSON, etag, unchanged
from peergroup.kit.policy import PUBLIC
from peergroup.kit.problems import ProblemType, catalogue, not_found
from peergroup.kit.routing import Room
from peergroup.kit.wire import Out, Page

room = Room("reference", "What the refusals mean.", prefix="")
_OURS, _THEIRS = Path(__file__).parent / "pages", Path(fastapi_offline.__file__).parent / "static"
_ASSETS = {
    **{name: _OURS / name for name in ("pages.css", "swagger-start.js")},
    **{
        name: _THEIRS / name
        for name in ("swagger-ui-bundle.js", "swagger-ui.css", "redoc.standalone.js", "favicon.png")
    },
}
# Nothing is fetched from elsewhere, and the browser makes sure of it.
_SEALED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
ProblemCode = Annotated[
    str,
    InPath(description="Code of a problem.", max_length=60, pattern=r"^[a-z][a-z0-9_]*$", examples=["stale"]),
]


class ProblemKind(Out):
    """One kind of refusal."""

    type: str = Field(
        description="What problems of this kind carry as `type`.",
        max_length=200,
        examples=["/problems/stale"],
    )
    code: str = Field(description="Stable code, for programs.", max_length=60, examples=["stale"])
    status: int = Field(description="The HTTP status it comes with.", ge=400, le=599, examples=[412])
    title: str = Field(
        description="What it means.", max_length=200, examples=["It has changed since you read it"]
    )
    remedy: str = Field(description="What the caller can do about it.", max_length=2_000)


@room.get("/problems", PUBLIC, answers_with=("text/html",))
async def list_problems(request: Request) -> Page[ProblemKind]:
    """Every kind of refusal there is.

    A page for browsers, JSON for everybody else.
    """
    kinds = sorted(catalogue.values(), key=lambda kind: (kind.status, kind.code))
    if not _is_browser(request):
        return Page(items=[_out(kind) for kind in kinds], next_cursor=None)
    lines = "".join(
        f'<li><a href="problems/{kind.code}"><code>{kind.code}</code></a> '
        f"<b>{kind.status}</b> {html.escape(kind.title)}</li>"
        for kind in kinds
    )
    return _page("Problems", f"<ul>{lines}</ul>")  # type: ignore[return-value]  # the model is for the contract


@room.get("/problems/{code}", PUBLIC, answers_with=("text/html",))
async def get_problem(request: Request, code: ProblemCode) -> ProblemKind:
    """What one kind of refusal means, and what to do about it.

    A page for browsers, JSON for everybody else.
    """
    kind = catalogue.get(code)
    if kind is None:
        raise not_found()
    if not _is_browser(request):
        return _out(kind)
    said = (
        f"<p><code>{kind.code}</code>, HTTP status <b>{kind.status}</b></p><p>{html.escape(kind.remedy)}</p>"
    )
    said += '<p><a href="../problems">All problems</a></p>'
    return _page(kind.title, said, base="../")  # type: ignore[return-value]  # the model is for the contract


def _is_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _out(kind: ProblemType) -> ProblemKind:
    return ProblemKind(
        type=f"/problems/{kind.code}",
        code=kind.code,
        status=kind.status,
        title=kind.title,
        remedy=kind.remedy,
    )


@room.get("/openapi.json", PUBLIC, hidden=True)
async def get_contract(request: Request) -> Response:
    """The contract as OpenAPI 3.1."""
    body: bytes = await asyncio.to_thread(request.app.state.contract)
    headers = {"ETag": etag(1, body), "Cache-Control": "no-cache"}
    if unchanged(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


@room.get("/docs", PUBLIC, hidden=True)
async def browse_with_swagger() -> Response:
    """The contract to try out."""
    scripts = '<script src="docs/swagger-ui-bundle.js"></script><script src="docs/swagger-start.js"></script>'
    return _page("Try it out", f'<div id="swagger-ui"></div>{scripts}', sheet="swagger-ui.css")


@room.get("/redoc", PUBLIC, hidden=True)
async def browse_with_redoc() -> Response:
    """The contract to read."""
    redoc = '<redoc spec-url="openapi.json"></redoc><script src="docs/redoc.standalone.js"></script>'
    return _page("Reference", redoc, sheet=None)


@room.get("/docs/{asset}", PUBLIC, hidden=True)
async def get_asset(asset: str) -> Response:
    """A script or style sheet of these pages."""
    if asset not in _ASSETS:
        raise not_found()
    return FileResponse(_ASSETS[asset], headers={"Cache-Control": "public, max-age=86400"})


def _page(title: str, inside: str, *, sheet: str | None = "pages.css", base: str = "") -> HTMLResponse:
    style = f'<link rel="stylesheet" href="{base}docs/{sheet}">' if sheet else ""
    heading = f"<main><h1>{html.escape(title)}</h1>{inside}</main>" if sheet == "pages.css" else inside
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} · Peergroup</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="{base}docs/favicon.png">{style}</head><body>{heading}</body></html>',
        headers=_SEALED | {"Vary": "Accept"},
    )
