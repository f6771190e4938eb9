"""Signing a device in: a mail is asked for, and its code or link redeemed with what only the device knows."""

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from peergroup.client.credentials import Rotating, Tokens

if TYPE_CHECKING:
    from peergroup.client.answers import TokensOut
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.synchronous import Peergroup

Save = Callable[[Tokens], Any] | None


class _Verifier:
    """The device's secret (PKCE, RFC 7636): 43 characters, and what may be known of it."""

    def __init__(self) -> None:
        self._secret = secrets.token_urlsafe(32)

    @property
    def challenge(self) -> str:
        """Base64url of its SHA-256, without padding."""
        digest = hashlib.sha256(self._secret.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def proof(self, email: str, code: str | None, link_token: str | None) -> dict[str, str]:
        """What is redeemed: the six digits, or what stands behind `#token=` in the link."""
        if (code is None) == (link_token is None):
            raise ValueError("redeem either the code or the token of the link")
        if link_token is not None:
            return {"token": link_token, "code_verifier": self._secret}
        return {"email": email, "code": str(code), "code_verifier": self._secret}


class Device:
    """A device that has asked for a mail and waits for what stands in it."""

    def __init__(self, client: "Peergroup", email: str, organization: str | None) -> None:
        self._client, self._email, self._verifier = client, email, _Verifier()
        more = {} if organization is None else {"organization": organization}
        client.access.request_sign_in(email=email, code_challenge=self._verifier.challenge, **more)

    def redeem(
        self, code: str | None = None, *, link_token: str | None = None, save: Save = None
    ) -> "Peergroup":
        """Sign in. You get a client of this person; `save` is given the tokens, now and after each renewal."""
        new = self._client.access.redeem_sign_in(**self._verifier.proof(self._email, code, link_token))
        rotating, tokens = signed_in(new, save)
        if save is not None:
            save(tokens)
        return self._client.with_token(rotating)


class AsyncDevice:
    """A device that has asked for a mail and waits for what stands in it."""

    def __init__(self, client: "AsyncPeergroup", email: str) -> None:
        self._client, self._email, self._verifier = client, email, _Verifier()

    async def ask(self, organization: str | None) -> "AsyncDevice":
        """Ask for the mail."""
        more = {} if organization is None else {"organization": organization}
        await self._client.access.request_sign_in(
            email=self._email, code_challenge=self._verifier.challenge, **more
        )
        return self

    async def redeem(
        self, code: str | None = None, *, link_token: str | None = None, save: Save = None
    ) -> "AsyncPeergroup":
        """Sign in. You get a client of this person; `save` is given the tokens, now and after each renewal."""
        proof = self._verifier.proof(self._email, code, link_token)
        rotating, tokens = signed_in(await self._client.access.redeem_sign_in(**proof), save)
        await saved(save, tokens)
        return self._client.with_token(rotating)


def signed_in(new: "TokensOut", save: Save) -> tuple[Rotating, Tokens]:
    """A credential that holds these tokens."""
    rotating = Rotating(new.refresh_token, save=save)
    return rotating, rotating.take(new.access_token, new.refresh_token, new.expires_in)


async def saved(save: Save, tokens: Tokens) -> None:
    """Have tokens kept, by a function of either kind."""
    if save is None:
        return
    kept = save(tokens)
    if isinstance(kept, Awaitable):
        await kept
