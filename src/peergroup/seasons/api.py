"""The route of seasons: what a season file may say. Files are applied by `peergroup apply`, over the other routes."""

from typing import Annotated

import orjson
from fastapi import Path, Query
from starlette.responses import Response

from peergroup.kit.entrance import Ctx
from peergroup.kit.exact import Switch
from peergroup.kit.ids import ResourceId
from peergroup.kit.routing import Room
from peergroup.seasons import applying, exporting, policy
from peergroup.seasons.document import Season, json_schema
from peergroup.seasons.schemas import SeasonAppliedOut

room = Room("seasons", "A season as a document that commands apply.")
DryRun = Annotated[Switch, Query(description="Only show what would be different; nothing is changed.")]
Number = Annotated[int, Path(ge=2000, le=2199, description="The year.", examples=[2027])]
MEDIA = "application/schema+json"


@room.post("/seasons", policy.APPLY, errors=(409,))
async def apply_season(ctx: Ctx, season: Season, *, dry_run: DryRun = False) -> SeasonAppliedOut:
    """Apply a season: groups, themes, run of shows, years and people become what it says, all of it or nothing.

    What is there already is changed, and what is left out stays; of a year that is named, sessions that are left
    out go if they can. Twice the same changes nothing. Needs the scopes `groups:write` and `sessions:write`, and
    `people:read` where it names people.
    """
    return await applying.apply(ctx, season, dry_run=dry_run)


@room.get("/groups/{group_id}/seasons/{year}", policy.EXPORT, answers_with=("application/json",))
async def export_season(ctx: Ctx, group_id: ResourceId, year: Number) -> Season | Response:
    """One group's season written down, with the people and the library it needs; applied, it changes nothing."""
    season = await exporting.export(ctx, group_id, year)
    # What is left out is as usual, or as it is: null would say that there is none.
    return Response(season.model_dump_json(exclude_unset=True), media_type="application/json")


@room.get("/schemas/season", policy.SCHEMA, answers_with=(MEDIA,))
async def get_season_schema(ctx: Ctx) -> Response:
    """The JSON Schema of a season file."""
    ctx.require(policy.SCHEMA, ctx.principal)
    return Response(orjson.dumps(json_schema()), media_type=MEDIA)
