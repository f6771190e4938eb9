"""Thousands of connections that listen, in a process of their own; it is told what to do line by line.

`{"open": [request, …]}` opens that many more; `{"await": n, "seconds": s}` waits until so many events have
arrived since it was last said; `{"pings": s}` counts signs of life for so many seconds. Each is answered with
one line of JSON.
"""

import asyncio
import json
import sys
import time
from typing import Any

import uvloop

AT_ONCE = 16
PER_ADDRESS = 20_000
_EVENT, _PING = b"\ndata: ", b": still here"


class Listening(asyncio.Protocol):
    """One connection: it counts what arrives and forgets it."""

    arrived, pings, first = 0, 0, b""

    def __init__(self, request: bytes) -> None:
        self.request, self.tail = request, b""
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        text = self.tail + data
        if not self.opened.done():
            if b": listening" in text:
                if not text.startswith(b"HTTP/1.1 200"):
                    raise SystemExit(f"refused: {text[:600]!r}")
                self.opened.set_result(None)
            elif b"\r\n\r\n" in text and not text.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"refused: {text[:600]!r}")
        # An event may come in two pieces: what was counted already ends before the tail.
        Listening.arrived += text.count(_EVENT) - self.tail.count(_EVENT)
        Listening.pings += text.count(_PING) - self.tail.count(_PING)
        if not Listening.first and text.count(b"\n\n") and b"\nevent: " in text:
            Listening.first = text
        self.tail = text[-len(_PING) :] if self.opened.done() else text

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionResetError())


async def _open(port: int, requests: list[str], before: int) -> None:
    loop, turn = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)

    async def one(place: int, request: str) -> None:
        async with turn:
            address = f"127.0.0.{1 + place // PER_ADDRESS}"
            _, listening = await loop.create_connection(
                lambda: Listening(request.encode()), "127.0.0.1", port, local_addr=(address, 0)
            )
            _kept.append(listening)
            await listening.opened

    await asyncio.gather(*(one(before + place, request) for place, request in enumerate(requests)))


async def _arrive(count: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while Listening.arrived < count and time.monotonic() < until:  # noqa: ASYNC110 - counting is cheaper
        await asyncio.sleep(0.02)


_kept: list[Listening] = []


async def main(port: int) -> None:
    """Obey until there is nothing more to do."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order, began = json.loads(line), time.monotonic()
        if "open" in order:
            await _open(port, order["open"], len(_kept))
        elif "close" in order:
            for listening in _kept:
                listening.transport.close()
            _kept.clear()
        elif "await" in order:
            await _arrive(order["await"], order["seconds"])
        else:
            await asyncio.sleep(order["pings"])
        told = {"open": len(_kept), "arrived": Listening.arrived, "pings": Listening.pings}
        print(json.dumps(told | {"seconds": time.monotonic() - began, "first": Listening.first.decode()}))
        sys.stdout.flush()
        Listening.arrived = Listening.pings = 0


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
