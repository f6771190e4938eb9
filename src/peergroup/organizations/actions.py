"""What happens to an organization."""

from sqlalchemy import insert

from peergroup.kit.context import Context
from peergroup.kit.events import EventCounter
from peergroup.kit.problems import not_found
from peergroup.organizations import policy
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import OrganizationPatch


async def found(ctx: Context, *, name: str, time_zone: str = "UTC") -> Organization:
    """Begin an organization: its row and its event counter. On the operator's machine only."""
    organization = Organization(
        id=ctx.organization_id, name=name, time_zone=time_zone, settings={}, created_at=ctx.now
    )
    ctx.db.add(organization)
    await ctx.db.execute(insert(EventCounter).values(organization_id=ctx.organization_id, last=0))
    ctx.record("organization.founded", organization)
    await ctx.db.flush()
    return organization


async def get(ctx: Context, *, lock: bool = False) -> Organization:
    """The organization of the credential."""
    organization = await ctx.db.get(Organization, ctx.organization_id, with_for_update=lock or None)
    if organization is None:
        raise not_found()
    return organization


async def update(ctx: Context, patch: OrganizationPatch) -> Organization:
    """Change the organization's name, zone or settings."""
    ctx.require(policy.EDIT, ctx.principal)
    organization = await get(ctx, lock=True)
    ctx.expect(organization)
    sent = patch.model_dump(mode="json", exclude_unset=True)
    for name in ("name", "time_zone"):
        if name in sent:
            setattr(organization, name, sent[name])
    if "settings" in sent:
        # Merge patch: null gives a setting its default back, what is absent stays.
        merged = organization.settings | (sent["settings"] or {})
        organization.settings = {} if sent["settings"] is None else merged
    if sent:
        ctx.record("organization.updated", organization, changed=sorted(sent))
    await ctx.db.flush()
    return organization
