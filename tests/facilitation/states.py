"""How exercises live: into every state, and every obstacle in their way."""

from peergroup.facilitation.models import Exercise
from peergroup.groups.models import Group
from tests.facilitation.staged import METHOD, Shown, ok, prepared, running, said, tied
from tests.matrix.roles import ACTIVE
from tests.matrix.stage import Stage
from tests.matrix.states import Obstructed, Subject, a_life
from tests.sessions.staged import a_session

GUARDED = {
    "key": "guarded",
    "title": "Guarded",
    "phases": [
        {
            "key": "say",
            "title": "Say",
            "minutes": 5,
            "accepts": {"everyone": ["idea", "commitment"]},
            "exit": ["everyone_posted_or_passed", {"min_contributions": 2}, {"min_commitments": 1}],
        }
    ],
}
"""A method whose one phase has every guard that looks at what was said."""


async def an_exercise(stage: Stage, state: str) -> Subject:
    """A fresh one, in the second of two phases unless it has not begun, with nothing in the way."""
    one = await (prepared(stage) if state == "pending" else running(stage, "choose"))
    ends = {"paused": "pause", "finished": "finish", "abandoned": "abandon"}
    if state in ends:
        await ok(stage.moderator, "POST", f"/exercises/{one.id}/{ends[state]}")
    return Subject(one.id)


life = a_life(
    "exercise",
    made=an_exercise,
    found_by=lambda _state: (*ACTIVE, "on_leave"),
    bodies={"extend": {"minutes": 5}},
    lands={"advance": "finished"},
)


async def _obstructed(stage: Stage, one: Shown, state: str) -> Obstructed:
    if state == "paused":
        await ok(stage.moderator, "POST", f"/exercises/{one.id}/pause")
    return Obstructed(one.id, stage.moderator)


@life.obstacle("group_inactive")
async def in_a_closed_group(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await prepared(stage)
    await stage.change(Group, one.group.id, state="archived")
    return await _obstructed(stage, one, state)


async def _with_people(stage: Stage, least: int, most: int) -> Shown:
    key = f"crowd-{least}-{most}"
    await ok(
        stage.admin, "POST", "/protocols", METHOD | {"key": key, "participants": {"min": least, "max": most}}
    )
    return await prepared(stage, protocol=key)


@life.obstacle("too_few_people")
async def too_few(stage: Stage, _verb: str, state: str) -> Obstructed:
    return await _obstructed(stage, await _with_people(stage, 100, 200), state)


@life.obstacle("too_many_people")
async def too_many(stage: Stage, _verb: str, state: str) -> Obstructed:
    return await _obstructed(stage, await _with_people(stage, 1, 1), state)


life.never(
    "start", "owner_absent", because="only a challenge makes exercises with a subject, and starts them"
)


@life.obstacle("exercise_running")
async def beside_another(stage: Stage, _verb: str, state: str) -> Obstructed:
    session = await a_session(stage, "in_progress")
    ids = []
    for _ in range(2):
        given = {"protocol": "icebreaker_round", "session_id": str(session.id)}
        made = await ok(stage.moderator, "POST", f"/groups/{session.group.id}/exercises", given)
        stage.ids.add(made["id"])
        ids.append(made["id"])
    await ok(stage.moderator, "POST", f"/exercises/{ids[0]}/start")
    return Obstructed(ids[1], stage.moderator)


async def _guarded(stage: Stage) -> Shown:
    await ok(stage.admin, "POST", "/protocols", GUARDED)
    return await running(stage, protocol="guarded")


for _code in ("everyone_posted_or_passed", "min_contributions", "min_commitments"):

    @life.obstacle(_code)
    async def with_everything_missing(stage: Stage, _verb: str, state: str) -> Obstructed:
        return await _obstructed(stage, await _guarded(stage), state)


@life.obstacle("top_selected")
async def with_a_tie(stage: Stage, _verb: str, state: str) -> Obstructed:
    return await _obstructed(stage, await tied(stage), state)


life.never("advance", "another_phase", because="it is named in the body; tests/facilitation/test_refusals.py")


@life.obstacle("cannot_go_back")
async def at_the_beginning(stage: Stage, _verb: str, state: str) -> Obstructed:
    return await _obstructed(stage, await running(stage), state)


@life.obstacle("no_end")
async def without_an_end(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await running(stage)
    await stage.change(Exercise, one.id, ends_at=None)
    return await _obstructed(stage, one, state)


PLAN = {
    "key": "plan",
    "title": "Plan",
    "phases": [
        {
            "key": "plan",
            "title": "Plan",
            "minutes": 5,
            "accepts": {"everyone": ["proposal", "volunteer"]},
            "parents": {"volunteer": "proposal"},
            "marks": [{"list": "action", "on": ["proposal"], "by": "everyone", "budget": 1, "top": 1}],
        }
    ],
}
"""A method in which people volunteer for what was chosen."""


@life.obstacle("untaken")
async def with_something_that_nobody_takes(stage: Stage, _verb: str, state: str) -> Obstructed:
    await ok(stage.admin, "POST", "/protocols", PLAN)
    one = await running(stage, protocol="plan")
    chosen = await said(stage, one, "proposal")
    await ok(stage.member, "PUT", f"/contributions/{chosen}/marks/action")
    return await _obstructed(stage, one, state)
