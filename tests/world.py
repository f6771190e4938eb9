"""Factories: plain functions that make what a test needs, and actors who speak HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from peergroup import app as composition
from peergroup.access import credentials
from peergroup.kit import time
from peergroup.kit.context import Context, House, Principal
from peergroup.kit.ids import new_id
from peergroup.kit.settings import Settings
from peergroup.organizations import actions as organizations
from peergroup.people.models import Person
from peergroup.sync.sources.connections import Outside

_numbers = count(1)


@dataclass
class Actor:
    """Somebody with a token: `await ada.get("/groups")` speaks to `/v1` in their name."""

    client: httpx.AsyncClient
    token: str
    person_id: UUID | None = None
    name: str = ""

    async def call(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | dict(given.pop("headers", {}) or {})
        address = path if path.startswith(("/v1", "http", "/scim")) else f"/v1{path}"
        return await self.client.request(method, address, headers=headers, **given)

    async def get(self, path: str, **given: Any) -> httpx.Response:
        return await self.call("GET", path, **given)

    async def post(self, path: str, json: Any = None, **given: Any) -> httpx.Response:
        return (
            await self.call("POST", path, json=json, **given)
            if json is not None
            else await self.call("POST", path, **given)
        )

    async def put(self, path: str, json: Any = None, **given: Any) -> httpx.Response:
        return await self.call("PUT", path, **({"json": json} if json is not None else {}), **given)

    async def patch(self, path: str, json: Any, **given: Any) -> httpx.Response:
        return await self.call("PATCH", path, json=json, **given)

    async def delete(self, path: str, **given: Any) -> httpx.Response:
        return await self.call("DELETE", path, **given)


@dataclass
class World:
    """One organization with its owner, on one database."""

    house: House
    client: httpx.AsyncClient
    organization_id: UUID
    owner: Actor = field(init=False)

    def acting(self, principal: Principal | None = None) -> Any:
        """A transaction of the system (or of `principal`) in this organization."""
        return self.house.acting(principal or self.house.system(self.organization_id))

    async def person(
        self,
        name: str | None = None,
        *,
        role: str | None = None,
        scopes: list[str] | None = None,
        **columns: Any,
    ) -> Actor:
        """A person with a personal key."""
        name = name or f"Person {next(_numbers)}"
        async with self.acting() as ctx:
            person_id = await _add_person(ctx, name, role, columns)
            _, token = await credentials.issue(ctx, "key", person_id=person_id, scopes=scopes)
        return Actor(self.client, token, person_id, name)

    async def service(self, *scopes: str) -> Actor:
        """A service key with these scopes."""
        async with self.acting() as ctx:
            _, token = await credentials.issue(ctx, "service", name="integration", scopes=list(scopes))
        return Actor(self.client, token, None, "integration")


async def _add_person(ctx: Context, name: str, role: str | None, columns: dict[str, Any]) -> UUID:
    person = Person(name=name, organization_role=role, created_at=ctx.now, updated_at=ctx.now, **columns)
    ctx.db.add(person)
    await ctx.db.flush()
    return person.id


async def a_world(house: House, client: httpx.AsyncClient, name: str = "Fjord Founders") -> World:
    """A new organization with an owner."""
    world = World(house, client, new_id())
    async with world.acting() as ctx:
        await organizations.found(ctx, name=name)
    world.owner = await world.person(
        "Olivia Owner",
        role="owner",
        email=f"owner{next(_numbers)}@example.com",
        email_folded=f"owner{next(_numbers)}@example.com",
    )
    return world


@asynccontextmanager
async def nobody_outside() -> AsyncIterator[Outside]:
    """Where a CRM would be: nobody answers, and nobody waits for that."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody is there", request=request)

    async def pass_at_once(_seconds: float) -> None:
        return

    async with httpx.AsyncClient(transport=httpx.MockTransport(refuse)) as client:
        yield Outside(client, pass_at_once, time.now)


def a_house(settings: Settings) -> House:
    """A process of the service. What tests have it speak to listens on loopback, behind its walls otherwise.

    Connections that other tests have left behind reach nobody: a clock that is moved would wake them all.
    """
    loopback = [ip_network("127.0.0.0/8")]
    house = composition.build_house(settings.model_copy(update={"outgoing_allow": loopback}))
    house.outside = nobody_outside
    return house


def a_client(house: House) -> httpx.AsyncClient:
    """A client that speaks to the application in this process."""
    transport = httpx.ASGITransport(application(house), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://peergroup.test")


def application(house: House, **more: Any) -> FastAPI:
    """The application of a house, built once for each way to build it: that costs more than most tests."""
    way = (*sorted(more.items()), *(id(room) for room in composition.ROOMS))
    built: dict[Any, FastAPI] = vars(house).setdefault("applications_of_the_tests", {})
    if way not in built:
        built[way] = composition.create_app(house=house, **more)
    return built[way]
