"""A valid request for every route that needs no sign-in: probes, figures, the contract and its pages."""

from tests.matrix.examples import Call, Example, call, example_of
from tests.matrix.stage import Stage


def _asked(**path: str) -> Example:
    async def make(_stage: Stage) -> Call:
        return call(None, **path)

    return make


for _name in (
    "check_liveness",
    "check_readiness",
    "get_version",
    "read_metrics",
    "list_problems",
    "get_contract",
    "browse_with_swagger",
    "browse_with_redoc",
):
    example_of(_name)(_asked())
example_of("get_problem")(_asked(code="stale"))
example_of("get_asset")(_asked(asset="pages.css"))
