"""Asking to sign in: the request is noted alike for every address; a job finds out who it is, and writes.

Nothing that a caller could see or measure depends on whether the address is known: both ways are two inserts.
"""

from uuid import UUID

from sqlalchemy import delete, func, select

from peergroup.access import directory
from peergroup.access.models import SignInRequest
from peergroup.access.offers import KEPT, VALID, Offer, offer_to
from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.kit.mail import letter
from peergroup.kit.text import mailbox

MOST_MAILS = 5
"""How many requests for one address are answered with a mail within `VALID`; the others are noted only."""
NOWHERE = UUID(int=0)
"""The organization of what belongs to none yet."""


async def ask(house: House, email: str, organization_id: UUID | None, challenge: str | None) -> None:
    """Note that somebody asked to sign in with this address; a job does the rest."""
    async with house.acting(house.system(NOWHERE)) as ctx:
        request = SignInRequest(
            id=new_id(),
            email_hash=directory.address_hash(house, email),
            organization_id=organization_id,
            challenge=challenge,
            created_at=ctx.now,
            expires_at=ctx.now + VALID,
        )
        ctx.db.add(request)
        await jobs.enqueue(ctx, "access.offer_sign_in", request_id=request.id)
        ctx.after_commit.append(lambda: house.wake(NOWHERE))


@jobs.job("access.offer_sign_in")
async def offer_sign_in(house: House, due: jobs.Due) -> None:
    """Make link and code for each organization that knows the address, and send them in one mail."""
    request = await _pending(house, UUID(due.payload["request_id"]))
    if request is None:
        return
    offers: list[Offer] = []
    for organization_id, person_id in await directory.find(house, "email", [request.email_hash]):
        if request.organization_id in (None, organization_id):
            async with house.acting(house.system(organization_id)) as ctx:
                taken = {offer.code for offer in offers}
                offers += filter(None, [await offer_to(ctx, person_id, request, taken)])
    for address, mine in _by_mailbox(offers).items():
        await house.mailer.send(
            letter(__package__, "sign_in", address, offers=mine, minutes=VALID.seconds // 60)
        )


async def _pending(house: House, request_id: UUID) -> SignInRequest | None:
    """The request, if it may still be answered. Sweeps out what is older than a day."""
    now = house.clock()
    async with house.database.transaction(None, writes=True) as db:
        await db.execute(
            delete(SignInRequest)
            .where(SignInRequest.created_at < now - KEPT)
            .execution_options(synchronize_session=False)
        )
        request = await db.get(SignInRequest, request_id)
        if request is None or request.expires_at <= now:
            return None
        before = select(func.count()).where(
            SignInRequest.email_hash == request.email_hash,
            SignInRequest.created_at > request.created_at - VALID,
            SignInRequest.created_at < request.created_at,
        )
        return request if (await db.execute(before)).scalar_one() < MOST_MAILS else None


def _by_mailbox(offers: list[Offer]) -> dict[str, list[Offer]]:
    """Offers by the mailbox they may go to."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(mailbox(offer.email), []).append(offer)
    return found
