"""Fixtures: one loop, both databases, a fresh organization for every test."""

import datetime as dt
import faulthandler
import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from peergroup.kit import time
from peergroup.kit.context import House
from peergroup.webhooks.sending import Sender
from tests.databases import built_database, stop_servers, without_waiting_for_the_disk
from tests.installed import Installed, install
from tests.matrix.consulted import every_policy_is_consulted
from tests.matrix.stage import stage
from tests.scale import FULL
from tests.world import World, a_client, a_house, a_world, application

__all__ = ["every_policy_is_consulted", "stage"]


def pytest_runtest_setup() -> None:
    """At full scale a test may last as long as it likes; else one that never ends would hold up everything."""
    if FULL:
        faulthandler.cancel_dump_traceback_later()


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it again and again was a tenth of the time."""
    gc.collect()
    gc.freeze()


class Clock:
    """The house's clock in tests: the real time, moved by what a test says."""

    def __init__(self) -> None:
        self.offset = dt.timedelta()

    def __call__(self) -> dt.datetime:
        return time.now() + self.offset

    def forward(self, **step: float) -> None:
        """Move on by days, hours, minutes…"""
        self.offset += dt.timedelta(**step)


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The loop that the service runs on."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("databases")
    stop_servers()


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The service as it is installed, for tests that run it in processes of its own."""
    return install(tmp_path_factory.mktemp("installed"))


async def nobody(_host: str, _port: int) -> list[str]:
    """Tests know no names of the internet."""
    raise OSError("not in tests")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
async def house(request: pytest.FixtureRequest, folder: Path, anyio_backend: object) -> AsyncIterator[House]:
    """The composition on one of the two databases; every test that uses it runs on both."""
    async with built_database(request.param, folder, "house") as settings:
        built = a_house(settings)
        built.sender = Sender(built, resolve=nobody)
        if request.param == "sqlite":
            without_waiting_for_the_disk(built)
        yield built
        await built.database.close()


@pytest.fixture
def clock(house: House) -> Iterator[Clock]:
    """A clock that the test may move; it goes back to real time afterwards."""
    before = house.clock
    moved = Clock()
    house.clock = moved
    yield moved
    house.clock = before


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with a_client(house) as speaking:
        yield speaking


@pytest.fixture
async def ordinary(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """The same house, every route taking the ordinary way."""
    transport = httpx.ASGITransport(application(house, hot=False), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://peergroup.test") as client:
        yield client


@pytest.fixture
async def world(house: House, client: httpx.AsyncClient) -> World:
    """A fresh organization with its owner."""
    return await a_world(house, client)
