"""The promise that ends the work on a challenge: who makes it, when it counts, and at once with the last step."""

import asyncio

from tests.challenges.factories import a_run, codes, done, say
from tests.commitments.factories import day
from tests.sessions.factories import event_types
from tests.world import World


async def test_the_moderators_last_step_is_the_owners_commitment(world: World) -> None:
    run = await a_run(world)
    await run.to_phase("commit")
    early = await run.group.moderator.post(f"/exercises/{run.exercise_id}/advance")
    assert codes(early) == ["min_commitments"]
    await run.said(run.owner, "commitment", "Call three.", by_on=day(world, 7))
    finished = await run.advance()
    assert finished["state"] == "finished"
    thread = await run.thread(run.brains[0])
    assert (thread["state"], thread["follow_up_on"]) == ("committed", day(world, 7))
    late = await say(run.owner, run.id, "commit")
    assert late.json()["code"] == "invalid_transition"


async def test_of_the_last_step_and_the_commitment_at_once_both_are_one(world: World) -> None:
    run = await a_run(world)
    await run.promise()
    last = run.group.moderator.post(f"/exercises/{run.exercise_id}/advance")
    answers = await asyncio.gather(last, say(run.owner, run.id, "commit"))
    assert sorted(answer.status_code for answer in answers) == [200, 409], [one.text for one in answers]
    assert (await run.thread(run.owner))["state"] == "committed"
    types = await event_types(world, run.id)
    assert types.count("challenge.committed") == 1


async def test_nobody_commits_for_the_owner_or_without_a_promise(world: World) -> None:
    run = await a_run(world)
    await run.to_phase("commit")
    assert codes(await say(run.owner, run.id, "commit")) == ["no_commitment"]
    assert (await run.say(run.brains[0], "commitment", "Mine.", by_on=day(world))).status_code == 409
    past = await run.say(run.owner, "commitment", "Late.", by_on=day(world, -2))
    assert past.status_code == 422
    assert (await run.say(run.owner, "commitment", "When?")).status_code == 422
    await run.promise()
    for who in (run.group.moderator, run.brains[0]):
        assert (await say(who, run.id, "commit")).status_code == 403
    assert (await done(run.owner, run.id, "commit"))["state"] == "committed"


async def test_a_promise_that_was_taken_back_counts_no_longer(world: World) -> None:
    run = await a_run(world)
    promise = await run.promise()
    assert (await run.owner.delete(f"/contributions/{promise['id']}")).status_code == 204
    assert (await run.owner.get("/commitments")).json()["items"] == []
    assert codes(await say(run.owner, run.id, "commit")) == ["no_commitment"]


async def test_an_edited_promise_is_the_promise(world: World) -> None:
    run = await a_run(world)
    promise = await run.promise()
    edited = await run.owner.patch(f"/contributions/{promise['id']}", {"body": "Call four of them."})
    assert edited.status_code == 200, edited.text
    kept = (await run.owner.get("/commitments")).json()["items"][0]
    assert kept["body"] == "Call four of them."
    refused = await run.owner.patch(f"/commitments/{kept['id']}", {"body": "Call none."})
    assert refused.status_code == 409
