"""What httpx is asked for, and how its failures are told apart."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx

from peergroup import __version__
from peergroup.client.asking import Ask, Upload
from peergroup.client.course import Lost, Reply

USER_AGENT = f"peergroup-python/{__version__}"
CHUNK = 128 * 1024
SILENCE = 45.0
"""Seconds without a sign of life after which a stream counts as broken; the service gives one every 15."""
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.TooManyRedirects)


def limits(seconds: float) -> httpx.Timeout:
    """How long one exchange may take: so long for each of its parts, at most ten seconds to connect."""
    return httpx.Timeout(seconds, connect=min(seconds, 10.0))


def listening(seconds: float) -> httpx.Timeout:
    """The same for a stream, which may be silent for a while."""
    return httpx.Timeout(seconds, connect=min(seconds, 10.0), read=max(seconds, SILENCE))


def sent(ask: Ask[Any], token: str | None, content: Any = None) -> dict[str, Any]:
    """The arguments of a request. It follows redirects: somebody who was merged is found at another address."""
    headers = (
        {"User-Agent": USER_AGENT} | ask.headers | ({"Authorization": f"Bearer {token}"} if token else {})
    )
    body = ask.content if content is None else content
    return {"params": ask.query, "headers": headers, "content": body, "follow_redirects": True}


def reply_of(response: httpx.Response) -> Reply:
    """What came back, read to its end."""
    return Reply(response.status_code, response.headers, response.content)


def lost(error: httpx.RequestError) -> Lost:
    """Why nothing came back. Its own words are left out: they may hold an address with a secret in it."""
    return Lost(
        type(error).__name__,
        was_sent=not isinstance(error, _NEVER_SENT + _HOPELESS),
        was_late=isinstance(error, httpx.TimeoutException),
        may_pass=not isinstance(error, _HOPELESS),
    )


def pieces(content: Upload | None) -> Any:
    """What is uploaded, as httpx takes it: never the whole of it in memory."""
    if isinstance(content, Path):
        return _of_file(content)
    return _of_stream(content) if hasattr(content, "read") else content


def async_pieces(content: Upload | None) -> Any:
    """The same for an asynchronous client; whatever blocks is read in a thread."""
    if content is None or isinstance(content, bytes) or hasattr(content, "__aiter__"):
        return content
    return _in_threads(pieces(content))


def _of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from _of_stream(stream)


def _of_stream(stream: Any) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


async def _in_threads(chunks: Any) -> AsyncIterator[bytes]:
    one_by_one = iter(chunks)
    while (chunk := await asyncio.to_thread(next, one_by_one, None)) is not None:
        yield chunk
