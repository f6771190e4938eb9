"""Would somebody fit in? Pure rules over what is known of them and of those who are there; unknown is fine."""

import datetime as dt
from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from peergroup.groups.schemas import Finding, Result
from peergroup.kit.text import fold

DAY = 24 * 60
"""Minutes."""


def ok(code: str, detail: str) -> Finding:
    """Nothing in the way here."""
    return Finding(code=code, result="ok", detail=detail, finding=None, waived=False)


def blocked(code: str, detail: str) -> Finding:
    """In the way, and nobody can say otherwise."""
    return Finding(code=code, result="blocker", detail=detail, finding=None, waived=False)


def waivable(code: str, detail: str, name: str, settled: Collection[str]) -> Finding:
    """In the way, unless somebody who leads the group says that it is not."""
    return Finding(code=code, result="waivable", detail=detail, finding=name, waived=name in settled)


def rung(levels: Sequence[Sequence[str]], level: str | None) -> int | None:
    """How high a level stands on the ladder, counted from 0; None for one that is not on it, or not known."""
    if level is None:
        return None
    known = fold(level)
    return next((place for place, names in enumerate(levels) if known in map(fold, names)), None)


def apart(mine: int, others: Sequence[int]) -> int:
    """How many rungs somebody is away from the middle of the others; where two are the middle, from the nearer."""
    ranked = sorted(others)
    low, high = ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]
    return max(low - mine, mine - high, 0)


def parity(
    levels: Sequence[Sequence[str]], allowed: int, level: str | None, others: Collection[str | None]
) -> tuple[Result, str]:
    """Peers are of equal standing: at most so many rungs away from the middle of the group."""
    mine = rung(levels, level)
    theirs = [found for one in others if (found := rung(levels, one)) is not None]
    if mine is None or not theirs:
        return "ok", "Their level, or that of the group, is not known."
    if (steps := apart(mine, theirs)) <= allowed:
        return "ok", "They are of a standing with the group."
    return "waivable", f"They are {steps} levels away from the middle of the group; {allowed} would be fine."


def offset(zone: str, now: dt.datetime) -> int:
    """Minutes by which clocks in a zone are ahead of UTC at that instant."""
    ahead = now.astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta()
    return int(ahead.total_seconds() // 60)


def shared_minutes(one: int, other: int, begins: int, ends: int) -> int:
    """Minutes that two working days have in common, both from `begins` to `ends` (minutes of the local day), where
    clocks are `one` and `other` minutes ahead of UTC: the longest stretch, seen around midnight, too."""
    length = ends - begins
    shift = (one - other) % DAY
    return max(0, length - shift, length - (DAY - shift))


def time_zones(
    zone: str | None, others: Collection[str | None], hours: tuple[int, int], wanted: int, now: dt.datetime
) -> tuple[Result, str]:
    """Whoever meets has some working hours in common with everybody: at least `wanted` of the day's `hours`."""
    known = {other for other in others if other}
    if zone is None or not known:
        return "ok", "Their time zone, or that of the group, is not known."
    mine, (begins, ends) = offset(zone, now), hours
    least = min(shared_minutes(mine, offset(other, now), begins * 60, ends * 60) for other in known)
    said = f"{least // 60} h {least % 60:02} min of the working day are common to them and everybody here"
    if least >= wanted * 60:
        return "ok", f"At least {said}."
    return "waivable", f"No more than {said}; {wanted} h would be fine."
