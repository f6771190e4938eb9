"""What is kept back, and that it is said: cards of fewer than three, and what was never opened."""

from typing import Any

import pytest

from peergroup.facilitation.sealed_models import SealedCard
from tests.facilitation.factories import Run, a_run, events_of, rows, written
from tests.facilitation.people import a_protocol
from tests.facilitation.retrospective import retrospective_at
from tests.world import Actor, World


async def test_fewer_than_three_authors_are_never_shown(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    for member in run.members[:2]:
        await run.say(member, "support")
    await run.must("advance", {"override_reason": "Go on."})
    ended = next(one for one in reversed(await events_of(world)) if one.type == "phase.ended")
    assert "contributions" not in ended.facts
    await run.go_to("review_vote")
    assert await run.said_to(run.moderator, kind="support") == []
    assert len(await run.said_to(run.members[0], kind="support")) == 1
    await run.must("abandon")
    assert await run.said_to(run.members[0], kind="support") == []
    assert await rows(world, SealedCard) == []


async def kept_back(run: Run, reader: Actor) -> list[Any]:
    """What an exercise and its results say of phases whose cards nobody reads: both the same."""
    results = (await reader.get(f"/exercises/{run.id}/results")).json()
    seen = (await run.seen_by(reader))["withheld"]
    assert results["withheld"] == seen
    return list(seen)


@pytest.mark.parametrize("authors", [0, 1, 2])
async def test_cards_that_are_kept_back_are_not_passed_over_in_silence(world: World, authors: int) -> None:
    run = await retrospective_at(world, "going_well")
    for member in run.members[:authors]:
        for number in range(2):
            await run.say(member, "support", f"Card {number}.")
    await run.go_to("stop_doing")
    for member in run.members[:3]:
        await run.say(member, "hinder")
    assert await kept_back(run, run.moderator) == []  # nobody reads any of them before the review
    await run.go_to("review_vote")
    # The same, whether two wrote, or one, or nobody: how many did is what the rule protects.
    expected = [{"phase": "going_well", "round": 1, "reason": "too_few_authors"}]
    for reader in (run.moderator, *run.members):
        assert await kept_back(run, reader) == expected
    await run.close_lists()
    await run.must("finish")
    assert await kept_back(run, run.members[0]) == expected
    path = f"/exercises/{run.id}/minutes"
    titled = [one | {"title": "What carries us"} for one in expected]
    assert (await run.moderator.get(path)).json()["withheld"] == titled
    text = (await run.moderator.get(path, headers={"Accept": "text/markdown"})).text
    assert "What carries us: kept back, because fewer than three people wrote here, or nobody did" in text


@pytest.mark.parametrize(("authors", "ending"), [(0, "finish"), (1, "finish"), (4, "finish"), (1, "abandon")])
async def test_what_was_never_opened_is_told_of_whoever_wrote(
    world: World, authors: int, ending: str
) -> None:
    run = await retrospective_at(world, "going_well")
    for member in run.members[:authors]:
        await run.say(member, "support")
    await run.go_to("stop_doing")
    assert await kept_back(run, run.members[0]) == []
    await run.must(ending)
    lost = [{"phase": key, "round": 1, "reason": "never_opened"} for key in ("going_well", "stop_doing")]
    assert await kept_back(run, run.members[0]) == lost
    assert await run.said_to(run.members[0], kind="support") == []
    minutes = await run.members[0].get(f"/exercises/{run.id}/minutes", headers={"Accept": "text/markdown"})
    if ending == "finish":
        assert "What carries us: never opened, because it ended before" in minutes.text
    else:
        assert minutes.status_code == 404


async def test_sealed_words_under_a_name_are_told_of_too_where_they_were_never_opened(world: World) -> None:
    text = a_protocol(
        "accepts: {everyone: [card]}, visibility: sealed, reveals: p2", "accepts: {everyone: [card]}"
    )
    run = await a_run(world, await written(world, text), members=3)
    await run.say(run.members[0], "card", "What I think.")
    await run.must("finish")
    assert await kept_back(run, run.moderator) == [{"phase": "p1", "round": 1, "reason": "never_opened"}]
    assert [one["body"] for one in await run.said_to(run.members[0])] == ["What I think."]
    assert await run.said_to(run.moderator) == []


@pytest.mark.parametrize(
    ("authors", "ending"), [(2, "advance"), (3, "advance"), (2, "finish"), (3, "finish")]
)
async def test_a_blind_anonymous_phase_says_at_its_end_what_is_kept_back(
    world: World, authors: int, ending: str
) -> None:
    card = "accepts: {everyone: [card]}, visibility: blind, anonymous: true"
    run = await a_run(world, await written(world, a_protocol(card, "accepts: {everyone: [card]}")), members=4)
    for member in run.members[:authors]:
        await run.say(member, "card")
    assert await kept_back(run, run.moderator) == []
    shown = await run.must(ending, {"override_reason": "Go on."} if ending == "advance" else None)
    kept = [{"phase": "p1", "round": 1, "reason": "too_few_authors"}] if authors < 3 else []
    assert shown["withheld"] == kept
    assert await kept_back(run, run.moderator) == kept
