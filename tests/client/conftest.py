"""The clients against the running service: the asynchronous one in this process, the other over a real port."""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio.to_thread
import pytest

from peergroup.client import AsyncPeergroup, Peergroup
from peergroup.kit.context import House
from tests.feed.listening import serving
from tests.world import World, a_client

T = TypeVar("T")


@pytest.fixture(scope="session")
async def address(house: House) -> AsyncIterator[str]:
    """The service on a real port."""
    async with serving(house) as found:
        yield found


@asynccontextmanager
async def in_process(house: House, **given: Any) -> AsyncIterator[AsyncPeergroup]:
    """The asynchronous client, speaking to the application in this process."""
    async with a_client(house) as http:
        yield AsyncPeergroup("http://peergroup.test", http=http, **given)


@pytest.fixture
async def asked(house: House, world: World) -> AsyncIterator[AsyncPeergroup]:
    """The asynchronous client in the name of the world's owner."""
    async with in_process(house, token=world.owner.token) as client:
        yield client


@pytest.fixture
def waiting(address: str, world: World) -> Iterator[Peergroup]:
    """The synchronous client in the name of the world's owner."""
    with Peergroup(address, token=world.owner.token) as client:
        yield client


async def threaded(ask: Callable[..., T], *given: Any, **named: Any) -> T:
    """What a synchronous call gives, made in a thread: the service answers in this one."""
    return await anyio.to_thread.run_sync(functools.partial(ask, *given, **named))


Both = Callable[[Callable[[Any], Any]], Awaitable[list[Any]]]


@pytest.fixture
def both(asked: AsyncPeergroup, waiting: Peergroup) -> Both:
    """Let both clients make the same call: `await both(lambda client: client.groups.list())`."""

    async def let_both(ask: Callable[[Any], Any]) -> list[Any]:
        return [await ask(asked), await threaded(ask, waiting)]

    return let_both
