"""Time: a live phase only runs over, an asynchronous one closes at its deadline. All times are in UTC."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from peergroup.facilitation.phase import Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.kit.documents import Finding, pointer

Mode = Literal["live", "async"]


def ends_at(
    phase: Phase, mode: Mode, began_at: datetime, deadline: datetime | None = None
) -> datetime | None:
    """When a phase ends: live after its planned minutes, asynchronous at its deadline, None without one."""
    if mode == "async":
        return deadline
    return began_at + timedelta(minutes=phase.timebox.max)


def refuses_writes(mode: Mode, ends_at: datetime | None, now: datetime) -> bool:
    """Whether the clock alone closes the phase (`phase_over`): only asynchronous ones, from `ends_at` on.

    It holds whether or not the exercise has been moved on since.
    """
    return mode == "async" and ends_at is not None and now >= ends_at


def overrun(ends_at: datetime | None, now: datetime) -> timedelta:
    """By how much a phase is over its time; zero before its end and while paused (`ends_at` is None)."""
    return timedelta(0) if ends_at is None else max(timedelta(0), now - ends_at)


def left_at_pause(ends_at: datetime | None, now: datetime) -> timedelta | None:
    """The time that was left when the exercise paused; negative after an overrun, None without an end."""
    return None if ends_at is None else ends_at - now


def ends_after_resume(left: timedelta | None, now: datetime) -> datetime | None:
    """When the phase ends once the exercise goes on: the time that was left starts again now."""
    return None if left is None else now + left


def extended(ends_at: datetime, minutes: int, now: datetime) -> datetime:
    """The new end: `minutes` (at least 1) after the old one, or after now where that is already past.

    Raises ValueError for less than one minute.
    """
    if minutes < 1:
        raise ValueError("a phase is extended by at least one minute")
    return max(ends_at, now) + timedelta(minutes=minutes)


def deadline_findings(
    protocol: Protocol, deadlines: Mapping[str, datetime], now: datetime
) -> tuple[Finding, ...]:
    """What is wrong with the deadlines (by phase key) of an asynchronous exercise.

    Phases may be left out and then end by hand. Deadlines name phases, lie in the future and rise with the
    order of phases; a method played in several rounds takes none, because a phase comes more than once.
    """
    if deadlines and protocol.rounds != 1:
        return (Finding(pointer("deadlines"), "a method with rounds takes no deadlines"),)
    known = {phase.key for phase in protocol.phases}
    found = [
        Finding(pointer("deadlines", key), "there is no such phase") for key in deadlines if key not in known
    ]
    latest = now
    for key in (phase.key for phase in protocol.phases if phase.key in deadlines):
        if deadlines[key] <= latest:
            found.append(
                Finding(pointer("deadlines", key), "must be in the future and after the phases before it")
            )
        latest = max(latest, deadlines[key])
    return tuple(found)
