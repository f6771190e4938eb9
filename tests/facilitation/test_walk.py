"""Phase × kind × role × reader: what is shown is what the pure rule says, in the list, alone, and in events."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from peergroup.facilitation.library import builtin
from peergroup.facilitation.models import Contribution, Hearing, Voice
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.seats import named
from peergroup.facilitation.visibility import PhaseState, Reader, Said, is_visible
from tests.facilitation.factories import Run, a_method, a_run, in_days
from tests.facilitation.people import a_document
from tests.world import Actor, World


async def expected(run: Run, protocol: Protocol, reader: Actor) -> set[str]:
    """What the pure rule lets somebody see of everything that is stored."""
    assert reader.person_id is not None
    async with run.world.acting() as ctx:
        said = list(
            (await ctx.db.scalars(select(Contribution).where(Contribution.deleted_at.is_(None)))).all()
        )
        voices = list((await ctx.db.scalars(select(Voice))).all())
        heard = select(Hearing.breakout).where(Hearing.person_id == reader.person_id)
        reach = frozenset(named(label) for label in (await ctx.db.scalars(heard)).all())
    found = set()
    for one in said:
        spoke = frozenset(
            UUID(voice.who)
            for voice in voices
            if (voice.round, voice.phase) == (one.round, one.phase) and len(voice.who) == 36
        )
        breakout = named(one.breakout) if one.breakout else None
        words = Said(one.author_id, one.revealed_at is not None, breakout)
        state = PhaseState(protocol.phase(one.phase), spoke)
        if is_visible(words, Reader(reader.person_id, reach), state):
            found.add(str(one.id))
    return found


async def compare(run: Run, protocol: Protocol) -> None:
    """Everybody's list, single reads, filters and events against the pure rule."""
    async with run.world.acting() as ctx:
        everything = {str(one) for one in (await ctx.db.scalars(select(Contribution.id))).all()}
    for reader in (run.moderator, *run.members):
        may = await expected(run, protocol, reader)
        shown = await run.said_to(reader)
        assert {one["id"] for one in shown} == may
        assert all(one["body"] is not None for one in shown)
        for seen in sorted(may)[-1:]:
            assert (await reader.get(f"/contributions/{seen}")).status_code == 200
        for hidden in sorted(everything - may)[-1:]:
            assert (await reader.get(f"/contributions/{hidden}")).status_code == 404
            assert (await reader.put(f"/contributions/{hidden}/marks/top")).status_code == 404
            assert (await reader.patch(f"/contributions/{hidden}", {"body": "Mine."})).status_code == 404
        await _events(reader, everything - may)
        if shown:
            phase = shown[-1]["phase"]
            listed = await run.said_to(reader, phase=phase)
            assert [one["id"] for one in listed] == [one["id"] for one in shown if one["phase"] == phase]


async def _events(reader: Actor, hidden: set[str]) -> None:
    if hidden:
        answer = await reader.get("/events", params={"limit": 200, "types": "contribution.*"})
        assert answer.status_code == 200, answer.text
        assert not any(card in answer.text for card in hidden)


@pytest.mark.parametrize("key", ["ten_brains", "icebreaker_round"])
async def test_every_phase_and_kind_is_shown_by_the_rule(world: World, key: str) -> None:
    run, protocol = await a_run(world, key, members=3), builtin(key)
    while (seen := await run.seen_by(run.moderator))["phase"] is not None:
        for actor in (*run.members[:2], run.moderator):
            await _say_everything(run, actor)
            await compare(run, protocol)
        await run.everybody_passes()
        if seen["phase"]["visibility"] != "open":
            await compare(run, protocol)
        assert seen["phase"]["key"] in {phase.key for phase in protocol.phases}
        await run.must("advance", {"override_reason": "On with it."})
    await compare(run, protocol)


async def _say_everything(run: Run, actor: Actor) -> None:
    for offer in (await run.seen_by(actor))["accepts"]:
        body: dict[str, Any] = {"by_on": in_days(3)} if offer["by_on"] else {}
        if offer["parent_kind"] is not None:
            parents = [one for one in await run.said_to(actor) if one["kind"] == offer["parent_kind"]]
            if not parents:
                continue
            body["parent_id"] = parents[0]["id"]
        await run.say(actor, offer["kind"], **body)


@pytest.mark.parametrize("name", ["one_two_four_all", "troika"])
async def test_words_never_cross_the_edge_of_a_breakout(world: World, name: str) -> None:
    run = await a_run(world, await a_method(world, name), members=4)
    protocol = a_document(name)
    for _ in range(len(protocol.phases)):
        for actor in run.members:
            await _say_everything(run, actor)
        await compare(run, protocol)
        await run.must("advance", {"override_reason": "On with it."})
    await compare(run, protocol)


async def test_in_a_blind_phase_the_answer_of_the_exercise_shows_who_has_spoken_and_nothing_else(
    world: World,
) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    before = await run.seen_by(run.owner)  # type: ignore[arg-type]
    await run.say(run.brains[0], "idea", "A secret.")
    after = await run.seen_by(run.owner)  # type: ignore[arg-type]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"progress"}
    voices = {one["person"]["id"]: one["voice"] for one in after["progress"]["people"]}
    assert voices[str(run.brains[0].person_id)] == "posted"
    assert str(run.owner.person_id) not in voices  # type: ignore[union-attr]
    listed = (await run.moderator.get(f"/groups/{run.group.id}/exercises")).json()["items"][0]
    assert listed["contribution_count"] == 0


async def test_the_end_of_a_blind_phase_reveals_all_of_it_at_once(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    for brain in run.brains:
        await run.say(brain, "idea")
    assert await run.said_to(run.owner) == []  # type: ignore[arg-type]
    assert await run.said_to(run.moderator) == []
    await run.must("advance")
    for reader in (run.owner, run.moderator):
        assert len(await run.said_to(reader)) == 3  # type: ignore[arg-type]
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
