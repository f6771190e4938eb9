"""The built-in methods say what the design of the two methods says: timeboxes, kinds, exits, secrecy."""

import pytest

from peergroup.facilitation import library
from peergroup.facilitation.library import builtin, builtin_keys, builtins

BRAINS_SAY = ["experience", "idea", "resource", "introduction", "caution"]


def test_the_library_holds_ten_brains_and_the_icebreaker_round() -> None:
    assert {"icebreaker_round", "ten_brains"} <= set(builtin_keys())
    assert [protocol.key for protocol in builtins()] == list(builtin_keys())


def test_a_method_is_read_and_validated_once() -> None:
    assert builtin("ten_brains") is builtin("ten_brains")


def test_an_unknown_method_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        library.builtin("../protocol")


def test_ten_brains_has_its_six_phases_and_timeboxes() -> None:
    timeboxes = [(phase.key, phase.timebox.max) for phase in builtin("ten_brains").phases]
    assert timeboxes == [
        ("present", 5),
        ("clarify", 5),
        ("contribute", 15),
        ("build", 10),
        ("synthesize", 5),
        ("commit", 5),
    ]


def test_ten_brains_hides_ideas_until_one_has_spoken_and_lets_the_owner_listen() -> None:
    secrecy = {p.key: (p.visibility, p.anonymous, p.listens) for p in builtin("ten_brains").phases}
    assert secrecy.pop("contribute") == ("blind", False, ["owner"])
    assert secrecy.pop("present") == ("open", False, ["brains"])
    assert set(map(str, secrecy.values())) == {"('open', False, [])"}


def test_ten_brains_ends_contribute_and_commit_only_when_their_guards_hold() -> None:
    guards = {phase.key: phase.exit for phase in builtin("ten_brains").phases if phase.exit}
    assert list(guards) == ["contribute", "commit"]
    assert guards["contribute"] == ["everyone_posted_or_passed"]
    assert [(g.name, g.least, g.is_hard) for g in builtin("ten_brains").phase("commit").guards] == [
        ("min_commitments", 1, True)
    ]


def test_ten_brains_lets_the_owner_mark_what_helped_and_gives_everyone_three_marks() -> None:
    lists = {marks.list: marks for marks in builtin("ten_brains").phase("synthesize").marks}
    assert lists["helped"].by == "owner"
    assert (lists["top"].by, lists["top"].budget) == ("everyone", 3)
    assert set(lists["helped"].on) == {*BRAINS_SAY, "reply"}


def test_the_icebreaker_round_asks_everyone_once_in_the_open() -> None:
    (phase,) = builtin("icebreaker_round").phases
    assert phase.accepts == {"everyone": ["answer"]}
    assert phase.per_person == {"answer": 1}
    assert phase.visibility == "open"
    assert phase.exit == ["everyone_posted_or_passed"]
