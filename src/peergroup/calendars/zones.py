"""VTIMEZONE: how a zone's clocks go, from the zone data of this installation (RFC 5545, 3.6.5)."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY, _SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
_LOCAL = "%Y%m%dT%H%M%S"
_BEFORE = "19700101T000000"


@lru_cache(maxsize=256)
def timezone_lines(zone: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """The lines of a VTIMEZONE that holds from the beginning of one year to the end of another.

    Each change of the clocks is a component of its own: rules would say the same in fewer lines, but not all
    zones follow rules, and programs read recurring ones differently.
    """
    info = ZoneInfo(zone)
    begin = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    lines += _observance(begin.astimezone(info), begin.astimezone(info), _BEFORE)
    for instant in _changes(info, begin, end):
        before, after = (instant - _SECOND).astimezone(info), instant.astimezone(info)
        # The onset is told in the time that was shown until then.
        onset = instant.astimezone(dt.timezone(_offset(before)))
        lines += _observance(before, after, onset.strftime(_LOCAL))
    return (*lines, "END:VTIMEZONE")


def is_shown_twice(instant: dt.datetime, zone: str) -> bool:
    """Whether the clocks of a zone show the time of this instant a second time, because they go back."""
    shown = instant.astimezone(ZoneInfo(zone))
    return _offset(shown.replace(fold=0)) != _offset(shown.replace(fold=1))


def spans_change(begin: dt.datetime, end: dt.datetime, zone: str) -> bool:
    """Whether the clocks of a zone change between two instants."""
    info = ZoneInfo(zone)
    return _offset(begin.astimezone(info)) != _offset(end.astimezone(info))


def _changes(info: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The instants at which the offset from UTC changes."""
    at = begin
    while at < end:
        if _offset((at + _DAY).astimezone(info)) != _offset(at.astimezone(info)):
            low, high = at, at + _DAY
            while high - low > _SECOND:
                middle = low + ((high - low) / 2 // _SECOND) * _SECOND
                same = _offset(middle.astimezone(info)) == _offset(at.astimezone(info))
                low, high = (middle, high) if same else (low, middle)
            yield high
        at += _DAY


def _observance(before: dt.datetime, after: dt.datetime, onset: str) -> list[str]:
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset}",
        f"TZOFFSETFROM:{_said(before)}",
        f"TZOFFSETTO:{_said(after)}",
        f"TZNAME:{after.tzname()}",
        f"END:{kind}",
    ]


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()


def _said(moment: dt.datetime) -> str:
    seconds = int(_offset(moment).total_seconds())
    sign, rest = ("-" if seconds < 0 else "+"), abs(seconds)
    odd = f"{rest % 60:02}" if rest % 60 else ""
    return f"{sign}{rest // 3600:02}{rest // 60 % 60:02}{odd}"
