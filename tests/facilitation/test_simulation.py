"""Do so many people and these timeboxes fit, and where does the time go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.facilitation.breakouts import distribute, join
from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin
from peergroup.facilitation.simulation import simulate
from tests.facilitation.people import a_document, a_protocol, some_people


def test_ten_brains_with_ten_people_takes_three_quarters_of_an_hour() -> None:
    found = simulate(builtin("ten_brains"), 10)
    assert (found.fits, found.rounds, found.total_minutes) == (True, 1, 45)
    shares = {share.phase: share for share in found.phases}
    assert (shares["contribute"].speakers, shares["contribute"].seconds_each) == (9, 900)
    assert (shares["build"].speakers, shares["build"].seconds_each) == (10, 60)
    assert (shares["commit"].speakers, shares["commit"].seconds_each) == (1, 300)
    assert (shares["present"].speakers, shares["present"].seconds_each) == (0, 0)


@pytest.mark.parametrize(("people", "rounds", "minutes"), [(3, 3, 33), (7, 4, 44), (10, 4, 44), (12, 3, 33)])
def test_troika_takes_a_round_for_each_person_of_its_largest_breakout(
    people: int, rounds: int, minutes: int
) -> None:
    found = simulate(a_document("troika"), people)
    assert (found.rounds, found.total_minutes) == (rounds, minutes)


@pytest.mark.parametrize(
    ("people", "timeboxes", "available", "codes"),
    [
        (2, {}, None, ["too_few"]),
        (3, {}, None, []),
        (20, {}, None, []),
        (21, {}, None, ["too_many"]),
        (10, {"contribute": 4}, None, ["too_short"]),
        (10, {"contribute": 5}, 35, []),
        (10, {"contribute": 6}, 35, ["too_long"]),
        (10, {"dessert": 5}, None, ["unknown_phase"]),
        (10, {}, 45, []),
        (2, {"present": 1}, 10, ["too_few", "too_short", "too_long"]),
    ],
)
def test_what_does_not_fit_is_told_by_name(
    people: int, timeboxes: dict[str, int], available: int | None, codes: list[str]
) -> None:
    found = simulate(builtin("ten_brains"), people, timeboxes, available)
    assert [misfit.code for misfit in found.misfits] == codes
    assert found.fits is (not codes)


def test_fewer_than_one_person_or_minute_is_no_question() -> None:
    for people, timeboxes in ((0, {}), (5, {"build": 0})):
        with pytest.raises(ValueError, match="at least 1"):
            simulate(builtin("ten_brains"), people, timeboxes)


@given(st.integers(1, 60))
def test_the_paper_seats_people_as_the_exercise_does(count: int) -> None:
    ones = distribute(some_people(count), 1, "seed")
    pairs = join(ones)
    fours = join(pairs)
    on_paper = [share.breakouts for share in simulate(a_document("one_two_four_all"), count).phases[:3]]
    seated = [
        tuple(sorted((len(breakout.people) for breakout in here), reverse=True))
        for here in (ones, pairs, fours)
    ]
    assert on_paper == seated


def test_a_phase_with_one_listener_leaves_the_others_to_speak() -> None:
    shares = {share.phase: share for share in simulate(a_document("kollegiale_beratung"), 6).phases}
    assert shares["consultation"].speakers == 5
    assert shares["telling"].speakers == 1
    assert shares["casting"].speakers == 6


@pytest.mark.parametrize(
    ("roles", "phase", "speakers"),
    [
        ("{a: rotate, b: others}", "accepts: {everyone: [word]}, listens: [a]", 8),
        ("{a: rotate, b: others}", "accepts: {everyone: [word]}, listens: [b]", 1),
        ("{a: rotate, c: drawn, b: others}", "accepts: {b: [word]}", 7),
        ("{a: rotate, c: drawn, b: others}", "accepts: {a: [word], c: [word]}", 2),
        ("{a: rotate}", "accepts: {a: [word]}, breakout: 1", 1),
        ("{a: rotate, b: others}", "accepts: {b: [word]}, breakout: 1", 0),
    ],
)
def test_the_paper_counts_who_may_speak(roles: str, phase: str, speakers: int) -> None:
    (share,) = simulate(read(a_protocol(phase, roles=roles)), 9).phases
    assert share.speakers == speakers
