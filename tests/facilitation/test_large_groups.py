"""Groups larger than ten: breakouts with remainders, turns in all of them at once, and words that stay inside."""

from collections import Counter
from typing import Any

import pytest

from tests.facilitation.crowds import a_crowd
from tests.facilitation.factories import Run, a_run
from tests.world import Actor, World


async def seats(run: Run) -> dict[str, list[tuple[Actor, dict[str, Any]]]]:
    """Everybody with what they see, by breakout."""
    found: dict[str, list[tuple[Actor, dict[str, Any]]]] = {}
    for member in run.members:
        seen = await run.seen_by(member)
        found.setdefault(seen["breakout"]["name"], []).append((member, seen))
    return found


@pytest.mark.parametrize(
    ("method", "people", "sizes", "rounds"),
    [
        ("troika", 3, [3], 3),
        ("troika", 7, [4, 3], 4),
        ("troika", 10, [4, 3, 3], 4),
        ("wise_crowds", 40, [4] * 10, 4),
    ],
)
async def test_people_sit_in_breakouts_and_each_has_a_turn(
    world: World, method: str, people: int, sizes: list[int], rounds: int
) -> None:
    run = await a_run(world, method, group=await a_crowd(world, people))
    turn = "owner" if method == "troika" else "client"
    had: Counter[str] = Counter()
    first = await seats(run)
    assert sorted(map(len, first.values()), reverse=True) == sizes
    assert all(len(seen["breakout"]["people"]) == len(here) for here in first.values() for _, seen in here)
    for number in range(1, rounds + 1):
        there = first if number == 1 else await seats(run)
        assert {name: len(here) for name, here in there.items()} == {k: len(v) for k, v in first.items()}
        for here in there.values():
            takers = [actor for actor, seen in here if turn in seen["roles"]]
            assert len(takers) == (1 if number <= len(here) else 0)
            had.update(str(one.person_id) for one in takers)
            if number > len(here):
                assert all(seen["accepts"] == [] for _, seen in here), "this breakout is through"
        for _ in range(4):
            seen = await run.must("advance")
    assert seen["state"] == "finished"
    assert had == Counter({str(one.person_id): 1 for one in run.members})


async def test_minutes_say_that_words_stay_in_breakouts(world: World) -> None:
    run = await a_run(world, "troika", members=6)
    speaker = next(
        one for here in (await seats(run)).values() for one, seen in here if "owner" in seen["roles"]
    )
    first = (await run.seen_by(speaker))["phase"]
    await run.say(speaker, "problem", "Only for the three of us.")
    await run.must("finish")
    assert (await run.seen_by(run.moderator))["withheld"] == [], "those who sat there read it"
    path = f"/exercises/{run.id}/minutes"
    kept = (await run.moderator.get(path)).json()
    assert kept["withheld"] == [
        {"phase": first["key"], "round": 1, "reason": "stays_in_breakouts", "title": first["title"]}
    ]
    text = (await run.moderator.get(path, headers={"Accept": "text/markdown"})).text
    assert f"{first['title']}: stays with those who sat together" in text
    assert "Only for" not in str(kept) + text


async def test_forty_people_hear_their_own_breakout_alone(world: World) -> None:
    run = await a_run(world, "wise_crowds", group=await a_crowd(world, 40))
    there = await seats(run)
    seen = await run.seen_by(run.moderator)
    assert seen["breakout"] is None, (
        "whoever leads sits nowhere, and sees who sits where and whose turn it is"
    )
    sitting = {one["name"]: {person["id"] for person in one["people"]} for one in seen["breakouts"]}
    assert sitting == {name: {str(one.person_id) for one, _ in here} for name, here in there.items()}
    clients = {str(one.person_id) for here in there.values() for one, it in here if "client" in it["roles"]}
    assert {one["person"]["id"] for one in seen["held"] if one["role"] == "client"} == clients
    assert {one["role"] for one in seen["held"]} == {"client"}
    for name, here in there.items():
        client = next(actor for actor, seen in here if "client" in seen["roles"])
        await run.say(client, "problem", f"Said in {name}.")
        consultant = next(actor for actor, seen in here if "client" not in seen["roles"])
        assert (await run.post(consultant, "problem")).status_code == 409
    for name, here in list(there.items())[:3]:
        for actor, _ in here:
            assert [one["body"] for one in await run.said_to(actor)] == [f"Said in {name}."]
    assert await run.said_to(run.moderator) == []
    await run.go_to("consult")
    for name, here in list(there.items())[:2]:
        client = next(actor for actor, seen in here if "client" in seen["roles"])
        assert (await run.post(client, "idea")).status_code == 409, "the client has turned away"
        consultant = next(actor for actor, seen in here if "client" not in seen["roles"])
        await run.say(consultant, "idea", f"For {name}.")
        heard = [one["body"] for one in await run.said_to(client)]
        assert heard == [f"Said in {name}.", f"For {name}."]
    await run.must("finish")
    minutes = (await run.moderator.get(f"/exercises/{run.id}/minutes")).json()
    assert minutes["phases"] == []


async def test_more_people_than_a_method_is_made_for_are_told_so(world: World) -> None:
    run = await a_run(world, "kollegiale_beratung", group=await a_crowd(world, 13), start=False)
    refused = await run.verb("start")
    assert refused.status_code == 409
    assert [one["code"] for one in refused.json()["guards"]] == ["too_many_people"]
