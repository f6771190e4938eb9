"""Marks have a budget, and a tie at the last place is decided by people, never by an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.facilitation.library import builtin
from peergroup.facilitation.marking import (
    MarksLeft,
    Top,
    decide,
    marks_left,
    may_merge,
    may_show_results,
    refuse_mark,
    top_of,
)
from tests.facilitation.people import a_document

SYNTHESIZE = builtin("ten_brains").phase("synthesize")
OWNER = frozenset({"owner", "everyone"})
BRAIN = frozenset({"brains", "everyone"})
TALLIES = st.dictionaries(st.integers(0, 30), st.integers(0, 4), max_size=20)


def test_the_marks_that_are_left_count_down_to_nought_and_stay_listed() -> None:
    assert marks_left(SYNTHESIZE, BRAIN, {"top": 2}) == (MarksLeft("top", 1),)
    assert marks_left(SYNTHESIZE, BRAIN, {"top": 3}) == (MarksLeft("top", 0),)
    assert marks_left(SYNTHESIZE, frozenset(), {}) == ()


@pytest.mark.parametrize(
    ("roles", "used", "list_name", "kind", "code"),
    [
        (OWNER, {}, "helped", "idea", None),
        (OWNER, {}, "top", "idea", None),
        (BRAIN, {"top": 2}, "top", "reply", None),
        (BRAIN, {"top": 3}, "top", "idea", "budget_spent"),
        (BRAIN, {}, "helped", "idea", "not_accepted"),
        (BRAIN, {}, "top", "question", "not_accepted"),
        (BRAIN, {}, "elsewhere", "idea", "not_accepted"),
        (frozenset(), {}, "top", "idea", "not_accepted"),
    ],
)
def test_a_mark_is_taken_or_refused_by_list_role_kind_and_budget(
    roles: frozenset[str], used: dict[str, int], list_name: str, kind: str, code: str | None
) -> None:
    refusal = refuse_mark(SYNTHESIZE, roles, used, list_name, kind)
    assert (refusal.code if refusal else None) == code


def test_nothing_is_marked_in_a_phase_without_lists() -> None:
    refusal = refuse_mark(builtin("ten_brains").phase("build"), BRAIN, {}, "top", "idea")
    assert refusal is not None
    assert refusal.detail == "In the phase `build` you may mark: no list."


def test_duplicates_are_merged_where_the_phase_says_so_before_the_first_mark() -> None:
    review = a_document("value_exchange").phase("review_vote")
    assert may_merge(review, is_marked=False)
    assert not may_merge(review, is_marked=True)
    assert not may_merge(SYNTHESIZE, is_marked=False)


@pytest.mark.parametrize(
    ("tally", "top"),
    [
        ({}, Top(frozenset())),
        ({"a": 0}, Top(frozenset())),
        ({"a": 2, "b": 1}, Top(frozenset("ab"))),
        ({"a": 5, "b": 4, "c": 3, "d": 2}, Top(frozenset("abc"))),
        ({"a": 5, "b": 4, "c": 2, "d": 2}, Top(frozenset("ab"), frozenset("cd"), 1)),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, Top(frozenset(), frozenset("abcd"), 3)),
        ({"a": 2, "b": 2, "c": 2, "d": 1}, Top(frozenset("abc"))),
    ],
)
def test_the_top_three(tally: dict[str, int], top: Top[str]) -> None:
    assert top_of(tally, 3) == top


@given(TALLIES, st.integers(1, 5))
def test_the_order_in_which_cards_came_decides_nothing(tally: dict[int, int], top: int) -> None:
    assert top_of(tally, top) == top_of(dict(reversed(tally.items())), top)


@given(TALLIES, st.integers(1, 5))
def test_a_top_is_decided_or_has_more_tied_cards_than_places(tally: dict[int, int], top: int) -> None:
    found = top_of(tally, top)
    assert len(found.kept) + found.places <= top
    assert found.is_decided is (not found.tied)
    assert found.is_decided or 0 < found.places < len(found.tied)
    assert all(tally[card] > 0 for card in found.kept | found.tied)
    outside = tally.keys() - found.kept - found.tied
    assert all(tally[inside] > tally[card] for inside in found.kept for card in outside)


def test_the_moderator_decides_a_tie_by_naming_exactly_the_open_places() -> None:
    tied = Top(frozenset("ab"), frozenset("cd"), 1)
    assert decide(tied, frozenset("d")) == Top(frozenset("abd"))
    for wrong in ("", "cd", "a", "x"):
        with pytest.raises(ValueError, match="exactly 1"):
            decide(tied, frozenset(wrong))


def test_results_are_shown_from_three_contributors_on() -> None:
    assert [count for count in range(6) if may_show_results(count)] == [3, 4, 5]
