"""Ten brains on one problem: from the parking lot to what came of it, over HTTP."""

from typing import Any

from peergroup.worker import Worker
from tests.challenges.factories import HELP, Run, a_challenge, done, say
from tests.commitments.factories import day
from tests.groups.factories import GroupOf, a_group
from tests.sessions.factories import a_running
from tests.world import World


async def test_from_the_parking_lot_to_what_came_of_it(world: World, clock: Any) -> None:
    group = await a_group(world, members=9)
    parked = await park_and_second(group)
    run = await start_in_a_session(world, group, parked)
    await clarify(run)
    ideas = await contribute_blindly(run)
    await build_and_mark(run, ideas)
    await promise_and_close(run)
    await follow_up_and_resolve(run, clock)
    await find_it_again(run)
    await release_what_was_learned(run)


async def park_and_second(group: GroupOf) -> dict[str, Any]:
    """A problem is parked, and others have it too."""
    owner, *brains = group.members
    parked = await a_challenge(owner, group, importance=4, urgency=5)
    assert (parked["state"], parked["times_asked"], parked["mine"]) == ("parked", 1, True)
    assert parked["allowed_actions"] == ["submit", "withdraw"]
    other = await a_challenge(brains[0], group, question="How do I fire well?", importance=5, urgency=5)
    for brain in brains[:2]:
        seconded = await brain.put(f"/challenges/{parked['id']}/second")
        assert seconded.status_code == 200, seconded.text
    assert seconded.json() == {"challenge_id": parked["id"], "times_asked": 3, "seconded": True}
    lot = (await brains[5].get(f"/groups/{group.id}/parking-lot")).json()["items"]
    assert [one["id"] for one in lot] == [parked["id"], other["id"]]
    assert lot[0]["why"]["said"].startswith("4 × 5 × 3 = 60; 0 hot seats in twelve months; waiting since 20")
    return parked


async def start_in_a_session(world: World, group: GroupOf, parked: dict[str, Any]) -> Run:
    """It is submitted, accepted, and gets the hot seat of a running session."""
    owner, *brains = group.members
    await done(owner, parked["id"], "submit")
    await done(group.moderator, parked["id"], "accept")
    session = await a_running(world, group)
    place = {"session_id": session["id"], "position": 1}
    placed = await group.moderator.patch(f"/challenges/{parked['id']}", place)
    assert (placed.json()["session_id"], placed.json()["position"]) == (session["id"], 1)
    started = await done(group.moderator, parked["id"], "start")
    assert (started["state"], started["exercise"]["mode"]) == ("in_progress", "live")
    assert started["exercise"]["phase"]["key"] == "present"
    shown = (await owner.get(f"/sessions/{session['id']}")).json()
    assert shown["clock"]["segment_id"] == started["exercise"]["segment_id"]
    assert shown["agenda"][1]["exercise_id"] == started["exercise_id"]
    return Run(world, group, parked["id"], started["exercise_id"], owner, brains, session["id"])


async def clarify(run: Run) -> None:
    """Brains ask, the owner answers; advice is not taken yet."""
    await run.advance()
    question = await run.said(run.brains[0], "question", "How many did you interview?")
    await run.said(run.owner, "answer", "Eleven.", parent_id=question["id"])
    assert (await run.say(run.brains[1], "idea", "Hire nobody.")).status_code == 409


async def contribute_blindly(run: Run) -> list[dict[str, Any]]:
    """Nobody sees another's idea before the rule allows it, the owner and the moderator included."""
    await run.advance()
    ideas = []
    for place, brain in enumerate(run.brains):
        seen = await run.thread(brain)
        assert [one["body"] for one in seen["contributions_seen"] if one["kind"] in HELP] == []
        idea = f"Idea number {place} canary"
        ideas.append(await run.said(brain, HELP[place % 5], idea))
    for listener in (run.owner, run.group.moderator):
        hidden = await run.thread(listener)
        assert "canary" not in str(hidden)
        assert hidden["contributions"] == 2
        assert hidden["brains"] == {"contributed": 8, "passed": 0, "target": 8}
        found = await listener.get(f"/groups/{run.group.id}/search?q=canary")
        assert found.json()["items"] == []
    return ideas


async def build_and_mark(run: Run, ideas: list[dict[str, Any]]) -> None:
    """Everything is open, everybody answers, and the owner marks what helped."""
    await run.advance()
    opened = await run.thread(run.owner)
    assert len([one for one in opened["contributions_seen"] if "canary" in (one["body"] or "")]) == 8
    await run.said(run.owner, "reply", "Who would you call first?", parent_id=ideas[0]["id"])
    await run.advance()
    for idea in ideas[:3]:
        marked = await run.owner.put(f"/contributions/{idea['id']}/marks/helped")
        assert marked.status_code == 200, marked.text


async def promise_and_close(run: Run) -> None:
    """A promise with a by-when closes the work; who helped gets the credit."""
    await run.advance()
    early = await say(run.owner, run.id, "commit")
    assert early.json()["guards"][0]["code"] == "no_commitment"
    promise = await run.said(run.owner, "commitment", "Call three of them.", by_on=day(run.world, 14))
    closed = await done(run.owner, run.id, "commit")
    assert (closed["state"], closed["follow_up_on"]) == ("committed", promise["by_on"])
    assert closed["exercise"]["state"] == "finished"
    assert [one["body"] for one in closed["commitments"]] == ["Call three of them."]
    assert {one["person"]["name"] for one in closed["credits"]} == {one.name for one in run.brains[:3]}
    inbox = (await run.owner.get("/commitments?owner=me&state=open")).json()["items"]
    assert [one["contribution_id"] for one in inbox] == [promise["id"]]


async def follow_up_and_resolve(run: Run, clock: Any) -> None:
    """Two weeks later the clock asks what came of it."""
    clock.forward(days=16)
    await Worker(run.world.house).drain()
    assert (await run.thread(run.brains[4]))["state"] == "follow_up_due"
    await done(run.owner, run.id, "resolve", {"outcome": "worked", "learned": "Let customers sit in."})
    told = await run.thread(run.brains[4])
    assert (told["outcome"], told["learned"]) == ("worked", "Let customers sit in.")
    assert len(told["credits"]) == 3
    mine = (await run.brains[0].get("/events?types=challenge.credited")).json()["items"]
    assert [one["facts"]["helped"] for one in mine] == [1]


async def find_it_again(run: Run) -> None:
    """The group finds the question, what was said, and what was learned."""
    for query, kind in (("customers", "outcome"), ("canary", "contribution"), ("head of sal", "challenge")):
        hits = (await run.brains[6].get(f"/groups/{run.group.id}/search?q={query}")).json()["items"]
        assert kind in {hit["kind"] for hit in hits}, query


async def release_what_was_learned(run: Run) -> None:
    """The organization reads what the owner releases, and no more."""
    text = {"text": "Customers know best."}
    refused = await say(run.owner, run.id, "release", text)
    assert refused.json()["guards"][0]["code"] == "not_shareable"
    widened = await run.owner.patch(f"/challenges/{run.id}", {"confidentiality": "shareable"})
    assert widened.status_code == 200, widened.text
    released = await say(run.owner, run.id, "release", text)
    assert released.json()["released_text"] == "Customers know best."
    outsider = (await a_group(run.world, members=1)).members[0]
    found = (await outsider.get("/outcomes?q=custom")).json()["items"]
    assert [one["text"] for one in found] == ["Customers know best."]
    assert run.owner.name not in str(found)
    assert (await outsider.get(f"/challenges/{run.id}")).status_code == 404
