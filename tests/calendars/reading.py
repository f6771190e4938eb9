"""What calendar programs read: two parsers that know nothing of this project, and nothing of each other."""

import datetime as dt
import json
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr

HERE = Path(__file__).parent
Read = list[tuple[str, str, str, int, str]]
"""For each occurrence: uid, begin and end in UTC, SEQUENCE and STATUS; sorted."""


@lru_cache(maxsize=1)
def scripts(folder: Path) -> Path:
    """A folder with ical.js in it, from the package registry that npm knows."""
    folder = folder / "ical_js"
    folder.mkdir()
    for name in ("package.json", "expand.mjs"):
        (folder / name).write_text((HERE / name).read_text())
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


def by_ical_js(folder: Path, texts: list[str]) -> list[Read]:
    """What ical.js makes of calendars: it takes the zones from the text."""
    done = subprocess.run(
        ["node", "expand.mjs"],
        cwd=scripts(folder),
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [sorted(tuple(one) for one in read) for read in json.loads(done.stdout)]


def by_icalendar(text: str) -> Read:
    """What icalendar makes of a calendar, with dateutil for the rules: it takes the zones by their names."""
    events = list(icalendar.Calendar.from_ical(text).walk("VEVENT"))
    changed = {(str(one["UID"]), _utc(one["RECURRENCE-ID"].dt)) for one in events if "RECURRENCE-ID" in one}
    found: Read = []
    for event in events:
        for begin in _begins(event):
            if "RECURRENCE-ID" not in event and (str(event["UID"]), _utc(begin)) in changed:
                continue
            lasts = event["DURATION"].dt if "DURATION" in event else _lasts(event)
            end = begin.astimezone(dt.UTC) + lasts
            said = (int(event["SEQUENCE"]), str(event["STATUS"]))
            found.append((str(event["UID"]), _utc(begin), _utc(end), *said))
    return sorted(found)


def _begins(event: Any) -> list[dt.datetime]:
    start = event["DTSTART"].dt
    if "RRULE" not in event:
        return [start]
    naive, zone = start.replace(tzinfo=None), ZoneInfo(event["DTSTART"].params["TZID"])
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=naive)
    given = event.get("EXDATE", [])
    lists = given if isinstance(given, list) else [given]
    left_out = {one.dt.replace(tzinfo=None) for each in lists for one in each.dts}
    return [one.replace(tzinfo=zone) for one in rule if one not in left_out]


def _lasts(event: Any) -> dt.timedelta:
    lasts: dt.timedelta = event["DTEND"].dt.astimezone(dt.UTC) - event["DTSTART"].dt.astimezone(dt.UTC)
    return lasts


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
