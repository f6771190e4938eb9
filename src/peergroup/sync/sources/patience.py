"""How long a CRM that says “later”, or nothing, is waited for."""

import datetime as dt
import random
import re
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Final

from peergroup.sync.sources.protocol import SourceError

Sleep = Callable[[float], Awaitable[None]]
TRIES: Final = 6
LONGEST_PAUSE: Final = 120.0
LONGEST_WAIT: Final = 300.0
"""Seconds for one request with all its pauses: a job is not to sleep through what a later run does as well."""
_SECONDS: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class Verdict(Enum):
    """What an answer means for whoever asked."""

    FINE = auto()
    ODD = auto()
    """None of the others: the connector knows what it means."""
    EXPIRED = auto()
    FORBIDDEN = auto()
    THROTTLED = auto()
    EXHAUSTED = auto()
    """Throttled, and for so long that asking again now is pointless."""
    FAILING = auto()


class Patience:
    """The pauses of one request."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._tries, self._waited = 0, 0.0

    async def wait(self, verdict: Verdict, asked: float | None, status: int | None) -> None:
        """Pause before the next try, as long as was asked for or longer than last time.

        Raises `SourceError` where the next try would come too late or was the last.
        """
        self._tries += 1
        grown = min(2.0**self._tries, LONGEST_PAUSE / 2) * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
        pause = grown if asked is None else asked + min(grown, 1.0)
        is_over = self._tries >= TRIES or pause > LONGEST_PAUSE or self._waited + pause > LONGEST_WAIT
        if verdict is Verdict.EXHAUSTED or is_over:
            raise _given_up(verdict, asked, status)
        self._waited += pause
        await self._sleep(pause)


def _given_up(verdict: Verdict, asked: float | None, status: int | None) -> SourceError:
    if verdict is Verdict.FAILING:
        said = "no answer" if status is None else f"status {status}"
        return SourceError(
            "unreachable", f"The CRM cannot be reached; the last try: {said}.", retry_after=asked
        )
    return SourceError("throttled_too_long", "The CRM takes no more requests for now.", retry_after=asked)


def pause_asked(retry_after: str | None, now: dt.datetime) -> float | None:
    """The seconds that a `Retry-After` asks for: a number, or a date after `now`; None where it asks for nothing."""
    if retry_after is None:
        return None
    if _SECONDS.fullmatch(retry_after.strip()):
        return float(retry_after)
    until = instant(retry_after)
    return None if until is None else max(0.0, (until - now).total_seconds())


def instant(http_date: str | None) -> dt.datetime | None:
    """The instant of an HTTP date; None where it is none."""
    try:
        found = parsedate_to_datetime(http_date or "")
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
