"""Routes of plans: a group's year, read and replaced as a whole."""

from typing import Annotated

from fastapi import Path, Query

from peergroup.kit.entrance import Ctx
from peergroup.kit.exact import Switch
from peergroup.kit.ids import ResourceId
from peergroup.kit.routing import Room
from peergroup.sessions import plan_changing, plans, policy
from peergroup.sessions.plan_schemas import PlanChangedOut, PlanIn, PlanOut

room = Room(
    "plans", "A group's year: its sessions by key, replaced as a whole, with a difference before and after."
)
Number = Annotated[int, Path(ge=2000, le=2199, description="The year.", examples=[2027])]
DryRun = Annotated[Switch, Query(description="Only show what would be different; nothing is changed.")]


@room.get("/groups/{group_id}/plans/{year}", policy.SEE_PLAN)
async def get_plan(ctx: Ctx, group_id: ResourceId, year: Number) -> PlanOut:
    """The plan of a group's year."""
    return await plans.read_year(ctx, group_id, year)


@room.put("/groups/{group_id}/plans/{year}", policy.PLAN_YEAR, errors=(409, 428))
async def replace_plan(
    ctx: Ctx, group_id: ResourceId, year: Number, plan: PlanIn, *, dry_run: DryRun = False
) -> PlanChangedOut:
    """Replace the plan of a group's year: sessions are made, changed and taken back until they are as it says.

    If-Match is needed, except for a dry run. What is no longer named is deleted, or kept where something hangs on
    it; what has begun is locked. The answer says for each entry what became of it.
    """
    return await plan_changing.replace_year(ctx, group_id, year, plan, dry_run=dry_run)
