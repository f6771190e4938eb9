"""Two calendar programs read what was meant: over ten years, in zones whose clocks go in all the ways there are."""

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

from dateutil.rrule import rrulestr

from peergroup.calendars.writing import Entry, calendar_text
from peergroup.kit.time import local_instant, wall_time
from tests.calendars.reading import Read, by_ical_js, by_icalendar
from tests.scale import scaled

ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",  # winter is the exception there
    "America/New_York",
    "America/Santiago",  # changes at midnight
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tehran",  # gave the changes up
    "Australia/Lord_Howe",  # half an hour
    "Africa/Casablanca",  # follows the moon
    "Africa/Cairo",  # took it up again
    "Pacific/Apia",
    "Pacific/Chatham",
    "Antarctica/Troll",  # two hours
    "Europe/Istanbul",
)
CHANGED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def an_entry(zone: str, local: str, minutes: int = 120, **more: object) -> Entry:
    uid = f"{zone}/{local}"
    entry = Entry(uid, local, zone, minutes, 0, CHANGED)
    return replace(entry, **more)  # type: ignore[arg-type]  # the fields of an entry


def meant(entry: Entry) -> tuple[str, str, str, int, str]:
    """What a program should read of a single entry."""
    begin = local_instant(entry.local_start, entry.time_zone)
    end = begin + dt.timedelta(minutes=entry.minutes)
    form = "%Y-%m-%dT%H:%M:%SZ"
    status = "CANCELLED" if entry.cancelled else "CONFIRMED"
    return (entry.uid, begin.strftime(form), end.strftime(form), entry.sequence, status)


def days_around_changes(zone: str, first: int, last: int) -> list[dt.date]:
    """The local days on which the offset of a zone changes."""
    day, found = dt.datetime(first, 1, 1, 12, tzinfo=dt.UTC), []
    while day.year <= last:
        after = day + dt.timedelta(days=1)
        if wall_time(day, zone)[11:] != wall_time(after, zone)[11:]:
            found.append(dt.date.fromisoformat(wall_time(after, zone)[:10]))
        day = after
    return found


def existing(zone: str, day: dt.date, hour: int, minute: int) -> str:
    """A local time that there is; one that the clocks skip as it is stored."""
    return wall_time(local_instant(f"{day}T{hour:02}:{minute:02}", zone), zone)


def test_ten_years_of_sessions_are_read_as_they_were_meant(folder: Path) -> None:
    chance = random.Random(20261122)
    calendars: list[list[Entry]] = []
    for zone in ZONES:
        days = [
            dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(3652))
            for _ in range(scaled(ci=60, full=1_000))
        ]
        changes = days_around_changes(zone, 2026, 2035)
        near = [day + dt.timedelta(days=away) for day in changes for away in (-1, 0, 1)]
        starts = {existing(zone, day, chance.randrange(24), chance.choice((0, 30, 59))) for day in days}
        starts |= {existing(zone, day, hour, 30) for day in near for hour in (0, 1, 2, 3, 23)}
        calendars.append([an_entry(zone, local, chance.choice((30, 120, 600))) for local in sorted(starts)])
    texts = [calendar_text(entries) for entries in calendars]
    wanted: list[Read] = [sorted(meant(entry) for entry in entries) for entries in calendars]
    assert [by_icalendar(text) for text in texts] == wanted
    assert by_ical_js(folder, texts) == wanted


RULES = ("FREQ=WEEKLY;COUNT=150", "FREQ=MONTHLY;BYDAY={nth};COUNT=60", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=60")


def test_series_with_holes_and_moved_sessions_are_read_alike(folder: Path) -> None:
    chance = random.Random(7)
    texts: list[str] = []
    wanted: list[Read] = []
    for zone in ZONES:
        for rule in RULES:
            text, read = a_series(zone, rule, chance)
            texts.append(text)
            wanted.append(read)
    assert [by_icalendar(text) for text in texts] == wanted
    assert by_ical_js(folder, texts) == wanted


def a_series(zone: str, rule: str, chance: random.Random) -> tuple[str, Read]:
    """A calendar with one series, of which some occurrences are left out, moved or called off."""
    hour = chance.choice((7, 12, 18, 22))  # at times that no clock skips
    first = dt.datetime.fromisoformat(f"2026-01-{chance.randrange(1, 29):02}T{hour:02}:15")
    if "MONTHDAY" in rule:
        first = first.replace(day=31)
    nth = f"{(first.day - 1) // 7 + 1}{('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[first.weekday()]}"
    said = rule.format(nth=nth)
    locals_ = [one.strftime("%Y-%m-%dT%H:%M") for one in rrulestr(said, dtstart=first)]
    left_out = [one for one in locals_[1:] if chance.random() < 0.1]
    master = an_entry(zone, locals_[0], 90, rule=said, left_out=left_out, sequence=3)
    entries, read = [master], []
    for local in locals_:
        if local in left_out:
            continue
        plain = replace(master, local_start=local, rule=None)
        if chance.random() < 0.2:
            moved = existing(zone, dt.date.fromisoformat(local[:10]), chance.randrange(4, 23), 45)
            plain = replace(
                plain,
                local_start=moved,
                occurrence=local,
                series_zone=zone,
                minutes=60,
                sequence=4,
                cancelled=chance.random() < 0.3,
            )
            entries.append(plain)
        read.append(meant(plain))
    return calendar_text(entries), sorted(read)
