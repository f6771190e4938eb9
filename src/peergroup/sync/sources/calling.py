"""Asking a CRM over HTTP: in bounded time and size, again when it was busy, with a new token when one has expired."""

import asyncio
import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, Protocol

import httpx

from peergroup.sync.sources.patience import Patience, Sleep, Verdict, instant, pause_asked
from peergroup.sync.sources.protocol import SourceError, broken

Clock = Callable[[], dt.datetime]
SECONDS: Final = 60.0
"""For one try, from the connection to the last byte."""
LONGEST_ANSWER: Final = 32 * 1024 * 1024
_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z_]{2,59}")
_PASSING: Final = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError)
"""What may be well a moment later. Whatever else goes wrong on the way (an address that must not be spoken to,
say) goes wrong again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, and JSON or something else."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def date(self) -> dt.datetime | None:
        """When the CRM answered, by its clock."""
        return instant(self.headers.get("date"))

    def json(self) -> Any:
        """The value; None where this is no JSON."""
        try:
            # The standard library's reader lets lone surrogates pass: one spoilt name must not end the walk.
            return json.loads(self.content, parse_constant=_refuse)
        except (ValueError, RecursionError):
            return None

    def value(self, what: str) -> Any:
        """The JSON of an answer that went well.

        Raises `SourceError` for any other; `what` is the answer's name.
        """
        if self.status != 200:
            code = self.code()
            raise broken(f"{what} with status 200, not {self.status}{f' ({code})' if code else ''}")
        found = self.json()
        if found is None:
            raise broken(f"{what} as JSON")
        return found

    def code(self) -> str | None:
        """The code of a refusal, from wherever the CRMs put it; words that are no code are left alone."""
        told = self.json()
        first = told[0] if isinstance(told, list) and told else told
        if not isinstance(first, dict):
            return None
        codes = (first.get(name) for name in ("errorCode", "policyName", "category", "error", "errorType"))
        return next((code for code in codes if isinstance(code, str) and _CODE.fullmatch(code)), None)


class Tokens(Protocol):
    """Where the bearer token comes from."""

    async def current(self) -> str:
        """The token to ask with."""
        ...

    async def renew(self) -> bool:
        """Get another one; False where there is none to be had. Raises `SourceError` where it is refused."""
        ...


def judge_status(answer: Answer) -> Verdict:
    """What a status means everywhere."""
    known = {
        200: Verdict.FINE,
        401: Verdict.EXPIRED,
        403: Verdict.FORBIDDEN,
        408: Verdict.FAILING,
        429: Verdict.THROTTLED,
    }
    return known.get(answer.status, Verdict.FAILING if answer.status >= 500 else Verdict.ODD)


class Calls:
    """One CRM, asked again and again."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        address: str,
        tokens: Tokens | None,
        *,
        sleep: Sleep,
        clock: Clock,
        judge: Callable[[Answer], Verdict] = judge_status,
    ) -> None:
        self._client, self._address, self._tokens = client, address.rstrip("/"), tokens
        self._sleep, self._clock, self._judge = sleep, clock, judge
        self._asked_at: dt.datetime | None = None

    async def ask(self, method: str, path: str, *, apart: float = 0.0, **content: Any) -> Answer:
        """The answer that is FINE or ODD. `content` is what httpx takes: `params`, `json`, `data`, `headers`.

        Requests of which there may be only so many a second are kept so many seconds `apart` from the one before.
        Raises `SourceError` when there is none within reasonable time, or none for these credentials.
        """
        await self._keep_apart(apart)
        patience = Patience(self._sleep)
        is_renewed = False
        while True:
            answer = await self._once(method, path, content)
            verdict = self._judge(answer) if answer else Verdict.FAILING
            if answer and verdict in (Verdict.FINE, Verdict.ODD):
                return answer
            if answer and verdict in (Verdict.EXPIRED, Verdict.FORBIDDEN):
                if verdict is Verdict.FORBIDDEN or is_renewed or not await self._renewed():
                    raise refused(answer)
                is_renewed = True
            else:
                await patience.wait(verdict, self._pause(answer), answer.status if answer else None)

    async def _keep_apart(self, apart: float) -> None:
        now = self._clock()
        if self._asked_at is not None and apart:
            left = apart - (now - self._asked_at).total_seconds()
            if 0 < left <= apart:
                await self._sleep(left)
        self._asked_at = self._clock()

    def time_of(self, answer: Answer) -> dt.datetime:
        """When the answer was given, by the earlier of both clocks: looking back too far does no harm."""
        ours = self._clock()
        return min(ours, answer.date or ours)

    async def _renewed(self) -> bool:
        return self._tokens is not None and await self._tokens.renew()

    def _pause(self, answer: Answer | None) -> float | None:
        if answer is None:
            return None
        return pause_asked(answer.headers.get("retry-after"), answer.date or self._clock())

    async def _once(self, method: str, path: str, content: dict[str, Any]) -> Answer | None:
        """One try; None where no answer came. No error is passed on as it is: it would hold the request's headers."""
        headers = {"Accept": "application/json"} | content.get("headers", {})
        if self._tokens is not None:
            headers["Authorization"] = f"Bearer {await self._tokens.current()}"
        try:
            async with asyncio.timeout(SECONDS):
                return await self._read(method, path, content | {"headers": headers})
        except (TimeoutError, *_PASSING):
            return None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise SourceError("closed", "This address is not spoken to from here.") from None

    async def _read(self, method: str, path: str, content: dict[str, Any]) -> Answer:
        body = bytearray()
        request = self._client.stream(
            method, self._address + path, timeout=_TIMEOUT, follow_redirects=False, **content
        )
        async with request as response:
            async for part in response.aiter_bytes():
                body += part
                if len(body) > LONGEST_ANSWER:
                    raise broken(f"an answer of at most {LONGEST_ANSWER:,} bytes")
        return Answer(response.status_code, response.headers, bytes(body))


def _refuse(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def refused(answer: Answer) -> SourceError:
    """The error for credentials that are not accepted."""
    code = answer.code()
    said = f"status {answer.status}" + (f", {code}" if code else "")
    return SourceError("unauthorized", f"The CRM does not accept these credentials for this ({said}).")
