"""Rules by themselves: what holds of every one, and words that are taken for what they mean."""

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peergroup.sessions.recurrence import MOST, days, horizon
from peergroup.sessions.recurrence_text import parsed, written
from tests.heavy.recurrence.cases import a_case, a_rule

A_DAY = st.dates(dt.date(2000, 1, 1), dt.date(2199, 12, 31))
A_SEED = st.integers(0, 10**9)


@given(A_SEED, A_DAY)
def test_days_come_one_after_the_other_within_bounds(seed: int, first: dt.date) -> None:
    random = Random(seed)
    try:
        rule = parsed(a_rule(random, first))
    except ValueError:
        return
    found = days(rule, first)
    assert found == sorted(set(found))
    assert len(found) <= MOST + 1
    assert all(first <= day <= horizon(first) for day in found)
    assert parsed(written(rule)) == rule


@settings(deadline=None)  # the first one looks for all days on which clocks change
@given(A_SEED)
def test_a_rule_goes_on_from_each_of_its_days_as_before(seed: int) -> None:
    """What makes a split possible: the rest of the days is the same, begun from any of them."""
    case = a_case(Random(seed))
    rule, first = parsed(case.rule), dt.date.fromisoformat(case.start[:10])
    found = [day for day in days(rule, first) if day <= horizon(first)][:40]
    place = seed % len(found)
    rest = days(rule, found[place])
    assert rest[: len(found) - place] == found[place:]


@given(
    st.text(max_size=60)
    | st.from_regex(r"FREQ=[A-Z]{1,8}(;[A-Z]{1,10}=[0-9A-Z,+-]{1,12}){0,4}", fullmatch=True)
)
def test_whatever_is_no_rule_is_refused_in_a_sentence(text: str) -> None:
    said = _refusal(text)
    assert said == "" or (said[0].islower() and len(said) <= 200)


def _refusal(text: str) -> str:
    try:
        parsed(text)
    except ValueError as error:
        return str(error)
    return ""


def test_plain_and_counted_weekdays_may_stand_side_by_side() -> None:
    found = days(parsed("FREQ=MONTHLY;BYDAY=1TU,FR"), dt.date(2030, 1, 1))
    assert [str(day) for day in found[:6]] == [
        "2030-01-01",
        "2030-01-04",
        "2030-01-11",
        "2030-01-18",
        "2030-01-25",
        "2030-02-01",
    ]


def test_where_weeks_begin_decides_which_of_them_are_left_out() -> None:
    """The example of RFC 5545, 3.8.5.3."""
    rule, first = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=", dt.date(1997, 8, 5)
    from_monday, from_sunday = (days(parsed(f"{rule}{start}"), first)[:4] for start in ("MO", "SU"))
    assert [day.day for day in from_monday] == [5, 10, 19, 24]
    assert [day.day for day in from_sunday] == [5, 17, 19, 31]


def test_positions_count_in_whole_periods() -> None:
    first = dt.date(2030, 1, 16)
    monthly = days(parsed("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1"), first)
    assert [str(day) for day in monthly[:2]] == ["2030-01-31", "2030-02-01"]
    yearly = days(parsed("FREQ=YEARLY;BYDAY=SU;BYSETPOS=-1"), first)
    assert [str(day) for day in yearly] == [
        "2030-12-29",
        "2031-12-28",
        "2032-12-26",
        "2033-12-25",
        "2034-12-31",
    ]


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ("FREQ=YEARLY", dt.date(2028, 2, 29), "2032-02-29"),
        ("FREQ=YEARLY", dt.date(2030, 1, 8), "2035-01-08"),
        ("FREQ=WEEKLY", dt.date(2199, 12, 17), "2199-12-31"),
    ],
)
def test_the_horizon_is_five_years_away_and_never_beyond_the_calendar(
    rule: str, first: dt.date, last: str
) -> None:
    assert str(days(parsed(rule), first)[-1]) == last
