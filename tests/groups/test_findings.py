"""The rules of fitting in, as tables: levels and their distance, working days and what they have in common."""

import datetime as dt

import pytest

from peergroup.groups import findings
from peergroup.organizations.schemas import DEFAULT_LEVELS

LADDER = [["Lead"], ["Manager", "Head"], ["Director"], ["Founder", "CEO"]]
LEVELS = [
    # own level, levels of the members, allowed distance, what comes of it
    ("Manager", ["Manager", "Head"], 0, "ok"),
    ("manager ", ["HEAD"], 0, "ok"),
    ("Lead", ["Manager"], 0, "waivable"),
    ("Lead", ["Manager"], 1, "ok"),
    ("Lead", ["Director"], 1, "waivable"),
    ("Lead", ["Lead", "CEO", "CEO"], 2, "waivable"),
    ("Lead", ["Lead", "Lead", "CEO"], 0, "ok"),
    ("Manager", ["Lead", "Director"], 0, "ok"),
    ("CEO", ["Lead", "Director"], 1, "ok"),
    ("CEO", ["Lead", "Director"], 0, "waivable"),
    (None, ["CEO"], 0, "ok"),
    ("Astronaut", ["CEO"], 0, "ok"),
    ("Lead", [None, "Astronaut"], 0, "ok"),
    ("Lead", [], 0, "ok"),
    ("Lead", ["CEO", None], 2, "waivable"),
]


@pytest.mark.parametrize(("mine", "theirs", "allowed", "expected"), LEVELS)
def test_peers_are_of_equal_standing(
    mine: str | None, theirs: list[str | None], allowed: int, expected: str
) -> None:
    assert findings.parity(LADDER, allowed, mine, theirs)[0] == expected


def test_no_ladder_compares_nobody() -> None:
    assert findings.parity([], 0, "Lead", ["CEO"])[0] == "ok"
    assert findings.rung(DEFAULT_LEVELS, "ceo") == findings.rung(DEFAULT_LEVELS, "Founder")


@pytest.mark.parametrize(
    ("one", "other", "begins", "ends", "expected"),
    [
        (0, 0, 9, 17, 480),
        (60, 0, 9, 17, 420),
        (0, 60, 9, 17, 420),
        (60, -300, 9, 17, 120),
        (330, 0, 9, 17, 150),
        (540, -480, 9, 17, 60),
        (780, -660, 9, 17, 480),
        (720, 0, 9, 17, 0),
        (480, 0, 9, 17, 0),
        (720, 0, 0, 24, 720),
    ],
)
def test_two_working_days_have_so_much_in_common(
    one: int, other: int, begins: int, ends: int, expected: int
) -> None:
    assert findings.shared_minutes(one, other, begins * 60, ends * 60) == expected


WINTER = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
GAP = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("mine", "others", "wanted", "now", "expected"),
    [
        ("Europe/Berlin", ["Europe/London"], 2, WINTER, "ok"),
        ("Europe/Berlin", ["America/New_York"], 2, WINTER, "ok"),
        ("Europe/Berlin", ["America/New_York"], 3, WINTER, "waivable"),
        ("Europe/Berlin", ["America/New_York"], 3, GAP, "ok"),
        ("Europe/Berlin", ["Europe/London", "Asia/Tokyo"], 2, WINTER, "waivable"),
        ("Europe/Berlin", [None, "Europe/Berlin"], 8, WINTER, "ok"),
        (None, ["Asia/Tokyo"], 8, WINTER, "ok"),
        ("Europe/Berlin", [None], 8, WINTER, "ok"),
        ("Europe/Berlin", ["Asia/Tokyo"], 0, WINTER, "ok"),
    ],
)
def test_whoever_meets_has_hours_in_common(
    mine: str | None, others: list[str | None], wanted: int, now: dt.datetime, expected: str
) -> None:
    assert findings.time_zones(mine, others, (9, 17), wanted, now)[0] == expected
