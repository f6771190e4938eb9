"""Retried requests: the key's row is the first insert of the transaction, the answer is kept beside the effect.

Two requests with one key wait for each other on that row. A repeat is answered from it for 24 hours, after
authentication and the standing on which the first answer rested were checked again. Refusals roll back with
the row, so they are judged anew.
"""

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import LargeBinary, SmallInteger, String, cast, delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column
from starlette.responses import Response

from peergroup.kit.compiled import ORGANIZATION, given
from peergroup.kit.model import TENANT, Model, TenantOwned, index
from peergroup.kit.prepared import Prepared, insert_into
from peergroup.kit.problems import IN_PROGRESS, KEY_REUSED, Problem, invalid, not_found

if TYPE_CHECKING:
    from peergroup.kit.context import Context
    from peergroup.kit.routing import Meta

KEPT_FOR = dt.timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_OFFICE = "office"
_KEPT_HEADERS = ("etag", "location", "content-type")


class IdempotencyKey(TenantOwned, Model):
    """A keyed request and, once it succeeded, its answer."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        index("idempotency_key_created_at", "created_at"),
        index("idempotency_key_masked_for", "masked_for", where="masked_for IS NOT NULL"),
    )
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[dt.datetime]
    status: Mapped[int | None] = mapped_column(SmallInteger)
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    reach: Mapped[dict[str, Any] | None]
    masked_for: Mapped[str | None] = mapped_column(String(120))
    """What the anonymous request was part of: its rows are deleted together."""


@dataclass(frozen=True)
class Mask:
    """What an anonymous request leaves behind for its retry instead of a person, a body and a fingerprint.

    `pseudonym` stands for the person, `key` is what the fingerprint of the body is keyed with, and
    `part_of` names what the row is deleted with (`drop_masked`).
    """

    pseudonym: str
    key: bytes
    part_of: str


FindMask = Callable[["Context", Mapping[str, Any]], Awaitable[Mask | None]]


@dataclass(frozen=True)
class Claim:
    """A key taken by this request, or the answer of the request that had it before."""

    key_hash: str
    replay: Response | None = None
    mask: Mask | None = None


_TABLE: Any = IdempotencyKey.__table__
_CLAIM = Prepared(
    lambda dialect: (
        insert_into(dialect, _TABLE, (TENANT, "key_hash", "fingerprint", "created_at", "masked_for"))
        .on_conflict_do_nothing()
        .returning(_TABLE.c.key_hash)
    )
)
_KEEP = Prepared(
    lambda _dialect: (
        update(_TABLE)
        .where(_TABLE.c.organization_id == ORGANIZATION, _TABLE.c.key_hash == given("key_hash", String()))
        .values({name: given(name, _TABLE.c[name].type) for name in ("status", "headers", "body", "reach")})
    )
)


async def claim(ctx: "Context", meta: "Meta", mask: Mask | None = None) -> Claim | None:
    """Take the request's key, or find its earlier answer. None where the request has no key."""
    if ctx.idempotency_key is None or meta.method != "POST" or not meta.keyed:
        return None
    if _KEY.fullmatch(ctx.idempotency_key) is None:
        raise invalid("Idempotency-Key", "Use 1 to 255 visible ASCII characters, for example a UUID.")
    who = f"{ctx.principal.kind}/{ctx.principal.identity}" if mask is None else f"masked/{mask.pseudonym}"
    key_hash = _digest(f"{who}/{meta.method}/{ctx.path}/{ctx.idempotency_key}".encode(), mask)
    fingerprint = _digest(await _asked(ctx), mask)
    for _ in range(2):
        if await _insert(ctx, key_hash, fingerprint, mask):
            return Claim(key_hash, mask=mask)
        row = await _earlier(ctx, key_hash)
        if row is not None:
            return Claim(key_hash, await _replay(ctx, row, fingerprint), mask)
        await ctx.db.execute(delete(IdempotencyKey).where(IdempotencyKey.key_hash == key_hash))
    raise RuntimeError("an expired key could not be replaced")


async def _asked(ctx: "Context") -> bytes:
    """What makes two requests the same: body and query. A dry run is not the request it rehearses."""
    query: bytes = b"" if ctx.request is None else ctx.request.scope["query_string"]
    return await ctx.raw_body() + (b"?" + query if query else b"")


def _digest(said: bytes, mask: Mask | None) -> str:
    """A fingerprint; under a mask keyed, so that nobody who guesses the words or the key can check the guess."""
    return hashlib.sha256(said).hexdigest() if mask is None else hmac.digest(mask.key, said, "sha256").hex()


async def _insert(ctx: "Context", key_hash: str, fingerprint: str, mask: Mask | None) -> bool:
    part_of = mask.part_of if mask is not None else None
    row = {"key_hash": key_hash, "fingerprint": fingerprint, "created_at": ctx.now, "masked_for": part_of}
    try:
        return await _CLAIM.row(ctx.db, **row) is not None
    except DBAPIError as error:
        if (
            getattr(error.orig, "sqlstate", None) == "55P03"
        ):  # lock_timeout: the first one still holds the row
            raise Problem(IN_PROGRESS, "Repeat the request in a moment.", retry_after=1) from error
        raise


async def _earlier(ctx: "Context", key_hash: str) -> Any:
    columns = (
        IdempotencyKey.fingerprint,
        IdempotencyKey.status,
        IdempotencyKey.headers,
        IdempotencyKey.body,
        IdempotencyKey.reach,
    )
    query = select(*columns).where(
        IdempotencyKey.key_hash == key_hash, IdempotencyKey.created_at > ctx.now - KEPT_FOR
    )
    return (await ctx.db.execute(query)).first()


async def _replay(ctx: "Context", row: Any, fingerprint: str) -> Response:
    if row.fingerprint != fingerprint:
        raise Problem(KEY_REUSED, "The first request with this key had another body.")
    for subject, reach in (row.reach or {}).items():
        if await _present_reach(ctx, subject) < reach:
            raise not_found()
    headers = dict(row.headers or {}) | {"Idempotent-Replayed": "true"}
    return Response(row.body or b"", row.status, headers)


async def _present_reach(ctx: "Context", subject: str) -> int:
    if subject == _OFFICE:
        return int(ctx.principal.is_admin) + int(ctx.principal.is_owner)
    return 0 if ctx.house.reach_of is None else await ctx.house.reach_of(ctx, subject)


async def _reach(ctx: "Context", claim: Claim) -> dict[str, int]:
    """How far the actor reaches where the answer rests on it, and in the organization."""
    if claim.mask is not None:
        # How high somebody stands would tell whose anonymous words these are.
        return dict.fromkeys(ctx.reach, 1)
    return ctx.reach | {_OFFICE: await _present_reach(ctx, _OFFICE)}


async def keep(ctx: "Context", claim: Claim, meta: "Meta", response: Response) -> None:
    """Store the answer with the effect, without its secret parts."""
    body = bytes(response.body)
    if meta.secret and body:
        content = orjson.loads(body)
        body = orjson.dumps(content | dict.fromkeys(meta.secret))
    kept = {name: value for name, value in response.headers.items() if name in _KEPT_HEADERS}
    if claim.mask is not None:
        # What was said stays out of this table, and so does a hash of it: a repeat learns the id alone.
        kept.pop("etag", None)
        body = orjson.dumps({"id": orjson.loads(body)["id"]}) if body else b""
    reach = await _reach(ctx, claim)
    answer = {"status": response.status_code, "headers": kept, "body": body, "reach": reach}
    await _KEEP.rows(ctx.db, key_hash=claim.key_hash, **answer)


async def drop_masked(ctx: "Context", part_of: str) -> None:
    """Delete what anonymous requests left behind that were part of this, or of something within it."""
    await ctx.db.execute(
        delete(IdempotencyKey)
        .where(IdempotencyKey.masked_for.startswith(part_of, autoescape=True))
        .execution_options(synchronize_session=False)
    )


async def forget(ctx: "Context", person_id: Any) -> None:
    """Drop every kept answer that names a person; a repeat of such a request is answered without a body."""
    kept = (
        cast(IdempotencyKey.body, String)
        if ctx.house.database.is_sqlite
        else func.encode(IdempotencyKey.body, "escape")
    )
    await ctx.db.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.body.is_not(None), kept.contains(str(person_id)))
        .values(body=None, headers={})
        .execution_options(synchronize_session=False)
    )
