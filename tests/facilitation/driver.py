"""A player who knows no method: reads what the exercise accepts, posts and marks that, and goes on."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.facilitation.factories import Run, in_days
from tests.world import Actor

MOST_STEPS = 400
_numbers = count(1)


async def play(run: Run, *, posts: int = 1) -> list[dict[str, Any]]:
    """Play an exercise to its end; everybody uses every turn they are offered. Gives what was said by whom."""
    said: list[dict[str, Any]] = []
    for _ in range(MOST_STEPS):
        seen = await run.seen_by(run.moderator)
        if seen["state"] == "finished":
            return said
        for actor in run.members:
            said += [entry async for entry in _turn(run, actor, posts)]
        answer = await run.verb("advance")
        if answer.status_code == 409:
            await _settle(run, answer.json())
    raise AssertionError("the exercise does not come to its end")


async def _turn(run: Run, actor: Actor, posts: int) -> Any:
    seen = await run.seen_by(actor)
    readable = await run.said_to(actor)
    posted = False
    for offer in seen["accepts"]:
        for body in _posts(offer, readable, posts):
            answer = await run.post(actor, **body)
            if answer.status_code == 409:
                continue  # somebody took the role, or the one contribution allowed was made as another kind
            assert answer.status_code == 201, answer.text
            posted = True
            yield {"by": actor.person_id, "id": answer.json()["id"], "phase": seen["phase"]["key"]} | body
    if not posted and "pass" in (await run.seen_by(actor))["allowed_actions"]:
        await run.must("pass", by=actor)
    for offer in seen["marks"]:
        cards = [one["id"] for one in await run.said_to(actor) if _markable(one, offer)]
        for card in cards[: offer["left"]]:
            answer = await actor.put(f"/contributions/{card}/marks/{offer['list']}")
            assert answer.status_code in (200, 409), answer.text


def _markable(one: dict[str, Any], offer: dict[str, Any]) -> bool:
    return one["kind"] in offer["on"] and not one["deleted"] and one["merged_into_id"] is None


def _posts(offer: dict[str, Any], readable: list[dict[str, Any]], posts: int) -> Iterator[dict[str, Any]]:
    most = posts if offer["max"] is None else min(posts, offer["max"])
    parents: list[Any] = [None] * most
    if offer["parent_kind"] is not None:
        parents = [one["id"] for one in readable if one["kind"] == offer["parent_kind"]][:most]
    for parent in parents:
        body: dict[str, Any] = {"kind": offer["kind"], "body": f"Words number {next(_numbers)}."}
        if parent is not None:
            body["parent_id"] = parent
        if offer["by_on"]:
            body["by_on"] = in_days(14)
        yield body


async def _settle(run: Run, problem: dict[str, Any]) -> None:
    """What stands in the way of going on: a tie is decided, everything soft is overridden."""
    guards = {guard["code"] for guard in problem["guards"]}
    if "top_selected" in guards:
        results = (await run.moderator.get(f"/exercises/{run.id}/results")).json()
        for tied in (one for one in results["lists"] if one["state"] == "tied"):
            keep = [item["contribution_id"] for item in tied["items"][: tied["places"]]]
            decision = {"list": tied["list"], "keep": keep, "reason": "The first ones will do."}
            answer = await run.moderator.post(f"/exercises/{run.id}/decisions", decision)
            assert answer.status_code == 200, answer.text
    else:
        await run.must("advance", {"override_reason": "Nobody has more to say."})
