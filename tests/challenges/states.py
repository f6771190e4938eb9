"""How challenges live."""

from peergroup.challenges.models import Challenge
from peergroup.groups.models import Membership
from tests.challenges.staged import a_parked, a_promised, a_started, ok
from tests.matrix.roles import ACTIVE
from tests.matrix.stage import Stage
from tests.matrix.states import CONCERNED, Obstructed, Subject, a_life


async def a_challenge(stage: Stage, state: str) -> Subject:
    one = await a_promised(stage) if state == "in_progress" else await a_parked(stage, state)
    if state == "accepted":
        for _ in range(2):
            await stage.somebody(group=one.group)
    return Subject(one.id, one.owner, like="member")


challenge = a_life(
    "challenge",
    made=a_challenge,
    found_by=lambda _state: (*ACTIVE, "on_leave", CONCERNED),
    bodies={
        "send_back": {"reason": "Say more."},
        "start": {"mode": "async"},
        "resolve": {"outcome": "partly", "learned": "Ask earlier."},
        "drop": {"reason": "Nobody has it any more."},
    },
)
_LIVE = "a live run needs a session that is under way: see test_starting"
challenge.never("start", "session_not_running", because=_LIVE)
challenge.never("start", "exercise_running", because=_LIVE)


@challenge.obstacle("text_missing")
async def without_context(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_parked(stage, state)
    await stage.change(Challenge, one.id, context=None)
    return Obstructed(one.id, one.owner)


@challenge.obstacle("owner_inactive")
async def away(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_parked(stage, state)
    await stage.change(Membership, one.owner.membership_id, state="on_leave")
    return Obstructed(one.id, stage.moderator)


@challenge.obstacle("too_many_running")
async def three_run_already(stage: Stage, _verb: str, _state: str) -> Obstructed:
    first = await a_started(stage)
    for _ in range(3):
        owner = await stage.somebody(group=first.group)
        body = {"question": "And how …?", "context": "Here.", "tried": "All.", "help_wanted": "ideas"}
        made = await ok(owner, "POST", f"/groups/{first.group.id}/challenges", body)
        await ok(owner, "POST", f"/challenges/{made['id']}/submit")
        await ok(stage.moderator, "POST", f"/challenges/{made['id']}/accept")
        answer = await stage.moderator.post(f"/challenges/{made['id']}/start", {"mode": "async"})
        if answer.status_code != 200:
            return Obstructed(made["id"], stage.moderator)
    raise AssertionError("a fourth one was started")


@challenge.obstacle("no_commitment")
async def without_promise(stage: Stage, _verb: str, _state: str) -> Obstructed:
    one = await a_started(stage)
    return Obstructed(one.id, one.owner)
