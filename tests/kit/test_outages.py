"""A database that does not answer: clients are asked to come again, whatever it is that is wrong with it."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from peergroup.access.tokens import mint
from peergroup.app import build_house
from peergroup.kit.ids import new_id
from tests.databases import settings_for
from tests.servers import free_port
from tests.world import a_client

Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def _somebody_answers(speak: Speak) -> AsyncIterator[str]:
    """The address of something that is no database."""
    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql://peergroup@127.0.0.1:{port}/peergroup"


def _saying(sqlstate: str) -> Speak:
    """A server that refuses every connection with this code, in PostgreSQL's own words."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            (length,) = struct.unpack("!i", await reader.readexactly(4))
            (code,) = struct.unpack("!i", (await reader.readexactly(length - 4))[:4])
            if code != 80877103:  # a question for TLS comes first
                break
            writer.write(b"N")
        fields = f"SFATAL\0VFATAL\0C{sqlstate}\0Mnot now\0\0".encode()
        writer.write(b"E" + struct.pack("!i", len(fields) + 4) + fields)
        await writer.drain()
        writer.close()

    return speak


async def _hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _asked(url: str) -> list[httpx.Response]:
    """What somebody with a token, and somebody who signs in, is answered: reading, hot reading, writing."""
    house = build_house(settings_for(url))
    token, _ = mint("key", new_id())
    headers = {"Authorization": f"Bearer {token}"}
    async with a_client(house) as client:
        answers = [
            await client.get("/v1/me", headers=headers),
            await client.get(f"/v1/challenges/{new_id()}", headers=headers),
            await client.post("/v1/people", json={"name": "Ada"}, headers=headers),
            await client.post("/v1/sign-in", json={"email": "ada@example.com"}),
        ]
    await house.database.close()
    return answers


async def _puts_everybody_off(url: str) -> None:
    for answer in await _asked(url):
        assert answer.status_code == 503, (str(answer.request.url), answer.text)
        assert int(answer.headers["retry-after"]) > 0
        assert answer.json()["code"] == "busy"


@pytest.mark.parametrize(
    "sqlstate", ["57P03", "53300", "57P01"], ids=["starting up", "too many clients", "shutting down"]
)
async def test_a_database_that_takes_nobody_in_now_puts_clients_off(sqlstate: str) -> None:
    async with _somebody_answers(_saying(sqlstate)) as url:
        await _puts_everybody_off(url)


async def test_a_database_that_hangs_up_puts_clients_off() -> None:
    async with _somebody_answers(_hang_up) as url:
        await _puts_everybody_off(url)


async def test_a_database_that_is_not_running_puts_clients_off(tmp_path: Path) -> None:
    await _puts_everybody_off(f"postgresql://peergroup@127.0.0.1:{free_port()}/peergroup")
    await _puts_everybody_off(f"postgresql://peergroup@/peergroup?host={tmp_path}")


async def test_a_database_whose_host_has_no_address_puts_clients_off() -> None:
    await _puts_everybody_off("postgresql://peergroup@database.invalid:5432/peergroup")
