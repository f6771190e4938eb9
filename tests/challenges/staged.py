"""Challenges on the stage: in every state, in a group with the whole cast in it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peergroup.challenges.models import Challenge
from tests.challenges.factories import TEXTS
from tests.commitments.factories import day
from tests.matrix.stage import Placed, Stage, Troupe
from tests.sessions.factories import a_plan
from tests.world import Actor

PLANTED = ("committed", "follow_up_due", "resolved", "withdrawn", "dropped", "returned")
"""States whose rows need nothing around them."""


@dataclass
class Parked:
    """A challenge with its owner and its group."""

    id: str
    owner: Placed
    group: Troupe
    exercise_id: str | None = None


async def ok(who: Actor, method: str, path: str, json: Any = None) -> dict[str, Any]:
    """A request that has to succeed."""
    answer = await who.call(method, path, **({} if json is None else {"json": json}))
    assert answer.status_code < 300, f"{method} {path}: {answer.text}"
    return dict(answer.json()) if answer.content else {}


async def a_parked(stage: Stage, state: str = "parked", **more: Any) -> Parked:
    """A challenge of somebody fresh, in one of the states before or after the work."""
    group = await stage.group()
    owner = await stage.somebody(group=group)
    made = await ok(owner, "POST", f"/groups/{group.id}/challenges", TEXTS | more)
    stage.ids.add(made["id"])
    one = Parked(made["id"], owner, group)
    if state in ("submitted", "accepted"):
        await ok(owner, "POST", f"/challenges/{one.id}/submit")
    if state == "accepted":
        await ok(stage.moderator, "POST", f"/challenges/{one.id}/accept")
    if state in PLANTED:
        now = stage.world.house.clock()
        planted: dict[str, Any] = {"state": state}
        if state in ("committed", "follow_up_due", "resolved"):
            due = dt.date.fromisoformat(day(stage.world))
            planted |= {"committed_at": now, "follow_up_on": due}
        await stage.change(Challenge, one.id, **planted)
    return one


async def a_started(stage: Stage) -> Parked:
    """A challenge that is being worked on asynchronously."""
    one = await a_parked(stage, "accepted")
    for _ in range(2):
        await stage.somebody(group=one.group)
    started = await ok(stage.moderator, "POST", f"/challenges/{one.id}/start", {"mode": "async"})
    one.exercise_id = started["exercise_id"]
    stage.ids.add(started["exercise_id"])
    return one


async def a_promised(stage: Stage) -> Parked:
    """A challenge whose owner has promised something in its last phase."""
    one = await a_started(stage)
    for _ in range(5):
        await ok(stage.moderator, "POST", f"/exercises/{one.exercise_id}/advance", {"override_reason": "On."})
    promise = {"kind": "commitment", "body": "Call three.", "by_on": day(stage.world)}
    await ok(one.owner, "POST", f"/exercises/{one.exercise_id}/contributions", promise)
    return one


async def a_running_session(stage: Stage, group: Troupe) -> str:
    """A session of a group that has begun."""
    made = await ok(stage.moderator, "POST", f"/groups/{group.id}/sessions", a_plan(stage.world))
    stage.ids.add(made["id"])
    for verb in ("schedule", "start"):
        await ok(stage.moderator, "POST", f"/sessions/{made['id']}/{verb}")
    return str(made["id"])
