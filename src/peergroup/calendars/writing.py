"""iCalendar text (RFC 5545). Nothing that anybody wrote stands in it: titles and descriptions give nothing away."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peergroup.calendars.zones import is_shown_twice, timezone_lines
from peergroup.kit.time import local_instant, wall_time

MEDIA = "text/calendar"
TITLE = "Peer group session"
ABOUT = "Where it is, and what it is about, is in Peergroup."
_UTC = "%Y%m%dT%H%M%SZ"
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Peergroup//Calendar//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Peergroup",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
)


@dataclass(frozen=True)
class Entry:
    """One VEVENT: a session, a series, or an occurrence of a series that is different. Local times to the minute."""

    uid: str
    local_start: str
    time_zone: str
    minutes: int
    sequence: int
    changed_at: dt.datetime
    """When it was last changed, which makes the text the same each time it is asked for."""
    cancelled: bool = False
    free: bool = False
    """Whether the reader said no: the time is theirs."""
    rule: str | None = None
    left_out: Sequence[str] = field(default=())
    """The local times of the rule at which nothing is."""
    occurrence: str | None = None
    """Which occurrence of its series this is: its local time by the rule, in the series' zone."""
    series_zone: str = ""


def calendar_text(entries: Sequence[Entry]) -> str:
    """The calendar. Lines end with CRLF and have at most 75 octets."""
    lines = [*_HEAD, *_zones(entries)]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _zones(entries: Sequence[Entry]) -> Iterator[str]:
    """Every zone that is named, for the years in which it is; a series may last five years."""
    spans: dict[str, tuple[int, int]] = {}
    for entry in entries:
        year = int(entry.local_start[:4])
        last = year + (6 if entry.rule else 1)
        for zone in filter(None, (entry.time_zone, entry.series_zone)):
            known = spans.get(zone, (year - 1, last))
            spans[zone] = (min(known[0], year - 1), max(known[1], last))
    for zone, (first, last) in sorted(spans.items()):
        yield from timezone_lines(zone, first, last)


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{entry.changed_at.strftime(_UTC)}"
    yield f"LAST-MODIFIED:{entry.changed_at.strftime(_UTC)}"
    yield f"SEQUENCE:{entry.sequence}"
    if entry.occurrence is not None:
        yield _local("RECURRENCE-ID", entry.series_zone, entry.occurrence)
    if entry.rule is None:
        yield from _span(entry)
    else:
        yield _local("DTSTART", entry.time_zone, entry.local_start)
        yield f"DURATION:PT{entry.minutes}M"
        yield f"RRULE:{entry.rule}"
        for local in entry.left_out:
            yield _local("EXDATE", entry.time_zone, local)
    yield f"SUMMARY:{TITLE}"
    yield f"DESCRIPTION:{_escaped(ABOUT)}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if entry.free or entry.cancelled else 'OPAQUE'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _span(entry: Entry) -> Iterator[str]:
    """Beginning and end in local time, or in UTC where clocks show one of them twice: programs differ about which."""
    begin = local_instant(entry.local_start, entry.time_zone)
    end = begin + dt.timedelta(minutes=entry.minutes)
    if is_shown_twice(begin, entry.time_zone) or is_shown_twice(end, entry.time_zone):
        yield f"DTSTART:{begin.strftime(_UTC)}"
        yield f"DTEND:{end.strftime(_UTC)}"
    else:
        yield _local("DTSTART", entry.time_zone, entry.local_start)
        yield _local("DTEND", entry.time_zone, wall_time(end, entry.time_zone))


def _local(name: str, zone: str, local: str) -> str:
    return f"{name};TZID={zone}:{local.replace('-', '').replace(':', '')}00"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets; all of it is ASCII. Further pieces begin with a space."""
    yield line[:75]
    for start in range(75, len(line), 74):
        yield f" {line[start : start + 74]}"
