"""What a listener knows, whoever listens: where it stopped, when to come back, and why it ended.

Blocks of server-sent events go in line by line; what comes out are the events. It does no input or output.
"""

import json
import time
from typing import Any, Generic, TypeVar

from peergroup.client.asking import Ask
from peergroup.client.course import Lost, Reply, failure
from peergroup.client.problems import Unauthenticated
from peergroup.client.records import Record
from peergroup.client.retrying import WORTH_REPEATING, Retry

R = TypeVar("R", bound=Record)
COME_BACK = frozenset({"interrupted", "too_slow"})
"""Reasons after which nothing is lost by coming back at once."""
CREDENTIAL_ENDED = "credential_ended"


class Hearing(Generic[R]):
    """One stream over all of its connections. `closed` is why the service ended it; None while it lasts."""

    def __init__(
        self, ask: Ask[R], after: str | None, retry: Retry, address: str, *, is_renewable: bool
    ) -> None:
        self._ask, self._retry, self._address, self._is_renewable = ask, retry, address, is_renewable
        self.last_event_id, self.closed = after, None  # type: str | None, str | None
        self._pause = retry.first
        self._failures, self._since = 0, time.monotonic()
        self._block: dict[str, str] = {}
        self.has_to_renew = False

    def connect(self) -> Ask[R]:
        """The request that goes on after the last event that was heard."""
        self._block = {}
        if self.last_event_id is not None:
            self._ask.headers["Last-Event-ID"] = self.last_event_id
        return self._ask

    def take(self, line: str) -> R | None:
        """One line of the stream; the event that it completes."""
        if line:
            name, _, value = line.partition(":")
            if name in ("id", "event", "data", "retry"):
                value = value.removeprefix(" ")
                self._block[name] = (
                    f"{self._block['data']}\n{value}" if name == "data" in self._block else value
                )
            return None
        block, self._block = self._block, {}
        self._failures = 0
        if block.get("retry", "").isdigit():
            self._pause = int(block["retry"]) / 1000
        event = self._event(block)
        # Only now: whoever breaks off before the event was complete wants to hear it again.
        self.last_event_id = block.get("id") or self.last_event_id
        return event

    def _event(self, block: dict[str, str]) -> R | None:
        if "data" not in block:
            return None
        data: dict[str, Any] = json.loads(block["data"])
        if block.get("event") != "closed":
            return self._ask.answer(data)
        reason = str(data.get("reason"))
        if reason == CREDENTIAL_ENDED and self._is_renewable:
            self.has_to_renew = True
        elif reason not in COME_BACK:
            self.closed = reason
        return None

    def break_off(self, came: Reply | Lost | None) -> float:
        """The connection ended or was refused (None: it just ended). Seconds to wait; raises where it is over."""
        self._failures += 1
        if self._failures == 1:
            self._since = time.monotonic()
        if came is None and self._failures == 1:
            return 0.0 if self.has_to_renew else min(self._pause, self._retry.first)
        error = failure(
            came or Lost("the stream ended", was_sent=False, was_late=False, may_pass=True), self._address
        )
        if isinstance(error, Unauthenticated) and self._is_renewable and self._failures == 1:
            self.has_to_renew = True
            return 0.0
        if (isinstance(came, Reply) and came.status not in WORTH_REPEATING) or (
            isinstance(came, Lost) and not came.may_pass
        ):
            raise error
        spent = time.monotonic() - self._since
        # A stream is patient: what counts is for how long it has tried in vain, not how often.
        patient = (
            self._retry._replace(attempts=self._failures + 1) if self._retry.attempts > 1 else self._retry
        )
        wait = patient.wait(self._failures, spent, getattr(error, "retry_after", None))
        if wait is None:
            raise error
        return wait
