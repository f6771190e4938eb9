"""Bearer tokens: one that stays, or one that is fetched, and fetched anew when it has expired."""

import re
from typing import Final

from peergroup.sync.sources.calling import Answer, Calls, judge_status
from peergroup.sync.sources.patience import Verdict
from peergroup.sync.sources.protocol import SourceError
from peergroup.sync.sources.shapes import an_object

TOKEN: Final = re.compile(r"[\x21-\x7e]{1,4096}")


class Fixed:
    """A token that somebody made by hand, and that lasts until somebody takes it back."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def current(self) -> str:
        return self._token

    async def renew(self) -> bool:
        return False


class Granted:
    """A short-lived token of OAuth: `form` (the grant and its secrets) is posted for each."""

    def __init__(self, calls: Calls, path: str, form: dict[str, str], *, first: str | None = None) -> None:
        self._calls, self._path, self._form, self._token = calls, path, form, first

    async def current(self) -> str:
        if self._token is None:
            await self.renew()
        return self._token or ""

    async def renew(self) -> bool:
        """Fetch a new one. Raises `SourceError` (`unauthorized`) when the grant is refused."""
        answer = await self._calls.ask("POST", self._path, data=self._form)
        if answer.status in (400, 401, 403):
            code = answer.code()
            said = f"status {answer.status}" + (f", {code}" if code else "")
            raise SourceError(
                "unauthorized", f"The CRM grants no access token for these credentials ({said})."
            )
        token = an_object(answer.value("an access token"), "the grant").get("access_token")
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            raise SourceError("contract_broken", "Expected an access token of printable characters.")
        self._token = token
        return True


def judge_grant(answer: Answer) -> Verdict:
    """At a token's address, every refusal is final: there is nothing to renew."""
    return Verdict.ODD if answer.status in (401, 403) else judge_status(answer)
