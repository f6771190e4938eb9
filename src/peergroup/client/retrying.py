"""When a call is repeated, and after how long."""

from random import SystemRandom
from typing import NamedTuple

WORTH_REPEATING = frozenset({429, 502, 503, 504})
UNDECIDED = frozenset({502, 504})
"""Somebody in between answered: the service may have done it all the same."""
STILL_RUNNING = "in_progress"
_chance = SystemRandom()


class Retry(NamedTuple):
    """How patient a client is: at most `attempts` in all, within `limit` seconds, counting what it waits.

    The first wait is about `first` seconds, each further one twice as long, at most `most`; what the service says
    in `Retry-After` counts more. `Retry(attempts=1)` never repeats anything.
    """

    attempts: int = 4
    limit: float = 60.0
    first: float = 0.25
    most: float = 8.0

    def wait(self, attempt: int, spent: float, asked_for: float | None = None) -> float | None:
        """Seconds to wait after this attempt (the first is 1); None where it was the last one."""
        if attempt >= self.attempts:
            return None
        step = min(self.most, self.first * 2 ** min(attempt - 1, 20)) * _chance.uniform(0.5, 1.0)
        wait = step if asked_for is None else asked_for + step * 0.1
        return wait if spent + wait <= self.limit else None
