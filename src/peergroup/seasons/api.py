"""The route of seasons: what a season file may say. Files are applied by `peergroup apply`, over the other routes."""

import orjson
from starlette.responses import Response

from peergroup.kit.entrance import Ctx
from peergroup.kit.routing import Room
from peergroup.seasons import policy
from peergroup.seasons.document import json_schema

room = Room("seasons", "A season as a document that commands apply.")
MEDIA = "application/schema+json"


@room.get("/schemas/season", policy.SCHEMA, answers_with=(MEDIA,))
async def get_season_schema(ctx: Ctx) -> Response:
    """The JSON Schema of a season file."""
    ctx.require(policy.SCHEMA, ctx.principal)
    return Response(orjson.dumps(json_schema()), media_type=MEDIA)
