"""More people than places, all at once: exactly the limit gets through, and what happens once happens once."""

from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from peergroup.challenges.models import Challenge
from peergroup.facilitation.ballot_models import Mark, SealedMark
from peergroup.facilitation.models import Exercise, Minutes
from peergroup.groups.models import Covenant, Membership, Signature
from peergroup.kit.events import Event
from peergroup.people.models import Person
from tests.challenges.factories import a_run as a_challenge_run
from tests.facilitation.factories import Run as Exercising
from tests.facilitation.factories import a_run, written
from tests.groups.factories import GroupOf, a_group
from tests.heavy import joining_races, planning_races
from tests.heavy.racing import Run, Track, a_track
from tests.scale import report, scaled
from tests.world import World

RACERS = scaled(40, 500)
CAPACITY = 10
VOTERS = scaled(4, 20)
BUDGET = 3
VOTING = """
key: voting
title: Voting
participants: {min: 2, max: 50}
phases:
  - {key: collect, title: Collect, prompt: Say it., minutes: 5, accepts: {everyone: [idea]}}
  - key: vote
    title: Vote
    prompt: Mark what counts.
    minutes: 5
    marks:
      - {list: shown, on: [idea], by: everyone, budget: 3}
      - {list: secret, on: [idea], by: everyone, budget: 3, tally: hidden}
"""


async def racers_for_seats_get_exactly_the_capacity(track: Track) -> None:
    for _ in range(joining_races.ROUNDS):
        await _race_for_seats(track)


async def _race_for_seats(track: Track) -> None:
    world = await track.world()
    group = await a_group(world, members=0, capacity=CAPACITY)
    memberships = await _provisional(world, group)
    answers = await track.race(
        Run(group.moderator, "POST", f"/memberships/{id_}/activate") for id_ in memberships
    )
    assert answers == {(200, ""): CAPACITY, (409, "guard_failed"): RACERS - CAPACITY}
    async with world.acting() as ctx:
        taken = await ctx.db.execute(
            select(Membership.seat_no, func.count())
            .where(Membership.state == "active", Membership.role == "member")
            .group_by(Membership.seat_no)
        )
        assert {row[0]: row[1] for row in taken} == dict.fromkeys(range(1, CAPACITY + 1), 1)


async def _provisional(world: World, group: GroupOf) -> list[str]:
    """People who accepted and signed, made at once."""
    async with world.acting() as ctx:
        people = [Person(name=f"R {n}", created_at=ctx.now, updated_at=ctx.now) for n in range(RACERS)]
        ctx.db.add_all(people)
        await ctx.db.flush()
        covenant = await ctx.db.scalar(select(Covenant.id).where(Covenant.group_id == group.id))
        rows: list[Any] = [
            Membership(
                group_id=group.id, person_id=person.id, role="member", state="provisional", created_at=ctx.now
            )
            for person in people
        ]
        signed = [
            Signature(covenant_id=covenant, person_id=person.id, signed_at=ctx.now) for person in people
        ]
        ctx.db.add_all(rows + signed)
        await ctx.db.flush()
        return [str(row.id) for row in rows]


async def racing_marks_stay_within_everybodys_budget(track: Track) -> None:
    """Everybody marks every card at once, in a list that shows who did, and in one that nobody can look into."""
    world = await track.world()
    voting, ideas = await _a_vote(world)
    for name in ("shown", "secret"):
        answers = await track.race(
            Run(who, "PUT", f"/contributions/{idea}/marks/{name}") for idea in ideas for who in voting.members
        )
        given = VOTERS * BUDGET
        assert answers == {(200, ""): given, (409, "budget_spent"): len(ideas) * VOTERS - given}
        async with world.acting() as ctx:
            voters, urn = (Mark.person_id, Mark) if name == "shown" else (SealedMark.voter, SealedMark)
            rows = (await ctx.db.execute(select(voters, urn.slot).where(urn.ballot == name))).all()
            told = await ctx.db.scalar(select(func.count()).where(Event.type == "mark.set"))
        slots = {voter: sorted(slot for one, slot in rows if one == voter) for voter, _ in rows}
        assert len(slots) == VOTERS
        assert all(taken == [1, 2, 3] for taken in slots.values())
        assert told == given, "of marks that are shown there is one event each, of hidden ones none"


async def one_mark_asked_for_many_times_at_once_is_one_mark(track: Track) -> None:
    world = await track.world()
    voting, (idea, *_) = await _a_vote(world)
    one = voting.members[0]
    for name in ("shown", "secret"):
        answers = await track.race(
            Run(one, "PUT", f"/contributions/{idea}/marks/{name}") for _ in range(RACERS)
        )
        assert answers == {(200, ""): RACERS}
    async with world.acting() as ctx:
        marks = [one for urn in (Mark, SealedMark) for one in await ctx.db.scalars(select(urn.ballot))]
        told = await ctx.db.scalar(select(func.count()).where(Event.type == "mark.set"))
    assert sorted(marks) == ["secret", "shown"]
    assert told == 1


async def _a_vote(world: World) -> tuple[Exercising, list[str]]:
    """An exercise in which marks are given, and what can be marked."""
    group = await a_group(world, members=VOTERS, capacity=VOTERS)
    voting = await a_run(world, await written(world, VOTING), group=group)
    said = [await voting.say(voting.members[n % VOTERS], "idea") for n in range(RACERS // VOTERS)]
    await voting.go_to("vote")
    return voting, [one["id"] for one in said]


async def a_phase_that_many_end_at_once_ends_once(track: Track) -> None:
    """Everybody means the present phase: nobody skips the next one by accident."""
    world = await track.world()
    run = await a_challenge_run(world, members=3, live=False)
    path, body = f"/exercises/{run.exercise_id}/advance", {"from_phase": "present"}
    answers = await track.race(Run(run.group.moderator, "POST", path, body) for _ in range(RACERS))
    assert answers == {(200, ""): 1, (409, "guard_failed"): RACERS - 1}
    async with world.acting() as ctx:
        types = await _types(ctx)
        assert await ctx.db.scalar(select(Exercise.step_no).where(Exercise.id == UUID(run.exercise_id))) == 1
    assert (types["phase.ended"], types["phase.started"]) == (1, 2)


async def the_last_phase_ends_once_whoever_ends_it(track: Track) -> None:
    """The moderator's last step and the owner's commitment are the same act."""
    world = await track.world()
    run = await a_challenge_run(world, members=3, live=False)
    await run.to_phase("contribute")
    for brain in run.brains:
        await run.said(brain, "idea", "Ask five of them.")
    await run.promise()
    advance = Run(run.group.moderator, "POST", f"/exercises/{run.exercise_id}/advance")
    commit = Run(run.owner, "POST", f"/challenges/{run.id}/commit")
    answers = await track.race((advance, commit)[n % 2] for n in range(RACERS))
    assert answers == {(200, ""): 1, (409, "invalid_transition"): RACERS - 1}
    async with world.acting() as ctx:
        types = await _types(ctx)
        minutes = await ctx.db.scalar(select(func.count()).select_from(Minutes))
        states = (await ctx.db.scalar(select(Challenge.state)), await ctx.db.scalar(select(Exercise.state)))
    assert states == ("committed", "finished")
    assert minutes == 1
    once = ("exercise.finished", "challenge.committed", "commitment.made")
    assert {type_: types[type_] for type_ in once} == dict.fromkeys(once, 1)
    assert types["phase.ended"] == 6


async def _types(ctx: Any) -> Counter[str]:
    """How many events of each type there are in the organization."""
    return Counter(await ctx.db.scalars(select(Event.type)))


RACES = (
    *joining_races.RACES,
    *planning_races.RACES,
    racers_for_seats_get_exactly_the_capacity,
    racing_marks_stay_within_everybodys_budget,
    one_mark_asked_for_many_times_at_once_is_one_mark,
    a_phase_that_many_end_at_once_ends_once,
    the_last_phase_ends_once_whoever_ends_it,
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_exactly_the_limit_gets_through(kind: str, folder: Path) -> None:
    """One test, because starting the servers costs more than the races do."""
    async with a_track(kind, folder) as track:
        for race in RACES:
            report(f"{kind}: {race.__name__.replace('_', ' ')}")
            await race(track)
