"""What both clients have in common: where they speak to, in whose name, and how patiently."""

from abc import ABC, abstractmethod
from copy import copy
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

from peergroup.client.answers import TokensOut
from peergroup.client.asking import Ask
from peergroup.client.credentials import Credential, Fixed, Rotating, credential
from peergroup.client.retrying import Retry

H = TypeVar("H")
UNSIGNED = ("/v1/sign-in", "/v1/sign-in/redeem", "/v1/tokens/refresh", "/v1/oauth/token")
"""Where one gets a token: none is sent there."""


class Speaker(ABC, Generic[H]):
    """One service, spoken to in one name. `H` is httpx's client."""

    def __init__(
        self,
        url: str,
        *,
        token: str | Fixed | Rotating | None = None,
        timeout: float = 30.0,
        retry: Retry = Retry(),  # noqa: B008 - a tuple: it does not change
        http: H | None = None,
    ) -> None:
        """`url` is where the service is, `token` a key or access token, or a `Rotating` one of a signed-in device.

        `timeout` is in seconds, for each part of an exchange; `retry` says how patient the client is. `http` is a
        client of httpx of your own (for proxies, certificates or tests), which you close yourself.
        """
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{shown(url)!r} is no address of a service: it begins with http:// or https://")
        self._address = url.rstrip("/")
        self._credential: Credential = credential(token)
        self._timeout, self.retry = timeout, retry
        self._is_own = http is None
        self._http: H = self._open() if http is None else http
        self._rooms: dict[str, Any] = {}

    @abstractmethod
    def _open(self) -> H: ...

    @property
    def url(self) -> str:
        """Where the service is."""
        return self._address

    @property
    def access_token(self) -> str | None:
        """What is sent with every request."""
        return None if self._credential is None else self._credential.access_token

    @property
    def is_renewable(self) -> bool:
        """Whether the token can be exchanged for a new one."""
        return self._credential is not None and self._credential.is_renewable

    def with_token(self, token: str | Fixed | Rotating | None) -> Self:
        """The same service in another name, over the same connections; closing it closes nothing."""
        other = copy(self)
        other._credential, other._rooms, other._is_own = credential(token), {}, False
        return other

    def _credential_for(self, ask: Ask[Any]) -> Credential:
        return None if ask.path in UNSIGNED else self._credential

    def _renewal(self, rotating: Rotating) -> Ask[TokensOut]:
        return Ask("POST", "/v1/tokens/refresh", TokensOut, body={"refresh_token": rotating.refresh_token})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self.url)!r})"


def shown(url: str) -> str:
    """An address without what is nobody's business in it."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
