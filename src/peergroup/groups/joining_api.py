"""Routes of what moderators look after, and of who introduced whom."""

from typing import Annotated

from fastapi import Depends, Query

from peergroup.groups import case_queries, cases, introductions, policy
from peergroup.groups.case_lifecycle import CASE
from peergroup.groups.case_schemas import CaseOut, CaseState, IntroductionIn, IntroductionOut, Kind
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page

room = Room("cases", "What the moderators of a group look after, and who introduced whom.")
Pages = Annotated[Paging, Depends(paging)]


@room.get("/groups/{group_id}/cases", policy.READ_CASES)
async def list_cases(
    ctx: Ctx,
    group_id: ResourceId,
    paging: Pages,
    state: Annotated[CaseState | None, Query(description="Only open cases, or only closed ones.")] = None,
    kind: Annotated[Kind | None, Query(description="Only cases of this kind.")] = None,
) -> Page[CaseOut]:
    """What the moderators of a group look after, the newest first."""
    return await case_queries.list_cases(ctx, group_id, paging, state, kind)


verbs(
    room,
    "case",
    CASE,
    actions=cases,
    find=case_queries.find_case,
    show=case_queries.show_case,
    out=CaseOut,
    path="/cases",
)


@room.get("/groups/{group_id}/introductions", policy.ROSTER)
async def list_introductions(
    ctx: Ctx,
    group_id: ResourceId,
    paging: Pages,
    introducer_id: Annotated[
        ResourceId | None, Query(description="Only what this person is credited with.")
    ] = None,
) -> Page[IntroductionOut]:
    """Who introduced whom in a group, the newest first."""
    return await introductions.list_introductions(ctx, group_id, paging, introducer_id)


@room.post("/groups/{group_id}/introductions", policy.INTRODUCE, status=201, errors=(409,))
async def create_introduction(
    ctx: Ctx, group_id: ResourceId, introduction: IntroductionIn
) -> IntroductionOut:
    """Record that you brought two people of the group together."""
    return await introductions.introduce(ctx, group_id, introduction)
