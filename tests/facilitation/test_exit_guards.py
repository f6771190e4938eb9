"""When a phase may end, what stands in the way, and how far it is as far as that may be shown."""

import pytest

from peergroup.facilitation.document import read
from peergroup.facilitation.exits import PhaseFacts, stopping, unmet
from peergroup.facilitation.library import builtin
from peergroup.facilitation.progress import BrainCount, Voices, brain_count, progress
from tests.facilitation.people import a_document, a_protocol, some_people

PEOPLE = some_people(4)
FIRST, SECOND, THIRD, FOURTH = PEOPLE
ALL = frozenset(PEOPLE)
CONTRIBUTE = builtin("ten_brains").phase("contribute")
COMMIT = builtin("ten_brains").phase("commit")


def voices(posted: int, passed: int = 0) -> Voices:
    return Voices(ALL, frozenset(PEOPLE[:posted]), frozenset(PEOPLE[posted : posted + passed]))


@pytest.mark.parametrize(("posted", "passed"), [(4, 0), (3, 1), (0, 4)])
def test_contribute_ends_once_everyone_posted_or_passed(posted: int, passed: int) -> None:
    assert unmet(CONTRIBUTE, PhaseFacts(voices(posted, passed))) == ()


def test_contribute_waits_softly_and_a_reason_overrides_it() -> None:
    facts = PhaseFacts(voices(2, 1))
    (guard,) = unmet(CONTRIBUTE, facts)
    assert (guard.code, guard.is_hard) == ("everyone_posted_or_passed", False)
    assert guard.detail.startswith("1 of 4 ")
    assert stopping(CONTRIBUTE, facts) == (guard,)
    assert stopping(CONTRIBUTE, facts, override_reason="  ") == (guard,)
    assert stopping(CONTRIBUTE, facts, override_reason="The train leaves") == ()


def test_commit_needs_a_commitment_and_no_reason_overrides_that() -> None:
    facts = PhaseFacts(Voices(frozenset({FIRST})), commitments=0)
    (guard,) = stopping(COMMIT, facts, override_reason="We are tired")
    assert (guard.code, guard.is_hard) == ("min_commitments", True)
    assert unmet(COMMIT, PhaseFacts(Voices(frozenset({FIRST})), commitments=1)) == ()


def test_a_tied_list_is_a_hard_stop_until_it_is_decided() -> None:
    review = a_document("value_exchange").phase("review_vote")
    facts = PhaseFacts(voices(0), undecided=frozenset({"hinder", "of another phase"}))
    (guard,) = stopping(review, facts, override_reason="No time")
    assert guard.code == "top_selected"
    assert guard.detail.startswith("The last place is tied and undecided in: hinder. ")
    (guard,) = stopping(review, PhaseFacts(voices(0), waiting=frozenset({"support"})), "No time")
    assert guard.detail.startswith("Not everybody has marked in: support. ")
    assert unmet(review, PhaseFacts(voices(0))) == ()


def test_who_left_is_not_waited_for_and_who_came_in_is_not_counted_twice() -> None:
    assert Voices(frozenset({FIRST}), posted=frozenset({FIRST, SECOND})).waiting == frozenset()


def test_the_guards_of_a_secret_phase_give_no_counts_away() -> None:
    card = "accepts: {everyone: [card]}, visibility: sealed, reveals: p2, anonymous: true"
    guarded = f"{card}, exit: [everyone_posted_or_passed, min_contributions: 3]"
    phase = read(a_protocol(guarded, "")).phase("p1")
    details = {guard.detail for said in range(3) for guard in unmet(phase, PhaseFacts(voices(said), said))}
    assert details == {"Not everyone has posted or passed.", "At least 3 contributions are needed."}


def test_phases_without_guards_end_whenever_the_moderator_says() -> None:
    for key in ("present", "clarify", "build", "synthesize"):
        assert unmet(builtin("ten_brains").phase(key), PhaseFacts(voices(0))) == ()


def test_a_blind_phase_shows_person_by_person_who_is_awaited() -> None:
    shown = progress(CONTRIBUTE, Voices(ALL, frozenset({FIRST, SECOND}), frozenset({SECOND, THIRD})))
    assert shown.people == {FIRST: "posted", SECOND: "posted", THIRD: "passed", FOURTH: "waiting"}
    assert shown.overall == "some"


@pytest.mark.parametrize(("posted", "overall"), [(0, "none"), (1, "some"), (3, "some"), (4, "all")])
@pytest.mark.parametrize(
    "secrecy",
    ["visibility: sealed, reveals: p2", "visibility: blind, anonymous: true"],
)
def test_a_secret_phase_shows_none_some_or_all_and_nobody(posted: int, overall: str, secrecy: str) -> None:
    phase = read(a_protocol(f"accepts: {{everyone: [card]}}, {secrecy}", "")).phases[0]
    shown = progress(phase, voices(posted))
    assert (shown.overall, dict(shown.people)) == (overall, {})


@pytest.mark.parametrize(
    ("brains", "posted", "passed", "count"),
    [
        (9, 7, 1, BrainCount(7, 1, 9)),
        (10, 0, 0, BrainCount(0, 0, 10)),
        (14, 11, 2, BrainCount(11, 2, 10)),
        (3, 0, 3, BrainCount(0, 3, 3)),
    ],
)
def test_the_target_is_ten_brains_or_all_there_are(
    brains: int, posted: int, passed: int, count: BrainCount
) -> None:
    people = some_people(brains)
    found = Voices(frozenset(people), frozenset(people[:posted]), frozenset(people[posted : posted + passed]))
    assert brain_count(found) == count


def test_a_moderator_counts_as_a_brain_once_they_contribute() -> None:
    members, moderator = frozenset(some_people(8)), some_people(9)[8]
    assert brain_count(Voices(members)).target == 8
    assert brain_count(Voices(members, posted=frozenset({moderator}))) == BrainCount(1, 0, 9)


def test_who_passed_and_then_posted_has_posted() -> None:
    assert brain_count(Voices(ALL, posted=frozenset({FIRST}), passed=frozenset({FIRST}))) == BrainCount(
        1, 0, 4
    )
