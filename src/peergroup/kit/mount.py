"""Adding a room's routes to the application, with what the contract says of each."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI, Response

from peergroup.kit.openapi_parts import EVENT, FILE
from peergroup.kit.routing import Meta, Room, Route, answer_model


def mount(app: FastAPI, room: Room) -> None:
    """Add every route of a room; a stable operation id is its endpoint's name."""
    for route in room.routes:
        endpoint = route.endpoint
        summary, _, description = (endpoint.__doc__ or "").strip().partition("\n")
        if not summary:
            raise ValueError(f"{endpoint.__name__} has no docstring: the contract needs a summary")
        model = answer_model(endpoint)
        app.router.add_api_route(
            route.meta.path,
            endpoint,
            methods=[route.meta.method],
            response_model=model,
            response_class=Response if model is None else _default(app),
            status_code=204 if model is None and _is_silent(route.meta) else route.meta.status,
            tags=[route.tag],
            summary=summary.rstrip("."),
            description=" ".join(description.split()) or summary,
            operation_id=endpoint.__name__,
            include_in_schema=not route.meta.hidden,
            openapi_extra=_extra(route),
            responses=dict(_responses(route.meta, model)),
            max_body_size=route.meta.max_body,
        )


def _responses(meta: Meta, model: Any) -> Iterator[tuple[int | str, dict[str, Any]]]:
    """What the contract says of answers besides the schema: further statuses, and texts of other media types."""
    for status, why in meta.also:
        yield status, {"description": why} | ({"model": model} if status < 300 else {})
    if meta.answers_with:
        yield meta.status, {"content": {media: {"schema": _told(media)} for media in meta.answers_with}}


def _told(media: str) -> dict[str, Any]:
    """What an answer of this media type is; of a stream, each event."""
    if media == "text/event-stream":
        return EVENT
    return {"type": "object" if media.endswith("json") else "string"}


def _is_silent(meta: Meta) -> bool:
    return meta.status == 200 and not meta.answers_with


def _default(app: FastAPI) -> Any:
    return app.router.default_response_class


def _extra(route: Route) -> dict[str, Any]:
    meta = route.meta
    extra: dict[str, Any] = {"x-errors": sorted({*_errors(meta), *meta.errors})}
    if meta.texts:
        extra["x-texts"] = [media for media, _ in meta.texts]
    if meta.form is not None:
        # The endpoint reads the form itself; the contract says what it looks like.
        body = {media: {"schema": meta.form.model_json_schema()} for media in meta.media}
        extra["requestBody"] = {"required": True, "content": body}
    elif meta.max_body is None:
        files = {media: {"schema": FILE} for media in meta.media}
        extra["requestBody"] = {"required": True, "content": files}
    if meta.is_public:
        extra["x-public"] = True
    else:
        extra["x-policy"] = [role.name for role in meta.policy.roles]
        if meta.policy.scope is not None:
            extra["x-scope"] = meta.policy.scope
    return extra


def _errors(meta: Meta) -> Iterator[int]:
    yield from (422, 429, 500, 503)
    if not meta.is_public:
        yield from (401, 403)
    if "{" in meta.path or meta.policy.is_about_words:  # A key without a person does not find words.
        yield 404
    if meta.writes:
        yield from (400, 409, 413, 415)
    if meta.writes and not meta.is_public:
        yield 412  # Where there is no version, If-Match names one that does not exist.
