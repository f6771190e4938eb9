"""The plainest of HTTP clients: it sends whatever bytes it is given, and reads what comes back."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0  # seconds
GONE = 0
"""The status where the connection was closed without an answer."""
SILENT = -1
"""The status where nothing came back in time."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    kind: str = ""
    body: bytes = b""

    @property
    def said(self) -> Any:
        """The body, where it is JSON."""
        try:
            return json.loads(self.body) if "json" in self.kind else None
        except ValueError:
            return None


class Line:
    """One connection, made anew whenever the last one is over."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(
        self, raw: bytes, *, last: bool = False, endless: bool = False, silent: bool = False
    ) -> Answer:
        """Send a request. `last`: nothing follows on this connection.

        `endless`: only hanging up tells where it ends; `silent`: a HEAD, answered without a body.
        """
        for _ in range(2):
            fresh = self._writer is None
            try:
                async with asyncio.timeout(PATIENCE):
                    answer = await self._asked(raw, endless, silent)
            except TimeoutError:
                answer = Answer(SILENT)
            except (OSError, asyncio.IncompleteReadError):
                answer = Answer(GONE)
            if last or answer.status in (GONE, SILENT):
                self.close()
            if fresh or answer.status != GONE:  # An idle connection may have been closed before.
                break
        return answer

    async def _asked(self, raw: bytes, endless: bool, silent: bool) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        assert self._reader is not None
        self._writer.write(raw)
        if endless:
            self._writer.write_eof()
        return await self._read(self._reader, silent)

    async def _read(self, reader: asyncio.StreamReader, silent: bool) -> Answer:
        status, headers = 100, dict[str, str]()
        while status < 200:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            status = int(head[0].split(" ", 2)[1])
            pairs = (line.partition(":") for line in head[1:] if line)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
        kind = headers.get("content-type", "")
        if kind.startswith("text/event-stream") or headers.get("connection") == "close":
            body = b"" if kind.startswith("text/event-stream") else await self._body(reader, headers, silent)
            self.close()
            return Answer(status, kind, body)
        return Answer(status, kind, await self._body(reader, headers, silent or status in (204, 304)))

    async def _body(self, reader: asyncio.StreamReader, headers: dict[str, str], silent: bool) -> bytes:
        if silent:
            return b""
        if "chunked" not in headers.get("transfer-encoding", ""):
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size + 2))
        await reader.readline()
        return b"".join(part[:-2] for part in parts)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None
