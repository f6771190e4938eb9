"""A document may not contradict itself: each contradiction with its path, each with a twin that is fine."""

import pytest

from peergroup.facilitation.document import InvalidProtocol, read
from tests.facilitation.people import a_protocol

IDEAS = "accepts: {everyone: [idea]}"
SEALED = "accepts: {everyone: [card]}, visibility: sealed, reveals: "
MARKS = "marks: [{{list: top, on: [{}], by: everyone, budget: 3{}}}]"

CASES = {
    "/phases/1/key": ([IDEAS, ", key: p1"], {}),
    "/phases/2/marks/0/list": ([IDEAS, MARKS.format("idea", ""), MARKS.format("idea", "")], {}),
    "/roles/everyone": ([IDEAS], {"roles": "{everyone: others}"}),
    "/roles/b": ([IDEAS], {"roles": "{a: others, b: others}"}),
    "/roles/owner": ([IDEAS], {"roles": "{owner: subject.owner}"}),
    "/roles/giver": (["accepts: {giver: [case]}, visibility: blind"], {"roles": "{giver: volunteer}"}),
    "/rounds": ([IDEAS], {"rounds": "each owner"}),
    "/phases/0/accepts/owner": (["accepts: {owner: [idea]}"], {}),
    "/phases/0/accepts/a": (["accepts: {a: [idea]}, listens: [a]"], {"roles": "{a: rotate}"}),
    "/phases/0/listens/0": (["listens: [owner]"], {}),
    "/phases/1/marks/0/by": ([IDEAS, MARKS.format("idea", "").replace("everyone", "judge")], {}),
    "/phases/0/per_person/card": ([IDEAS + ", per_person: {card: 1}"], {}),
    "/phases/0/per_group/card": ([IDEAS + ", per_group: {card: 1}"], {}),
    "/phases/0/per_group": ([IDEAS + ", visibility: blind, per_group: {idea: 1}"], {}),
    "/phases/1/per_group": ([IDEAS, IDEAS + ", breakout: 2, per_group: {idea: 1}"], {}),
    "/phases/0/parents/reply": ([IDEAS + ", parents: {reply: idea}"], {}),
    "/phases/0/parents/idea": ([IDEAS + ", parents: {idea: question}"], {}),
    "/phases/0/parents/idea/1": ([IDEAS + ", parents: {idea: [idea, question]}"], {}),
    "/phases/0/accepts/everyone/0": (["accepts: {everyone: [volunteer]}"], {}),
    "/phases/1/accepts/everyone/1": (
        [IDEAS, "accepts: {everyone: [idea, volunteer]}, visibility: blind"],
        {"roles": "{giver: volunteer}"},
    ),
    "/phases/1/accepts/everyone/0": (
        [IDEAS, "accepts: {everyone: [commitment]}, visibility: blind, anonymous: true"],
        {},
    ),
    "/phases/1/accepts": (
        [IDEAS, "accepts: {boss: [rule], everyone: [idea]}, visibility: blind, anonymous: true"],
        {"roles": "{boss: rotate}"},
    ),
    "/phases/0/exit/0": ([IDEAS + ", exit: [min_commitments]"], {}),
    "/phases/0/exit/1": ([IDEAS + ", exit: [min_contributions, min_contributions: 2]"], {}),
    "/phases/1/exit/0": ([IDEAS, MARKS.format("idea", "") + ", exit: [top_selected]"], {}),
    "/phases/2/exit/0": ([IDEAS, IDEAS, "exit: [everyone_posted_or_passed]"], {}),
    "/phases/0/visibility": (["visibility: sealed"], {}),
    "/phases/0/reveals": (["visibility: sealed, reveals: p1", ""], {}),
    "/phases/1/reveals": ([IDEAS, "visibility: blind, reveals: p3", ""], {}),
    "/phases/0/anonymous": ([IDEAS + ", anonymous: true"], {}),
    "/phases/0/breakout": ([IDEAS + ", breakout: merge"], {}),
    "/phases/1/breakout": ([IDEAS, IDEAS + ", breakout: merge"], {}),
    "/phases/2/breakout": ([IDEAS, IDEAS, IDEAS + ", breakout: 2, visibility: blind, anonymous: true"], {}),
    "/phases/0/marks/0/on/0": ([MARKS.format("idea", ""), IDEAS], {}),
    "/phases/1/marks/0/on/0": ([SEALED + "p3", MARKS.format("card", ""), ""], {}),
    "/phases/1/marks/0": (
        [IDEAS, SEALED + "p3, " + MARKS.format("idea", ""), ""],
        {},
    ),
    "/phases/0/merges": (["merges: true"], {}),
    "/phases/1/merges": ([IDEAS, "merges: true, visibility: blind"], {}),
}


@pytest.mark.parametrize("pointer", CASES)
def test_a_contradiction_is_refused_at_its_path_and_line(pointer: str) -> None:
    phases, top = CASES[pointer]
    text = a_protocol(*phases, **top).replace(
        "key: p2, title: Phase, minutes: 5, , key: p1", "key: p1, title: P, minutes: 5"
    )
    with pytest.raises(InvalidProtocol) as refused:
        read(text)
    assert [item.pointer for item in refused.value.findings] == [pointer]
    assert refused.value.findings[0].line is not None


TWINS: list[tuple[list[str], dict[str, str]]] = [
    ([IDEAS, MARKS.format("idea", "")], {}),
    ([IDEAS], {"roles": "{a: others, b: rotate}"}),
    ([IDEAS], {"roles": "{owner: subject.owner}", "subject": "challenge"}),
    (["", "accepts: {giver: [case]}, visibility: blind"], {"roles": "{giver: volunteer}"}),
    ([IDEAS], {"roles": "{owner: rotate}", "rounds": "each owner"}),
    ([IDEAS], {"roles": "{owner: drawn}", "rounds": "each owner"}),
    ([IDEAS], {"roles": "{owner: volunteer}", "rounds": "each owner"}),
    ([IDEAS + ", listens: [a]"], {"roles": "{a: rotate}"}),
    (["accepts: {everyone: [idea, reply]}, parents: {reply: idea}, visibility: blind"], {}),
    (["accepts: {everyone: [volunteer]}"], {"roles": "{giver: volunteer}"}),
    ([IDEAS, "accepts: {everyone: [volunteer]}, parents: {volunteer: idea}, exit: [min_commitments]"], {}),
    ([IDEAS, MARKS.format("idea", ", top: 3") + ", exit: [top_selected]"], {}),
    ([SEALED + "p2", MARKS.format("card", "")], {}),
    ([SEALED + "p2, anonymous: true", "merges: true"], {}),
    ([IDEAS + ", visibility: blind, anonymous: true", MARKS.format("idea", "")], {}),
    (
        [IDEAS, "accepts: {boss: [idea], others: [idea]}, visibility: blind, anonymous: true"],
        {"roles": "{boss: rotate, others: others}"},
    ),
    ([IDEAS + ", breakout: 1", IDEAS + ", breakout: merge", IDEAS + ", breakout: merge"], {}),
    ([IDEAS + ", " + MARKS.format("idea", "")], {}),
]


@pytest.mark.parametrize(("phases", "top"), TWINS)
def test_its_twin_without_the_contradiction_is_taken(phases: list[str], top: dict[str, str]) -> None:
    assert len(read(a_protocol(*phases, **top)).phases) == len(phases)


@pytest.mark.parametrize("use", ["accepts: {giver: [case]}", "listens: [giver]"])
def test_a_role_cannot_be_volunteered_for_after_it_was_needed(use: str) -> None:
    text = a_protocol(f"{use}, visibility: blind", "", roles="{giver: volunteer}")
    with pytest.raises(InvalidProtocol, match="/roles/giver: the role is needed before"):
        read(text)


def test_words_of_an_anonymous_blind_phase_cannot_be_answered_within_it() -> None:
    text = "accepts: {everyone: [idea, reply]}, parents: {reply: idea}, visibility: blind, anonymous: true"
    with pytest.raises(InvalidProtocol, match="/phases/0/parents/reply: nobody can read"):
        read(a_protocol(text))


def test_all_contradictions_are_told_at_once() -> None:
    with pytest.raises(InvalidProtocol) as refused:
        read(a_protocol("listens: [a]", "accepts: {b: [idea]}, reveals: p1", rounds="each c"))
    assert [item.pointer for item in refused.value.findings] == [
        "/rounds",
        "/phases/0/listens/0",
        "/phases/1/accepts/b",
        "/phases/1/reveals",
    ]
