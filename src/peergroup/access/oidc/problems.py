"""The refusals of external identities."""

from peergroup.kit.problems import Problem, problem_type

IDENTITY_REFUSED = problem_type(
    "identity_refused",
    401,
    "This token of an identity provider does not count",
    "The detail says why. Get a new token from the identity provider, made for an audience that your organization"
    " has registered, and send it as 'Authorization: Bearer …'.",
)
IDENTITY_UNKNOWN = problem_type(
    "identity_unknown",
    401,
    "Nobody has linked this identity",
    "Sign in once by mail with POST /v1/sign-in, then send this token to POST /v1/me/identities. From then on it signs"
    " you in.",
)
IDENTITY_TAKEN = problem_type(
    "identity_taken",
    409,
    "This identity is linked already",
    "An identity is one person's. Unlink it where it is linked, or sign in as that person. Organizations that share an"
    " identity provider register an audience each.",
)
ISSUER_UNREACHABLE = problem_type(
    "issuer_unreachable",
    503,
    "The identity provider does not answer as it should",
    "Repeat the request after the seconds named in Retry-After. If it stays like this, compare the issuer with what its"
    " /.well-known/openid-configuration says of itself.",
)


def refused(why: str) -> Problem:
    """A token that does not count: `why` continues "This token …", and never quotes it."""
    return Problem(IDENTITY_REFUSED, f"This token {why}.")


def unknown() -> Problem:
    """A good token of somebody who has not linked it, or whose link has ended."""
    return Problem(IDENTITY_UNKNOWN, "This token is in order, but nobody has linked this identity.")


def unreachable(retry_after: int) -> Problem:
    """The issuer's keys cannot be had at the moment."""
    return Problem(
        ISSUER_UNREACHABLE, "The issuer's keys could not be read.", retry_after=max(1, retry_after)
    )
