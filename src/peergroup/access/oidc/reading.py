"""What a token of an external issuer says: read strictly, and not believed yet."""

import re
from dataclasses import dataclass
from typing import Any

from joserfc.util import urlsafe_b64decode

from peergroup.access.oidc.problems import refused
from peergroup.kit import strict
from peergroup.kit.problems import Problem

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Public keys only: with a shared secret, or none, whoever can check a token can make one."""
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
"""Of sign-in and access tokens. Others (`logout+jwt` for one) have the same issuer and prove something else."""
_REFUSED_HEADERS = ("crit", "jwk", "jku", "x5c", "x5u", "b64", "zip", "enc", "cty")
"""A token does not say which key to believe, and nothing stands in it that one has to know more to read."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MOST_AUDIENCES = 10
SUBJECT, ISSUER, AUDIENCE, KEY_ID = 255, 200, 200, 256
"""The most characters of each."""


@dataclass(frozen=True, slots=True)
class Said:
    """A token's own words."""

    raw: str
    algorithm: str
    key_id: str
    issuer: str
    subject: str
    audiences: tuple[str, ...]
    claims: dict[str, Any]


def read(raw: str) -> Said:
    """The words of a token in its compact form; 401 for every other thing with dots in it."""
    parts = raw.split(".")
    if len(parts) != 3 or not all(parts):
        raise refused("is not signed, or not in the compact form")
    algorithm, key_id = _judged(_object(parts[0]))
    claims = _object(parts[1])
    return Said(
        raw,
        algorithm,
        key_id,
        text(claims.get("iss"), ISSUER, "names no issuer"),
        text(claims.get("sub"), SUBJECT, "names no subject"),
        _audiences(claims.get("aud")),
        claims,
    )


def _judged(header: dict[str, Any]) -> tuple[str, str]:
    """The algorithm and the key that a header names."""
    algorithm, kind = header.get("alg"), header.get("typ")
    if algorithm not in ALGORITHMS:
        raise refused("is not signed with an algorithm that is taken here")
    if any(name in header for name in _REFUSED_HEADERS):
        raise refused("brings its own key, or a header that is not understood here")
    if (kind.lower() if isinstance(kind, str) else kind) not in _TYPES:
        raise refused("is of another type than sign-in and access tokens")
    return str(algorithm), text(header.get("kid"), KEY_ID, "does not name the key that signed it")


def _object(part: str) -> dict[str, Any]:
    try:
        found = strict.parse(urlsafe_b64decode(part.encode("ascii")))
    except (Problem, ValueError) as error:
        raise refused("cannot be read") from error
    if not isinstance(found, dict):
        raise refused("cannot be read")
    return found


def _audiences(value: Any) -> tuple[str, ...]:
    named = value if isinstance(value, list) else [value]
    if not 1 <= len(named) <= _MOST_AUDIENCES:
        raise refused("names no audience, or too many")
    return tuple(text(one, AUDIENCE, "names no audience") for one in named)


def text(value: Any, longest: int, otherwise: str) -> str:
    """A claim that is a short text of one line; refused with `otherwise` where it is anything else."""
    if not isinstance(value, str) or not 1 <= len(value) <= longest or _CONTROL.search(value):
        raise refused(otherwise)
    return value
