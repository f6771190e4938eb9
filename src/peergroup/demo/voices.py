"""People of a made-up organization, speaking to the service over its own contract, in this process."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from peergroup.access import credentials
from peergroup.kit.context import House


class Refused(RuntimeError):
    """A step of the story was refused: the story and the service do not agree."""


class StoryClock:
    """The house's clock while a story is told: stands still until the story moves on."""

    def __init__(self, start: dt.datetime) -> None:
        self.at = start

    def __call__(self) -> dt.datetime:
        # Each look is a moment later, so that what happens one after the other is so in time as well.
        self.at += dt.timedelta(milliseconds=1)
        return self.at


@dataclass(frozen=True)
class Voice:
    """Somebody with a key. Paths are those of the contract, without `/v1`."""

    client: httpx.AsyncClient
    token: str
    person_id: UUID | None = None
    name: str = ""

    async def call(self, method: str, path: str, body: Any = None, **given: Any) -> Any:
        """The answer's body; `Refused` if it was not a success."""
        headers = {"Authorization": f"Bearer {self.token}"} | given.pop("headers", {})
        if body is not None:
            given["json"] = body
        answer = await self.client.request(method, f"/v1{path}", headers=headers, **given)
        if answer.status_code >= 400:
            raise Refused(f"{self.name}: {method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None

    async def get(self, path: str) -> Any:
        return await self.call("GET", path)

    async def post(self, path: str, body: Any = None) -> Any:
        return await self.call("POST", path, body)

    async def put(self, path: str, body: Any = None, **given: Any) -> Any:
        return await self.call("PUT", path, body, **given)

    async def patch(self, path: str, body: Any) -> Any:
        return await self.call("PATCH", path, body)


@asynccontextmanager
async def stage(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client that speaks to the application in this process."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://peergroup.invalid") as client:
        yield client


async def voice_of(
    house: House, client: httpx.AsyncClient, organization: UUID, person_id: UUID, name: str
) -> Voice:
    """A person's voice: a personal key without an end, as only the operator's machine makes it for somebody else."""
    async with house.acting(house.system(organization)) as ctx:
        _, token = await credentials.issue(ctx, "key", person_id=person_id, name="seed")
    return Voice(client, token, person_id, name)


async def service_voice(
    house: House, client: httpx.AsyncClient, organization: UUID, name: str, scopes: list[str]
) -> Voice:
    """A service key's voice."""
    async with house.acting(house.system(organization)) as ctx:
        _, token = await credentials.issue(ctx, "service", name=name, scopes=scopes)
    return Voice(client, token, None, name)
