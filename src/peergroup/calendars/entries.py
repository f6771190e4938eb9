"""Which entries of a calendar sessions are: each one its own, or an occurrence of a series."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from peergroup.calendars.writing import Entry
from peergroup.calendars.zones import is_shown_twice, spans_change
from peergroup.sessions.models import Session
from peergroup.sessions.occurrences import dates
from peergroup.sessions.recurrence_text import parsed, written
from peergroup.sessions.series_models import Series


def entries_of(
    sessions: Sequence[Session], series: Mapping[UUID, Series], declined: frozenset[UUID] = frozenset()
) -> Iterator[Entry]:
    """The entries for these sessions. Of a series, all of its sessions have to be among them."""
    by_series: dict[UUID, list[Session]] = {}
    for session in sessions:
        if session.series_id is not None and session.series_id in series:
            by_series.setdefault(session.series_id, []).append(session)
        else:
            yield single(session, free=session.id in declined)
    for series_id, held in by_series.items():
        yield from _recurring(series[series_id], held, declined)


def single(session: Session, *, free: bool = False) -> Entry:
    """A session as an entry of its own."""
    return Entry(
        uid=f"{session.id}@peergroup",
        local_start=session.local_start,
        time_zone=session.time_zone,
        minutes=session.minutes,
        sequence=session.sequence,
        changed_at=session.updated_at,
        cancelled=session.state == "cancelled",
        free=free,
    )


def one_of(series: Series, session: Session, *, free: bool = False) -> Entry:
    """A session as an occurrence of its series; of its own, where the rule does not name its day any more."""
    day = (session.occurrence or "")[:10]
    days = {str(one) for one in dates(parsed(series.rule), series.local_start, series.time_zone)}
    entry = single(session, free=free)
    return _as_occurrence(series, entry, day) if day in days else entry


def _as_occurrence(series: Series, entry: Entry, day: str) -> Entry:
    return dataclasses.replace(
        entry,
        uid=_uid(series),
        occurrence=f"{day}{series.local_start[10:]}",
        series_zone=series.time_zone,
    )


def _recurring(series: Series, sessions: Sequence[Session], declined: frozenset[UUID]) -> Iterator[Entry]:
    rule = parsed(series.rule)
    days = [str(day) for day in dates(rule, series.local_start, series.time_zone)]
    by_day = {(session.occurrence or "")[:10]: session for session in sessions}
    time = series.local_start[10:]
    # COUNT says the same to every program; UNTIL does not, where the clocks change.
    bounded = dataclasses.replace(rule, count=len(days), until=None)
    if not set(days) & set(by_day):
        yield from (single(session, free=session.id in declined) for session in sessions)
        return  # nothing is left that the rule would tell
    yield Entry(
        uid=_uid(series),
        local_start=series.local_start,
        time_zone=series.time_zone,
        minutes=series.minutes,
        sequence=series.version - 1,
        changed_at=max(series.updated_at, *(session.updated_at for session in sessions)),
        rule=written(bounded),
        left_out=[f"{day}{time}" for day in days if day not in by_day],
    )
    for day, session in by_day.items():
        entry = single(session, free=session.id in declined)
        if day not in days:
            yield entry
        elif _differs(series, entry, f"{day}{time}") or is_read_differently(session):
            yield _as_occurrence(series, entry, day)


def _differs(series: Series, entry: Entry, by_the_rule: str) -> bool:
    same: tuple[Any, ...] = (by_the_rule, series.time_zone, series.minutes)
    return entry.cancelled or entry.free or (entry.local_start, entry.time_zone, entry.minutes) != same


def is_read_differently(session: Session) -> bool:
    """Whether programs differ about an occurrence that only a rule tells: where the clocks change around it."""
    zone = session.time_zone
    doubtful = is_shown_twice(session.starts_at, zone) or is_shown_twice(session.ends_at, zone)
    return doubtful or spans_change(session.starts_at, session.ends_at, zone)


def _uid(series: Series) -> str:
    return f"{series.id}@peergroup"
