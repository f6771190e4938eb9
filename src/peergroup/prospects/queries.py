"""What is read of prospects: by those who keep them, and by nobody else."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from peergroup.groups.queries import leads_a_group
from peergroup.kit.context import LOCK, Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named, Page
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import Settings
from peergroup.people.models import Person
from peergroup.prospects import policy, steps
from peergroup.prospects.lifecycles import PROSPECT
from peergroup.prospects.models import Prospect
from peergroup.prospects.policy import Keeper
from peergroup.prospects.schemas import Passed, ProspectBrief, ProspectOut

_Connector = aliased(Person)


def _prospects(*more: Any) -> Select[Any]:
    return (
        select(Prospect, Person.name, _Connector.name.label("connector_name"), *more)
        .join(Person, Person.id == Prospect.person_id)
        .outerjoin(_Connector, _Connector.id == Prospect.connector_id)
    )


async def list_prospects(
    ctx: Context, paging: Paging, state: str | None, step: str | None, connector_id: UUID | None
) -> Page[ProspectBrief]:
    """The prospects of the organization, the newest first."""
    ctx.require(policy.READ, await policy.keeper(ctx))
    wanted = {"state": state, "step": step, "connector_id": connector_id}
    statement = _prospects().where(
        *(getattr(Prospect, name) == value for name, value in wanted.items() if value is not None)
    )
    by = [Prospect.created_at, Prospect.id]
    rows, following = await page(ctx, statement, paging, by=by, descending=True)
    items = [ProspectBrief(**_brief(row.Prospect, row.name, row.connector_name)) for row in rows]
    return Page[ProspectBrief](items=items, next_cursor=following)


def _brief(prospect: Prospect, name: str, connector: str | None) -> dict[str, Any]:
    same = ("id", "state", "step", "moved_at", "created_at")
    introduced_by = None
    if prospect.connector_id is not None:
        introduced_by = Named(id=prospect.connector_id, name=connector or "")
    return {field: getattr(prospect, field) for field in same} | {
        "person": Named(id=prospect.person_id, name=name),
        "connector": introduced_by,
    }


async def find_prospect(ctx: Context, prospect_id: UUID, *, lock: bool = False) -> tuple[Prospect, Keeper]:
    """A prospect and the actor's standing, with the settings, in one statement; 404 but for those who keep them."""
    statement = (
        _prospects(Person.state.label("whose"), Organization.settings, leads_a_group(ctx).label("leads"))
        .join(Organization, Organization.id == ctx.organization_id)
        .where(Prospect.id == prospect_id)
    )
    if lock:
        statement = statement.with_for_update(of=Prospect, **LOCK)
        statement = statement.execution_options(populate_existing=True)
    row = (await ctx.db.execute(statement)).one_or_none()
    keeper = policy.keeper_from(ctx, row is not None and row.leads)
    if row is None or not (policy.READ.allows(keeper) or ctx.principal.is_system):
        raise not_found()
    prospect: Prospect = row.Prospect
    ctx.memory[Settings] = Settings.model_validate(row.settings)
    ctx.memory[Prospect, prospect.id] = (row.name, row.connector_name)
    ctx.memory[Person, prospect.person_id] = row.whose
    return prospect, keeper


async def show_prospect(ctx: Context, prospect: Prospect, keeper: Keeper) -> ProspectOut:
    """A prospect that `find_prospect` found, on the wire."""
    funnel = ctx.memory[Settings].funnel
    return ProspectOut(
        **_brief(prospect, *ctx.memory[Prospect, prospect.id]),
        passed=[Passed.model_validate(one, from_attributes=False) for one in prospect.passed],
        next_steps=steps.following(funnel, prospect.taken) if prospect.ended_at is None else [],
        note=prospect.note,
        reason=prospect.reason,
        membership_id=prospect.membership_id,
        ended_at=prospect.ended_at,
        version=prospect.version,
        allowed_actions=PROSPECT.allowed(keeper, prospect),
    )
