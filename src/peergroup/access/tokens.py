"""Bearer tokens: `<kind>_<credential id>_<secret><checksum>`, looked up in the directory, judged in the tenant.

The directory's answer never changes for a token (ids are not reused), so it may be cached; whether the
credential still counts is read in the request's own transaction, every time.
"""

import hmac
import re
from collections import OrderedDict
from uuid import UUID

from peergroup.access import directory
from peergroup.access.oidc import finding
from peergroup.kit.context import House, Token
from peergroup.kit.problems import UNAUTHENTICATED, Problem
from peergroup.kit.secrets import Vault, checksum, new_secret

PREFIXES = {"session": "pga", "key": "pgk", "service": "pgs", "grant": "pgt", "sign_in": "pgl", "feed": "pgf"}
SERVICES = ("service", "grant")
_FORM = re.compile(r"(pg[afklst])_([0-9a-f]{32})_([A-Za-z0-9_-]{43})([a-z2-7]{6})")
_REFRESH = re.compile(r"pgr_([0-9a-f]{32})_([A-Za-z0-9_-]{43})([0-9a-f]{16})")
_MOST_CACHED = 20_000


def mint(kind: str, id_: UUID) -> tuple[str, str]:
    """A new token of this kind, and its secret part whose hash is stored."""
    secret = new_secret()
    body = f"{PREFIXES[kind]}_{id_.hex}_{secret}"
    return body + checksum(body), secret


def parse(token: str, kinds: tuple[str, ...]) -> tuple[UUID, str] | None:
    """The id and the secret in a token of one of these kinds; None where it is mistyped or another kind."""
    match = _FORM.fullmatch(token)
    if match is None or match[1] not in {PREFIXES[kind] for kind in kinds}:
        return None
    return (UUID(match[2]), match[3]) if hmac.compare_digest(checksum(token[:-6]), match[4]) else None


def refresh_token(vault: Vault, family_id: UUID, secret: str) -> str:
    """A refresh token. Its tag is keyed: only tokens that this server made can count as used again."""
    body = f"pgr_{family_id.hex}_{secret}"
    return body + vault.hash("refresh tag", body)[:16]


def parse_refresh(vault: Vault, token: str) -> tuple[UUID, str] | None:
    """The family and the secret of a refresh token that was made here; None for anything else."""
    match = _REFRESH.fullmatch(token)
    if match is None or not hmac.compare_digest(vault.hash("refresh tag", token[:-16])[:16], match[3]):
        return None
    return UUID(match[1]), match[2]


def refused() -> Problem:
    """The one answer to every token that does not count."""
    return Problem(
        UNAUTHENTICATED,
        "This token is unknown, expired or revoked. Your refresh token gets a new one at POST /v1/tokens/refresh;"
        " without one that counts, sign in again.",
    )


class TokenFinder:
    """Finds a token's organization through the directory, remembering what it found."""

    def __init__(self) -> None:
        self._known: OrderedDict[UUID, UUID] = OrderedDict()

    async def __call__(self, house: House, token: str) -> Token:
        if "." in token:  # None of ours has one: it is of an external issuer.
            return await finding.find(house, token)
        parsed = parse(token, ("session", "key", "service", "grant"))
        if parsed is None:
            raise refused()
        credential_id, secret = parsed
        organization = self._known.get(credential_id) or await self._look_up(house, credential_id)
        return Token(organization, credential_id, secret)

    async def _look_up(self, house: House, credential_id: UUID) -> UUID:
        place = await directory.find_one(house, "credential", str(credential_id))
        if place is None:
            raise refused()
        self._known[credential_id] = place[0]
        if len(self._known) > _MOST_CACHED:
            self._known.popitem(last=False)
        return place[0]
