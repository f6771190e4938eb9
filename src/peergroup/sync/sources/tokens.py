"""Bearer tokens: one that stays, or one that is fetched, and fetched anew when it has expired."""

import datetime as dt
import re
from typing import Final

from peergroup.sync.sources.calling import Answer, Calls, Clock, judge_status, refused
from peergroup.sync.sources.patience import Verdict
from peergroup.sync.sources.protocol import broken
from peergroup.sync.sources.shapes import an_object

TOKEN: Final = re.compile(r"[\x21-\x7e]{1,4096}")
EARLY: Final = 60
LONGEST: Final = 366 * 24 * 3_600


class Fixed:
    """A token that somebody made by hand, and that lasts until somebody takes it back."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def current(self) -> str:
        return self._token

    async def renew(self) -> bool:
        return False


class Granted:
    """A short-lived token of OAuth: `form` (the grant and its secrets) is posted for each.

    It is renewed shortly before the time is over for which it was given, and whenever it is refused.
    """

    def __init__(self, calls: Calls, path: str, form: dict[str, str], clock: Clock) -> None:
        self._calls, self._path, self._form, self._clock = calls, path, form, clock
        self._token = ""
        self._until: dt.datetime | None = None

    async def current(self) -> str:
        if not self._token or (self._until is not None and self._clock() >= self._until):
            await self.renew()
        return self._token

    async def renew(self) -> bool:
        """Fetch a new one. Raises `SourceError` (`unauthorized`) when the grant is refused."""
        answer = await self._calls.ask("POST", self._path, data=self._form)
        if answer.status in (400, 401, 403):
            raise refused(answer)
        told = an_object(answer.value("an access token"), "the grant")
        token = told.get("access_token")
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            raise broken("an access token of printable characters")
        self._token, self._until = token, self._end(told.get("expires_in"))
        return True

    def _end(self, seconds: object) -> dt.datetime | None:
        """When to renew it; None where nobody says how long it lasts."""
        if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds < LONGEST:
            return None
        return self._clock() + dt.timedelta(seconds=max(seconds - EARLY, seconds // 2))


def judge_grant(answer: Answer) -> Verdict:
    """At a token's address, every refusal is final: there is nothing to renew."""
    return Verdict.ODD if answer.status in (401, 403) else judge_status(answer)
