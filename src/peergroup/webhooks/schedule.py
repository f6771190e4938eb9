"""When what was not taken is tried again, and when a receiver is given up. Every figure of it stands here."""

import datetime as dt
import random
from email.utils import parsedate_to_datetime

WAITS = tuple(
    dt.timedelta(seconds=seconds)
    for seconds in (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""Before each attempt, counted from the one before: ten of them in 75 hours and 35 minutes."""
MOST_ATTEMPTS = len(WAITS)
JITTER = 0.1
"""Each wait is up to this part shorter or longer, so that what failed together does not come back together."""
LONGEST_WISH = dt.timedelta(hours=24)
"""How far a receiver may put us off with `Retry-After`."""
GIVEN_UP_AFTER = dt.timedelta(days=5)
"""Nothing but failures for so long disables the endpoint."""
SHORTEST_REST, LONGEST_REST = dt.timedelta(seconds=5), dt.timedelta(minutes=5)
"""How long a receiver that fails is left alone, whatever else is waiting for it."""
OVERLAP_HOURS, MOST_OVERLAP_HOURS = 24, 168
"""How long the secret before still signs beside a new one."""
KEPT = dt.timedelta(days=30)
"""How long deliveries are listed."""


def next_attempt(now: dt.datetime, attempts: int, wish: dt.timedelta | None = None) -> dt.datetime | None:
    """When to try again after so many attempts; None where it was the last one. `wish` is what Retry-After said."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = WAITS[attempts] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
    return now + max(wait, min(wish or dt.timedelta(), LONGEST_WISH))


def rest_after(failing_since: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """How long to leave a receiver alone that has failed since then: about as long as it has been failing."""
    rest = min(max(now - failing_since, SHORTEST_REST), LONGEST_REST)
    return rest * random.uniform(1 - JITTER, 1)  # noqa: S311 - no secret


def wish_in(header: str | None, now: dt.datetime) -> dt.timedelta | None:
    """What a `Retry-After` asks for: seconds, or a date. None where it says nothing that can be understood."""
    if header is None or len(header) > 40:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(dt.timedelta(seconds=int(text[:9])), LONGEST_WISH)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return min(max(until - now, dt.timedelta()), LONGEST_WISH)
