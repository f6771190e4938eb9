"""Connections break and services are busy: nothing is lost, and nothing is done twice."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from peergroup.client import (
    AsyncPeergroup,
    Busy,
    ConnectionFailed,
    NotFound,
    Peergroup,
    Problem,
    RateLimited,
    Retry,
    ServiceFailed,
    Stale,
    TimedOut,
)
from peergroup.client.retrying import Retry as Patience
from peergroup.kit.context import House
from tests.client.conftest import threaded
from tests.client.flaky import DROP, LATE, PASS, REFUSE, Flaky, FlakyWire, names
from tests.world import World

QUICK = Retry(first=0.001, most=0.002)


@asynccontextmanager
async def over(flaky: Flaky, world: World, retry: Retry = QUICK) -> AsyncIterator[AsyncPeergroup]:
    """The asynchronous client over such a connection."""
    async with httpx.AsyncClient(transport=flaky) as http:
        yield AsyncPeergroup("http://peergroup.test", token=world.owner.token, retry=retry, http=http)


@pytest.mark.parametrize("how", [DROP, LATE, REFUSE, 409, 429, 502, 503, 504])
async def test_a_post_is_repeated_with_its_key_and_done_once(
    house: House, world: World, how: str | int
) -> None:
    name = f"Once {uuid4()}"
    flaky = Flaky(house, how, how)
    async with over(flaky, world) as client:
        made = await client.companies.create(name=name)
        assert len(flaky.requests) == 3
        assert len(flaky.sent_keys()) == 1
        assert None not in flaky.sent_keys()
        assert made.http is not None
        assert made.http.replayed == (how in (DROP, LATE))
        assert names([one async for one in client.companies.list(q=name)]) == [name]


@pytest.mark.parametrize("how", [DROP, REFUSE, 503])
async def test_the_waiting_client_repeats_in_the_same_way(address: str, world: World, how: str | int) -> None:
    name = f"Once {uuid4()}"
    wire = FlakyWire(how, how)
    with httpx.Client(transport=wire) as http:
        client = Peergroup(address, token=world.owner.token, retry=QUICK, http=http)
        await threaded(client.companies.create, name=name)
        assert (len(wire.requests), len(wire.sent_keys())) == (3, 1)
        assert names(await threaded(lambda: list(client.companies.list(q=name)))) == [name]


async def test_two_calls_have_two_keys_and_a_key_of_ones_own_is_kept(house: House, world: World) -> None:
    flaky = Flaky(house)
    async with over(flaky, world) as client:
        await client.companies.create(name=f"One {uuid4()}")
        await client.companies.create(name=f"Two {uuid4()}")
        assert len(flaky.sent_keys()) == 2
        name, key = f"Three {uuid4()}", str(uuid4())
        first = await client.companies.create(name=name, idempotency_key=key)
        again = await client.companies.create(name=name, idempotency_key=key)
        assert (key in flaky.sent_keys(), first.id, again.http and again.http.replayed) == (
            True,
            again.id,
            True,
        )


async def test_what_only_reads_is_repeated(house: House, world: World) -> None:
    async with over(Flaky(house, DROP, REFUSE, 503), world) as client:
        assert (await client.me.get()).organization is not None
    flaky = Flaky(house)
    async with over(flaky, world) as client:
        await client.me.get()
    assert flaky.requests[0].headers["User-Agent"].startswith("peergroup-python/"), "operators see who asks"


async def test_signing_in_is_not_repeated(house: House, world: World) -> None:
    flaky = Flaky(house, DROP)
    async with over(flaky, world) as client:
        with pytest.raises(ConnectionFailed) as caught:
            await client.access.request_sign_in(email="ada@example.com")
        assert (len(flaky.requests), caught.value.may_have_happened) == (1, True)


async def test_an_upload_is_not_repeated(house: House, world: World) -> None:
    async with over(Flaky(house), world) as client:
        run = await client.synchronization.create_sync_run(source="crm")
    flaky = Flaky(house, 503)
    async with over(flaky, world) as client:
        with pytest.raises(Busy):
            await client.synchronization.upload_sync_records(run.id, iter([b"a,b\n"]))
    assert len(flaky.requests) == 1


async def test_a_checked_change_whose_answer_was_lost_is_left_to_the_caller(
    house: House, world: World
) -> None:
    async with over(Flaky(house), world) as client:
        company = await client.companies.create(name=f"Checked {uuid4()}")
    flaky = Flaky(house, DROP)
    async with over(flaky, world) as client:
        with pytest.raises(ConnectionFailed, match="may have been done"):
            await client.companies.update(company.id, name=f"Changed {uuid4()}", if_match=company)
        assert len(flaky.requests) == 1
        with pytest.raises(Stale):  # it was done
            await client.companies.update(company.id, name=company.name, if_match=company)


async def test_what_is_gone_after_a_lost_answer_was_deleted(house: House, world: World) -> None:
    async with over(Flaky(house), world) as client:
        key = await client.me.create_key(name="Script", scopes=["groups:read"])
    async with over(Flaky(house, DROP), world) as client:
        assert await client.me.revoke_key(key.id) is None
    async with over(Flaky(house), world) as client:
        with pytest.raises(NotFound):
            await client.me.revoke_key(str(uuid4()))


async def test_a_key_whose_answer_was_lost_comes_without_its_secret_and_says_so(
    house: House, world: World
) -> None:
    async with over(Flaky(house, DROP), world) as client:
        key = await client.me.create_key(name="Script", scopes=["groups:read"])
        assert (key.secret, key.http and key.http.replayed) == (None, True)
        assert [one.id async for one in client.me.list_keys() if one.name == "Script"] == [key.id]


async def test_a_refusal_is_not_repeated(house: House, world: World) -> None:
    flaky = Flaky(house, PASS)
    async with over(flaky, world) as client:
        with pytest.raises(NotFound):
            await client.groups.get(uuid4())
    assert len(flaky.requests) == 1


@pytest.mark.parametrize(
    ("how", "raised"),
    [(DROP, ConnectionFailed), (LATE, TimedOut), (429, RateLimited), (503, Busy), (502, ServiceFailed)],
)
async def test_patience_ends(house: House, world: World, how: str | int, raised: type[Exception]) -> None:
    flaky = Flaky(house, *[how] * 10)
    async with over(flaky, world) as client:
        with pytest.raises(raised):
            await client.me.get()
    assert len(flaky.requests) == QUICK.attempts


async def test_retry_after_is_waited_for_unless_it_is_longer_than_the_limit(
    house: House, world: World
) -> None:
    begun = time.monotonic()
    async with over(Flaky(house, 503, retry_after="0.3"), world) as client:
        await client.me.get()
    assert 0.3 <= time.monotonic() - begun < 3
    flaky = Flaky(house, 429, retry_after="3600")
    async with over(flaky, world) as client:
        with pytest.raises(RateLimited) as caught:
            await client.me.get()
    assert (caught.value.retry_after, len(flaky.requests)) == (3600, 1)


def test_waits_grow_up_to_the_most_and_end_at_the_limit() -> None:
    patience = Patience(attempts=100, limit=10, first=1, most=4)
    waits: list[Any] = [patience.wait(attempt, 0) for attempt in range(1, 6)]
    for wait, most in zip(waits, (1, 2, 4, 4, 4), strict=True):
        assert most / 2 <= wait <= most
    assert patience.wait(1, 9.9) is None
    assert patience.wait(100, 0) is None
    assert len({patience.wait(3, 0) for _ in range(10)}) > 1, "not everybody comes back at the same moment"


async def test_an_address_that_does_not_answer_is_named_without_its_password() -> None:
    client = Peergroup("http://ada:hunter2@127.0.0.1:9/", token="pgk_hidden", retry=Retry(attempts=1))
    with pytest.raises(ConnectionFailed, match=r"^http://127\.0\.0\.1:9 does not answer") as caught:
        client.me.get()
    assert not isinstance(caught.value, Problem)
    assert "hunter2" not in repr(caught.value) + repr(client)
