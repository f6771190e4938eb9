"""The way through an exercise: rounds in which each has a turn, and when there is a way back."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.facilitation.breakouts import distribute
from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin
from peergroup.facilitation.roles import cast, roles_of
from peergroup.facilitation.steps import Step, following, preceding, refuse_back, round_count, steps
from tests.facilitation.people import a_document, a_protocol, some_people


def test_ten_brains_is_walked_once_from_present_to_commit() -> None:
    protocol = builtin("ten_brains")
    way = steps(protocol, round_count(protocol, 10))
    assert [step.phase for step in way] == [phase.key for phase in protocol.phases]
    assert preceding(protocol, 1, way[0]) is None
    assert following(protocol, 1, way[-1]) is None


def test_after_the_last_phase_of_a_round_comes_the_first_of_the_next() -> None:
    protocol = a_document("troika")
    assert following(protocol, 3, Step(1, "feedback")) == Step(2, "share")
    assert preceding(protocol, 3, Step(2, "share")) == Step(1, "feedback")
    assert following(protocol, 3, Step(3, "feedback")) is None


@pytest.mark.parametrize("count", [3, 7, 10])
def test_in_troika_each_person_is_owner_exactly_once(count: int) -> None:
    protocol = a_document("troika")
    breakouts = distribute(some_people(count), 3, "seed")
    rounds = round_count(protocol, max(len(breakout.people) for breakout in breakouts))
    owners: list[UUID | None] = []
    for breakout in breakouts:
        for number in range(1, rounds + 1):
            now = cast(protocol, number, breakout.people, seed="seed")
            owners.append(now.holders["owner"])
            assert now.is_over is (number > len(breakout.people))
    assert sorted(owner for owner in owners if owner) == sorted(some_people(count))


def test_a_breakout_whose_turns_are_over_has_no_roles_left() -> None:
    protocol = a_document("troika")
    people = some_people(3)
    assert roles_of(protocol, cast(protocol, 3, people, seed="s"), people[0]) == {"brains", "everyone"}
    assert roles_of(protocol, cast(protocol, 4, people, seed="s"), people[0]) == frozenset()


@given(st.integers(1, 12), st.integers(1, 20))
def test_with_a_number_of_rounds_turns_begin_again_at_the_top(count: int, number: int) -> None:
    protocol = read(a_protocol("accepts: {speaker: [word]}", roles="{speaker: rotate}", rounds="20"))
    people = some_people(count)
    now = cast(protocol, number, people, seed="s")
    assert now.holders["speaker"] == people[(number - 1) % count]
    assert not now.is_over


def test_a_drawn_role_is_the_same_for_the_same_seed_and_differs_between_exercises() -> None:
    protocol = read(a_protocol("accepts: {speaker: [word]}", roles="{speaker: drawn}"))
    people = some_people(10)
    drawn = [cast(protocol, 1, people, seed=str(seed)).holders["speaker"] for seed in range(40)]
    again = [cast(protocol, 1, people[::-1], seed=str(seed)).holders["speaker"] for seed in range(40)]
    assert drawn == again
    assert len(set(drawn)) > 5


@pytest.mark.parametrize(
    ("phase", "code"),
    [
        ("present", "nothing_before"),
        ("clarify", None),
        ("contribute", None),
        ("build", "not_open"),
        ("synthesize", None),
        ("commit", None),
    ],
)
def test_back_leads_only_into_an_open_phase(phase: str, code: str | None) -> None:
    refusal = refuse_back(builtin("ten_brains"), 1, Step(1, phase), marked_since=False, revealed_since=False)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("marked", "revealed", "code"),
    [(True, False, "marked_since"), (False, True, "revealed_since"), (True, True, "marked_since")],
)
def test_what_was_marked_or_revealed_cannot_be_taken_back(marked: bool, revealed: bool, code: str) -> None:
    refusal = refuse_back(
        builtin("ten_brains"), 1, Step(1, "commit"), marked_since=marked, revealed_since=revealed
    )
    assert refusal is not None
    assert refusal.code == code
