"""Exercises on the stage: prepared, running, and with something said in them."""

from dataclasses import dataclass, field
from typing import Any

from tests.facilitation.people import a_document
from tests.matrix.stage import Placed, Stage, Troupe
from tests.world import Actor

METHOD = {
    "key": "staged",
    "title": "Staged",
    "roles": {},
    "phases": [
        {"key": "say", "title": "Say", "minutes": 5, "accepts": {"everyone": ["idea", "proposal"]}},
        {
            "key": "choose",
            "title": "Choose",
            "minutes": 5,
            "accepts": {"everyone": ["volunteer", "reply"]},
            "parents": {"volunteer": "proposal", "reply": "idea"},
            "merges": True,
            "marks": [{"list": "top", "on": ["idea"], "by": "everyone", "budget": 2, "top": 1}],
            "exit": ["top_selected"],
        },
    ],
}


@dataclass
class Shown:
    """An exercise on the stage, with a fresh member who takes part."""

    id: str
    group: Troupe
    speaker: Placed
    said: dict[str, str] = field(default_factory=dict)


async def ok(who: Actor, method: str, path: str, json: Any = None) -> dict[str, Any]:
    """A request that has to succeed."""
    answer = await who.call(method, path, **({} if json is None else {"json": json}))
    assert answer.status_code < 300, f"{method} {path}: {answer.text}"
    return dict(answer.json()) if answer.content else {}


async def a_method_of(stage: Stage) -> str:
    """The key of a method of the organization's own."""
    await ok(stage.admin, "POST", "/protocols", METHOD)
    return "staged"


async def prepared(stage: Stage, **more: Any) -> Shown:
    """An exercise that has not begun."""
    group = await stage.group()
    speaker = await stage.somebody(group=group)
    given = {"protocol": await a_method_of(stage), "mode": "live"} | more
    made = await ok(stage.moderator, "POST", f"/groups/{group.id}/exercises", given)
    stage.ids.add(made["id"])
    return Shown(made["id"], group, speaker)


async def running(stage: Stage, phase: str = "say", **more: Any) -> Shown:
    """An exercise in this phase; in the second one there is an idea and a proposal of the speaker."""
    one = await prepared(stage, **more)
    await ok(stage.moderator, "POST", f"/exercises/{one.id}/start")
    if phase == "choose":
        for kind in ("idea", "proposal"):
            one.said[kind] = await said(stage, one, kind)
        await ok(stage.moderator, "POST", f"/exercises/{one.id}/advance")
    return one


async def said(stage: Stage, one: Shown, kind: str, by: Actor | None = None, **more: Any) -> str:
    """Something said by the speaker, unless by somebody else; its id."""
    body = {"kind": kind, "body": f"{stage.mark} {kind} {stage.number()}"} | more
    made = await ok(by or one.speaker, "POST", f"/exercises/{one.id}/contributions", body)
    stage.ids.add(made["id"])
    return str(made["id"])


async def tied(stage: Stage) -> Shown:
    """An exercise whose list has two ideas with one mark each."""
    one = await running(stage)
    for name, by in (("idea", one.speaker), ("other", stage.member)):
        one.said[name] = await said(stage, one, "idea", by)
    await ok(stage.moderator, "POST", f"/exercises/{one.id}/advance")
    for name, by in (("idea", one.speaker), ("other", stage.member)):
        await ok(by, "PUT", f"/contributions/{one.said[name]}/marks/top")
    return one


def a_plain_document(name: str, key: str) -> dict[str, Any]:
    """A document beside the tests, under another key."""
    return a_document(name).model_dump(mode="json") | {"key": key}
