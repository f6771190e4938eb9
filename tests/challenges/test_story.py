"""Ten brains on one problem: from the parking lot to what came of it, over HTTP."""

from typing import Any

from peergroup.worker import Worker
from tests.challenges.factories import HELP, Run, a_challenge, done, say
from tests.commitments.factories import day
from tests.groups.factories import a_group
from tests.sessions.factories import a_running
from tests.world import World


async def test_from_the_parking_lot_to_what_came_of_it(world: World, clock: Any) -> None:
    group = await a_group(world, members=9)
    owner, *brains = group.members

    # Parked, and others have the same problem.
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

    # Submitted, accepted, and given the hot seat of a running session.
    await done(owner, parked["id"], "submit")
    await done(group.moderator, parked["id"], "accept")
    session = await a_running(world, group)
    placed = await group.moderator.patch(
        f"/challenges/{parked['id']}", {"session_id": session["id"], "position": 1}
    )
    assert (placed.json()["session_id"], placed.json()["position"]) == (session["id"], 1)
    started = await done(group.moderator, parked["id"], "start")
    assert (started["state"], started["exercise"]["mode"]) == ("in_progress", "live")
    assert started["exercise"]["phase"]["key"] == "present"
    shown = (await owner.get(f"/sessions/{session['id']}")).json()
    assert shown["clock"]["segment_id"] == started["exercise"]["segment_id"]
    assert shown["agenda"][1]["exercise_id"] == started["exercise_id"]
    run = Run(world, group, parked["id"], started["exercise_id"], owner, brains, session["id"])

    # Clarify: brains ask, the owner answers.
    await run.advance()
    question = await run.said(brains[0], "question", "How many did you interview?")
    await run.said(owner, "answer", "Eleven.", parent_id=question["id"])
    assert (await run.say(brains[1], "idea", "Hire nobody.")).status_code == 409

    # Contribute: blind. Nobody sees another's before the rule allows it, the owner and the moderator included.
    await run.advance()
    ideas = []
    for place, brain in enumerate(brains):
        seen = await run.thread(brain)
        assert [one["body"] for one in seen["contributions_seen"] if one["kind"] in HELP] == []
        idea = f"Idea number {place} canary"
        ideas.append(await run.said(brain, HELP[place % 5], idea))
    for listener in (owner, group.moderator):
        hidden = await run.thread(listener)
        assert "canary" not in str(hidden)
        assert hidden["contributions"] == 2
        assert hidden["brains"] == {"contributed": 8, "passed": 0, "target": 8}

    # Build: everything is open, and everybody may answer.
    await run.advance()
    opened = await run.thread(owner)
    assert len([one for one in opened["contributions_seen"] if "canary" in (one["body"] or "")]) == 8
    await run.said(owner, "reply", "Who would you call first?", parent_id=ideas[0]["id"])

    # Synthesize: the owner marks what helped.
    await run.advance()
    for idea in ideas[:3]:
        marked = await owner.put(f"/contributions/{idea['id']}/marks/helped")
        assert marked.status_code == 200, marked.text

    # Commit: a promise with a by-when, and the work is closed.
    await run.advance()
    early = await say(owner, run.id, "commit")
    assert early.json()["guards"][0]["code"] == "no_commitment"
    promise = await run.said(owner, "commitment", "Call three of them.", by_on=day(world, 14))
    closed = await done(owner, run.id, "commit")
    assert (closed["state"], closed["follow_up_on"]) == ("committed", promise["by_on"])
    assert closed["exercise"]["state"] == "finished"
    assert [one["body"] for one in closed["commitments"]] == ["Call three of them."]
    assert {one["person"]["name"] for one in closed["credits"]} == {brain.name for brain in brains[:3]}
    inbox = (await owner.get("/commitments?owner=me&state=open")).json()["items"]
    assert [one["contribution_id"] for one in inbox] == [promise["id"]]

    # Two weeks later the clock asks what came of it.
    clock.forward(days=16)
    await Worker(world.house).drain()
    due = await run.thread(brains[4])
    assert due["state"] == "follow_up_due"
    await done(owner, run.id, "resolve", {"outcome": "worked", "learned": "Let customers sit in."})
    told = await run.thread(brains[4])
    assert (told["outcome"], told["learned"]) == ("worked", "Let customers sit in.")
    assert len(told["credits"]) == 3
    mine = (await brains[0].get("/events?types=challenge.credited")).json()["items"]
    assert [one["facts"]["helped"] for one in mine] == [1]

    # The group finds it again; the organization reads what the owner releases, and no more.
    for query, kind in (("customers", "outcome"), ("canary", "contribution"), ("head of sal", "challenge")):
        hits = (await brains[6].get(f"/groups/{group.id}/search?q={query}")).json()["items"]
        assert kind in {hit["kind"] for hit in hits}, query
    refused = await say(owner, run.id, "release", {"text": "Customers know best."})
    assert refused.json()["guards"][0]["code"] == "not_shareable"
    widened = await owner.patch(f"/challenges/{run.id}", {"confidentiality": "shareable"})
    assert widened.status_code == 200, widened.text
    released = await say(owner, run.id, "release", {"text": "Customers know best."})
    assert released.json()["released_text"] == "Customers know best."
    outsider = (await a_group(world, members=1)).members[0]
    found = (await outsider.get("/outcomes?q=custom")).json()["items"]
    assert [one["text"] for one in found] == ["Customers know best."]
    assert owner.name not in str(found)
    assert (await outsider.get(f"/challenges/{run.id}")).status_code == 404
