"""Listening to the stream through a real server on the loopback interface."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn

from peergroup.app import create_app
from peergroup.kit.context import House
from tests.groups.factories import GroupOf
from tests.world import Actor


@dataclass
class Heard:
    """What came through one stream, block by block."""

    response: httpx.Response
    blocks: asyncio.Queue[dict[str, str] | None] = field(default_factory=asyncio.Queue)

    async def block(self, seconds: float = 3) -> dict[str, str] | None:
        """The next block; None where the stream has ended."""
        return await asyncio.wait_for(self.blocks.get(), seconds)

    async def event(self, seconds: float = 3) -> dict[str, Any]:
        """The next event: its id and type as the stream has them, and its data."""
        while (found := await self.block(seconds)) is not None:
            if "data" in found:
                return {"sent_id": found.get("id"), "sent_as": found["event"]} | json.loads(found["data"])
        raise EOFError("the stream has ended")

    async def types(self, count: int, seconds: float = 3) -> list[str]:
        return [(await self.event(seconds))["type"] for _ in range(count)]

    async def silence(self, seconds: float = 1.2) -> None:
        """Nothing comes for a while."""
        try:
            found = await self.event(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"heard {found}")

    async def reason(self, seconds: float = 3) -> str:
        """Why the stream ended."""
        while True:
            found = await self.event(seconds)
            if found["sent_as"] == "closed":
                assert await self.block() is None
                return str(found["reason"])


async def _collect(heard: Heard) -> None:
    block: dict[str, str] = {}
    async for line in heard.response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            block[name] = value
        else:
            heard.blocks.put_nowait(block)
            block = {}
    heard.blocks.put_nowait(None)


@asynccontextmanager
async def listening(
    address: str, actor: Actor, query: str = "", last_event_id: str | None = None
) -> AsyncIterator[Heard]:
    """An open stream, opening block already read."""
    headers = {"Authorization": f"Bearer {actor.token}"}
    if last_event_id is not None:
        headers["Last-Event-ID"] = last_event_id
    async with (
        httpx.AsyncClient(base_url=address, timeout=30, verify=False) as client,
        client.stream("GET", f"/v1/events/stream{query}", headers=headers) as response,
    ):
        assert response.status_code == 200, await response.aread()
        heard = Heard(response)
        collecting = asyncio.create_task(_collect(heard))
        try:
            opening = await heard.block()
            assert opening is not None
            assert len(opening["id"]) == 22
            yield heard
        finally:
            collecting.cancel()


@dataclass
class NotReading:
    """A stream whose reader takes nothing until the end."""

    connection: socket.socket

    async def to_the_end(self, seconds: float = 5) -> bytes:
        """Everything that was sent, until the stream or the connection ends."""
        loop, found = asyncio.get_running_loop(), b""
        async with asyncio.timeout(seconds):
            while not found.endswith(b"0\r\n\r\n"):
                more = await loop.sock_recv(self.connection, 65_536)
                if not more:
                    break
                found += more
        return found


@asynccontextmanager
async def not_reading(address: str, actor: Actor) -> AsyncIterator[NotReading]:
    """A stream that was asked for, over a connection that holds little."""
    host, _, port = address.removeprefix("http://").partition(":")
    asked = f"GET /v1/events/stream HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {actor.token}\r\n\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(connection, (host, int(port)))
        await loop.sock_sendall(connection, asked.encode())
        while b": listening" not in await loop.sock_recv(connection, 4_096):
            pass
        yield NotReading(connection)


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[str]:
    """A real server in this process; gives its address."""
    app = create_app(house=house)
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=2
        )
    )
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.01)
    for listening in server.servers[0].sockets:  # those of the connections have it from there
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    before, house.wake = house.wake, app.state.live.wake
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        house.wake = before
        app.state.live.close()
        server.should_exit = True
        await running


async def news(group: GroupOf, focus: str = "Hiring") -> None:
    """Something that everybody in the group may hear."""
    answer = await group.moderator.patch(f"/groups/{group.id}", {"focus": focus})
    assert answer.status_code == 200


@asynccontextmanager
async def trusted(address: str, group: GroupOf, who: Actor) -> AsyncIterator[Heard]:
    """Somebody who has heard something already: whoever listens for a while is trusted for a while."""
    async with listening(address, who) as heard:
        await news(group)
        assert await heard.types(1) == ["group.updated"]
        yield heard
