"""One request of a directory: read strictly, spoken by the library, done in the transaction of the request."""

from typing import Any

import orjson
from scim2_models import SCIMException
from scim2_server.requests import ScimRequest
from starlette.requests import Request
from starlette.responses import Response

from peergroup.kit import strict
from peergroup.kit.context import Context
from peergroup.kit.problems import TOO_LARGE, Problem
from peergroup.scim import policy
from peergroup.scim.filtering import UNSTORABLE, refuse_sprawling
from peergroup.scim.refusals import MEDIA, PREFIX, problem_of, refusal
from peergroup.scim.resources import MOST_OPERATIONS
from peergroup.scim.service import SERVICE, Handler
from peergroup.scim.storage import Storage

_OURS_TO_SAY = {"display", "$ref"}
"""What directories repeat of members, and only `value` decides."""


async def serve(ctx: Context) -> Response:
    """Answer a request under `/scim/v2`."""
    ctx.require(policy.PROVISION, ctx.principal)
    request: Any = ctx.request
    method = "GET" if request.method == "HEAD" else request.method
    # If-Match is judged by the library, which knows the version of what is changed.
    ctx.precondition_checked = method in ("PUT", "PATCH", "DELETE")
    try:
        asked = ScimRequest(
            method=method,
            base_url=_base(ctx, request),
            path=request.scope["path"].removeprefix(PREFIX) or "/",
            query=_query(request),
            headers=dict(request.headers),
            body=_body(await ctx.raw_body()) if method in ("POST", "PUT", "PATCH") else b"",
        )
        answer = await Handler(SERVICE, Storage(ctx)).handle(asked)
    except SCIMException as refused:
        raise problem_of(refused) from refused
    except RecursionError as error:
        raise refusal("invalidSyntax", "It is nested too deeply.") from error
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
    if answer.body is None:
        return Response(status_code=answer.status, headers=headers)
    return Response(orjson.dumps(answer.body), answer.status, headers, MEDIA)


def _base(ctx: Context, request: Request) -> str:
    """The address that directories see: the one the operator named, else the one they used."""
    settings = ctx.house.settings
    is_named = "public_url" in settings.model_fields_set
    return (settings.public_url if is_named else str(request.base_url)).rstrip("/") + PREFIX


def _query(request: Request) -> dict[str, str]:
    query = dict(request.query_params)
    if any(UNSTORABLE.search(text) for pair in query.items() for text in pair):
        raise refusal("invalidValue", "The query has a character that cannot be stored.")
    for name in ("filter", "sortBy"):
        refuse_sprawling(query.get(name, ""))
    return query


def _body(raw: bytes) -> bytes:
    """The body, without what could mean two things or cannot be stored, and without what only repeats."""
    return orjson.dumps(_read(strict.parse(raw)))


def _read(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            raise refusal("invalidValue", "A text has a character that cannot be stored.")
        if name.lower() in ("path", "filter", "sortby"):
            refuse_sprawling(value)
        return value
    if isinstance(value, dict):
        _judge_many(value)
        left_out = _OURS_TO_SAY if "value" in value else frozenset[str]()
        return {_read(key): _read(one, key) for key, one in value.items() if key not in left_out}
    if isinstance(value, list):
        return [_read(one) for one in value]
    return _counted(value)


def _judge_many(value: dict[str, Any]) -> None:
    """Each operation of a PATCH is worked out while nobody else is served: so many, and no more."""
    if any(
        name.lower() == "operations" and isinstance(one, list) and len(one) > MOST_OPERATIONS
        for name, one in value.items()
    ):
        raise Problem(TOO_LARGE, f"At most {MOST_OPERATIONS} operations at once.")


def _counted(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > 2**63 - 1:
        raise refusal("invalidValue", "A number is too large.")
    return value
