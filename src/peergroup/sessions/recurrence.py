"""On which days a series meets: RFC 5545 rules over local days, bounded, without time zones and without I/O.

A rule is worked out day by day within five years of its first one, so that a rule that never matches costs as
little as any other. Nothing here is about hours: a series meets once on a day, and the time is the same each day.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

MOST = 200
"""Occurrences of one series."""
YEARS = 5
"""From the first occurrence to the last that there may be, that day five years later included."""
LATEST = dt.date(2199, 12, 31)
"""The last day of which the contract knows."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as `recurrence_text.parsed` reads it; weekdays count from Monday, 0."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: dt.date | dt.datetime | None = None
    """The last day, or an instant in UTC after which nothing begins."""
    weekdays: tuple[tuple[int, int], ...] = ()
    """Which of them in the month, and the weekday: (2, 1) is the second Tuesday; 0 stands for each of them."""
    month_days: tuple[int, ...] = ()
    """Below zero they count from the end of the month."""
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    """Which days of each period are kept, of those that the rest of the rule names."""
    week_start: int = 0


def horizon(first: dt.date) -> dt.date:
    """The last day that a series may reach which begins on `first`."""
    try:
        return min(first.replace(year=first.year + YEARS), LATEST)
    except ValueError:  # the 29th of February
        return dt.date(first.year + YEARS, 3, 1)


def days(rule: Rule, first: dt.date) -> list[dt.date]:
    """The days from `first` to the horizon that a rule names, UNTIL left aside: as many as COUNT says, else one more
    than there may be at the most. Every one is later than the one before."""
    return list(_days(rule, first))


@lru_cache(maxsize=2_048)
def _days(rule: Rule, first: dt.date) -> tuple[dt.date, ...]:
    # A rule that ends by COUNT is walked no further than that: calendars ask for the days of many series at once.
    most = MOST + 1 if rule.count is None else rule.count
    return tuple(islice(_walk(rule, first), most))


def _walk(rule: Rule, first: dt.date) -> Iterator[dt.date]:
    rule = _with_defaults(rule, first)
    period = _periods(rule)
    begin, last = _beginning(rule, first), horizon(first)
    # To the end of the last period and beyond: positions from its end count, too.
    span = (begin + place * _DAY for place in range((last - begin).days + 366))
    for number, within in groupby(span, key=period):
        if (number - period(first)) % rule.interval:
            continue
        chosen = [day for day in within if _names(rule, day)]
        if rule.positions:
            chosen = _at(rule.positions, chosen)
        yield from (day for day in chosen if first <= day <= last)


def _with_defaults(rule: Rule, first: dt.date) -> Rule:
    """What a rule leaves open is as on the first day (RFC 5545, 3.3.10)."""
    given = {name: getattr(rule, name) for name in Rule.__slots__}
    if rule.frequency == "WEEKLY" and not rule.weekdays:
        given["weekdays"] = ((0, first.weekday()),)
    if rule.frequency in ("MONTHLY", "YEARLY") and not rule.weekdays and not rule.month_days:
        given["month_days"] = (first.day,)
        if rule.frequency == "YEARLY" and not rule.months:
            given["months"] = (first.month,)
    return Rule(**given)


def _periods(rule: Rule) -> Callable[[dt.date], int]:
    """Which year, month, week or day a day belongs to, as a number that goes up by one."""
    return {
        "YEARLY": lambda day: day.year,
        "MONTHLY": lambda day: day.year * 12 + day.month,
        "WEEKLY": lambda day: (day.toordinal() - 1 - rule.week_start) // 7,
        "DAILY": lambda day: day.toordinal(),
    }[rule.frequency]


def _beginning(rule: Rule, first: dt.date) -> dt.date:
    """Where to begin looking: positions count from the first day of the month or year that `first` belongs to."""
    if rule.frequency == "YEARLY":
        return first.replace(month=1, day=1)
    return first.replace(day=1) if rule.frequency == "MONTHLY" else first


def _names(rule: Rule, day: dt.date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if not rule.weekdays:
        return True
    which = (0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))
    return any(weekday == day.weekday() and place in which for place, weekday in rule.weekdays)


def _at(positions: tuple[int, ...], chosen: list[dt.date]) -> list[dt.date]:
    places = {place - 1 if place > 0 else len(chosen) + place for place in positions}
    return [day for place, day in enumerate(chosen) if place in places]
