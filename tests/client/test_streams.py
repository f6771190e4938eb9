"""Events are heard once each, in order, however often the connection breaks; and the end has its reason."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from peergroup.client import (
    AsyncPeergroup,
    ConnectionFailed,
    Forbidden,
    Gone,
    Peergroup,
    Retry,
    TimedOut,
    Unauthenticated,
)
from peergroup.client.answers import EventOut
from peergroup.client.asking import Ask
from peergroup.client.course import Lost
from peergroup.client.hearing import Hearing
from tests.client.conftest import threaded
from tests.client.flaky import FlakyWire
from tests.feed.listening import news
from tests.groups.factories import GroupOf, a_group, verb
from tests.world import World

QUICK = Retry(first=0.01, most=0.02, limit=5)
NEWS = [f"Focus {number}" for number in range(12)]


class Breaking(httpx.AsyncHTTPTransport):
    """Every stream breaks off after so many bytes, in the middle of whatever is being said."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after, self.connections = after, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if request.url.path != "/v1/events/stream":
            return response
        self.connections += 1
        return httpx.Response(
            response.status_code, headers=response.headers, stream=_Cut(response, self.after)
        )


class _Cut(httpx.AsyncByteStream):
    def __init__(self, response: httpx.Response, after: int) -> None:
        self._response, self._after = response, after

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._after
        async for chunk in self._response.aiter_raw():
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                raise httpx.ReadError("broken off")

    async def aclose(self) -> None:
        await self._response.aclose()


class BreakingWire(httpx.HTTPTransport):
    """The same for the client that waits."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after, self.connections = after, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if request.url.path != "/v1/events/stream":
            return response
        self.connections += 1
        return httpx.Response(
            response.status_code, headers=response.headers, stream=_CutWire(response, self.after)
        )


class _CutWire(httpx.SyncByteStream):
    def __init__(self, response: httpx.Response, after: int) -> None:
        self._response, self._after = response, after

    def __iter__(self) -> Iterator[bytes]:
        left = self._after
        for chunk in self._response.iter_raw():
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                raise httpx.ReadError("broken off")

    def close(self) -> None:
        self._response.close()


@pytest.fixture
async def group(world: World) -> GroupOf:
    return await a_group(world, members=1)


async def happen(group: GroupOf) -> str:
    """Let a dozen things happen; gives the id of what was last before them."""
    before = (await group.moderator.get("/events", params={"types": "group.*", "limit": 200})).json()["items"]
    for focus in NEWS:
        await news(group, focus)
    return str(before[-1]["id"])


@pytest.mark.parametrize("after", [700, 1_500, 100_000])
async def test_nothing_is_skipped_or_heard_twice_over_broken_connections(
    address: str, group: GroupOf, after: int
) -> None:
    last = await happen(group)
    transport = Breaking(after)
    async with httpx.AsyncClient(transport=transport) as http:
        client = AsyncPeergroup(address, token=group.members[0].token, http=http, retry=QUICK)
        stream = client.events.stream(after=last, types="group.*")
        heard = []
        async with asyncio.timeout(20):
            async for event in stream:
                heard.append(event)
                if len(heard) == len(NEWS):
                    break
        listed = [one async for one in client.events.list(after=last, types="group.*")]
    assert [one.id for one in heard] == [one.id for one in listed]
    assert stream.last_event_id == heard[-1].id
    assert (transport.connections > 2) == (after < 10_000)


@pytest.mark.parametrize("after", [700, 100_000])
async def test_the_waiting_client_goes_on_where_it_stopped(address: str, group: GroupOf, after: int) -> None:
    last = await happen(group)

    def listen() -> tuple[list[Any], list[Any], int]:
        transport = BreakingWire(after)
        with httpx.Client(transport=transport) as http:
            client = Peergroup(address, token=group.members[0].token, http=http, retry=QUICK)
            heard = []
            for event in client.events.stream(after=last, types="group.*"):
                heard.append(event.id)
                if len(heard) == len(NEWS):
                    break
            listed = [one.id for one in client.events.list(after=last, types="group.*")]
        return heard, listed, transport.connections

    heard, listed, connections = await threaded(listen)
    assert heard == listed
    assert (connections > 2) == (after < 10_000)


async def test_a_stream_ends_with_its_reason(address: str, group: GroupOf) -> None:
    ada = group.members[0]
    async with AsyncPeergroup(address, token=ada.token) as client:
        stream = client.events.stream(types="group.*,membership.*")
        heard: list[EventOut] = []

        async def listen() -> None:
            async for event in stream:
                heard.append(event)

        listening = asyncio.create_task(listen())
        while stream.last_event_id is None:  # noqa: ASYNC110 - a stream has no event to wait for
            await asyncio.sleep(0.01)
        await news(group)
        while not heard:  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.01)
        assert (await verb(ada, group, ada, "leave")).status_code == 200
        await asyncio.wait_for(listening, 5)
    assert stream.closed == "standing_ended"
    assert heard[0].type == "group.updated"
    assert "closed='standing_ended'" in repr(stream)


async def test_what_no_reconnecting_helps_against_is_raised(
    address: str, world: World, group: GroupOf
) -> None:
    async def first(token: str, **given: Any) -> None:
        async with AsyncPeergroup(address, token=token, retry=QUICK) as client:
            async for _ in client.events.stream(**given):
                return

    with pytest.raises(Unauthenticated):
        await first("pgk_nobody")
    with pytest.raises(Forbidden):
        await first((await world.service("people:read")).token)


def hearing(*, is_renewable: bool = False, retry: Retry = QUICK) -> Hearing[EventOut]:
    return Hearing(Ask("GET", "/", EventOut), None, retry, "http://x", is_renewable=is_renewable)


def test_an_event_counts_as_heard_when_it_is_complete() -> None:
    one = hearing()
    assert [
        one.take(line)
        for line in ("id: a", "event: group.updated", 'data: {"id": "a",', 'data: "type": "x"}')
    ] == [None] * 4
    assert one.last_event_id is None
    event = one.take("")
    assert event is not None
    assert (event.id, event.type, one.last_event_id) == ("a", "x", "a")
    one.take("id: b")
    assert one.connect().headers["Last-Event-ID"] == "a"
    assert one.take("") is None, "what was begun on the old connection is forgotten"


@pytest.mark.parametrize(
    ("reason", "closed"),
    [
        ("standing_ended", "standing_ended"),
        ("credential_ended", "credential_ended"),
        ("interrupted", None),
        ("too_slow", None),
    ],
)
def test_a_stream_comes_back_only_where_that_makes_sense(reason: str, closed: str | None) -> None:
    one = hearing()
    for line in ("event: closed", f'data: {{"reason":"{reason}"}}', ""):
        one.take(line)
    assert one.closed == closed


def test_a_device_whose_access_token_ended_renews_it_and_comes_back() -> None:
    one = hearing(is_renewable=True)
    for line in ("event: closed", 'data: {"reason":"credential_ended"}', ""):
        one.take(line)
    assert (one.closed, one.has_to_renew, one.break_off(None)) == (None, True, 0.0)


BROKEN = Lost("ReadTimeout", was_sent=True, was_late=True, may_pass=True)


def test_a_stream_that_was_silent_for_long_is_given_its_time_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: at)
    one = hearing()
    at = 3_600.0
    assert one.break_off(BROKEN) > 0
    at += QUICK.limit - 1
    assert one.break_off(BROKEN) > 0
    at += 2
    with pytest.raises(TimedOut):
        one.break_off(BROKEN)


def test_a_word_on_a_new_connection_ends_the_count_of_failures() -> None:
    one = hearing(retry=Retry(attempts=1))
    assert one.break_off(None) > 0
    one.take("")
    assert one.break_off(None) > 0
    with pytest.raises(ConnectionFailed, match="the stream ended"):
        one.break_off(None)


async def test_a_feed_that_does_not_reach_back_that_far_says_so(address: str, world: World) -> None:
    wire = FlakyWire(410)
    with httpx.Client(transport=wire) as http, pytest.raises(Gone):
        await threaded(list, Peergroup(address, token=world.owner.token, http=http).events.stream())
    assert len(wire.requests) == 1
