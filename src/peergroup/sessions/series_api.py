"""Routes of recurring sessions."""

from typing import Annotated

from fastapi import Depends, Query

from peergroup.kit.entrance import Ctx
from peergroup.kit.exact import Switch
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.rehearsal import rehearsal
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page
from peergroup.sessions import policy, series, series_queries
from peergroup.sessions.series_schemas import SeriesBrief, SeriesIn, SeriesOut, SeriesPatch

room = Room("series", "Sessions that recur: by a rule, in local time.")
DryRun = Annotated[Switch, Query(description="Show what would come of it, and change nothing.")]


@room.get("/groups/{group_id}/series", policy.SEE_SERIES)
async def list_series(
    ctx: Ctx, group_id: ResourceId, paging: Annotated[Paging, Depends(paging)]
) -> Page[SeriesBrief]:
    """The series of a group, the oldest first."""
    return await series_queries.list_series(ctx, group_id, paging)


@room.post(
    "/groups/{group_id}/series",
    policy.PLAN,
    also=((201, "The series was made; its address is in Location."),),
)
async def create_series(
    ctx: Ctx, group_id: ResourceId, given: SeriesIn, *, dry_run: DryRun = False
) -> SeriesOut:
    """Make a series and schedule all its sessions; a dry run shows them."""
    async with rehearsal(ctx, only=dry_run):
        made, here = await series.create(ctx, group_id, given)
        shown = await series_queries.show_series(ctx, made, here)
    if not dry_run:
        ctx.created_at = f"/v1/series/{made.id}"
    return shown


@room.get("/series/{series_id}", policy.SEE_SERIES)
async def get_series(ctx: Ctx, series_id: ResourceId) -> SeriesOut:
    """One series with its sessions that are to come."""
    found, here = await series_queries.find_series(ctx, series_id)
    ctx.require(policy.SEE_SERIES, here.standing)
    return await series_queries.show_series(ctx, found, here)


@room.patch("/series/{series_id}", policy.PLAN)
async def update_series(
    ctx: Ctx, series_id: ResourceId, patch: SeriesPatch, *, dry_run: DryRun = False
) -> SeriesOut:
    """Change a series and all its sessions that are to come, but for what was changed by hand there.

    Sessions are recognized by their day: those on days that the rule keeps stay the same sessions, with all that
    hangs on them. Those on other days go, or are cancelled where something hangs on them.
    """
    async with rehearsal(ctx, only=dry_run):
        changed, here = await series.change(ctx, series_id, patch)
        return await series_queries.show_series(ctx, changed, here)


@room.delete("/series/{series_id}", policy.PLAN)
async def delete_series(ctx: Ctx, series_id: ResourceId) -> None:
    """Take a series back: what is to come of it goes, or is cancelled where something hangs on it."""
    await series.delete(ctx, series_id)
