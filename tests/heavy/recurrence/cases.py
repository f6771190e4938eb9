"""Random rules, and beginnings on days when clocks change: all that a series may say, and some of what it may not."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from peergroup.kit.time import local_instant, wall_time
from peergroup.sessions.recurrence import Rule, days
from peergroup.sessions.recurrence_text import parsed, written

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CHANGING = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Kyiv",
    "Atlantic/Azores",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Antarctica/Troll",
)
STEADY = (
    "UTC",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Africa/Lagos",
)
YEARS = range(2027, 2036)


@dataclass(frozen=True)
class Case:
    """A rule, where it begins, and in which zone."""

    rule: str
    start: str
    zone: str


@lru_cache(maxsize=100)
def changes(zone: str) -> dict[dt.date, tuple[int, int]]:
    """The days on which clocks in a zone change: from which to which minute of the day they are skipped or told
    twice."""
    found = {}
    day = dt.date(YEARS[0], 1, 1)
    while day.year in YEARS:
        following = day + dt.timedelta(days=1)
        begin, end = (local_instant(f"{one}T12:00", zone) for one in (day - dt.timedelta(days=1), day))
        if end - begin != dt.timedelta(days=1):
            hours = _hours(day, zone)
            if hours is not None:
                found[day] = hours
        day = following
    return found


def _hours(day: dt.date, zone: str) -> tuple[int, int] | None:
    odd = []
    for minute in range(0, 24 * 60, 5):
        local = f"{day}T{minute // 60:02}:{minute % 60:02}"
        first = local_instant(local, zone)
        if wall_time(first, zone) != local or _comes_again(first, local, zone):
            odd.append(minute)
    return (odd[0], odd[-1] + 5) if odd else None


def _comes_again(first: dt.datetime, local: str, zone: str) -> bool:
    return any(wall_time(first + dt.timedelta(minutes=later), zone) == local for later in (30, 60, 120, 180))


def a_case(random: Random) -> Case:
    """A random rule that begins on one of its days."""
    while True:
        case = at_a_change(random) if random.random() < 0.55 else anywhere(random)
        if case is not None:
            return case


def at_a_change(random: Random) -> Case | None:
    """A rule whose days are those on which clocks change, at the very hour or just beside it."""
    zone = random.choice(CHANGING)
    day, (begin, end) = random.choice(list(changes(zone).items()))
    minute = random.randrange(begin - 10, end + 10, 5) % (24 * 60)
    start = f"{day}T{minute // 60:02}:{minute % 60:02}"
    place = (day.day - 1) // 7 + 1
    name = DAYS[day.weekday()]
    last = (day + dt.timedelta(days=7)).month != day.month
    which = f"-1{name}" if last and random.random() < 0.8 else f"{min(place, 5)}{name}"
    months = {one.month for one in changes(zone)}
    both = ",".join(map(str, sorted(months))) if random.random() < 0.3 else str(day.month)
    rule = random.choice(
        (
            f"FREQ=YEARLY;BYMONTH={both};BYDAY={which}",
            f"FREQ=MONTHLY;BYMONTH={both};BYDAY={which}",
            f"FREQ=MONTHLY;INTERVAL=6;BYDAY={which}",
            "FREQ=DAILY",
            "FREQ=WEEKLY",
        )
    )
    most = 3 if rule in ("FREQ=DAILY", "FREQ=WEEKLY") else 6
    return Case(f"{rule};COUNT={_count(random, parsed(rule), day, most)}", start, zone)


def _count(random: Random, rule: Rule, first: dt.date, most: int) -> int:
    return min(random.randint(1, most), len(days(rule, first)))


def anywhere(random: Random) -> Case | None:
    """Any rule that may be said, from a day on that it names; None where it names none."""
    zone = random.choice(CHANGING + STEADY)
    day = dt.date(random.choice(YEARS), 1, 1) + dt.timedelta(days=random.randrange(366))
    try:
        rule = parsed(a_rule(random, day))
    except ValueError:
        return None
    found = days(rule, day)
    if not found or days(rule, found[0])[:1] != found[:1]:
        return None
    start = f"{found[0]}T{random.randrange(24):02}:{random.randrange(0, 60, 5):02}"
    return Case(written(rule) + _ending(random, rule, start, zone), start, zone)


def _ending(random: Random, rule: Rule, start: str, zone: str) -> str:
    found = days(rule, dt.date.fromisoformat(start[:10]))
    last = found[min(random.randint(0, 8), len(found) - 1)]
    kind = random.random()
    if kind < 0.5:
        return f";COUNT={_count(random, rule, found[0], 8)}"
    if kind < 0.75:
        return f";UNTIL={last:%Y%m%d}"
    if kind < 0.98:
        exact = local_instant(f"{last}{start[10:]}", zone) + dt.timedelta(
            seconds=random.choice((-1, 0, 1) if last > found[0] else (0, 1))
        )
        return f";UNTIL={exact:%Y%m%dT%H%M%SZ}"
    return ""


def a_rule(random: Random, day: dt.date) -> str:
    """The text of a rule without an end; not every one makes sense."""
    frequency = random.choice(("YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY"))
    parts = [f"FREQ={frequency}"]
    if random.random() < 0.5:
        parts.append(f"INTERVAL={random.randint(1, 5)}")
    if random.random() < 0.3:
        months = {day.month, *(random.randint(1, 12) for _ in range(random.randint(0, 3)))}
        parts.append("BYMONTH=" + ",".join(map(str, sorted(months))))
    if random.random() < 0.35:
        some = random.sample((1, 2, 8, 15, 28, 29, 30, 31, -1, -2, -28, -29, -30, -31), random.randint(1, 4))
        parts.append("BYMONTHDAY=" + ",".join(map(str, some)))
    if random.random() < 0.6:
        names = random.sample(DAYS, random.randint(1, 5))
        if random.random() < 0.4:
            names = [f"{random.choice((1, 2, 3, 4, 5, -1, -2, -5))}{name}" for name in names]
        parts.append("BYDAY=" + ",".join(names))
    if random.random() < 0.25:
        parts.append(
            "BYSETPOS=" + ",".join(map(str, random.sample((1, 2, 3, -1, -2, 5), random.randint(1, 2))))
        )
    if random.random() < 0.4:
        parts.append(f"WKST={random.choice(DAYS)}")
    return ";".join(parts)
