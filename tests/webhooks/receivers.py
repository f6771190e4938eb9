"""Real receivers on loopback: they keep what they get, verify it as a stranger would, and answer as they are told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook


@dataclass
class Received:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def message_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> Any:
        return json.loads(self.body)

    def verified(self, secret: str) -> Any:
        """What it says, if the signature is right; raises otherwise."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """Answers `status`, or what `plan` says for the next requests; `hangs` until it is set free."""

    port: int = 0
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    plan: list[int] = field(default_factory=list)
    hangs: asyncio.Event | None = None
    seconds: float = 0.0
    got: list[Received] = field(default_factory=list)
    most_at_once: int = 0
    open: set[asyncio.StreamWriter] = field(default_factory=set)
    _now: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def types(self) -> list[str]:
        """The types of the events, in the order in which they happened."""
        return [
            one["type"] for one in sorted((r.said for r in self.got), key=lambda one: str(one["timestamp"]))
        ]

    def answer(self, _got: Received) -> int:
        """The status that this request is answered with."""
        return self.plan.pop(0) if self.plan else self.status

    async def receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as many requests as come."""
        self.open.add(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {
                    name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self._now += 1
                self.most_at_once = max(self.most_at_once, self._now)
                got = Received(head[0].split(" ")[1], headers, body)
                self.got.append(got)
                await asyncio.sleep(self.seconds)
                if self.hangs is not None:
                    await self.hangs.wait()
                self._now -= 1
                status = self.answer(got)
                more = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
                writer.write(f"HTTP/1.1 {status} Said\r\n{more}Content-Length: 0\r\n\r\n".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open.discard(writer)
            writer.close()


@asynccontextmanager
async def a_receiver(receiver: Receiver | None = None, **given: Any) -> AsyncIterator[Receiver]:
    """A receiver that listens as long as the block lasts."""
    receiver = receiver or Receiver(**given)
    server = await asyncio.start_server(receiver.receive, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        if receiver.hangs is not None:
            receiver.hangs.set()
        server.close()
        for writer in list(receiver.open):
            writer.close()
