"""A valid request for every route of calendars."""

from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage
from tests.sessions.staged import a_guest, a_session


@example
async def read_calendar_feed(stage: Stage) -> Call:
    await a_session(stage, "scheduled")
    made = await stage.member.post("/me/calendar-feeds", {"name": "Phone"})
    return call(None, feed=made.json()["address"].split("/")[-2])


@example
async def download_session(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.member, session_id=one.id, concerned=await a_guest(stage, one))
