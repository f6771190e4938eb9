"""The one way to speak HTTP to addresses that users gave us.

The name is resolved once for each connection, every address it has is judged, and the connection goes to exactly
one that was judged: whoever changes the name's addresses in between changes nothing. The certificate is still
compared with the name. No redirects, no proxies, no cookies, no compressed answers, and none beyond a length.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from peergroup.kit.outgoing_addresses import Address, Refused, Walls
from peergroup.kit.settings import Settings

__all__ = ["Refused", "client", "judge", "walls_of"]
MOST_BYTES = 64 * 1024
KEPT_SECONDS = 4.0
"""How long an idle connection is kept: many servers close theirs after five, and one of the two has to be first."""
MOST_ADDRESSES = 4
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a name; raises `OSError` where it has none."""


def walls_of(settings: Settings) -> Walls:
    """What the operator has opened and closed."""
    return Walls(tuple(settings.outgoing_allow), tuple(settings.outgoing_block))


def judge(settings: Settings, address: str) -> None:
    """Raise `Refused` where an address can be seen to lead nowhere, without asking for the name's addresses."""
    try:
        url = httpx.URL(address)
        # Resolvers and parsers disagree about these; an address that needs them is not meant well.
        is_odd = any(character <= " " or character in "\\\x7f" for character in address)
    except (httpx.InvalidURL, ValueError):
        is_odd = True
    if is_odd:
        raise Refused("This is no address of the web.")
    walls_of(settings).judge(url)


def client(
    settings: Settings,
    *,
    seconds: float = 15.0,
    connect_seconds: float = 5.0,
    most_bytes: int = MOST_BYTES,
    resolve: Resolve | None = None,
    trusts: ssl.SSLContext | None = None,
) -> httpx.AsyncClient:
    """A client for addresses that users gave us; close it when it is no longer needed.

    `seconds` bounds the whole of one exchange, looking the name up and reading the answer included. Raises
    `Refused` (an `httpx.TransportError`) for what is not spoken to, and for answers beyond `most_bytes`.
    """
    return httpx.AsyncClient(
        transport=Transport(
            walls_of(settings), seconds, most_bytes, resolve or _resolved, trusts or _trusted()
        ),
        timeout=httpx.Timeout(seconds, connect=connect_seconds),
        trust_env=False,
        follow_redirects=False,
        headers={"User-Agent": "Peergroup", "Accept-Encoding": "identity"},
    )


class Transport(httpx.AsyncBaseTransport):
    """Judges each address before and while it connects, and bounds each answer."""

    def __init__(
        self, walls: Walls, seconds: float, most_bytes: int, resolve: Resolve, trusts: ssl.SSLContext
    ) -> None:
        self._walls, self._seconds, self._most_bytes = walls, seconds, most_bytes
        # How many connections there are is for the callers to bound: here, one receiver would starve another.
        self._pools = {
            scheme: httpcore.AsyncConnectionPool(
                ssl_context=trusts,
                max_connections=None,
                max_keepalive_connections=100,
                keepalive_expiry=KEPT_SECONDS,
                network_backend=Dialling(walls, scheme, resolve),
            )
            for scheme in ("https", "http")
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange."""
        self._walls.judge(request.url)
        until = asyncio.get_running_loop().time() + self._seconds
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            async with asyncio.timeout_at(until):
                answer = await self._pools[request.url.scheme].handle_async_request(asked)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise _told(error, request) from error
        except TimeoutError as error:
            raise httpx.ReadTimeout("took too long altogether", request=request) from error
        # A cookie of one organization's receiver is never shown to another's.
        headers = [(name, value) for name, value in answer.headers if name.lower() != b"set-cookie"]
        body = _Bounded(answer, self._most_bytes, until)
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=answer.extensions)

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()


def _told(error: Exception, request: httpx.Request) -> httpx.TransportError:
    """The same failure under the name that callers of httpx know."""
    kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__, httpx.NetworkError)
    return kind(str(error), request=request)


class _Bounded(httpx.AsyncByteStream):
    """A body of limited length, read within a limited time."""

    def __init__(self, answer: httpcore.Response, most_bytes: int, until: float) -> None:
        self._answer, self._most_bytes, self._until = answer, most_bytes, until

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if any(
            name.lower() == b"content-encoding" and value != b"identity"
            for name, value in self._answer.headers
        ):
            raise Refused("The answer is compressed, although none was asked for.")
        length = 0
        parts = self._answer.aiter_stream()
        try:
            while True:
                async with asyncio.timeout_at(self._until):
                    part = await anext(parts, None)
                if part is None:
                    return
                length += len(part)
                if length > self._most_bytes:
                    raise Refused(f"The answer is longer than {self._most_bytes} bytes.")
                yield part
        except TimeoutError as error:
            raise httpx.ReadTimeout("took too long altogether") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise getattr(httpx, type(error).__name__, httpx.NetworkError)(str(error)) from error

    async def aclose(self) -> None:
        await self._answer.aclose()


class Dialling(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were judged, and to nothing else."""

    def __init__(self, walls: Walls, scheme: str, resolve: Resolve) -> None:
        self._walls, self._scheme, self._resolve = walls, scheme, resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the name is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """One connection to one of the host's addresses, if all of them may be reached."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._judged(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name was not found in time") from error
        except OSError as error:
            raise httpcore.ConnectError("the name has no address") from error
        each = None if timeout is None else timeout / len(addresses)
        for place, address in enumerate(addresses, 1):
            try:
                return await self._network.connect_tcp(
                    str(address), port, each, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise httpcore.ConnectError("the name has no address")

    async def _judged(self, host: str, port: int) -> list[Address]:
        found = [ip_address(text) for text in dict.fromkeys(await self._resolve(host, port))]
        if not all(self._walls.may_reach(address, self._scheme) for address in found):
            raise Refused("The address does not lead to a host on the internet.")
        return found[:MOST_ADDRESSES]

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _resolved(host: str, port: int) -> list[str]:
    """What the system says, in threads of their own: a name server that never answers holds up nobody else."""
    found = await asyncio.get_running_loop().run_in_executor(
        _threads(), lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return [str(place[4][0]) for place in found]


@lru_cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(64, thread_name_prefix="names")


@lru_cache
def _trusted() -> ssl.SSLContext:
    """The well-known authorities, and those that the operator's system trusts."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
