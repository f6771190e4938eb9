"""Refusals as SCIM says them (RFC 7644 §3.12), in both directions: the kit's problems, and the library's exceptions."""

from typing import Any

import orjson
from scim2_models import Error, SCIMException
from starlette.responses import Response

from peergroup.kit import problems, refusals
from peergroup.kit.problems import Problem, ProblemType
from peergroup.people.problems import EMAIL_TAKEN

PREFIX = "/scim/v2"
MEDIA = "application/scim+json"
LONGEST = 500
# Not in the catalogue: SCIM's errors carry no code that could be looked up there.
REFUSED = ProblemType(
    "scim_refused",
    400,
    "The SCIM request cannot be carried out",
    "The member 'scimType' of the answer says what is wrong with it.",
)
NAME_TAKEN = ProblemType(
    "user_name_taken",
    409,
    "The directory has somebody under this name already",
    "Look the user up by userName, or give this one another userName; case makes no difference.",
)
NOT_IMPLEMENTED = ProblemType(
    "not_implemented",
    501,
    "This part of SCIM is not there",
    "GET /scim/v2/ServiceProviderConfig says what is.",
)
_KINDS = {
    400: REFUSED,
    401: problems.UNAUTHENTICATED,
    403: problems.FORBIDDEN,
    404: problems.NOT_FOUND,
    405: problems.METHOD_NOT_ALLOWED,
    409: problems.CONFLICT,
    412: problems.STALE,
    413: problems.TOO_LARGE,
    415: problems.UNSUPPORTED_MEDIA,
    501: NOT_IMPLEMENTED,
}
_SCIM_TYPES = {
    problems.UNREADABLE: "invalidSyntax",
    problems.INVALID: "invalidValue",
    problems.KEY_REUSED: "invalidValue",
    EMAIL_TAKEN: "uniqueness",
    NAME_TAKEN: "uniqueness",
}


def refusal(kind: str, detail: str) -> Problem:
    """A refusal with 400 and this `scimType`."""
    return Problem(REFUSED, detail, scim_type=kind)


def problem_of(refused: SCIMException) -> Problem:
    """What the library refuses, as a problem that ends the transaction like any other."""
    kind = _KINDS.get(refused.status, REFUSED)
    return Problem(kind, str(refused.detail or kind.remedy), scim_type=refused.scim_type)


def error_of(problem: Problem) -> Error:
    """A problem as a part of an answer: the outcome of one operation among many."""
    status, body = _said(problem.kind, problem.detail, problem.extra)
    return Error(status=status, scim_type=body.get("scimType"), detail=body["detail"])


def _said(kind: ProblemType, detail: str, more: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    # SCIM knows no 422: what is wrong with a value is a 400 there.
    status = 400 if kind.status == 422 else kind.status
    named = [f"{item['pointer']}: {item['detail']}" for item in more.get("errors") or ()]
    told = " ".join([detail, *named[:5]])[:LONGEST].encode("utf-8", "replace").decode()
    body = {"schemas": [str(Error.__schema__)], "status": str(status), "detail": told}
    if scim_type := more.get("scim_type") or _SCIM_TYPES.get(kind):
        body["scimType"] = scim_type
    return status, body


def _rendered(kind: ProblemType, detail: str, more: dict[str, Any], headers: dict[str, str]) -> Response:
    status, body = _said(kind, detail, more)
    return Response(orjson.dumps(body), status, headers, MEDIA)


refusals.speak(PREFIX, _rendered)
