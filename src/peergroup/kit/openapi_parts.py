"""What every published document shares: who we are, the headers we send, the body of a refusal.

`kit.openapi` puts it where it belongs.
"""

import re
from http import HTTPStatus
from typing import Any

from peergroup.kit.problems import ProblemType, catalogue

VISIBLE = r"^[\x20-\x7e]*$"  # What a header may hold.

INFO = {
    "description": "The service behind moderated peer groups.",
    "contact": {
        "name": "Peergroup",
        "url": "https://peergroup.example/contact",
        "email": "contact@peergroup.example",
    },
    "license": {"name": "MIT", "url": "https://opensource.org/license/mit"},
}
SERVERS = [
    {"url": "/", "description": "The server you read this on, local or production.", "x-internal": False},
    {
        "url": "https://{host}",
        "description": "Your organization's production server.",
        "variables": {"host": {"default": "peergroup.example", "description": "Where it is installed."}},
        "x-internal": False,
    },
]
JWT = "JSON Web Tokens are accepted only as RFC8725 asks."


def _text(longest: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest, **more}


HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "Access-Control-Allow-Origin": ("The browser origin that may read this.", _text(2048, pattern=VISIBLE)),
    "Allow": ("The methods this address takes.", _text(100, pattern=r"^[A-Z, ]*$")),
    "ETag": ("Version and fingerprint, for If-Match and If-None-Match.", _text(100, pattern=VISIBLE)),
    "Idempotent-Replayed": ("Whether this repeats an earlier answer.", _text(5, enum=["true", "false"])),
    "Link": ("Where the next page is.", _text(4096, pattern=VISIBLE)),
    "Location": ("Where the new thing is.", _text(2048, format="uri-reference")),
    "RateLimit": ("What is left of the quota.", _text(200, pattern=VISIBLE)),
    "RateLimit-Policy": ("The quota and its window.", _text(200, pattern=VISIBLE)),
    "Retry-After": ("Seconds to wait.", {"type": "integer", "minimum": 0, "maximum": 86_400}),
    "WWW-Authenticate": ("How to sign in.", _text(500, pattern=VISIBLE)),
    "X-Request-Id": ("Names this request in our logs.", _text(200, pattern=VISIBLE)),
}
# Status, a request parameter (in lower case) that must exist, and the headers that such an answer carries.
SENT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"...", "", ("Access-Control-Allow-Origin", "RateLimit", "RateLimit-Policy", "X-Request-Id")),
    (r"20[01]|304", "", ("ETag",)),
    (r"20[12]|308", "", ("Location",)),
    (r"200", "cursor", ("Link",)),
    (r"2..", "idempotency-key", ("Idempotent-Replayed",)),
    (r"401", "", ("WWW-Authenticate",)),
    (r"405", "", ("Allow",)),
    (r"429|503", "", ("Retry-After",)),
)

FILE = {"type": "string", "maxLength": 2**40, "description": "The file as it is; it is read as it comes."}
EVENT: dict[str, Any] = {
    "type": "object",
    "description": "One event of the stream; lines that begin with a colon only keep the connection alive.",
    "properties": {
        "id": _text(22, description="Where to go on: send it as `Last-Event-ID` or `after`."),
        "event": _text(100, description="The type of the event; `closed` is the last one."),
        "data": _text(100_000, description="JSON: the event as in `GET /v1/events`, or why it ended."),
        "retry": {"type": "integer", "minimum": 0, "maximum": 60_000, "description": "Milliseconds to wait."},
    },
}
CODE = _text(60, pattern="^[a-z][a-z0-9_]*$")
DETAIL = _text(2000, description="What is wrong here.")
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457). The page at `type` explains it.",
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id"],
    "properties": {
        "type": _text(200, format="uri-reference", description="The page that explains this code."),
        "title": _text(200, description="The kind of refusal, in words."),
        "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "The HTTP status."},
        "detail": DETAIL,
        "instance": _text(8192, format="uri-reference", description="The address that was asked."),
        "code": CODE | {"description": "The kind of refusal, for programs."},
        "request_id": _text(200, pattern=VISIBLE, description="Names this request in our logs."),
        "errors": {
            "type": "array",
            "maxItems": 10_000,
            "description": "With 422: each value that is not acceptable.",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": _text(2000, description="Which value."), "detail": DETAIL},
            },
        },
        "allowed": {
            "type": "array",
            "maxItems": 100,
            "description": "With `invalid_transition`: the verbs that are possible now.",
            "items": CODE,
        },
        "guards": {
            "type": "array",
            "maxItems": 100,
            "description": "With `guard_failed`: everything that stands in the way.",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {"code": CODE, "detail": DETAIL},
            },
        },
    },
}


def headers_of(status: str, names: set[str]) -> dict[str, Any]:
    """The headers of an answer to a request that takes parameters of these names."""
    fitting = [sent for when, given, sent in SENT if re.fullmatch(when, status) and given in {"", *names}]
    return {name: {"$ref": f"#/components/headers/{name}"} for sent in fitting for name in sent}


def refusal(status: int) -> dict[str, Any]:
    """The shared response of one status; its description names every code that the server knows for it."""
    unnamed = ProblemType(f"http_{status}", status, HTTPStatus(status).phrase, "")
    kinds = [kind for kind in catalogue.values() if kind.status == status] or [unnamed]
    example: dict[str, Any] = {"type": f"/problems/{kinds[0].code}", "title": kinds[0].title}
    example |= {"status": status, "detail": f"{kinds[0].title}.", "instance": "/v1/me"}
    example |= {"code": kinds[0].code, "request_id": "0198c5f2-7a3b-7c4d-8e5f-6a7b8c9d0e1f"}
    codes = ", ".join(f"`{code}`" for code in sorted(kind.code for kind in kinds))
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": f"{kinds[0].title} ({codes}).",
        "headers": headers_of(str(status), set()),
        "content": {"application/problem+json": {"schema": schema, "example": example}},
    }
