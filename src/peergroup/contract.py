"""The published contract: what FastAPI knows of the routes, and what holds for all of them.

`kit.openapi.polish` adds refusals, headers and bounds; here comes what only the whole knows: the rooms'
descriptions, the ways to sign in with their scopes, and the headers that the kit reads on every route.
"""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from peergroup import __version__
from peergroup.access import scopes
from peergroup.kit.limits import MAX_HEADER
from peergroup.kit.openapi import polish
from peergroup.kit.routing import Meta, Room

ABOUT = """\
The service behind moderated peer groups: about ten people of equal standing who meet monthly and work on each
other's problems, ten brains on one problem.

Send `Authorization: Bearer <token>` with every request; the organization comes from the token. Times are
RFC 3339 in UTC, ids are UUIDs, lists come in pages, and every refusal is a problem (RFC 9457) whose `type`
leads to a page that explains it. Values of enumerations may grow: ignore those you do not know.
"""


def _opens() -> dict[str, str]:
    return {scope.name: scope.opens for scope in scopes.TABLE}


SECURITY: dict[str, Any] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A session's access token, a personal key, a service key, or the token of a linked identity.",
    },
    "client_credentials": {
        "type": "oauth2",
        "description": "For integrations: exchange a service key for a short-lived access token.",
        "flows": {"clientCredentials": {"tokenUrl": "/v1/oauth/token", "scopes": _opens()}},
    },
}
_KEY = (
    "Idempotency-Key",
    {"minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
    "A name of your choice for this request: repeat it, and nothing happens twice.",
)
# What is no ETag of ours names no version: it is compared, not judged.
_TAGS = {"maxLength": MAX_HEADER, "pattern": r"^[^\x00]*$"}
_MATCH = ("If-Match", _TAGS, "The ETag you have read: refused with 412 if it has changed since.")
_NONE_MATCH = ("If-None-Match", _TAGS, "The ETag you have: answered with 304 if nothing has changed since.")


def build(app: FastAPI, rooms: list[Room]) -> dict[str, Any]:
    """The contract of an application with these rooms, as a document that nothing else changes."""
    document = get_openapi(
        title="Peergroup",
        version=__version__,
        description=ABOUT,
        routes=app.routes,
        webhooks=app.webhooks.routes,
        tags=[{"name": tag, "description": why} for tag, why in _tags(rooms).items()],
    )
    document.setdefault("components", {})["securitySchemes"] = SECURITY
    for route in app.routes:
        meta = getattr(getattr(route, "endpoint", None), "meta", None)
        if isinstance(route, APIRoute) and isinstance(meta, Meta) and route.include_in_schema:
            operation = document["paths"][route.path_format][meta.method.lower()]
            _never_null(operation)
            _name_headers(operation, meta, document["components"].get("schemas", {}))
    return polish(document)


def _tags(rooms: list[Room]) -> dict[str, str]:
    """What the rooms are about that have something in the contract: SCIM, for one, describes itself."""
    return {
        room.tag: room.description for room in rooms if any(not route.meta.hidden for route in room.routes)
    }


def _name_headers(operation: dict[str, Any], meta: Meta, schemas: dict[str, Any]) -> None:
    """The headers that the kit reads on this route: for retries, and for whoever changed it meanwhile."""
    said = [
        _header(*spec)
        for spec, applies in (
            (_KEY, meta.method == "POST" and meta.keyed and not meta.is_public),
            (_MATCH, meta.method in ("PATCH", "PUT", "DELETE") or bool(meta.verb)),
            (_NONE_MATCH, meta.method == "GET" and _has_version(operation, schemas)),
        )
        if applies
    ]
    if said:
        operation["parameters"] = [*operation.get("parameters", []), *said]


def _never_null(operation: dict[str, Any]) -> None:
    """An optional parameter is left out, never null: that is only how Python says it."""
    for parameter in operation.get("parameters", []):
        rest = dict(parameter["schema"])
        kinds = [kind for kind in rest.pop("anyOf", []) if kind != {"type": "null"}]
        if len(kinds) == 1:
            parameter["schema"] = kinds[0] | rest


def _has_version(operation: dict[str, Any], schemas: dict[str, Any]) -> bool:
    answer = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    name = answer.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return "version" in schemas.get(name, {}).get("properties", {})


def _header(name: str, bounds: dict[str, Any], why: str) -> dict[str, Any]:
    schema = {"type": "string"} | bounds
    return {"name": name, "in": "header", "required": False, "description": why, "schema": schema}


def written(document: dict[str, Any]) -> str:
    """The document as it is checked in: the same text for the same contract."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
