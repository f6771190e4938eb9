"""What a person is offered to sign in with: a link, and a code where a device waits for it."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from peergroup.access import credentials, devices, directory, tokens
from peergroup.access.models import Credential, Directory, SignIn, SignInRequest, TokenFamily
from peergroup.kit.context import Context, House
from peergroup.kit.ids import new_id
from peergroup.people.models import Person

VALID = dt.timedelta(minutes=15)
KEPT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Offer:
    """What one person can sign in with, as it is written to them. Never stored."""

    email: str
    organization: str
    link: str
    code: str | None


async def offer_to(
    ctx: Context, person_id: UUID, request: SignInRequest | None = None, taken: set[str | None] | None = None
) -> Offer | None:
    """Make a link for a person, and a code where a device is waiting for it; None for who may not sign in.

    Without a request it is a link for the operator's console. Asked again for the same request (the job was
    repeated), the earlier offer gives way to the new one.
    """
    who = await devices.held(ctx, Person.id == person_id)
    if who is None:
        return None
    request_id = new_id() if request is None else request.id
    await _sweep(ctx, person_id, request_id)
    sign_in_id = new_id()
    link, secret = tokens.mint("sign_in", sign_in_id)
    waits = request is not None and request.challenge is not None
    code = _code(taken or set()) if waits else None
    vault = ctx.house.vault
    ctx.db.add(
        SignIn(
            id=sign_in_id,
            request_id=request_id,
            person_id=person_id,
            challenge=None if request is None else request.challenge,
            link_hash=vault.hash("sign-in link", secret),
            code_hash=code and code_hash(ctx.house, request_id, code),
            created_at=ctx.now,
            expires_at=ctx.now + VALID if request is None else request.expires_at,
        )
    )
    await directory.enter(ctx, "sign_in", [(directory.hash_of(ctx.house, str(sign_in_id)), sign_in_id)])
    if code is not None:
        await directory.enter(ctx, "code", [(code_hash(ctx.house, request_id, code), sign_in_id)])
    ctx.record("sign_in.offered", sign_in_id, only_for=person_id)
    email = await ctx.db.scalar(select(Person.email).where(Person.id == person_id))
    return Offer(email or "", who.organization, link_to(ctx.house, link), code)


def code_hash(house: House, request_id: UUID, code: str) -> str:
    """The form in which a code is kept: it means nothing without its request."""
    return house.vault.hash("sign-in code", f"{request_id}/{code}")


def link_to(house: House, token: str) -> str:
    """The address in the mail. The token stands behind the #: no server, log or link scanner gets to see it."""
    return f"{house.settings.public_url.rstrip('/')}/sign-in#token={token}"


def _code(taken: set[str | None]) -> str:
    while (code := f"{secrets.randbelow(1_000_000):06}") in taken:
        pass
    return code


async def _sweep(ctx: Context, person_id: UUID, request_id: UUID) -> None:
    """Take away an earlier offer of this request, and what expired long ago of this person's."""
    old: Any = (SignIn.person_id == person_id) & (
        (SignIn.request_id == request_id) | (SignIn.created_at < ctx.now - KEPT)
    )
    gone = list(
        await ctx.db.scalars(
            delete(SignIn).where(old).returning(SignIn.id).execution_options(synchronize_session=False)
        )
    )
    stale = select(TokenFamily.id).where(
        TokenFamily.person_id == person_id, TokenFamily.expires_at <= ctx.now - KEPT
    )
    await credentials.forget_expired(ctx, Credential.family_id.in_(stale))
    gone += await ctx.db.scalars(
        delete(TokenFamily)
        .where(TokenFamily.person_id == person_id, TokenFamily.expires_at <= ctx.now - KEPT)
        .returning(TokenFamily.id)
        .execution_options(synchronize_session=False)
    )
    if gone:
        await ctx.db.execute(
            delete(Directory)
            .where(Directory.organization_id == ctx.organization_id, Directory.subject_id.in_(gone))
            .execution_options(synchronize_session=False)
        )
