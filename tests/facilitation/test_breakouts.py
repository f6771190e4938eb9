"""Nobody is lost, nobody sits alone who should not, and words end at the edge of a breakout."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.facilitation.breakouts import (
    Breakout,
    BreakoutName,
    distribute,
    draw_order,
    join,
    reach,
    sizes,
)
from peergroup.facilitation.formations import form, formation, home_formation, seat_latecomer
from peergroup.facilitation.library import builtin
from tests.facilitation.people import a_document, some_people

COUNTS = st.integers(1, 200)
SIZES = st.integers(1, 4)
SEEDS = st.text(max_size=8)
CROWDS = st.sets(st.uuids(), min_size=1, max_size=60)


def seated(breakouts: tuple[Breakout, ...]) -> list[UUID]:
    return [person for breakout in breakouts for person in breakout.people]


@given(COUNTS, SIZES)
def test_sizes_differ_by_at_most_one_and_add_up(people: int, size: int) -> None:
    found = sizes(people, size)
    assert sum(found) == people
    assert max(found) - min(found) <= 1
    assert found == tuple(sorted(found, reverse=True))


@given(COUNTS, SIZES)
def test_nobody_sits_alone_unless_alone_is_meant(people: int, size: int) -> None:
    assert size == 1 or people == 1 or min(sizes(people, size)) >= 2


@given(COUNTS, SIZES)
def test_whole_breakouts_are_taken_where_the_number_divides(people: int, size: int) -> None:
    if people % size == 0:
        assert sizes(people, size) == (size,) * (people // size)


@given(st.integers(2, 200), st.integers(2, 4))
def test_no_breakout_is_more_than_one_off_with_enough_people(people: int, size: int) -> None:
    if people >= size * (size - 1):
        assert all(abs(found - size) <= 1 for found in sizes(people, size))


@pytest.mark.parametrize(
    ("people", "size", "expected"),
    [
        (3, 3, (3,)),
        (4, 3, (4,)),
        (5, 3, (3, 2)),
        (7, 3, (4, 3)),
        (8, 3, (4, 4)),
        (10, 3, (4, 3, 3)),
        (3, 2, (3,)),
        (7, 2, (3, 2, 2)),
        (6, 4, (3, 3)),
        (40, 4, (4,) * 10),
        (1, 4, (1,)),
        (0, 3, ()),
    ],
)
def test_remainders_are_spread(people: int, size: int, expected: tuple[int, ...]) -> None:
    assert sizes(people, size) == expected


@given(CROWDS, SIZES, SEEDS)
def test_nobody_is_lost_and_nobody_sits_twice(people: set[UUID], size: int, seed: str) -> None:
    assert sorted(seated(distribute(people, size, seed))) == sorted(people)


@given(CROWDS, SIZES, SEEDS)
def test_the_same_seed_gives_the_same_breakouts_in_whatever_order_people_come(
    people: set[UUID], size: int, seed: str
) -> None:
    order = sorted(people)
    assert distribute(order, size, seed) == distribute(reversed(order), size, seed)


def test_another_seed_draws_another_order() -> None:
    people = some_people(10)
    assert len({draw_order(people, str(seed)) for seed in range(20)}) > 15


@given(st.sets(st.uuids(), min_size=2, max_size=40), st.uuids(), SEEDS)
def test_a_latecomer_moves_nobody_past_another_in_a_drawn_order(
    people: set[UUID], late: UUID, seed: str
) -> None:
    with_late = draw_order(people | {late}, seed)
    assert [p for p in with_late if p != late] == [p for p in draw_order(people, seed) if p != late]


@given(CROWDS, SIZES, st.integers(1, 4))
def test_joining_keeps_everyone_and_every_former_breakout_whole(
    people: set[UUID], size: int, times: int
) -> None:
    former = distribute(people, size, "seed")
    for _ in range(times):
        joined = join(former)
        assert sorted(seated(joined)) == sorted(people)
        assert [name for b in joined for name in b.former] == [b.name for b in former]
        assert len(former) == 1 or all(2 <= len(b.former) <= 3 for b in joined)
        former = joined


def test_one_two_four_all_sits_as_its_name_says() -> None:
    protocol = a_document("one_two_four_all")
    assert [formation(protocol, place) for place in range(4)] == ["1", "1+", "1++", None]
    formed: tuple[Breakout, ...] = ()
    counts = []
    for phase in protocol.phases:
        here = form(protocol, phase, some_people(8), "seed", formed)
        counts.append(sorted(len(breakout.people) for breakout in here))
        formed += here
    assert counts == [[1] * 8, [2] * 4, [4, 4], []]


@given(st.integers(2, 40), SEEDS)
def test_words_reach_those_whose_breakouts_joined_and_nobody_before(count: int, seed: str) -> None:
    protocol = a_document("one_two_four_all")
    people = some_people(count)
    formed: tuple[Breakout, ...] = ()
    for phase in protocol.phases[:3]:
        here = form(protocol, phase, people, seed, formed)
        formed += here
        for breakout in here:
            for person in breakout.people:
                reached = reach(formed, person)
                heard = {p for b in formed if b.name in reached for p in b.people}
                assert heard == set(breakout.people)


def test_troika_sits_in_the_same_breakouts_throughout() -> None:
    protocol = a_document("troika")
    formed = form(protocol, protocol.phases[0], some_people(7), "seed", ())
    assert home_formation(protocol) == "3"
    for phase in protocol.phases[1:]:
        assert form(protocol, phase, some_people(9), "another", formed) == formed


def test_a_method_without_breakouts_sits_together() -> None:
    protocol = builtin("ten_brains")
    assert home_formation(protocol) is None
    assert form(protocol, protocol.phases[0], some_people(7), "seed", ()) == ()
    assert reach((), some_people(1)[0]) == frozenset()


@given(st.integers(2, 30), SIZES, SEEDS)
def test_a_latecomer_sits_in_a_smallest_breakout(count: int, size: int, seed: str) -> None:
    *people, late = some_people(count + 1)
    before = distribute(people, size, seed)
    after = seat_latecomer(before, late)
    (mine,) = [breakout for breakout in after if late in breakout.people]
    smallest = min(len(breakout.people) for breakout in before)
    assert len(mine.people) == (1 if size == 1 else smallest + 1)
    assert sorted(seated(after)) == sorted([*people, late])


@given(st.integers(2, 30), SEEDS)
def test_a_latecomer_hears_and_is_heard_where_breakouts_were_joined(count: int, seed: str) -> None:
    *people, late = some_people(count + 1)
    ones = distribute(people, 1, seed)
    pairs = join(ones)
    fours = join(pairs)
    for formed in ((*ones, *pairs), (*ones, *pairs, *fours)):
        after = seat_latecomer(formed, late)
        mine = {breakout.name.formation: breakout for breakout in after if late in breakout.people}
        assert set(mine) == {breakout.name.formation for breakout in formed}
        assert mine["1"] == Breakout(BreakoutName("1", count + 1), (late,))
        for kind in set(mine) - {"1"}:
            assert {mine["1"].name, mine[kind].name} <= reach(after, mine[kind].people[0])
        assert mine["1"].name in mine["1+"].former
        assert "1++" not in mine or mine["1+"].name in mine["1++"].former
