"""Rules as they are written: the parts of RFC 5545's RRULE that meetings need, and plain words for all others."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from peergroup.kit.text import form
from peergroup.sessions.recurrence import MOST, YEARS, Rule

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_MOST_STEPS = {"YEARLY": YEARS, "MONTHLY": 12 * YEARS, "WEEKLY": 53 * YEARS, "DAILY": 366 * YEARS}
_HOURS = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_SUB_DAILY = ("SECONDLY", "MINUTELY", "HOURLY")


def parsed(text: str) -> Rule:
    """The rule in a text such as `FREQ=MONTHLY;BYDAY=2TU;COUNT=12`. ValueError says in plain words what is wrong."""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise ValueError(
                "is made of NAME=VALUE, separated by semicolons: FREQ=MONTHLY;BYDAY=2TU;COUNT=12"
            )
        if name in parts:
            raise ValueError(f"says {name} twice")
        parts[name] = value
    if set(parts) & _HOURS:
        raise ValueError("meets at one time of the day: leave out BYHOUR, BYMINUTE and BYSECOND")
    if set(parts) - set(_READERS):
        raise ValueError(f"has no other parts than {', '.join(_READERS)}")
    if "FREQ" not in parts:
        raise ValueError("says FREQ first: YEARLY, MONTHLY, WEEKLY or DAILY")
    given = {_READERS[name][0]: _READERS[name][1](name, value) for name, value in parts.items()}
    rule = Rule(**given)
    _refuse_nonsense(rule)
    return rule


def _frequency(_name: str, value: str) -> str:
    if value in _SUB_DAILY:
        raise ValueError("meets once a day at the most: FREQ is YEARLY, MONTHLY, WEEKLY or DAILY")
    if value not in _FREQUENCIES:
        raise ValueError("has FREQ=YEARLY, MONTHLY, WEEKLY or DAILY")
    return value


def _number(least: int, most: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if _NUMBER.fullmatch(value) is None or not least <= int(value) <= most or int(value) == 0:
            raise ValueError(f"has {name} from {least} to {most}" + (", but not 0" if least < 0 else ""))
        return int(value)

    return read


def _several(read: Callable[[str, str], Any]) -> Callable[[str, str], tuple[Any, ...]]:
    return lambda name, value: tuple(dict.fromkeys(read(name, one) for one in value.split(",")))


def _weekday(name: str, value: str) -> tuple[int, int]:
    found = _WEEKDAY.fullmatch(value)
    if found is None:
        raise ValueError(f"has weekdays in {name}, such as TU, 2TU (the second one) or -1FR (the last one)")
    return int(found[1] or 0), _WEEKDAYS.index(found[2])


def _week_start(name: str, value: str) -> int:
    if value not in _WEEKDAYS:
        raise ValueError(f"has {name}=MO, or another weekday")
    return _WEEKDAYS.index(value)


def _until(name: str, value: str) -> dt.date | dt.datetime:
    try:
        if re.fullmatch(r"2[01][0-9]{6}", value):
            return dt.date.fromisoformat(value)
        if re.fullmatch(r"2[01][0-9]{6}T[0-9]{6}Z", value):
            return dt.datetime.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"has {name} as a day (20271231, included) or as an instant in UTC (20271231T225959Z)")


_READERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _number(1, 366 * YEARS)),
    "COUNT": ("count", _number(1, MOST)),
    "UNTIL": ("until", _until),
    "BYDAY": ("weekdays", _several(_weekday)),
    "BYMONTHDAY": ("month_days", _several(_number(-31, 31))),
    "BYMONTH": ("months", _several(_number(1, 12))),
    "BYSETPOS": ("positions", _several(_number(-366, 366))),
    "WKST": ("week_start", _week_start),
}


def _refuse_nonsense(rule: Rule) -> None:
    """What RFC 5545 forbids, and what programs read differently."""
    if rule.count is not None and rule.until is not None:
        raise ValueError("ends with COUNT or with UNTIL, not with both")
    if rule.interval > (most := _MOST_STEPS[rule.frequency]):
        raise ValueError(f"stays within {YEARS} years: INTERVAL is at most {most} for {rule.frequency}")
    in_months = rule.frequency == "MONTHLY" or (rule.frequency == "YEARLY" and bool(rule.months))
    numbered = any(place for place, _ in rule.weekdays)
    if numbered and not in_months:
        raise ValueError("counts weekdays (2TU) within months: with FREQ=MONTHLY, or FREQ=YEARLY and BYMONTH")
    if numbered and rule.month_days:
        raise ValueError("counts weekdays (2TU) or names days with BYMONTHDAY, not both")
    if rule.month_days and rule.frequency == "WEEKLY":
        raise ValueError("has no BYMONTHDAY with FREQ=WEEKLY: a week has no days of the month")
    if rule.positions and not (rule.weekdays or rule.month_days):
        raise ValueError(
            "picks with BYSETPOS among the days that BYDAY or BYMONTHDAY name: say one of them, too"
        )
    if rule.positions and rule.frequency not in ("MONTHLY", "YEARLY"):
        raise ValueError(
            "picks with BYSETPOS among the days of a month or a year: name the weekday with BYDAY"
        )


def written(rule: Rule) -> str:
    """The text of a rule; `parsed` gives the same rule again."""
    said: dict[str, str] = {"FREQ": rule.frequency}
    if rule.interval != 1:
        said["INTERVAL"] = str(rule.interval)
    if rule.months:
        said["BYMONTH"] = ",".join(map(str, rule.months))
    if rule.month_days:
        said["BYMONTHDAY"] = ",".join(map(str, rule.month_days))
    if rule.weekdays:
        said["BYDAY"] = ",".join(f"{place or ''}{_WEEKDAYS[weekday]}" for place, weekday in rule.weekdays)
    if rule.positions:
        said["BYSETPOS"] = ",".join(map(str, rule.positions))
    if rule.week_start:
        said["WKST"] = _WEEKDAYS[rule.week_start]
    if rule.count is not None:
        said["COUNT"] = str(rule.count)
    if rule.until is not None:
        exact = isinstance(rule.until, dt.datetime)
        said["UNTIL"] = rule.until.strftime("%Y%m%dT%H%M%SZ" if exact else "%Y%m%d")
    return ";".join(f"{name}={value}" for name, value in said.items())


def _is_rule(text: str) -> str:
    return written(parsed(text))


RuleText = Annotated[
    str,
    Field(
        max_length=500,
        pattern=form(
            r"^FREQ=[A-Z]+(;[A-Z]+=[0-9A-Z,+-]+)*$", "Use the form FREQ=MONTHLY;BYDAY=2TU;COUNT=12."
        ),
        description="When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY), INTERVAL, BYMONTH,"
        " BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an end it goes on for as long as a series"
        f" may be: {MOST} occurrences or {YEARS} years, whichever comes first.",
        examples=["FREQ=MONTHLY;BYDAY=2TU;COUNT=12"],
    ),
    AfterValidator(_is_rule),
]
