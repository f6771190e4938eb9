"""Whether what a token says counts: when, for whom it was made, at whose wish, and what it is cut down to."""

import datetime as dt
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from peergroup.access.models import IdentityProvider
from peergroup.access.oidc.keys import Key
from peergroup.access.oidc.problems import refused
from peergroup.access.oidc.reading import AUDIENCE, Said, text
from peergroup.access.scopes import EVERY

LEEWAY = dt.timedelta(seconds=60)
"""How far the issuer's clock and ours may be apart."""
LONGEST = dt.timedelta(days=1)
"""A token that counts for longer than that is a key, and we have better ones."""
_LATEST = 253_402_300_000
_CLIENTS = ("azp", "client_id", "cid", "appid")
"""Where issuers say for which client a token was made: OIDC, RFC 9068, Okta, Entra."""


class _Signatures(jws.JWSRegistry):
    # Whatever arrives here fits into a header line of a request.
    max_header_length = 4_000


def judge_times(said: Said, now: dt.datetime) -> dt.datetime:
    """When the token ends for us; 401 where it has, where it does not count yet, or for too long."""
    ends = _instant(said, "exp")
    if ends is None:
        raise refused("does not say when it ends")
    if ends + LEEWAY <= now:
        raise refused("has expired")
    if ends > now + LONGEST + LEEWAY:
        raise refused("counts for longer than a day")
    for name in ("nbf", "iat"):
        begins = _instant(said, name)
        if begins is not None and begins > now + LEEWAY:
            raise refused("does not count yet")
    return ends + LEEWAY


def _instant(said: Said, name: str) -> dt.datetime | None:
    value = said.claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LATEST:
        raise refused(f"has no time in '{name}'")
    return dt.datetime.fromtimestamp(value, dt.UTC)


def judge_signature(said: Said, key: Key) -> None:
    """401 unless this key has signed these words, with the algorithm that they name."""
    registry = _Signatures(algorithms=[said.algorithm], strict_check_header=False)
    try:
        jws.deserialize_compact(said.raw, key, registry=registry)
    except (JoseError, ValueError) as error:
        raise refused("was not signed by its issuer") from error


def judge_terms(provider: IdentityProvider, said: Said) -> None:
    """401 where the organization does not take this algorithm, or not from the client that got the token."""
    if said.algorithm not in provider.algorithms:
        raise refused("is not signed with an algorithm that your organization takes")
    clients = [
        text(said.claims[name], AUDIENCE, "names no client") for name in _CLIENTS if name in said.claims
    ]
    if len(said.audiences) > 1 and not clients:
        raise refused("has several audiences and does not say for which client it was made")
    if set(clients) - {provider.audience, *provider.clients}:
        raise refused("was made for a client that your organization has not registered")


def scopes_in(said: Said) -> frozenset[str] | None:
    """What the token is cut down to: the scopes of ours that it names; None, where it names none of them."""
    named: set[Any] = set()
    for name in ("scope", "scp"):
        value = said.claims.get(name)
        words = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
        named |= {word for word in words if isinstance(word, str)}
    return frozenset(named.intersection(EVERY)) or None
