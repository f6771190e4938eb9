"""The sessions that a series calls for, beside those that there are: what is to be made, changed, and taken away.

All of this is reckoned, and nothing is read or written here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from peergroup.kit.problems import GUARD_FAILED, Problem, invalid
from peergroup.kit.time import local_day, local_instant
from peergroup.sessions.models import Session
from peergroup.sessions.recurrence import MOST, YEARS, Rule, days, horizon
from peergroup.sessions.recurrence_text import parsed
from peergroup.sessions.series_models import FIELDS, Series
from peergroup.sessions.times import Placed, placed

EndsBy = Literal["count", "until", "horizon"]


def ends_by(rule: Rule) -> EndsBy:
    """What ends a rule."""
    return "count" if rule.count is not None else "until" if rule.until is not None else "horizon"


def dates(rule: Rule, local_start: str, zone: str) -> list[dt.date]:
    """The days on which a series meets, the first one that of `local_start`. 422 where there is no such series."""
    first, time = dt.date.fromisoformat(local_start[:10]), local_start[10:]
    found = days(rule, first)
    if not found:
        raise invalid("/rule", f"names no day within {YEARS} years of the start")
    if found[0] != first:
        raise invalid("/local_start", f"is on no day of the rule; the first one from there on is {found[0]}")
    if rule.count is not None:
        if rule.count > len(found):
            raise invalid(
                "/rule", f"reaches beyond {YEARS} years; within them it has {len(found)} occurrences"
            )
        return found[: rule.count]
    if rule.until is None:
        return found[:MOST]
    until = rule.until
    if isinstance(until, dt.datetime):
        last = local_day(until, zone)
        kept = [day for day in found if local_instant(f"{day}{time}", zone) <= until]
    else:
        last, kept = until, [day for day in found if day <= until]
    if last > horizon(first):
        raise invalid("/rule", f"reaches beyond {YEARS} years: UNTIL is at most {horizon(first)}")
    if not kept:
        raise invalid("/rule", "ends before the series begins")
    if len(kept) > MOST:
        raise invalid(
            "/rule", f"has more than {MOST} occurrences until then; the last of them is {found[MOST - 1]}"
        )
    return kept


def dates_of(series: Series) -> list[dt.date]:
    """The days of a series, those that were taken out included; and it knows its last one from then on."""
    found = dates(parsed(series.rule), series.local_start, series.time_zone)
    series.last_occurrence = f"{found[-1]}{series.local_start[10:]}"
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one session that there is: the columns that change."""

    session: Session
    columns: dict[str, Any]
    moved: bool


@dataclass
class Fitting:
    """What makes the sessions of a series what the series says."""

    made: list[tuple[str, Placed]] = field(default_factory=list)
    """New ones: the occurrence and when it is."""
    changed: list[Change] = field(default_factory=list)
    kept: list[Session] = field(default_factory=list)
    """Still to come, and as they should be."""
    vanished: list[Session] = field(default_factory=list)
    """Still to come, and no day of the series any more."""


def is_to_come(session: Session, now: dt.datetime) -> bool:
    """Whether a session follows its series still: not started, not called off, not over."""
    return session.state in ("draft", "scheduled") and session.ends_at > now


def fit(series: Series, sessions: Iterable[Session], now: dt.datetime) -> Fitting:
    """Match sessions and days of the rule: what has begun, is over or was called off stays as it is, and keeps
    its day. A day that was taken out gets no session."""
    time = series.local_start[10:]
    open_days = {str(day): f"{day}{time}" for day in dates_of(series) if str(day) not in series.exdates}
    fitting = Fitting()
    for session in sessions:
        occurrence = open_days.pop((session.occurrence or "")[:10], None)
        if not is_to_come(session, now):
            continue
        if occurrence is None:
            fitting.vanished.append(session)
        elif (change := _change(series, session, occurrence)).columns:
            fitting.changed.append(change)
        else:
            fitting.kept.append(session)
    for occurrence in open_days.values():
        at = placed(occurrence, series.time_zone, series.dst_policy, series.minutes)
        if at.ends_at > now:
            fitting.made.append((occurrence, at))
    return fitting


def _change(series: Series, session: Session, occurrence: str) -> Change:
    own = set(session.overridden)
    wanted: dict[str, Any] = {name: getattr(series, name) for name in FIELDS if name not in own}
    wanted |= {"occurrence": occurrence, "series_id": series.id}
    minutes = session.minutes if "minutes" in own else series.minutes
    if "local_start" in own:
        wanted |= {"minutes": minutes, "ends_at": session.starts_at + dt.timedelta(minutes=minutes)}
    else:
        at = placed(occurrence, series.time_zone, series.dst_policy, minutes)
        wanted |= {name: getattr(at, name) for name in Placed.__slots__}
    changed = {name: value for name, value in wanted.items() if getattr(session, name) != value}
    moved = bool({"local_start", "time_zone", "starts_at", "ends_at"} & set(changed))
    if moved:
        changed["sequence"] = session.sequence + 1
    return Change(session, changed, moved)


Span = tuple[dt.datetime, dt.datetime, str]
"""From when to when, and which occurrence; the empty one is another session's."""


def spans(fitting: Fitting) -> Iterator[Span]:
    """The time that a series takes when all is done."""
    yield from ((at.starts_at, at.ends_at, occurrence) for occurrence, at in fitting.made)
    yield from ((one.starts_at, one.ends_at, one.occurrence or "") for one in fitting.kept)
    for change in fitting.changed:
        now = {name: getattr(change.session, name) for name in ("starts_at", "ends_at", "occurrence")}
        now |= change.columns
        yield now["starts_at"], now["ends_at"], now["occurrence"]


def refuse_overlap(taken: Iterable[Span]) -> None:
    """409 where two sessions would take the same time, with the occurrence that does."""
    before: Span | None = None
    for span in sorted(taken):
        if before is not None and span[0] < before[1]:
            occurrence, other = (span[2], before) if span[2] else (before[2], span)
            what = f"the occurrence {other[2]}" if other[2] else "another session of the group"
            detail = f"The occurrence {occurrence} would take time that {what} has."
            raise Problem(
                GUARD_FAILED, detail, guards=[{"code": "overlap", "detail": detail}], occurrence=occurrence
            )
        if before is None or span[1] > before[1]:
            before = span
