"""Asking a CRM that is slow, busy, down, or talks nonsense: for every kind of connector."""

import asyncio
import datetime as dt
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from peergroup.sync.sources import calling
from peergroup.sync.sources.connections import (
    HubSpotConnectionIn,
    Outside,
    SalesforceConnectionIn,
    TrytonConnectionIn,
    source_of,
)
from peergroup.sync.sources.patience import LONGEST_PAUSE, LONGEST_WAIT, instant, pause_asked
from peergroup.sync.sources.protocol import SourceError, SourceRecord
from tests.sync.fakes.vendor import BEGINNING

Given = HubSpotConnectionIn | SalesforceConnectionIn | TrytonConnectionIn
SECRETS = ("pat-secret", "consumer-secret", "tryton-secret", "00D-token")
HUBSPOT = HubSpotConnectionIn(kind="hubspot", access_token="pat-secret")
SALESFORCE = SalesforceConnectionIn(
    kind="salesforce",
    instance_url="https://acme.my.salesforce.com",
    client_id="3MVG9",
    client_secret="consumer-secret",
)
TRYTON = TrytonConnectionIn(
    kind="tryton", base_url="https://tryton.example.com", database="crm", key="tryton-secret"
)
EACH = pytest.mark.parametrize("given", [HUBSPOT, SALESFORCE, TRYTON], ids=lambda given: str(given.kind))
GOOD: dict[str, Any] = {
    "hubspot": {"results": []},
    "salesforce": {"records": [], "done": True},
    "tryton": [],
}


class Waiting:
    """A clock that goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = BEGINNING, list[float]()

    def clock(self) -> dt.datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += dt.timedelta(seconds=seconds)


async def fetched(
    given: Given, respond: Callable[[httpx.Request], httpx.Response], waiting: Waiting
) -> list[SourceRecord]:
    """All records, with every request answered so; a token is granted whenever one is asked for."""

    def answered(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return httpx.Response(200, json={"access_token": "00D-token"})
        return respond(request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answered)) as client:
        source = source_of(given, Outside(client, waiting.sleep, waiting.clock))
        return [record async for page in source.pages(None) for record in page.records]


async def refused(
    given: Given, respond: Callable[[httpx.Request], httpx.Response], waiting: Waiting
) -> SourceError:
    with pytest.raises(SourceError) as error:
        await fetched(given, respond, waiting)
    assert not [secret for secret in SECRETS if secret in repr(error.value) + error.value.detail]
    assert error.value.__cause__ is None
    assert error.value.__context__ is None or error.value.__suppress_context__
    return error.value


def after(
    troubles: list[httpx.Response | Exception], given: Given
) -> Callable[[httpx.Request], httpx.Response]:
    """These first, then empty pages."""
    left: Iterator[httpx.Response | Exception] = iter(troubles)

    def respond(_: httpx.Request) -> httpx.Response:
        trouble = next(left, None)
        if isinstance(trouble, Exception):
            raise trouble
        return trouble or httpx.Response(200, json=GOOD[given.kind])

    return respond


@EACH
async def test_failures_are_waited_out(given: Given) -> None:
    waiting = Waiting()
    troubles: list[httpx.Response | Exception] = [
        httpx.Response(500),
        httpx.Response(502, text="<html>Bad gateway</html>"),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("hung up"),
    ]
    assert await fetched(given, after(troubles, given), waiting) == []
    assert len(waiting.slept) == 5
    assert all(0.5 * 2**tries <= pause <= 1.5 * 2**tries for tries, pause in enumerate(waiting.slept, 1))


@EACH
@pytest.mark.parametrize("trouble", [httpx.ConnectError("key 7"), httpx.Response(503)], ids=["nobody", "503"])
async def test_whoever_never_answers_is_given_up(given: Given, trouble: httpx.Response | Exception) -> None:
    waiting = Waiting()
    error = await refused(given, after([trouble] * 50, given), waiting)
    assert error.kind == "unreachable"
    assert len(waiting.slept) == 5
    assert sum(waiting.slept) <= LONGEST_WAIT


@EACH
async def test_an_address_that_must_not_be_spoken_to_is_tried_once(given: Given) -> None:
    waiting = Waiting()
    error = await refused(given, after([httpx.TransportError("inside the walls")] * 50, given), waiting)
    assert (error.kind, waiting.slept) == ("closed", [])


async def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    waiting = Waiting()
    given = TrytonConnectionIn(kind="tryton", base_url=f"http://127.0.0.1:{port}", database="crm", key="k")
    async with httpx.AsyncClient() as client:
        source = source_of(given, Outside(client, waiting.sleep, waiting.clock))
        with pytest.raises(SourceError) as error:
            await anext(aiter(source.pages(None)))
    assert error.value.kind == "unreachable"


@EACH
@pytest.mark.parametrize(
    ("retry_after", "least"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("Fri, 20 Nov 2026 09:00:40 GMT", 40.0),
        ("Fri, 20 Nov 2020 09:00:40 GMT", 0.0),
    ],
)
async def test_the_pause_is_as_long_as_was_asked_for(given: Given, retry_after: str, least: float) -> None:
    waiting = Waiting()
    busy = httpx.Response(429, headers={"Retry-After": retry_after})
    await fetched(given, after([busy], given), waiting)
    assert least <= waiting.slept[0] <= least + 1


@EACH
async def test_a_date_to_wait_for_is_measured_by_the_clock_that_wrote_it(given: Given) -> None:
    waiting = Waiting()
    headers = {"Retry-After": "Sat, 01 Jan 2000 00:00:30 GMT", "Date": "Sat, 01 Jan 2000 00:00:00 GMT"}
    await fetched(given, after([httpx.Response(503, headers=headers)], given), waiting)
    assert 30 <= waiting.slept[0] <= 31


@EACH
@pytest.mark.parametrize("retry_after", ["200", "3600", "999999999", "Fri, 20 Nov 2026 11:00:00 GMT"])
async def test_nobody_waits_too_long(given: Given, retry_after: str) -> None:
    waiting = Waiting()
    busy = httpx.Response(429, headers={"Retry-After": retry_after})
    error = await refused(given, after([busy] * 9, given), waiting)
    assert (error.kind, waiting.slept) == ("throttled_too_long", [])
    assert error.retry_after is not None
    assert error.retry_after > LONGEST_PAUSE


@EACH
async def test_the_pauses_of_one_request_are_bounded_together(given: Given) -> None:
    waiting = Waiting()
    busy = httpx.Response(429, headers={"Retry-After": "110"})
    error = await refused(given, after([busy] * 9, given), waiting)
    assert error.kind == "throttled_too_long"
    assert sum(waiting.slept) <= LONGEST_WAIT


@pytest.mark.parametrize("text", ["", "soon", "-5", "1e9", "٣", "Fri, 99 Nov 2026", "9" * 400, "\x00"])
def test_a_retry_after_that_says_nothing_is_none(text: str) -> None:
    assert pause_asked(text, BEGINNING) is None
    assert instant(None) is None


@EACH
@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><title>Sign in</title>",
        b"",
        b'{"results": [{"id": "1"',
        b'{"records": [{"Id": "003"}, ',
        b"null",
        b"true",
        b'"text"',
        b"[1, 2]",
        b"[[]]",
        b"{}",
        b'{"results": {}, "records": {}, "done": true}',
        b'{"results": [7], "records": [7], "done": true}',
        b'{"results": [{}], "records": [{}], "done": true}',
        b'{"results": [{"id": 5, "properties": {}}], "records": [{"Id": 5, "IsDeleted": false}], "done": true}',
        b'[{"id": "1", "active": true, "contact_mechanisms": []}]',
        b'[{"id": 1, "active": "yes", "contact_mechanisms": []}]',
        b'[{"id": 1, "active": true, "contact_mechanisms": 3}]',
        b'[{"id": 2, "active": false}, {"id": 1, "active": false}]',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"NaN",
        b'{"results": [{"id": "1", "properties": {"email": NaN}}], "records": [{"Id": NaN}], "done": true}',
    ],
    ids=lambda content: str(content[:40]),
)
async def test_nonsense_ends_the_walk_with_what_was_expected(given: Given, content: bytes) -> None:
    waiting = Waiting()
    error = await refused(given, lambda _: httpx.Response(200, content=content), waiting)
    assert (error.kind, waiting.slept) == ("contract_broken", [])
    assert error.detail.startswith("Expected ")


@EACH
@pytest.mark.parametrize("status", [204, 301, 302, 400, 404, 410, 414])
async def test_no_other_answer_is_followed_or_taken(given: Given, status: int) -> None:
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(status, json=GOOD[given.kind], headers={"Location": "https://evil.example/"})

    error = await refused(given, respond, Waiting())
    assert error.kind == "contract_broken"
    assert str(status) in error.detail
    assert len(asked) == 1


@EACH
async def test_what_the_crm_writes_about_people_is_in_no_error(given: Given) -> None:
    words = {"message": "ada@example.com is odd", "errorCode": "Ada Lovelace", "category": "ada@example.com"}
    for body in (words, [words]):
        error = await refused(given, lambda _, body=body: httpx.Response(400, json=body), Waiting())
        assert "ada" not in error.detail.casefold()


@EACH
async def test_an_answer_without_end_is_left(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "LONGEST_ANSWER", 100_000)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield b" " * 65_536

    error = await refused(given, lambda _: httpx.Response(200, content=endless()), Waiting())
    assert error.kind == "contract_broken"
    assert sent <= 5 * 65_536


@EACH
async def test_an_answer_that_drips_is_given_up(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "SECONDS", 0.02)

    async def dripping() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.005)

    error = await refused(given, lambda _: httpx.Response(200, content=dripping()), Waiting())
    assert error.kind == "unreachable"


@EACH
async def test_who_has_no_right_is_told_at_once(given: Given) -> None:
    waiting = Waiting()
    error = await refused(given, lambda _: httpx.Response(403, json={"category": "MISSING_SCOPES"}), waiting)
    assert (error.kind, waiting.slept) == ("unauthorized", [])
    assert "MISSING_SCOPES" in error.detail


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ü", 7, None, "x" * 5_000])
async def test_a_token_that_cannot_stand_in_a_header_is_none(token: object) -> None:
    waiting = Waiting()

    def granted(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=json.dumps({"access_token": token}).encode())

    async with httpx.AsyncClient(transport=httpx.MockTransport(granted)) as client:
        source = source_of(SALESFORCE, Outside(client, waiting.sleep, waiting.clock))
        with pytest.raises(SourceError) as error:
            await anext(aiter(source.pages(None)))
    assert error.value.kind == "contract_broken"
