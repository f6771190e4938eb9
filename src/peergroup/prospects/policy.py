"""Who may do what with prospects: admins, service keys, and whoever moderates a group of the organization."""

from dataclasses import dataclass

from sqlalchemy import select

from peergroup.groups.queries import leads_a_group
from peergroup.kit.context import Context
from peergroup.kit.policy import Policy
from peergroup.organizations.models import Organization
from peergroup.organizations.policy import ADMIN, SERVICE
from peergroup.organizations.schemas import Settings
from peergroup.sessions.policy import LEADER

KEEPERS = (ADMIN, SERVICE, LEADER)
READ = Policy("read prospects", KEEPERS, "people:read")
KEEP = Policy("keep prospects", KEEPERS, "people:write")


@dataclass(frozen=True, slots=True)
class Keeper:
    """What the actor is in the organization, as far as prospects ask."""

    is_admin: bool
    is_service: bool
    leads: bool


def keeper_from(ctx: Context, leads: object) -> Keeper:
    """The standing, where it was read whether the actor leads a group."""
    return Keeper(ctx.principal.is_admin, ctx.principal.is_service, leads=bool(leads))


async def keeper(ctx: Context) -> Keeper:
    """The standing of the actor, and the settings along with it, in one statement."""
    query = select(leads_a_group(ctx), Organization.settings).where(Organization.id == ctx.organization_id)
    leads, settings = (await ctx.db.execute(query)).one()
    ctx.memory[Settings] = Settings.model_validate(settings)
    return keeper_from(ctx, leads)
