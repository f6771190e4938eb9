"""Routes of icebreakers."""

from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator, Field

from peergroup.icebreakers import actions, library, policy, remembering
from peergroup.icebreakers.models import Draw, Icebreaker
from peergroup.icebreakers.schemas import DrawIn, DrawOut, IcebreakerIn, IcebreakerOut
from peergroup.kit.entrance import Ctx
from peergroup.kit.exact import a_whole
from peergroup.kit.ids import ResourceId
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page
from peergroup.people import merging

room = Room("icebreakers", "Questions to begin with: never twice the same, and passing is fine.")
merging.register("icebreakers", follows=(Icebreaker.made_by_id, Draw.first_id))
OfDepth = Annotated[
    Annotated[int, Field(ge=1, le=3), BeforeValidator(a_whole)] | None,
    Query(description="Only questions of this depth.", examples=[1]),
]


@room.get("/icebreakers", policy.READ)
async def list_icebreakers(ctx: Ctx, depth: OfDepth = None) -> Page[IcebreakerOut]:
    """Every question on offer, the built-in ones first, and by depth."""
    return await library.list_icebreakers(ctx, depth)


@room.post("/icebreakers", policy.KEEP)
async def create_icebreaker(ctx: Ctx, icebreaker: IcebreakerIn) -> IcebreakerOut:
    """Add a question of your own to the pool."""
    return await library.add(ctx, icebreaker)


@room.delete("/icebreakers/{icebreaker_id}", policy.KEEP)
async def delete_icebreaker(ctx: Ctx, icebreaker_id: ResourceId) -> None:
    """Offer a question of your own no longer; where it was asked, it stays."""
    await library.retire(ctx, icebreaker_id)


@room.get("/sessions/{session_id}/icebreaker", policy.SEE)
async def get_session_icebreaker(ctx: Ctx, session_id: ResourceId) -> DrawOut:
    """The question this session begins with, why it is this one, and who answers first."""
    return await remembering.show_of_session(ctx, session_id)


@room.post("/sessions/{session_id}/icebreaker", policy.DRAW, location="/v1/sessions/{session_id}/icebreaker")
async def draw_icebreaker(ctx: Ctx, session_id: ResourceId, draw: DrawIn) -> DrawOut:
    """Draw a question for a session; doing so again skips the present one, and nobody asks why.

    No group is asked the same twice before it has been asked everything of that depth.
    """
    return await remembering.show(ctx, await actions.draw_for(ctx, session_id, draw))
