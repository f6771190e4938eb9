"""A canary on loopback: it answers whoever connects, and counts them."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b\r\n\r\nok"


@dataclass
class Canary:
    """What it has seen, and what it says to everybody."""

    port: int = 0
    connections: int = 0
    answer: bytes = ANSWER
    heard: list[bytes] = field(default_factory=list)

    async def sing(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as many requests as come."""
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.heard.append(head)
                writer.write(self.answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def a_canary(secured: ssl.SSLContext | None = None) -> AsyncIterator[Canary]:
    """It sits on the same port of both loopback addresses."""
    canary = Canary()
    first = await asyncio.start_server(canary.sing, "127.0.0.1", 0, ssl=secured)
    canary.port = first.sockets[0].getsockname()[1]
    servers = [first]
    with suppress(OSError):  # a machine without IPv6 cannot be reached there either
        servers.append(await asyncio.start_server(canary.sing, "::1", canary.port, ssl=secured))
    try:
        yield canary
    finally:
        for server in servers:
            server.close()
