"""Routes of prospects."""

from typing import Annotated

from fastapi import Depends, Query

from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.text import Key
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page
from peergroup.prospects import actions, entering, policy, queries
from peergroup.prospects.lifecycles import PROSPECT
from peergroup.prospects.schemas import ProspectBrief, ProspectIn, ProspectOut, ProspectPatch, State

room = Room("prospects", "Strangers on their way into a group, through the organization's own funnel.")


@room.get("/prospects", policy.READ)
async def list_prospects(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    state: Annotated[State | None, Query(description="Only prospects in this state.")] = None,
    step: Annotated[Key | None, Query(description="Only prospects whose last step was this one.")] = None,
    connector_id: Annotated[
        ResourceId | None, Query(description="Only prospects whom this person introduced.")
    ] = None,
) -> Page[ProspectBrief]:
    """The prospects of the organization, the newest first."""
    return await queries.list_prospects(ctx, paging, state, step, connector_id)


@room.post("/prospects", policy.KEEP, location="/v1/prospects/{id}")
async def create_prospect(ctx: Ctx, prospect: ProspectIn) -> ProspectOut:
    """Let somebody into the funnel."""
    made = await entering.enter(ctx, prospect)
    return await queries.show_prospect(ctx, *await queries.find_prospect(ctx, made.id))


@room.get("/prospects/{prospect_id}", policy.READ)
async def get_prospect(ctx: Ctx, prospect_id: ResourceId) -> ProspectOut:
    """One prospect, with the way they came and what may follow."""
    prospect, keeper = await queries.find_prospect(ctx, prospect_id)
    ctx.require(policy.READ, keeper, prospect)
    return await queries.show_prospect(ctx, prospect, keeper)


@room.patch("/prospects/{prospect_id}", policy.KEEP)
async def update_prospect(ctx: Ctx, prospect_id: ResourceId, patch: ProspectPatch) -> ProspectOut:
    """Correct who introduced a prospect, or what is noted."""
    return await queries.show_prospect(ctx, *await entering.change(ctx, prospect_id, patch))


verbs(
    room,
    "prospect",
    PROSPECT,
    actions=actions,
    find=queries.find_prospect,
    show=queries.show_prospect,
    out=ProspectOut,
    path="/prospects",
)
