"""The course of one call: what to send, when to wait, when to renew the token, and what comes of it.

A generator that says what is to be done next and is told what came of it. It does no input or output, so that the
synchronous and the asynchronous client share every rule.
"""

import json
import time
import warnings
from collections.abc import Generator, Mapping
from typing import Any, NamedTuple, TypeVar, cast

from peergroup.client.asking import Ask
from peergroup.client.credentials import Credential
from peergroup.client.problems import ConnectionFailed, Problem, TimedOut, Unauthenticated, problem_of
from peergroup.client.records import Http, NotChanged, Record, without_tokens
from peergroup.client.retrying import STILL_RUNNING, UNDECIDED, WORTH_REPEATING, Retry

T = TypeVar("T")


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Lost(NamedTuple):
    """Nothing came back: why, whether it may have been done, and whether it makes sense to try again."""

    why: str
    was_sent: bool
    was_late: bool
    may_pass: bool


class Send(NamedTuple):
    """Send it, in the name of this token."""

    access_token: str | None


class Wait(NamedTuple):
    """Wait for so many seconds."""

    seconds: float


class Renew(NamedTuple):
    """Exchange the refresh token, unless somebody has since this access token was used."""

    used: str | None


Step = Send | Wait | Renew
Course = Generator[Step, Reply | Lost | None, Reply]


def course(ask: Ask[Any], credential: Credential, retry: Retry, address: str) -> Course:
    """The steps of one call. Ends with an answer below 400; raises `Problem` or `ConnectionFailed` otherwise."""
    begun, attempt, renewed, in_doubt = time.monotonic(), 0, False, False
    if credential is not None and credential.is_stale:
        yield Renew(credential.access_token)
    while True:
        attempt += 1
        used = None if credential is None else credential.access_token
        came = yield Send(used)
        if isinstance(came, Reply) and came.status < 400:
            warn_of_the_end(ask, came)
            return came
        if came is None:
            raise TypeError("whatever is sent comes to something")
        if isinstance(came, Reply) and came.status == 404 and in_doubt and ask.method == "DELETE":
            return Reply(204, came.headers, b"")  # the first time went well: it is gone
        error = failure(came, address, changes=ask.method != "GET")
        if isinstance(error, Unauthenticated) and not renewed and may_renew(ask, credential):
            renewed = True
            yield Renew(used)
            continue
        in_doubt = in_doubt or is_in_doubt(came)
        wait = retry.wait(attempt, time.monotonic() - begun, getattr(error, "retry_after", None))
        if wait is None or not may_repeat(ask, came, error):
            raise error
        yield Wait(wait)


def may_renew(ask: Ask[Any], credential: Credential) -> bool:
    """Whether another token helps: what was refused for its token was not done, and may be sent again."""
    return credential is not None and credential.is_renewable and not ask.flows_once


def warn_of_the_end(ask: Ask[Any], reply: Reply) -> None:
    """Tell developers that what they use will go, and when: nothing goes from the contract without notice."""
    if "deprecation" in reply.headers:
        last = f", and ends on {reply.headers['sunset']}" if "sunset" in reply.headers else ""
        said = f"{ask.method} {without_tokens(ask.path)} is deprecated{last}."
        warnings.warn(said, DeprecationWarning, stacklevel=2)


def failure(came: Reply | Lost, address: str, *, changes: bool = False) -> Problem | ConnectionFailed:
    """The exception for what came, where it is no success; `changes` says that more was asked than to read."""
    if isinstance(came, Reply):
        return problem_of(came.status, came.headers, came.content)
    kind = TimedOut if came.was_late else ConnectionFailed
    return kind(address, came.why, may_have_happened=changes and came.was_sent)


def is_in_doubt(came: Reply | Lost) -> bool:
    """Whether it may have been done although no answer says so."""
    return came.was_sent if isinstance(came, Lost) else came.status in UNDECIDED


def may_repeat(ask: Ask[Any], came: Reply | Lost, error: Exception) -> bool:
    """Whether the call may be sent again, and whether that may help."""
    if not ask.is_repeatable or (is_in_doubt(came) and ask.is_checked):
        return False
    if isinstance(came, Lost):
        return came.may_pass
    return came.status in WORTH_REPEATING or getattr(error, "code", "") == STILL_RUNNING


def answer_of(ask: Ask[T], reply: Reply) -> T:
    """The typed answer. `NotChanged` comes only where the call asked for it: the methods' signatures say so."""
    http = http_of(reply)
    if reply.status == 304:
        return cast("T", NotChanged(http))
    kind: Any = ask.answer
    if kind is nothing:
        return cast("T", None)
    if kind is str:
        return cast("T", reply.content.decode())
    data = read(reply)
    return cast("T", kind(data, http) if issubclass(kind, Record) else kind(data))


def nothing(*_: object) -> None:
    """The answer of a call that has none."""


def http_of(reply: Reply) -> Http:
    """What HTTP says beside the body."""
    said = reply.headers.get
    replayed = said("idempotent-replayed") == "true"
    return Http(reply.status, said("etag"), said("x-request-id"), said("location"), replayed)


def read(reply: Reply) -> Any:
    """The body as JSON; an answer that is none is a problem of whatever stands between us and the service."""
    try:
        return json.loads(reply.content)
    except ValueError:
        detail = "The answer is no JSON: does the address lead to the service?"
        raise Problem(reply.status, {"detail": detail}, reply.headers) from None
