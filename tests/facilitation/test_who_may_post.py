"""Walks phase × kind × role for both built-in methods, and the rules of posting, passing and volunteering."""

from itertools import product

import pytest

from peergroup.facilitation.accepts import Accepted, accepts, may_pass, may_record_for, may_speak, refuse_post
from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin
from peergroup.facilitation.marking import MarksLeft, marks_left
from peergroup.facilitation.phase import EVERYONE
from peergroup.facilitation.roles import cast, may_volunteer, roles_of, vacancies
from tests.facilitation.people import a_document, a_protocol, some_people

BRAINS_SAY = ("experience", "idea", "resource", "introduction", "caution")
KINDS = (*BRAINS_SAY, "question", "answer", "reply", "commitment", "volunteer", "proposal")

# (method, phase, role) → kinds; what is not in the table is refused.
TABLE: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("ten_brains", "clarify", "brains"): ("question",),
    ("ten_brains", "clarify", "owner"): ("answer",),
    ("ten_brains", "contribute", "brains"): BRAINS_SAY,
    ("ten_brains", "build", "brains"): ("reply",),
    ("ten_brains", "build", "owner"): ("reply",),
    ("ten_brains", "commit", "owner"): ("commitment",),
    ("icebreaker_round", "round", EVERYONE): ("answer",),
}
ROLES = {"ten_brains": ("owner", "brains"), "icebreaker_round": (EVERYONE,)}
WALK = [
    (method, phase.key, role, kind)
    for method, roles in ROLES.items()
    for phase, role, kind in product(builtin(method).phases, roles, KINDS)
]
MARK_TABLE = {
    ("synthesize", "owner"): (MarksLeft("helped", 100), MarksLeft("top", 3)),
    ("synthesize", "brains"): (MarksLeft("top", 3),),
}


@pytest.mark.parametrize(("method", "phase_key", "role", "kind"), WALK)
def test_a_kind_is_taken_exactly_where_the_table_says(
    method: str, phase_key: str, role: str, kind: str
) -> None:
    phase = builtin(method).phase(phase_key)
    roles = frozenset({role, EVERYONE})
    accepted = accepts(phase, roles, {})
    expected = TABLE.get((method, phase_key, role), ())
    parents = phase.parent_kinds(kind) or (None,)
    for parent in parents:
        refusal = refuse_post(phase, accepted, kind, parent)
        assert (refusal is None) is (kind in expected)
        if refusal is not None:
            assert refusal.code == "not_accepted"
            assert f"`{phase_key}`" in refusal.detail
            assert all(taken in refusal.detail for taken in expected)
    assert may_speak(phase, roles) is bool(expected)


@pytest.mark.parametrize(
    ("phase", "role"), list(product([p.key for p in builtin("ten_brains").phases], ["owner", "brains"]))
)
def test_marks_are_offered_exactly_where_the_table_says(phase: str, role: str) -> None:
    offered = marks_left(builtin("ten_brains").phase(phase), frozenset({role, EVERYONE}), {})
    assert offered == MARK_TABLE.get((phase, role), ())


def test_an_answer_needs_its_question_and_a_question_takes_no_parent() -> None:
    clarify = builtin("ten_brains").phase("clarify")
    owner = accepts(clarify, frozenset({"owner"}), {})
    brain = accepts(clarify, frozenset({"brains"}), {})
    assert owner == (Accepted("answer", "question"),)
    assert refuse_post(clarify, owner, "answer", None)
    assert refuse_post(clarify, owner, "answer", "answer")
    assert refuse_post(clarify, brain, "question", "question")


def test_a_reply_is_offered_once_for_each_kind_it_may_answer_to() -> None:
    offered = accepts(builtin("ten_brains").phase("build"), frozenset({"brains", EVERYONE}), {})
    assert offered == tuple(Accepted("reply", parent) for parent in BRAINS_SAY)


def test_a_limit_counts_down_and_then_the_kind_is_gone() -> None:
    phase = builtin("icebreaker_round").phase("round")
    everyone = frozenset({EVERYONE})
    assert accepts(phase, everyone, {}) == (Accepted("answer", None, 1),)
    for posted in (1, 2):
        gone = accepts(phase, everyone, {"answer": posted})
        assert gone == ()
        refusal = refuse_post(phase, gone, "answer", None)
        assert refusal is not None
        assert refusal.detail.endswith("nothing.")
    assert may_speak(phase, everyone)


def test_who_listens_says_nothing_marks_nothing_and_passes_nothing_even_as_part_of_everyone() -> None:
    text = (
        "accepts: {everyone: [idea]}, listens: [a], marks: [{list: t, on: [idea], by: everyone, budget: 1}]"
    )
    (phase,) = read(a_protocol(text, roles="{a: rotate}")).phases
    listener = frozenset({"a", EVERYONE})
    assert accepts(phase, listener, {}) == ()
    assert marks_left(phase, listener, {}) == ()
    assert not may_pass(phase, listener, has_posted=False)
    assert accepts(phase, frozenset({EVERYONE}), {}) == (Accepted("idea"),)


def test_only_who_may_speak_and_has_not_may_pass() -> None:
    contribute = builtin("ten_brains").phase("contribute")
    assert may_pass(contribute, frozenset({"brains"}), has_posted=False)
    assert not may_pass(contribute, frozenset({"brains"}), has_posted=True)
    assert not may_pass(contribute, frozenset({"owner"}), has_posted=False)
    assert not may_pass(contribute, frozenset(), has_posted=False)


def test_words_are_noted_for_somebody_else_in_open_phases_only() -> None:
    exchange = a_document("value_exchange")
    assert may_record_for(exchange.phase("start_doing"))
    assert not may_record_for(exchange.phase("going_well"))
    assert not may_record_for(builtin("ten_brains").phase("contribute"))


def test_the_owner_of_the_subject_is_owner_and_all_the_others_are_brains() -> None:
    people = some_people(4)
    protocol = builtin("ten_brains")
    now = cast(protocol, 1, people, seed="s", subject_owner=people[2])
    found = [roles_of(protocol, now, person) for person in people]
    assert found == [{"brains", EVERYONE}, {"brains", EVERYONE}, {"owner", EVERYONE}, {"brains", EVERYONE}]
    assert roles_of(protocol, now, some_people(5)[4]) == {"brains", EVERYONE}


def test_a_volunteer_is_asked_for_in_the_open_until_somebody_took_the_role() -> None:
    protocol = a_document("kollegiale_beratung")
    people = some_people(4)
    casting = protocol.phase("casting")
    before = cast(protocol, 1, people, seed="s")
    assert vacancies(protocol, before) == ("case_giver",)
    willing = may_volunteer(protocol, before, people[0], frozenset())
    roles = roles_of(protocol, before, people[0])
    assert accepts(casting, roles, {}, may_volunteer=willing) == (Accepted("volunteer", None, 1),)
    after = cast(protocol, 1, people, seed="s", volunteers={"case_giver": people[0]})
    assert roles_of(protocol, after, people[0]) == {"case_giver", EVERYONE}
    assert not any(may_volunteer(protocol, after, person, frozenset()) for person in people)
    assert accepts(casting, roles_of(protocol, after, people[1]), {}) == ()


def test_nobody_is_asked_to_volunteer_in_a_blind_phase() -> None:
    text = a_protocol("", "accepts: {everyone: [idea]}, visibility: blind", roles="{giver: volunteer}")
    _, blind = read(text).phases
    assert accepts(blind, frozenset({EVERYONE}), {}, may_volunteer=True) == (Accepted("idea"),)


def test_to_volunteer_for_a_proposal_is_a_promise_and_to_volunteer_for_a_role_is_not() -> None:
    plan = a_document("value_exchange").phase("action_plan")
    casting = a_document("kollegiale_beratung").phase("casting")
    assert accepts(plan, frozenset({EVERYONE}), {}) == (Accepted("volunteer", "proposal"),)
    assert plan.makes_commitment("volunteer")
    assert not casting.makes_commitment("volunteer")
    assert builtin("ten_brains").phase("commit").makes_commitment("commitment")


def test_who_gave_a_case_in_a_turn_by_volunteering_does_not_get_another_turn() -> None:
    protocol = read(a_protocol("accepts: {giver: [case]}", roles="{giver: volunteer}", rounds="each giver"))
    people = some_people(3)
    second_round = cast(protocol, 2, people, seed="s")
    assert not may_volunteer(protocol, second_round, people[0], frozenset({people[0]}))
    assert may_volunteer(protocol, second_round, people[1], frozenset({people[0]}))
