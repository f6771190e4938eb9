"""Who the client speaks for: a fixed token, or a signed-in device whose tokens rotate."""

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

EARLY = 20.0
"""Seconds before its end at which an access token is renewed."""


class Tokens(NamedTuple):
    """A signed-in device's tokens. They are not printed."""

    access_token: str
    refresh_token: str

    def __repr__(self) -> str:
        return "Tokens('***')"


class Fixed:
    """A key, or an access token that somebody else keeps fresh."""

    is_renewable = is_stale = False

    def __init__(self, access_token: str) -> None:
        self.access_token: str | None = access_token

    def __repr__(self) -> str:
        return "Fixed('***')"


class Rotating:
    """A signed-in device: the access token is renewed before it ends, and the refresh token with it.

    A refresh token works once, and whoever uses a spent one again signs the device out: `save` is called with the
    new `Tokens` each time, before anything else is sent, to be kept where the next start of your program finds
    them. An asynchronous client takes an asynchronous `save`, too. One `Rotating` may serve several threads.
    """

    is_renewable = True

    def __init__(
        self,
        refresh_token: str,
        access_token: str | None = None,
        *,
        save: Callable[[Tokens], Any] | None = None,
    ) -> None:
        self.refresh_token, self.access_token, self.save = refresh_token, access_token, save
        self.lock = threading.Lock()
        self.turn: Any = None
        """The same for tasks: made by the first asynchronous client that needs it."""
        self._ends_at: float | None = None

    @property
    def is_stale(self) -> bool:
        """Whether it is known to be no longer good for a call."""
        return self.access_token is None or (
            self._ends_at is not None and time.monotonic() >= self._ends_at - EARLY
        )

    def take(self, access_token: str, refresh_token: str, expires_in: float) -> Tokens:
        """Hold new tokens; `expires_in` seconds from now the access token ends."""
        self.access_token, self.refresh_token = access_token, refresh_token
        self._ends_at = time.monotonic() + expires_in
        return Tokens(access_token, refresh_token)

    def __repr__(self) -> str:
        return "Rotating('***')"


Credential = Fixed | Rotating | None


def credential(token: "str | Fixed | Rotating | None") -> Credential:
    """What a client was given as `token`, as a credential."""
    return Fixed(token) if isinstance(token, str) else token
