"""The rule by which questions and first speakers are drawn."""

import datetime as dt
import re
from collections import Counter
from random import Random
from uuid import UUID

from peergroup.icebreakers.drawing import Memory, depth_for, draw, first_speaker
from peergroup.icebreakers.pool import DEPTHS, Prompt, builtin

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
POOL = [Prompt(f"q{number}", f"Question {number}?", 1) for number in range(5)]
PEOPLE = [UUID(int=number) for number in range(1, 5)]


def test_there_are_twenty_good_questions_of_each_depth() -> None:
    assert Counter(one.depth for one in builtin()) == dict.fromkeys(DEPTHS, 20)
    assert len({one.key for one in builtin()}) == len({one.text for one in builtin()}) == 60
    assert all(one.text.endswith("?") or one.depth == 2 for one in builtin())
    assert all(re.fullmatch("[a-z_]+", one.key) for one in builtin()), (
        "YAML reads some words as something else"
    )
    assert max(len(one.text) for one in builtin()) <= 120


def test_a_group_is_asked_everything_before_anything_comes_again() -> None:
    asked: dict[str, dt.datetime] = {}
    for number in range(3 * len(POOL)):
        choice = draw(POOL, Memory(asked, {}), Random(number))
        assert choice is not None
        if number >= len(POOL):
            assert asked[choice.prompt.key] == min(asked.values()), "the one longest ago"
            assert choice.why == "You have been asked all 5 of this depth; this one was longest ago."
        else:
            assert choice.prompt.key not in asked
            assert choice.why == "New to this group, and nobody here has answered it."
        asked[choice.prompt.key] = NOW + dt.timedelta(days=number)


def test_what_people_answered_elsewhere_comes_last() -> None:
    elsewhere = {"q0": 2, "q1": 1, "q2": 3, "q3": 1, "q4": 4}
    for seed in range(20):
        choice = draw(POOL, Memory({}, elsewhere), Random(seed))
        assert choice is not None
        assert choice.prompt.key in ("q1", "q3")
        assert choice.why == "New to this group, and only 1 of you has answered it elsewhere."


def test_what_was_skipped_today_does_not_come_again_today() -> None:
    skipped = frozenset({"q0", "q1", "q2", "q3"})
    choice = draw(POOL, Memory({}, {}, skipped), Random(1))
    assert choice is not None
    assert choice.prompt.key == "q4"
    assert draw(POOL, Memory({}, {}, skipped | {"q4"}), Random(1)) is None


def test_older_groups_go_deeper() -> None:
    assert [depth_for(held) for held in (0, 2, 3, 8, 9, 200)] == [1, 1, 2, 2, 3, 3]


def test_everybody_begins_once_before_anybody_begins_twice() -> None:
    began: Counter[UUID] = Counter()
    for number in range(3 * len(PEOPLE)):
        drawn = first_speaker(PEOPLE, began, number, Random(number))
        assert drawn is not None
        assert began[drawn[0]] == number // len(PEOPLE)
        assert drawn[1].endswith("in 1 round." if number == 1 else f"in {number} rounds.")
        began[drawn[0]] += 1
    assert first_speaker([], began, 1, Random(1)) is None
