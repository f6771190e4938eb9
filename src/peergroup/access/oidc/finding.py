"""Which person a token of an external issuer means: found by issuer, audience and subject, and by nothing else.

What is found here may no longer count; as for every token, that is read in the request's own transaction.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.access import directory
from peergroup.access.models import Credential, IdentityProvider
from peergroup.access.oidc import judging
from peergroup.access.oidc.problems import refused, unknown
from peergroup.access.oidc.reading import Said, read
from peergroup.kit.context import House, Token

NOT_TRUSTED = "is of an issuer, or for an audience, that is not registered here"


async def find(house: House, raw: str) -> Token:
    """The linked identity that a token proves; 401 where the token does not count or nobody has linked it."""
    said = read(raw)
    ends = judging.judge_times(said, house.clock())
    # By what it says, not believed yet: it decides whose keys are asked for, and only known issuers are.
    places = await directory.find(house, "identity", _hashes(house, _identities(said)))
    if not places and not await directory.knows(house, "issuer", _hashes(house, _providers(said))):
        raise refused(NOT_TRUSTED)
    await prove(house, said)
    if len(places) != 1:
        raise unknown()
    organization, credential = places[0]
    linked_at = IdentityProvider.id == Credential.provider_id
    provider = await provider_of(house, organization, said, Credential.id == credential, linked_at)
    if provider is None:
        raise refused(NOT_TRUSTED)
    judging.judge_terms(provider, said)
    secret = identity(said.issuer, provider.audience, said.subject)
    return Token(organization, credential, secret, judging.scopes_in(said), ends)


async def prove(house: House, said: Said) -> None:
    """Believe the words: its issuer has signed them, with a key that it publishes now."""
    judging.judge_signature(said, await house.issuers.key(house, said))


async def provider_of(house: House, organization: UUID, said: Said, *which: Any) -> IdentityProvider | None:
    """The provider by which an organization trusts a token; where it does so twice, the one that `which` says."""
    query = select(IdentityProvider).where(
        IdentityProvider.issuer == said.issuer, IdentityProvider.audience.in_(said.audiences), *which
    )
    async with house.database.transaction(organization, writes=False) as db:
        return (await db.scalars(query.order_by(IdentityProvider.id).limit(1))).one_or_none()


def identity(issuer: str, audience: str, subject: str) -> str:
    """What an identity is known by; none of the three has a line break in it."""
    return f"{issuer}\n{audience}\n{subject}"


def provider_key(issuer: str, audience: str) -> str:
    """What a provider is found by."""
    return f"{issuer}\n{audience}"


def _providers(said: Said) -> Iterable[str]:
    return (provider_key(said.issuer, audience) for audience in said.audiences)


def _identities(said: Said) -> Iterable[str]:
    return (identity(said.issuer, audience, said.subject) for audience in said.audiences)


def _hashes(house: House, keys: Iterable[str]) -> list[str]:
    return [directory.hash_of(house, key) for key in keys]
