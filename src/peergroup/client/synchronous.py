"""The client that waits for its answers."""

import time
from contextlib import AbstractContextManager
from typing import Any, Self, TypeVar

import httpx

from peergroup.client import transport
from peergroup.client.asking import Ask
from peergroup.client.base import Speaker, shown
from peergroup.client.course import Lost, Renew, Reply, Send, Step, answer_of, course
from peergroup.client.credentials import Rotating
from peergroup.client.pages import Page
from peergroup.client.records import Record
from peergroup.client.rooms import Rooms
from peergroup.client.sign_in import Device
from peergroup.client.streams import EventStream

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Peergroup(Rooms, Speaker[httpx.Client]):
    """One service, spoken to in one name.

        with Peergroup("https://peergroup.example", token="pgk_…") as client:
            for group in client.groups.list():
                print(group.name)

    Its methods are grouped as the contract groups them. It may be used by several threads at once.
    """

    def _open(self) -> httpx.Client:
        return httpx.Client()

    def close(self) -> None:
        """Close its connections; a client of httpx that was given to it stays open."""
        if self._is_own:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, ask: Ask[T]) -> T:
        """Carry one call out."""
        return answer_of(ask, self._fetch(ask))

    def pages(self, ask: Ask[R]) -> Page[R]:
        """The first page of a list."""
        return Page(ask, self._fetch)

    def stream(self, ask: Ask[R], after: str | None) -> EventStream[R]:
        """Listen to what happens."""
        return EventStream(self, ask, after)

    def _fetch(self, ask: Ask[Any]) -> Reply:
        steps = course(ask, self._credential_for(ask), self.retry, shown(self.url))
        came: Reply | Lost | None = None
        while True:
            try:
                step = steps.send(came)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # what the course returns
            came = self._take(step, ask)

    def _take(self, step: Step, ask: Ask[Any]) -> Reply | Lost | None:
        if isinstance(step, Send):
            return self._exchange(ask, step.access_token)
        if isinstance(step, Renew):
            self.renew(step.used)
        else:
            time.sleep(step.seconds)
        return None

    def _exchange(self, ask: Ask[Any], token: str | None) -> Reply | Lost:
        given = transport.sent(ask, token, transport.pieces(ask.content))
        try:
            response = self._http.request(
                ask.method, self.url + ask.path, timeout=transport.limits(self._timeout), **given
            )
        except httpx.RequestError as error:
            return transport.lost(error)
        return transport.reply_of(response)

    def renew(self, used: str | None) -> None:
        """Exchange the refresh token, unless another thread has done so since this access token was used."""
        rotating = self._credential
        if not isinstance(rotating, Rotating):
            return
        with rotating.lock:
            if rotating.access_token != used:
                return
            new = self.send(self._renewal(rotating))
            kept = rotating.take(new.access_token, new.refresh_token, new.expires_in)
            if rotating.save is not None:
                rotating.save(kept)

    def sign_in(self, email: str, *, organization: str | None = None) -> Device:
        """Ask for a mail with a code and a link; redeem one of them with what you get."""
        return Device(self, email, organization)

    def connect(self, ask: Ask[Any]) -> AbstractContextManager[httpx.Response]:
        """One connection of a stream."""
        given = transport.sent(ask, self.access_token)
        given["timeout"] = transport.listening(self._timeout)
        return self._http.stream(ask.method, self.url + ask.path, **given)
