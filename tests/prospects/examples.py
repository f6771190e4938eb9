"""A valid request for every route of prospects."""

from typing import Any

from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.roles import ADMINS
from tests.matrix.stage import Stage
from tests.prospects.states import CALL, a_prospect

KEEPERS = (*ADMINS, "moderator", "co_moderator", "service")


@example
async def list_prospects(stage: Stage) -> Call:
    await stage.group()
    connector = await stage.person()
    return call(stage.moderator, query={"connector_id": str(connector.person_id)})


@example
async def create_prospect(stage: Stage) -> Call:
    await stage.group()
    known, connector = await stage.person(), await stage.person()
    body = {"person_id": str(known.person_id), "connector_id": str(connector.person_id)}
    return call(stage.moderator, body)


@example_of("create_prospect")
async def create_somebody_new(stage: Stage) -> Call:
    await stage.group()
    email = f"stranger{stage.number()}@example.com"
    return call(
        stage.moderator, {"person": {"name": "Ada Lovelace", "email": email}, "note": "Met in spring."}
    )


@example
async def get_prospect(stage: Stage) -> Call:
    return call(stage.moderator, prospect_id=(await a_prospect(stage, "in_funnel")).id)


@example
async def update_prospect(stage: Stage) -> Call:
    connector = await stage.person()
    body = {"connector_id": str(connector.person_id), "note": "Prefers mornings."}
    return call(stage.moderator, body, prospect_id=(await a_prospect(stage, "new")).id)


@example
async def list_prospect_actions(stage: Stage) -> Call:
    return call(stage.moderator, prospect_id=(await a_prospect(stage, "new")).id, found_by=KEEPERS)


async def _said(stage: Stage, body: dict[str, Any]) -> Call:
    return call(stage.moderator, body, prospect_id=(await a_prospect(stage, "in_funnel")).id)


@example
async def advance_prospect(stage: Stage) -> Call:
    return call(stage.moderator, {"step": CALL}, prospect_id=(await a_prospect(stage, "new")).id)


@example
async def convert_prospect(stage: Stage) -> Call:
    return await _said(stage, {"group_id": str((await stage.group()).id)})


@example
async def decline_prospect(stage: Stage) -> Call:
    return await _said(stage, {"reason": "No time this year."})
