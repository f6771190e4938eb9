"""Routes of the organization."""

from peergroup.kit.entrance import Ctx
from peergroup.kit.routing import Room
from peergroup.organizations import actions, policy
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import OrganizationOut, OrganizationPatch, Settings

room = Room("organization", "The tenant: its name, zone and settings.")


def out(organization: Organization) -> OrganizationOut:
    """The wire form."""
    return OrganizationOut(
        id=organization.id,
        name=organization.name,
        time_zone=organization.time_zone,
        settings=Settings.model_validate(organization.settings),
        created_at=organization.created_at,
        version=organization.version,
    )


@room.get("/organization", policy.READ)
async def get_organization(ctx: Ctx) -> OrganizationOut:
    """Your organization and its settings."""
    ctx.require(policy.READ, ctx.principal)
    return out(await actions.get(ctx))


@room.patch("/organization", policy.EDIT)
async def update_organization(ctx: Ctx, patch: OrganizationPatch) -> OrganizationOut:
    """Change your organization's name, zone or settings."""
    return out(await actions.update(ctx, patch))
