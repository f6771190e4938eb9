"""The first organization and its owner, made on the operator's machine."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from peergroup import app
from peergroup.access.offers import VALID, offer_to
from peergroup.cli import starting
from peergroup.cli.refusals import USAGE, Refusal
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.kit.text import is_email
from peergroup.kit.time import zone_names
from peergroup.organizations import actions as organizations
from peergroup.organizations.models import Organization
from peergroup.people import provision


@dataclass(frozen=True)
class Wanted:
    """What the operator asked for."""

    name: str
    owner_name: str
    owner_email: str
    time_zone: str


async def found(wanted: Wanted, *, another: bool) -> dict[str, Any]:
    """Migrate, found the organization, and make its owner a sign-in link. Refused where one exists already."""
    _judge(wanted)
    settings = starting.settings()
    await starting.migrated(settings)
    house = app.build_house(settings)
    try:
        return await _found(house, wanted, another=another)
    finally:
        await house.database.close()


def _judge(wanted: Wanted) -> None:
    if not 0 < len(wanted.name) <= 200 or not wanted.name.isprintable():
        raise Refusal("--name must be one line of 1 to 200 characters.", code=USAGE)
    if not 0 < len(wanted.owner_name) <= 200 or not wanted.owner_name.isprintable():
        raise Refusal("--owner-name must be one line of 1 to 200 characters.", code=USAGE)
    if not is_email(wanted.owner_email):
        raise Refusal("--owner-email is not an e-mail address.", "Use one like ada@example.com.", code=USAGE)
    if wanted.time_zone not in zone_names():
        raise Refusal("--time-zone is not an IANA time zone.", "Use one like Europe/Berlin.", code=USAGE)


async def _found(house: House, wanted: Wanted, *, another: bool) -> dict[str, Any]:
    async with house.acting(house.system(new_id())) as ctx:
        known = await ctx.db.scalar(select(Organization.name).order_by(Organization.created_at).limit(1))
        if known is not None and not another:
            raise Refusal(
                f"There is an organization already: {known}.", "Sign in there, or say --another to add one."
            )
        organization = await organizations.found(ctx, name=wanted.name, time_zone=wanted.time_zone)
        owner = await provision.find_or_make(ctx, name=wanted.owner_name, email=wanted.owner_email)
        owner.organization_role = "owner"
        await house.seal(ctx)  # what reacts to a new person makes the address known to sign-in
        offer = await offer_to(ctx, owner.id)
        assert offer is not None  # noqa: S101 - the owner has just been made and is active
        return {
            "organization": {
                "id": organization.id,
                "name": organization.name,
                "time_zone": organization.time_zone,
            },
            "owner": {"id": owner.id, "name": owner.name, "email": owner.email},
            "sign_in_link": offer.link,
            "valid_minutes": int(VALID.total_seconds() // 60),
        }
