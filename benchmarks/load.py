"""The load: a fixed number of connections that each send the next request when the last one is answered."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

CONNECTIONS = 16


@dataclass
class Load:
    """What came of one round."""

    answered: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    refusal: bytes = b""


class Speaker(asyncio.Protocol):
    """One connection. It reads status and length of an answer and nothing else."""

    def __init__(self, requests: Iterator[bytes], until: float, load: Load) -> None:
        self.requests, self.until, self.load = requests, until, load
        self.buffer, self.began = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        """Send the next request, or stop."""
        self.began = time.perf_counter()
        request = next(self.requests, None) if self.began < self.until else None
        if request is None:
            self.transport.close()
            return
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self.load.answered += 1
        if head[9:10] != b"2":
            self.load.refused += 1
            self.load.refusal = self.load.refusal or self.buffer
        self.load.slowest = max(self.load.slowest, time.perf_counter() - self.began)
        self.buffer = b""
        self.ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _length(head: bytes) -> int:
    lowered = head.lower()
    place = lowered.find(b"content-length: ")
    return 0 if place < 0 else int(lowered[place + 16 :].split(b"\r\n", 1)[0])


async def press(port: int, requests: Iterator[bytes], seconds: float, connections: int = CONNECTIONS) -> Load:
    """Press a server for so many seconds, or until there are no more requests."""
    load, loop, began = Load(), asyncio.get_running_loop(), time.perf_counter()
    speakers = []
    for _ in range(connections):
        _, speaker = await loop.create_connection(
            lambda: Speaker(requests, began + seconds, load), "127.0.0.1", port
        )
        speakers.append(speaker.done)
    await asyncio.wait_for(asyncio.gather(*speakers), seconds + 30)
    load.seconds = time.perf_counter() - began
    return load


def request(method: str, path: str, token: str = "", body: bytes = b"", key: str = "") -> bytes:
    """One HTTP/1.1 request, ready to be sent."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    lines += [f"Idempotency-Key: {key}"] if key else []
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body
