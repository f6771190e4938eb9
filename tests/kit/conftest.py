"""The application with the toys in it, and what tests of the mechanisms look at."""

from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from peergroup import app as composition
from peergroup.kit.context import House
from peergroup.kit.events import Event
from peergroup.people.models import Company
from tests.kit import toys
from tests.world import Actor, World, a_client, a_world

_numbers = count(1)


@pytest.fixture(autouse=True)
def with_toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every application that is built here has the room of toys."""
    monkeypatch.setattr(composition, "ROOMS", [*composition.ROOMS, toys.room])


@pytest.fixture
async def client(house: House, with_toys: None) -> AsyncIterator[httpx.AsyncClient]:
    async with a_client(house) as speaking:
        yield speaking


@pytest.fixture
async def world(house: House, client: httpx.AsyncClient) -> World:
    return await a_world(house, client)


@pytest.fixture
def player(world: World) -> Actor:
    return world.owner


@pytest.fixture
def a_name() -> Callable[[], str]:
    """A name that no toy has yet."""
    return lambda: f"Toy {next(_numbers)}"


async def toys_of(world: World) -> int:
    """How many toys are stored."""
    async with world.acting() as ctx:
        return int(await ctx.db.scalar(select(func.count()).select_from(Company)) or 0)


async def events_of(world: World, type_: str = "toy.made") -> list[Any]:
    """The events of this type, in order."""
    async with world.acting() as ctx:
        query = select(Event.sequence, Event.facts).where(Event.type == type_).order_by(Event.sequence)
        return list((await ctx.db.execute(query)).all())
