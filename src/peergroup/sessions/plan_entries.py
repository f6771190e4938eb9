"""What a plan wants of each session: its entry, with what is usual filled in. No I/O."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peergroup.groups.models import Group
from peergroup.kit.problems import invalid
from peergroup.sessions.plan_schemas import EntryIn, PlanIn, Usual
from peergroup.sessions.recurrence import days
from peergroup.sessions.recurrence_text import parsed
from peergroup.sessions.times import Placed, placed

USUAL_MINUTES = 120


@dataclass(frozen=True)
class Entry:
    """One session as the plan wants it. `minutes` None: as long as its agenda."""

    key: str
    pointer: str
    local_start: str
    time_zone: str
    dst_policy: str
    minutes: int | None
    settled: dict[str, Any]
    """The columns that are simply set: title, theme_id, place, capacity, host_id."""
    agenda: dict[str, Any] | None
    """`{template: id}` or `{segments: […]}`, as it is stored with the session."""
    hot_seats: list[UUID] | None

    def placed(self, minutes: int) -> Placed:
        """When it is, if it takes so long; 422 at its own pointer for a time that the clocks skip."""
        given = (self.local_start, self.time_zone, self.dst_policy, minutes)
        return placed(*given, pointer=f"{self.pointer}/local_start")

    @property
    def template_id(self) -> UUID | None:
        """The template of its agenda."""
        found = (self.agenda or {}).get("template")
        return None if found is None else UUID(found)


def resolve(given: PlanIn, group: Group, year: int) -> list[Entry]:
    """The entries in the order in which they were sent. 422 for those without a time or a key of their own."""
    by_month = _usual_days(given.usual, year)
    entries: list[Entry] = []
    known: set[str] = set()
    for place, entry in enumerate(given.entries):
        found = _resolved(entry, given.usual, group, by_month, f"/entries/{place}")
        if found.key in known:
            raise invalid(f"/entries/{place}/key", f"is there twice: {found.key}")
        if not found.local_start.startswith(f"{year}-"):
            raise invalid(f"/entries/{place}/local_start", f"is not in the year {year}")
        known.add(found.key)
        entries.append(found)
    return entries


def _usual_days(usual: Usual, year: int) -> dict[str, list[str]]:
    """For each month (`2027-03`) the local times at which the usual rule meets in it."""
    if usual.rule is None:
        return {}
    if usual.local_time is None:
        raise invalid("/usual/local_time", "is needed where there is a rule")
    found: dict[str, list[str]] = {}
    for day in days(parsed(usual.rule), dt.date(year, 1, 1)):
        if day.year == year:
            found.setdefault(day.isoformat()[:7], []).append(f"{day.isoformat()}T{usual.local_time}")
    return found


def _resolved(
    entry: EntryIn, usual: Usual, group: Group, by_month: dict[str, list[str]], pointer: str
) -> Entry:
    key = entry.key or (entry.local_start or "")[:7]
    if not key:
        raise invalid(f"{pointer}/key", "is needed where there is no local_start")
    return Entry(
        key=key,
        pointer=pointer,
        local_start=entry.local_start or _by_the_rule(key, by_month, pointer),
        time_zone=entry.time_zone or usual.time_zone or group.time_zone,
        dst_policy=entry.dst_policy or usual.dst_policy,
        minutes=entry.minutes or usual.minutes,
        settled={
            "title": entry.title,
            "theme_id": entry.theme_id,
            "place": _or_usual(entry, usual, "place"),
            "capacity": _or_usual(entry, usual, "capacity"),
            "host_id": entry.host_id,
        },
        agenda=_agenda_of(entry, usual, group),
        hot_seats=entry.hot_seats,
    )


def _by_the_rule(key: str, by_month: dict[str, list[str]], pointer: str) -> str:
    found = by_month.get(key[:7], [])
    if len(found) != 1:
        many = f"meets {len(found)} times in the month {key[:7]!r}" if by_month else "is not there"
        raise invalid(f"{pointer}/local_start", f"is missing, a local_start is needed: the usual rule {many}")
    return found[0]


def _or_usual(entry: EntryIn, usual: Usual, name: str) -> Any:
    return getattr(entry if name in entry.model_fields_set else usual, name)


def _agenda_of(entry: EntryIn, usual: Usual, group: Group) -> dict[str, Any] | None:
    if entry.agenda is not None:
        return {"segments": [one.model_dump(mode="json") for one in entry.agenda]}
    template_id = _or_usual(entry, usual, "agenda_template_id")
    if template_id is None and "agenda_template_id" not in entry.model_fields_set:
        template_id = group.agenda_template_id
    return None if template_id is None else {"template": str(template_id)}


def named_people(entries: list[Entry]) -> Iterator[tuple[str, UUID | None]]:
    """The pointer of everybody an entry names, with who that is."""
    for entry in entries:
        yield f"{entry.pointer}/host_id", entry.settled["host_id"]
        for place, person_id in enumerate(entry.hot_seats or ()):
            yield f"{entry.pointer}/hot_seats/{place}", person_id
