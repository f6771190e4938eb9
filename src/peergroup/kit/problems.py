"""Problem types with their codes, and the exception that carries one (RFC 9457).

Every refusal in the system is a `Problem` made from a `ProblemType`; the page at `/problems/<code>`
explains the type, and the renderer in `kit.refusals` turns one into an answer.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProblemType:
    """One kind of refusal: its code, HTTP status, title, and what the caller can do about it."""

    code: str
    status: int
    title: str
    remedy: str


class Problem(Exception):
    """A refusal. `detail` says what is wrong here; `extra` are further members of the answer."""

    def __init__(
        self, kind: ProblemType, detail: str, *, retry_after: int | None = None, **extra: Any
    ) -> None:
        super().__init__(f"{kind.code}: {detail}")
        self.kind, self.detail, self.retry_after, self.extra = kind, detail, retry_after, extra


catalogue: dict[str, ProblemType] = {}


def problem_type(code: str, status: int, title: str, remedy: str) -> ProblemType:
    """Register a problem type; its code must be new."""
    if code in catalogue:
        raise ValueError(f"problem type {code} is declared twice")
    catalogue[code] = ProblemType(code, status, title, remedy)
    return catalogue[code]


UNREADABLE = problem_type(
    "unreadable",
    400,
    "The body cannot be read",
    "Send well-formed JSON in UTF-8, without duplicate keys and at most 32 levels deep.",
)
UNAUTHENTICATED = problem_type(
    "unauthenticated",
    401,
    "Sign in first",
    "Send a valid token as 'Authorization: Bearer …'. Where it has expired, POST /v1/tokens/refresh with the refresh"
    " token gives a new one; where that is refused too, sign in again.",
)
FORBIDDEN = problem_type(
    "forbidden",
    403,
    "You may not do this",
    "The detail names who may. Ask one of them, or use a credential with the scope it names.",
)
NOT_FOUND = problem_type(
    "not_found",
    404,
    "There is no such thing here",
    "Check the id. What belongs to others, or is not yours to know about, is not found either.",
)
METHOD_NOT_ALLOWED = problem_type(
    "method_not_allowed",
    405,
    "This address does not take that method",
    "Use one of the methods named in the Allow header.",
)
CONFLICT = problem_type(
    "conflict",
    409,
    "This collides with what is already there",
    "Read the current state, then decide whether your change still makes sense.",
)
INVALID_TRANSITION = problem_type(
    "invalid_transition",
    409,
    "Not from this state",
    "The member 'allowed' lists the verbs that this state and your role admit.",
)
GUARD_FAILED = problem_type(
    "guard_failed",
    409,
    "Something stands in the way",
    "The member 'guards' lists each obstacle with its code; remove them and try again.",
)
IN_PROGRESS = problem_type(
    "in_progress",
    409,
    "The first request with this key is still running",
    "Wait a moment and repeat the same request with the same Idempotency-Key.",
)
STALE = problem_type(
    "stale",
    412,
    "It has changed since you read it",
    "Read the resource again, apply your change to what it says now, and send the new ETag in If-Match.",
)
TOO_LARGE = problem_type(
    "too_large",
    413,
    "The request is too large",
    "Send less at once: a body may have 1 MB, a batch 4 MB, and a header line 8 kB.",
)
UNSUPPORTED_MEDIA = problem_type(
    "unsupported_media_type",
    415,
    "That kind of body is not taken here",
    "Send application/json (for PATCH also application/merge-patch+json), not compressed.",
)
INVALID = problem_type(
    "invalid",
    422,
    "Some values are not acceptable",
    "The member 'errors' points at each of them and says what is expected.",
)
KEY_REUSED = problem_type(
    "idempotency_key_reused",
    422,
    "This Idempotency-Key belongs to another request",
    "Use a new key for a new request; repeat a request only with the very same body.",
)
PRECONDITION_REQUIRED = problem_type(
    "precondition_required",
    428,
    "Say which version you change",
    "Send the ETag you read in If-Match, or '*' to overwrite whatever is there.",
)
RATE_LIMITED = problem_type(
    "rate_limited",
    429,
    "Too many requests",
    "Wait for the seconds named in Retry-After; the RateLimit header tells how many are left.",
)
INTERNAL = problem_type(
    "internal",
    500,
    "Something broke on our side",
    "Repeat the request later; if it breaks again, tell the operator the request_id.",
)
BUSY = problem_type(
    "busy",
    503,
    "The service is busy",
    "Repeat the request, with its Idempotency-Key, after the seconds named in Retry-After.",
)


def not_found() -> Problem:
    """The one answer for unknown, another tenant's, and not yours to know about: the same to the letter."""
    return Problem(NOT_FOUND, "There is nothing here, or it is not yours to know about.")


def forbidden(detail: str) -> Problem:
    """Known to the caller, but not allowed: `detail` names who may."""
    return Problem(FORBIDDEN, detail)


def invalid(pointer: str, detail: str) -> Problem:
    """One unacceptable value; `pointer` is a JSON Pointer into the body, or the parameter's name."""
    return Problem(INVALID, unacceptable(1), errors=[{"pointer": pointer, "detail": detail}])


def unacceptable(count: int) -> str:
    """What a 422 says that lists so many values."""
    return "One value is not acceptable." if count == 1 else f"{count} values are not acceptable."
