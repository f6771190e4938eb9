"""The methods of the house, table by table: what the design says of each, and the rules against the plain document."""

from collections import Counter
from typing import Any

import pytest

from peergroup.facilitation.accepts import (
    Together,
    accepts,
    is_silent,
    may_pass,
    may_record_for,
    refuse_post,
)
from peergroup.facilitation.library import builtin, builtin_keys
from peergroup.facilitation.marking import marks_left, refuse_mark
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.simulation import simulate
from tests.facilitation.people import a_document

DESIGNED = {
    "troika": [("share", 2), ("clarify", 2), ("consult", 5), ("feedback", 2)],
    "wise_crowds": [("present", 2), ("clarify", 3), ("consult", 8), ("feedback", 2)],
    "kollegiale_beratung": [
        ("casting", 5),
        ("telling", 10),
        ("key_question", 5),
        ("method_choice", 5),
        ("consultation", 15),
        ("closing", 5),
    ],
    "experience_share": [("presentation", 10), ("clarify", 10), ("experiences", 25), ("takeaways", 5)],
    "issue_processing": [
        ("present", 3),
        ("clarify", 10),
        ("root_cause", 10),
        ("solutions", 15),
        ("commit", 5),
    ],
}
TURNED_AWAY = {"troika": "owner", "wise_crowds": "client"}
VOLUNTEERING = {"everyone": ["volunteer"]}.items()
"""Who is asked to volunteer for a role may pass, too."""
WRITTEN = ("one_two_four_all", "odd_market", "odd_table")
EVERY = pytest.mark.parametrize("name", [*builtin_keys(), *WRITTEN])


@pytest.mark.parametrize("key", DESIGNED)
def test_a_method_has_the_phases_and_timeboxes_it_was_designed_with(key: str) -> None:
    assert [(phase.key, phase.timebox.max) for phase in builtin(key).phases] == DESIGNED[key]


@pytest.mark.parametrize("key", builtin_keys())
def test_every_phase_can_be_read_aloud(key: str) -> None:
    for phase in builtin(key).phases:
        assert phase.prompt, phase.key
        assert len(phase.prompt) <= 500


@pytest.mark.parametrize(("key", "role"), TURNED_AWAY.items())
def test_everybody_has_a_turn_and_turns_away_while_the_others_consult(key: str, role: str) -> None:
    method = builtin(key)
    assert (method.rounds, method.roles[role]) == (f"each {role}", "rotate")
    assert method.phase("consult").listens == [role]
    assert {phase.breakout for phase in method.phases} == {3 if key == "troika" else 4}


def test_advice_is_no_kind_of_an_experience_share() -> None:
    method = builtin("experience_share")
    assert method.phase("experiences").accepts == {"peers": ["experience"]}
    assert "idea" not in {kind for phase in method.phases for kind in phase.kinds}
    assert '"I"' in (method.phase("experiences").prompt or "")


def test_in_action_learning_a_statement_answers_a_question() -> None:
    method = builtin("action_learning")
    assert [phase.key for phase in method.phases] == ["problem", "consensus", "actions", "learnings"]
    for phase in method.phases:
        if "statement" in phase.kinds:
            assert phase.parent_kinds("statement") == ("question",)


def test_the_value_exchange_has_its_seven_steps() -> None:
    method = builtin("value_exchange")
    assert [phase.key for phase in method.phases] == [
        "introduce",
        "going_well",
        "stop_doing",
        "review_vote",
        "start_doing",
        "action_plan",
        "close",
    ]
    sealed = {phase.key for phase in method.phases if phase.visibility == "sealed"}
    assert sealed == {phase.key for phase in method.phases if phase.anonymous} == {"going_well", "stop_doing"}
    lists = {one.list: (one.budget, one.top) for phase in method.phases for one in phase.marks}
    assert lists == {"support": (3, 3), "hinder": (3, 3), "action": (3, 3)}


@pytest.mark.parametrize(
    ("key", "people", "breakouts", "rounds", "minutes"),
    [
        ("troika", 3, [3], 3, 33),
        ("troika", 7, [4, 3], 4, 44),
        ("troika", 10, [4, 3, 3], 4, 44),
        ("wise_crowds", 40, [4] * 10, 4, 60),
        ("wise_crowds", 42, [5] * 6 + [4] * 3, 5, 75),
        ("ten_brains", 10, [10], 1, 45),
        ("value_exchange", 10, [10], 1, 75),
        ("kollegiale_beratung", 8, [8], 1, 45),
        ("experience_share", 8, [8], 1, 50),
        ("issue_processing", 8, [8], 1, 43),
        ("action_learning", 8, [8], 1, 45),
        ("icebreaker_round", 12, [12], 1, 10),
    ],
)
def test_people_and_time_on_paper(
    key: str, people: int, breakouts: list[int], rounds: int, minutes: int
) -> None:
    found = simulate(builtin(key), people, available=minutes)
    assert (found.fits, found.rounds, found.total_minutes) == (True, rounds, minutes)
    assert sorted(found.phases[0].breakouts, reverse=True) == breakouts
    assert not simulate(builtin(key), people, available=minutes - 1).fits
    assert not simulate(builtin(key), 501).fits


def role_sets(plain: dict[str, Any]) -> list[frozenset[str]]:
    """What somebody can be in a method: one of its roles, or none of them; and always one of everyone."""
    return [frozenset({role, "everyone"}) for role in (*plain["roles"], "everyone")]


def spoken(phase: dict[str, Any], roles: frozenset[str]) -> set[str]:
    """What the plain document lets these roles say."""
    if roles & set(phase["listens"]):
        return set()
    kinds = {kind for role in roles for kind in phase["accepts"].get(role, [])}
    return kinds - ({"volunteer"} if "volunteer" not in phase["parents"] else set())


def parents(phase: dict[str, Any], kind: str) -> list[str | None]:
    found = phase["parents"].get(kind, [None])
    return [found] if isinstance(found, str) else found


def walk(name: str) -> list[tuple[Protocol, Phase, dict[str, Any], frozenset[str]]]:
    protocol = a_document(name)
    plain = protocol.model_dump(mode="json")
    return [
        (protocol, phase, row, roles)
        for phase, row in zip(protocol.phases, plain["phases"], strict=True)
        for roles in role_sets(plain)
    ]


@EVERY
def test_whoever_posts_is_taken_or_refused_as_the_document_says(name: str) -> None:
    for protocol, phase, row, roles in walk(name):
        offered = accepts(phase, roles, {})
        assert {one.kind for one in offered} == spoken(row, roles)
        every = {kind for one in protocol.phases for kind in one.kinds} | {"volunteer", "nonsense"}
        for kind in every:
            for parent in (None, *every):
                fine = kind in spoken(row, roles) and parent in parents(row, kind)
                refusal = refuse_post(phase, offered, kind, parent)
                assert (refusal is None) is fine, (phase.key, roles, kind, parent)
                assert refusal is None or f"`{phase.key}`" in refusal.detail


@EVERY
def test_limits_end_what_is_offered(name: str) -> None:
    for _, phase, row, roles in walk(name):
        for kind in spoken(row, roles):
            mine = Counter({kind: row["per_person"].get(kind, 1_000)})
            shared = Together(mine, [kind])
            together = Together(Counter({kind: row["per_group"].get(kind, 1_000)}))
            spent = {one.kind for one in accepts(phase, roles, mine)}
            assert (kind in spent) is (kind not in row["per_person"])
            left = {one.kind for one in accepts(phase, roles, {}, together=together)}
            assert (kind in left) is (kind not in row["per_group"])
            in_common = row["visibility"] == "open" and row["breakout"] == "all"
            limited = kind in row["per_group"] or (kind in row["per_person"] and in_common)
            others = {one.kind for one in accepts(phase, roles, {}, together=shared)}
            assert (kind in others) is not limited


@EVERY
def test_passing_noting_for_others_and_listening_go_by_the_document(name: str) -> None:
    for _, phase, row, roles in walk(name):
        speaks = bool(spoken(row, roles)) or (row["accepts"].items() >= VOLUNTEERING and not row["listens"])
        assert is_silent(phase, roles) is bool(roles & set(row["listens"]))
        assert may_pass(phase, roles, has_posted=False) is speaks
        assert not may_pass(phase, roles, has_posted=True)
        assert may_record_for(phase) is (row["visibility"] == "open")


@EVERY
def test_marks_go_by_the_document(name: str) -> None:
    for protocol, phase, row, roles in walk(name):
        lists = {
            one["list"]: one for one in row["marks"] if one["by"] in roles and not is_silent(phase, roles)
        }
        assert {one.list: one.left for one in marks_left(phase, roles, {})} == {
            key: one["budget"] for key, one in lists.items()
        }
        kinds = {kind for one in protocol.phases for kind in one.kinds}
        for marks in (one for other in protocol.phases for one in other.marks):
            for kind in kinds:
                fine = marks.list in lists and kind in lists[marks.list]["on"]
                assert (refuse_mark(phase, roles, {}, marks.list, kind) is None) is fine
                spent = refuse_mark(phase, roles, {marks.list: marks.budget}, marks.list, kind)
                assert spent is not None
                assert (spent.code == "budget_spent") is fine
