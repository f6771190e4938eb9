"""Blind phases from outside: what the exercise shows meanwhile, the reveal, and what is said after seeing."""

from sqlalchemy import select

from peergroup.facilitation.models import Contribution
from tests.facilitation.factories import a_run
from tests.world import World


async def test_in_a_blind_phase_the_answer_of_the_exercise_shows_who_has_spoken_and_nothing_else(
    world: World,
) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    before = await run.seen_by(run.owner)
    await run.say(run.brains[0], "idea", "A secret.")
    after = await run.seen_by(run.owner)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"progress"}
    voices = {one["person"]["id"]: one["voice"] for one in after["progress"]["people"]}
    assert voices[str(run.brains[0].person_id)] == "posted"
    assert str(run.owner.person_id) not in voices
    listed = (await run.moderator.get(f"/groups/{run.group.id}/exercises")).json()["items"][0]
    assert listed["contribution_count"] == 0


async def test_the_end_of_a_blind_phase_reveals_all_of_it_at_once(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    for brain in run.brains:
        await run.say(brain, "idea")
    assert await run.said_to(run.owner) == []
    assert await run.said_to(run.moderator) == []
    await run.must("advance")
    for reader in (run.owner, run.moderator):
        assert len(await run.said_to(reader)) == 3
    async with world.acting() as ctx:
        times = set((await ctx.db.scalars(select(Contribution.revealed_at))).all())
    assert len(times) == 1


async def test_who_posted_or_passed_sees_the_others_and_what_they_add_then_is_marked(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    ada, ben, cleo = run.brains
    first = await run.say(ada, "idea", "First.")
    assert first["after_seeing"] is False
    assert await run.said_to(ben) == []
    await run.must("pass", by=ben)
    assert [one["body"] for one in await run.said_to(ben)] == ["First."]
    late = await run.say(ben, "idea", "Second.")
    assert late["after_seeing"] is True
    voices = {one["person"]["id"]: one["voice"] for one in (await run.seen_by(ben))["progress"]["people"]}
    assert (voices[str(ben.person_id)], voices[str(cleo.person_id)]) == ("posted", "waiting")
    assert (await run.say(cleo, "idea", "Third."))["after_seeing"] is False
