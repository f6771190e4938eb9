"""A valid request for every route of icebreakers."""

from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage
from tests.sessions.staged import StagedSession, a_guest, a_session


async def a_question(stage: Stage) -> str:
    """A question of the organization's own; its id."""
    await stage.group()
    body = {"text": f"{stage.mark}: what now, number {stage.number()}?", "depth": 1}
    made = await stage.admin.post("/icebreakers", body)
    stage.ids.add(made.json()["key"])
    return str(made.json()["key"])


async def a_draw(stage: Stage) -> StagedSession:
    """A session with its question."""
    one = await a_session(stage, "scheduled")
    drawn = await stage.moderator.post(f"/sessions/{one.id}/icebreaker", {})
    assert drawn.status_code == 201, drawn.text
    return one


@example
async def list_icebreakers(stage: Stage) -> Call:
    await stage.group()
    return call(stage.member, open_to=("outsider",))


@example
async def create_icebreaker(stage: Stage) -> Call:
    await stage.group()
    return call(stage.moderator, {"text": "What made you laugh this week?", "depth": 1})


@example
async def delete_icebreaker(stage: Stage) -> Call:
    return call(stage.moderator, icebreaker_id=await a_question(stage))


@example
async def get_session_icebreaker(stage: Stage) -> Call:
    one = await a_draw(stage)
    return call(stage.member, session_id=one.id, concerned=await a_guest(stage, one))


@example
async def draw_icebreaker(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.moderator, {"first": "drawn"}, session_id=one.id)
