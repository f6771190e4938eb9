"""Client credentials (RFC 6749, 4.4): a service key exchanged for a token that lives for minutes."""

import base64
import binascii
import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_plus
from uuid import UUID

from sqlalchemy import select

from peergroup.access import credentials, tokens
from peergroup.access.models import Credential
from peergroup.kit.context import Context, House
from peergroup.kit.problems import Problem, ProblemType, problem_type

LIFE = dt.timedelta(minutes=15)
FIELDS = ("grant_type", "scope", "client_id", "client_secret")

INVALID_REQUEST = problem_type(
    "invalid_request",
    400,
    "The token request is incomplete",
    "Send grant_type, and client_id with client_secret in the form or as HTTP Basic, each of them once.",
)
INVALID_CLIENT = problem_type(
    "invalid_client",
    401,
    "This client is not known",
    "Send the id of a service key as client_id and the key itself as client_secret.",
)
UNSUPPORTED_GRANT = problem_type(
    "unsupported_grant_type",
    400,
    "Only client credentials are granted here",
    "Send grant_type=client_credentials. People sign in with POST /v1/sign-in.",
)
INVALID_SCOPE = problem_type(
    "invalid_scope",
    400,
    "The key does not hold these scopes",
    "Ask for scopes that the service key holds, separated by blanks, or leave scope out for all of them.",
)


@dataclass(frozen=True)
class Grant:
    """A token for a service key, and what it is cut down to."""

    token: str
    scopes: list[str]
    lives_for: dt.timedelta


def _problem(kind: ProblemType, detail: str, **more: Any) -> Problem:
    # OAuth clients read `error`; everybody else reads the problem.
    return Problem(kind, detail, error=kind.code, **more)


async def grant(house: House, authorization: str | None, raw: bytes) -> Grant:
    """The token that a request asks for. 400 where it is malformed, 401 where the key does not count."""
    form = _form(raw)
    client, secret = _client(authorization, form)
    if form.get("grant_type") != "client_credentials":
        kind = UNSUPPORTED_GRANT if "grant_type" in form else INVALID_REQUEST
        raise _problem(kind, "grant_type must be client_credentials.")
    basic = {"headers": {"WWW-Authenticate": 'Basic realm="peergroup"'}} if authorization else {}
    unknown = _problem(INVALID_CLIENT, "This service key is unknown, expired or revoked.", **basic)
    parsed = tokens.parse(secret, ("service",))
    if parsed is None or _as_id(client) != parsed[0]:
        raise unknown
    try:
        token = await house.find_token(house, secret)
    except Problem:
        raise unknown from None
    async with house.acting(house.system(token.organization_id)) as ctx:
        key = await _key(ctx, token.credential_id)
        if key is None or not house.vault.matches("credential", token.secret, key.secret_hash):
            raise unknown
        return await _give(ctx, key, form.get("scope", "").split())


async def _key(ctx: Context, id_: UUID) -> Credential | None:
    """The service key, held so that a revocation comes before this or sees its result."""
    query = select(Credential).where(Credential.id == id_, Credential.kind == "service")
    key = (await ctx.db.scalars(query.with_for_update(read=True))).one_or_none()
    return key if key is not None and key.counts(ctx.house.clock()) else None


async def _give(ctx: Context, key: Credential, asked: list[str]) -> Grant:
    held = key.scopes or []
    if set(asked) - set(held):
        raise _problem(INVALID_SCOPE, "The key holds less than was asked for.")
    scopes = sorted(set(asked)) or held
    now = ctx.house.clock()
    ends = min(now + LIFE, key.expires_at or now + LIFE)
    await credentials.forget_expired(ctx, Credential.parent_id == key.id)
    _, token = await credentials.issue(ctx, "grant", scopes=scopes, expires_at=ends, parent_id=key.id)
    return Grant(token, scopes, ends - now)


def _form(raw: bytes) -> dict[str, str]:
    """The fields of the form; others are ignored and empty ones count as missing, as the RFC asks."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), max_num_fields=50, strict_parsing=bool(raw), errors="strict")
    except ValueError:
        raise _problem(INVALID_REQUEST, "The body is not a form.") from None
    known = [(name, value) for name, value in pairs if name in FIELDS]
    if len(dict(known)) != len(known):
        raise _problem(INVALID_REQUEST, "A field was sent twice.")
    return dict(known)


def _client(authorization: str | None, form: dict[str, str]) -> tuple[str, str]:
    """Id and secret of the client, from HTTP Basic or from the form, never from both."""
    if authorization is None:
        if "client_id" not in form or "client_secret" not in form:
            raise _problem(INVALID_REQUEST, "client_id and client_secret are missing.")
        return form["client_id"], form["client_secret"]
    scheme, _, encoded = authorization.partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        decoded = ""
    client, colon, secret = decoded.partition(":")
    if scheme.lower() != "basic" or not colon or "client_secret" in form:
        raise _problem(INVALID_REQUEST, "Send client_id and client_secret as HTTP Basic or in the form.")
    return unquote_plus(client), unquote_plus(secret)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
