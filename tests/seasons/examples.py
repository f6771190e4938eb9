"""A valid request for every route of seasons."""

from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage


@example
async def get_season_schema(stage: Stage) -> Call:
    return call(stage.member, open_to=("outsider", "removed", "service"))
