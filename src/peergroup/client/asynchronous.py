"""The client for asynchronous programs (asyncio)."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any, Self, TypeVar

import httpx

from peergroup.client import transport
from peergroup.client.asking import Ask
from peergroup.client.base import Speaker, shown
from peergroup.client.course import Lost, Renew, Reply, Send, Step, answer_of, course
from peergroup.client.credentials import Rotating
from peergroup.client.pages import Listing
from peergroup.client.records import Record
from peergroup.client.rooms import AsyncRooms
from peergroup.client.sign_in import AsyncDevice, saved
from peergroup.client.streams import AsyncEventStream

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class AsyncPeergroup(AsyncRooms, Speaker[httpx.AsyncClient]):
    """One service, spoken to in one name.

        async with AsyncPeergroup("https://peergroup.example", token="pgk_…") as client:
            async for group in client.groups.list():
                print(group.name)

    Its methods are those of `Peergroup`, to be awaited; lists can be iterated over right away.
    """

    def _open(self) -> httpx.AsyncClient:
        return httpx.AsyncClient()

    async def close(self) -> None:
        """Close its connections; a client of httpx that was given to it stays open."""
        if self._is_own:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def send(self, ask: Ask[T]) -> T:
        """Carry one call out."""
        return answer_of(ask, await self._fetch(ask))

    def pages(self, ask: Ask[R]) -> Listing[R]:
        """A list, not yet read."""
        return Listing(ask, self._fetch)

    def stream(self, ask: Ask[R], after: str | None) -> AsyncEventStream[R]:
        """Listen to what happens."""
        return AsyncEventStream(self, ask, after)

    async def _fetch(self, ask: Ask[Any]) -> Reply:
        steps = course(ask, self._credential_for(ask), self.retry, shown(self.url))
        came: Reply | Lost | None = None
        while True:
            try:
                step = steps.send(came)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # what the course returns
            came = await self._take(step, ask)

    async def _take(self, step: Step, ask: Ask[Any]) -> Reply | Lost | None:
        if isinstance(step, Send):
            return await self._exchange(ask, step.access_token)
        if isinstance(step, Renew):
            await self.renew(step.used)
        else:
            await asyncio.sleep(step.seconds)
        return None

    async def _exchange(self, ask: Ask[Any], token: str | None) -> Reply | Lost:
        given = transport.sent(ask, token, transport.async_pieces(ask.content))
        try:
            response = await self._http.request(
                ask.method, self.url + ask.path, timeout=transport.limits(self._timeout), **given
            )
        except httpx.RequestError as error:
            return transport.lost(error)
        return transport.reply_of(response)

    async def renew(self, used: str | None) -> None:
        """Exchange the refresh token, unless another task has done so since this access token was used."""
        rotating = self._credential
        if not isinstance(rotating, Rotating):
            return
        rotating.turn = rotating.turn or asyncio.Lock()
        async with rotating.turn:
            if rotating.access_token != used:
                return
            new = await self.send(self._renewal(rotating))
            await saved(rotating.save, rotating.take(new.access_token, new.refresh_token, new.expires_in))

    async def sign_in(self, email: str, *, organization: str | None = None) -> AsyncDevice:
        """Ask for a mail with a code and a link; redeem one of them with what you get."""
        return await AsyncDevice(self, email).ask(organization)

    def connect(self, ask: Ask[Any]) -> AbstractAsyncContextManager[httpx.Response]:
        """One connection of a stream."""
        given = transport.sent(ask, self.access_token)
        given["timeout"] = transport.listening(self._timeout)
        return self._http.stream(ask.method, self.url + ask.path, **given)
