"""Visible iff revealed, or yours, or the phase is blind and you have posted or passed in it."""

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.facilitation.breakouts import BreakoutName
from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.steps import Step, following
from peergroup.facilitation.visibility import (
    PhaseState,
    Reader,
    Said,
    is_after_seeing,
    is_revealed_on_posting,
    is_visible,
    leaves_revision,
    may_change,
    reveals,
)
from tests.facilitation.people import a_document, a_protocol, some_people

AUTHOR, READER, OTHER = some_people(3)
HERE, THERE = BreakoutName("3", 1), BreakoutName("3", 2)


def a_phase(visibility: str, *, anonymous: bool = False) -> Phase:
    later = ", reveals: p2" if visibility == "sealed" else ""
    hidden = ", anonymous: true" if anonymous else ""
    return read(
        a_protocol(f"accepts: {{everyone: [card]}}, visibility: {visibility}{later}{hidden}", "")
    ).phases[0]


PHASES = {
    "open": a_phase("open"),
    "blind": a_phase("blind"),
    "sealed": a_phase("sealed"),
    "anonymous blind": a_phase("blind", anonymous=True),
    "anonymous sealed": a_phase("sealed", anonymous=True),
}


@pytest.mark.parametrize(
    ("phase", "revealed", "yours", "spoke"),
    list(product(PHASES, [False, True], [False, True], [False, True])),
)
def test_the_rule_holds_for_every_visibility(phase: str, revealed: bool, yours: bool, spoke: bool) -> None:
    said = Said(READER if yours else AUTHOR, revealed)
    state = PhaseState(PHASES[phase], frozenset({READER}) if spoke else frozenset())
    assert is_visible(said, Reader(READER), state) is (revealed or yours or (phase == "blind" and spoke))


@pytest.mark.parametrize("phase", PHASES)
def test_that_somebody_else_has_spoken_opens_nothing(phase: str) -> None:
    state = PhaseState(PHASES[phase], frozenset({AUTHOR, OTHER}))
    assert not is_visible(Said(AUTHOR, is_revealed=False), Reader(READER), state)


def test_a_card_without_author_is_nobodys_own() -> None:
    assert not is_visible(Said(None, is_revealed=False), Reader(READER), PhaseState(PHASES["sealed"]))
    assert not may_change(Said(None, is_revealed=True), READER)
    assert may_change(Said(READER, is_revealed=True), READER)
    assert not may_change(Said(AUTHOR, is_revealed=True), READER)


WORDS = st.builds(
    Said,
    author=st.sampled_from([None, AUTHOR, READER]),
    is_revealed=st.booleans(),
    breakout=st.sampled_from([None, HERE, THERE]),
)
REACHES = st.frozensets(st.sampled_from([HERE, THERE]))


@given(WORDS, REACHES, st.sampled_from(sorted(PHASES)), st.booleans())
def test_nothing_crosses_the_edge_of_a_breakout_but_to_its_author(
    said: Said, reach: frozenset[BreakoutName], phase: str, spoke: bool
) -> None:
    state = PhaseState(PHASES[phase], frozenset({READER} if spoke else ()))
    seen = is_visible(said, Reader(READER, reach), state)
    inside = said.breakout is None or said.breakout in reach
    at_one_table = is_visible(replace(said, breakout=None), Reader(READER), state)
    assert seen is (said.author == READER or (inside and at_one_table))


@given(st.sampled_from(sorted(PHASES)), st.booleans(), st.sampled_from([AUTHOR, READER]))
def test_revealing_and_speaking_never_hide_what_was_visible(phase: str, spoke: bool, writer: UUID) -> None:
    silent, spoken = PhaseState(PHASES[phase]), PhaseState(PHASES[phase], frozenset({READER}))
    reader = Reader(READER)
    for revealed in (False, True):
        before = is_visible(Said(writer, revealed), reader, silent)
        assert before <= is_visible(Said(writer, revealed), reader, spoken)
        assert before <= is_visible(Said(writer, is_revealed=True), reader, spoken if spoke else silent)


def test_only_open_words_are_revealed_by_being_said() -> None:
    assert [name for name, phase in PHASES.items() if is_revealed_on_posting(phase)] == ["open"]


def test_ten_brains_reveals_the_ideas_by_the_statement_that_ends_contribute() -> None:
    protocol = builtin("ten_brains")
    step: Step | None = Step(1, "present")
    found = {}
    while step is not None:
        entering = following(protocol, 1, step)
        found[step.phase] = reveals(protocol, step, entering)
        step = entering
    assert {key for key, steps in found.items() if steps} == {"contribute"}
    assert found["contribute"] == (Step(1, "contribute"),)


def test_sealed_cards_are_revealed_when_the_named_phase_begins_and_not_before() -> None:
    protocol = a_document("value_exchange")
    assert reveals(protocol, Step(1, "going_well"), Step(1, "stop_doing")) == ()
    assert reveals(protocol, Step(1, "stop_doing"), Step(1, "review_vote")) == (
        Step(1, "going_well"),
        Step(1, "stop_doing"),
    )


def test_an_exercise_finished_early_leaves_sealed_cards_sealed_and_opens_blind_ones() -> None:
    assert reveals(a_document("value_exchange"), Step(1, "stop_doing"), None) == ()
    assert reveals(builtin("ten_brains"), Step(1, "contribute"), None) == (Step(1, "contribute"),)
    assert reveals(builtin("ten_brains"), None, Step(1, "present")) == ()


def test_a_reveal_stays_within_its_round() -> None:
    text = a_protocol("visibility: sealed, reveals: p2, accepts: {everyone: [card]}", "", rounds="2")
    assert reveals(read(text), Step(2, "p1"), Step(2, "p2")) == (Step(2, "p1"),)


@pytest.mark.parametrize(
    ("phase", "spoken", "others", "marked"),
    [
        ("blind", True, 1, True),
        ("blind", True, 0, False),
        ("blind", False, 3, False),
        ("open", True, 3, False),
        ("sealed", True, 3, False),
        ("anonymous blind", True, 3, False),
    ],
)
def test_a_post_is_marked_when_its_author_could_have_read_others(
    phase: str, spoken: bool, others: int, marked: bool
) -> None:
    assert is_after_seeing(PHASES[phase], has_spoken=spoken, others_said=others) is marked


@pytest.mark.parametrize(
    ("phase", "over", "seen", "visible"),
    [
        ("blind", False, False, False),
        ("blind", False, True, True),
        ("blind", True, False, True),
        ("open", False, True, True),
        ("open", False, False, False),
        ("sealed", False, True, False),
        ("sealed", True, False, True),
    ],
)
def test_changing_ones_words_is_shown_after_seeing_others_or_after_the_phase(
    phase: str, over: bool, seen: bool, visible: bool
) -> None:
    assert leaves_revision(PHASES[phase], is_over=over, has_seen_others=seen) is visible
