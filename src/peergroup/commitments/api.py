"""Routes of promises."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from peergroup.commitments import actions, carrying, holdings, making, policy, queries
from peergroup.commitments.lifecycles import COMMITMENT
from peergroup.commitments.models import Commitment
from peergroup.commitments.schemas import CommitmentIn, CommitmentOut, CommitmentPatch
from peergroup.facilitation.carrying import register
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import MeOrId, ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page
from peergroup.people import merging, personal_data

room = Room("commitments", "What people promised, by when, and what came of it.")
personal_data.register(
    "commitments", holds="What the person promised, and what came of it.", remove=holdings.remove
)
merging.register("commitments", follows=(Commitment.owner_id,))
register(carrying.carried_into)
Owner = Annotated[MeOrId, Query(description="Only promises of this person; `me` for your own.")]
InState = Annotated[
    Literal["open", "done", "missed", "dropped"] | None, Query(description="Only promises in this state.")
]
InGroup = Annotated[ResourceId | None, Query(description="Only promises made in this group.")]


@room.get("/commitments", policy.READ)
async def list_commitments(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    owner: Owner = None,
    state: InState = None,
    group_id: InGroup = None,
) -> Page[CommitmentOut]:
    """Your promises, and those made in your groups."""
    return await queries.list_commitments(ctx, paging, owner=owner, state=state, group_id=group_id)


@room.post("/commitments", policy.PROMISE, location="/v1/commitments/{id}")
async def create_commitment(ctx: Ctx, commitment: CommitmentIn) -> CommitmentOut:
    """Promise something, in a session before the group, or to yourself."""
    return await queries.show_commitment(ctx, await making.promise(ctx, commitment), ctx.principal)


@room.get("/commitments/{commitment_id}", policy.READ)
async def get_commitment(ctx: Ctx, commitment_id: ResourceId) -> CommitmentOut:
    """One promise with its history."""
    ctx.require(policy.READ, ctx.principal)
    return await queries.show_commitment(ctx, *await queries.find_commitment(ctx, commitment_id))


@room.patch("/commitments/{commitment_id}", policy.EDIT)
async def update_commitment(ctx: Ctx, commitment_id: ResourceId, patch: CommitmentPatch) -> CommitmentOut:
    """Change what a promise says."""
    return await queries.show_commitment(ctx, *await making.change(ctx, commitment_id, patch))


verbs(
    room,
    "commitment",
    COMMITMENT,
    actions=actions,
    find=queries.find_commitment,
    show=queries.show_commitment,
    out=CommitmentOut,
    path="/commitments",
)
