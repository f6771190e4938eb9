"""Keys made and revoked on the operator's machine.

Nobody is impersonated: besides service keys only an owner gets a key here, and it never opens what groups say.
"""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.access import credentials, keys, policy, scopes
from peergroup.access.schemas import KeyOut
from peergroup.cli import starting
from peergroup.cli.refusals import USAGE, Refusal
from peergroup.kit.context import Context, House
from peergroup.kit.pagination import Paging
from peergroup.kit.text import fold
from peergroup.organizations.models import Organization
from peergroup.people.models import Person


@dataclass(frozen=True)
class Wanted:
    """A key as the operator asks for it; `owner` is the e-mail of the owner whose key it becomes."""

    name: str
    said: tuple[str, ...]
    owner: str | None
    days: int

    @property
    def scopes(self) -> list[str]:
        """The scopes, whether they were said one by one or separated by commas."""
        return sorted({one for said in self.said for one in said.split(",") if one})


async def listed(organization: str | None) -> list[KeyOut]:
    """Every key that is not revoked."""
    async with _acting(organization, writes=False) as ctx:
        return await _all(ctx)


async def make(organization: str | None, wanted: Wanted) -> dict[str, Any]:
    """Make a key, and give it with its secret."""
    _judge(wanted)
    async with _acting(organization) as ctx:
        person_id = None if wanted.owner is None else await _owner(ctx, wanted.owner)
        kind = "service" if person_id is None else "personal"
        key, secret = await credentials.issue(
            ctx,
            "service" if person_id is None else "key",
            person_id=person_id,
            name=wanted.name,
            scopes=wanted.scopes,
            expires_at=ctx.now + dt.timedelta(days=wanted.days),
        )
        ctx.record("key.created", key, only_for=person_id, kind=kind)
        return {
            "id": key.id,
            "kind": kind,
            "name": key.name,
            "scopes": wanted.scopes,
            "expires_at": key.expires_at,
            "secret": secret,
        }


async def revoke(organization: str | None, key_id: UUID) -> None:
    """End a key and what was made with it."""
    async with _acting(organization) as ctx:
        await keys.revoke(ctx, policy.ALL_KEYS, key_id, keys.everybodys())


@asynccontextmanager
async def _acting(named: str | None, *, writes: bool = True) -> AsyncIterator[Context]:
    async with starting.house() as house:
        organization = await _organization(house, named)
        async with house.acting(house.system(organization), writes=writes) as ctx:
            yield ctx


async def _organization(house: House, named: str | None) -> UUID:
    async with house.database.transaction(None, writes=False) as db:
        known = list(
            await db.execute(select(Organization.id, Organization.name).order_by(Organization.created_at))
        )
    fitting = [id_ for id_, name in known if named is None or named in (str(id_), name)]
    if not known:
        raise Refusal("There is no organization yet.", "Run 'peergroup init' first.")
    if len(fitting) != 1:
        raise Refusal(
            "There are several organizations." if named is None or fitting else "No such organization.",
            f"Name one with --organization: {', '.join(str(id_) for id_, _ in known[:10])}.",
            code=USAGE,
        )
    return fitting[0]


def _judge(wanted: Wanted) -> None:
    unknown = [one for one in wanted.scopes if one not in scopes.FOR_SERVICES]
    if unknown or not wanted.scopes:
        raise Refusal(
            f"Not a scope for such a key: {', '.join(unknown) or '(none)'}.",
            f"Use some of: {' '.join(scopes.FOR_SERVICES)}.",
            code=USAGE,
        )
    if not 0 < len(wanted.name) <= 200 or not 1 <= wanted.days <= 3_650:
        raise Refusal("--name must have 1 to 200 characters, and --days lie between 1 and 3650.", code=USAGE)


async def _owner(ctx: Context, email: str) -> UUID:
    query = select(Person.id, Person.organization_role).where(
        Person.email_folded == fold(email), Person.state == "active"
    )
    found = (await ctx.db.execute(query)).one_or_none()
    if found is None:
        raise Refusal("No active person of this organization has that address.")
    if found.organization_role != "owner":
        raise Refusal(
            "Only an owner gets a personal key here.",
            "Everybody else signs in and makes their own: POST /v1/me/keys.",
        )
    return UUID(str(found.id))


async def _all(ctx: Context) -> list[Any]:
    found, cursor = [], None
    while True:
        some = await keys.listed(ctx, policy.ALL_KEYS, keys.everybodys(), Paging(limit=200, cursor=cursor))
        found += some.items
        if (cursor := some.next_cursor) is None:
            return found
