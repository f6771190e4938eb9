"""A valid request for every route of the feed."""

from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage


@example
async def list_events(stage: Stage) -> Call:
    group = await stage.group()
    await stage.moderator.patch(f"/groups/{group.id}", {"focus": "Hiring"})
    return call(stage.moderator, query={"types": "group.*"})


@example
async def stream_events(stage: Stage) -> Call:
    return call(stage.moderator, query={"types": "group.*"})
