"""Redeeming a sign-in, by POST only: whoever merely opens a link (a mail scanner) signs nobody in."""

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from peergroup.access import devices, directory, tokens
from peergroup.access.models import SignIn, SignInRequest
from peergroup.access.offers import code_hash
from peergroup.kit.context import Context, House, Principal
from peergroup.kit.problems import Problem, problem_type
from peergroup.people.models import Person

MOST_GUESSES = 5
"""Codes that may be tried for one request."""
MOST_GUESSES_A_DAY = 30
"""Codes that may be tried for one address, whoever asks: a chance of 3 in 100,000 a day for somebody who guesses."""
MOST_FAILURES = 5
DAY = dt.timedelta(days=1)

SIGN_IN_REFUSED = problem_type(
    "sign_in_refused",
    401,
    "This does not sign you in",
    "Links and codes work once, for fifteen minutes, and only on the device that asked. Ask for a new one.",
)


def refused() -> Problem:
    """The one answer to every link and code that does not count, whatever the reason."""
    return Problem(
        SIGN_IN_REFUSED, "The link or code is unknown, expired, used, or belongs to another device."
    )


async def by_link(house: House, token: str, verifier: str | None) -> devices.SignedIn:
    """Sign a device in with the link's token."""
    parsed = tokens.parse(token, ("sign_in",))
    place = None if parsed is None else await directory.find_one(house, "sign_in", str(parsed[0]))
    if parsed is None or place is None:
        raise refused()
    secret = parsed[1]
    return await _redeem(
        house, *place, verifier, lambda offer: house.vault.matches("sign-in link", secret, offer.link_hash)
    )


async def by_code(house: House, email: str, code: str, verifier: str) -> devices.SignedIn:
    """Sign a device in with the code from the mail: only the device that asked, and a few tries only.

    The try is counted before it is judged, for known and unknown addresses alike.
    """
    requests = await _count_guess(house, directory.address_hash(house, email), challenge_of(verifier))
    hashes = [code_hash(house, request, code) for request in requests]
    places = await directory.find(house, "code", hashes)
    if len(places) != 1:
        raise refused()
    return await _redeem(house, *places[0], verifier, lambda offer: _is_among(offer.code_hash, hashes))


def challenge_of(verifier: str) -> str:
    """What a device shows of its verifier when it asks (PKCE, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


async def _count_guess(house: House, email_hash: str, challenge: str) -> list[UUID]:
    """The requests that this device made for this address and that may still be guessed at."""
    now, other = house.clock(), aliased(SignInRequest)
    today = select(func.coalesce(func.sum(other.guesses), 0)).where(
        other.email_hash == email_hash, other.created_at > now - DAY
    )
    statement = (
        update(SignInRequest)
        .where(
            SignInRequest.email_hash == email_hash,
            SignInRequest.challenge == challenge,
            SignInRequest.expires_at > now,
            SignInRequest.guesses < MOST_GUESSES,
            today.scalar_subquery() < MOST_GUESSES_A_DAY,
        )
        .values(guesses=SignInRequest.guesses + 1)
        .returning(SignInRequest.id)
        .execution_options(synchronize_session=False)
    )
    async with house.database.transaction(None, writes=True) as db:
        return list(await db.scalars(statement))


def _is_among(stored: str | None, hashes: list[str]) -> bool:
    return stored is not None and any(hmac.compare_digest(stored, known) for known in hashes)


async def _redeem(
    house: House,
    organization_id: UUID,
    sign_in_id: UUID,
    verifier: str | None,
    proves: Callable[[SignIn], bool],
) -> devices.SignedIn:
    async with house.acting(house.system(organization_id)) as ctx:
        given = await _take(ctx, sign_in_id, verifier, proves)
    # Raised only now: a failure that was counted must stay counted.
    if given is None:
        raise refused()
    return given


async def _take(
    ctx: Context, sign_in_id: UUID, verifier: str | None, proves: Callable[[SignIn], bool]
) -> devices.SignedIn | None:
    who = await devices.held(
        ctx,
        Person.id
        == select(SignIn.person_id)
        .where(SignIn.id == sign_in_id, SignIn.organization_id == ctx.organization_id)
        .scalar_subquery(),
    )
    offer = (
        None
        if who is None
        else await ctx.db.get(SignIn, (ctx.organization_id, sign_in_id), with_for_update=True)
    )
    now = ctx.house.clock()
    if offer is None or offer.redeemed_at is not None or offer.expires_at <= now or not proves(offer):
        return None
    if offer.failures >= MOST_FAILURES or not _is_bound(offer, verifier):
        offer.failures += 1
        return None
    ctx.principal = Principal(ctx.organization_id, "person", offer.person_id)
    offer.redeemed_at = now
    given = await devices.begin(ctx, who)
    ctx.record("sign_in.redeemed", offer, only_for=offer.person_id)
    return given


def _is_bound(offer: SignIn, verifier: str | None) -> bool:
    """Whether this is the device that asked; an offer that no device waits for is for whoever holds the link."""
    if offer.challenge is None:
        return True
    return verifier is not None and hmac.compare_digest(challenge_of(verifier), offer.challenge)
