"""A valid request for every route of the organization."""

from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage


@example
async def get_organization(stage: Stage) -> Call:
    return call(stage.member)


@example
async def update_organization(stage: Stage) -> Call:
    return call(stage.admin, {"settings": {"misses_before_review": 3}})
