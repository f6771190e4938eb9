"""Signing in without passwords, tokens, and keys for scripts and services.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match, Time
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.synchronous import Peergroup


class Access:
    """Signing in without passwords, tokens, and keys for scripts and services."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def request_sign_in(
        self,
        *,
        email: str,
        organization: Id | Absent | None = ABSENT,
        code_challenge: str | Absent | None = ABSENT,
    ) -> answers.SignInAsked:
        """Ask for a mail with a sign-in link and code.

        The answer is the same whether or not the address is known.

        `POST /v1/sign-in`, operation `request_sign_in`.

        Args:
            email: The address the organization knows you by.
            organization: Sign in to this organization only; left out: to any that knows the
                address.
            code_challenge: Base64url of the SHA-256 of the device's verifier (PKCE, S256). Binds
                link and code to the device; without it there is a link only.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/sign-in",
                answers.SignInAsked,
                body=given(email=email, organization=organization, code_challenge=code_challenge),
            )
        )

    def redeem_sign_in(
        self,
        *,
        token: str | Absent | None = ABSENT,
        email: str | Absent | None = ABSENT,
        code: str | Absent | None = ABSENT,
        code_verifier: str | Absent | None = ABSENT,
    ) -> answers.TokensOut:
        """Sign this device in with the link's token, or with the address and the code.

        `POST /v1/sign-in/redeem`, operation `redeem_sign_in`.

        Args:
            token: What stands behind `#token=` in the link.
            email: The address that asked; goes with `code`.
            code: The six digits from the mail.
            code_verifier: The verifier of the device that asked; always needed with a code.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/sign-in/redeem",
                answers.TokensOut,
                body=given(token=token, email=email, code=code, code_verifier=code_verifier),
            )
        )

    def refresh_tokens(self, *, refresh_token: str) -> answers.TokensOut:
        """Exchange the refresh token for new tokens.

        A refresh token works once; using an old one again signs the device out.

        `POST /v1/tokens/refresh`, operation `refresh_tokens`.

        Args:
            refresh_token: The latest refresh token of this device.
        """
        return self._speaker.send(
            Ask("POST", "/v1/tokens/refresh", answers.TokensOut, body=given(refresh_token=refresh_token))
        )

    def sign_out(self, *, if_match: Match = None) -> None:
        """Sign this device out.

        `DELETE /v1/tokens/current`, operation `sign_out`.

        Args:
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(Ask("DELETE", "/v1/tokens/current", nothing, if_match=if_match))

    def grant_client_token(
        self,
        *,
        grant_type: Literal["client_credentials"],
        scope: str | Absent | None = ABSENT,
        client_id: str | Absent | None = ABSENT,
        client_secret: str | Absent | None = ABSENT,
    ) -> answers.ClientTokenOut:
        """Exchange a service key for a short-lived token (OAuth 2.0 client credentials).

        `POST /v1/oauth/token`, operation `grant_client_token`.

        Args:
            grant_type: The only kind of grant.
            scope: Scopes separated by blanks; left out: all.
            client_id: The id of a service key.
            client_secret: The service key itself.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/oauth/token",
                answers.ClientTokenOut,
                form=given(
                    grant_type=grant_type, scope=scope, client_id=client_id, client_secret=client_secret
                ),
            )
        )

    def list_service_keys(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.KeyOut]:
        """The organization's service keys, without their secrets.

        `GET /v1/service-keys`, operation `list_service_keys`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/service-keys", answers.KeyOut, query={"limit": limit, "cursor": cursor})
        )

    def create_service_key(
        self,
        *,
        name: str,
        scopes: Sequence[
            Literal[
                "people:read",
                "people:write",
                "groups:read",
                "groups:write",
                "sessions:read",
                "sessions:write",
                "events:read",
                "webhooks:write",
                "sync:write",
                "scim",
                "organization:write",
            ]
        ],
        expires_at: Time | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.KeyCreated:
        """Make a service key; its secret is shown once.

        `POST /v1/service-keys`, operation `create_service_key`.

        Args:
            name: What it is for.
            scopes: What it may do; anything but `content:*`.
            expires_at: When it ends; left out: after a year.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/service-keys",
                answers.KeyCreated,
                body=given(name=name, scopes=scopes, expires_at=expires_at),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def revoke_service_key(self, key_id: Id, *, if_match: Match = None) -> None:
        """Revoke a service key and the tokens made from it.

        `DELETE /v1/service-keys/{key_id}`, operation `revoke_service_key`.

        Args:
            key_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/service-keys/{segment(key_id)}", nothing, if_match=if_match)
        )

    def list_keys(self, *, limit: int | None = None, cursor: str | None = None) -> Page[answers.KeyOut]:
        """Everybody's keys in the organization, without their secrets.

        `GET /v1/keys`, operation `list_keys`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/keys", answers.KeyOut, query={"limit": limit, "cursor": cursor})
        )

    def revoke_key(self, key_id: Id, *, if_match: Match = None) -> None:
        """Revoke anybody's key.

        `DELETE /v1/keys/{key_id}`, operation `revoke_key`.

        Args:
            key_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(Ask("DELETE", f"/v1/keys/{segment(key_id)}", nothing, if_match=if_match))


class AsyncAccess:
    """Signing in without passwords, tokens, and keys for scripts and services."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def request_sign_in(
        self,
        *,
        email: str,
        organization: Id | Absent | None = ABSENT,
        code_challenge: str | Absent | None = ABSENT,
    ) -> answers.SignInAsked:
        """Ask for a mail with a sign-in link and code.

        The answer is the same whether or not the address is known.

        `POST /v1/sign-in`, operation `request_sign_in`.

        Args:
            email: The address the organization knows you by.
            organization: Sign in to this organization only; left out: to any that knows the
                address.
            code_challenge: Base64url of the SHA-256 of the device's verifier (PKCE, S256). Binds
                link and code to the device; without it there is a link only.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/sign-in",
                answers.SignInAsked,
                body=given(email=email, organization=organization, code_challenge=code_challenge),
            )
        )

    async def redeem_sign_in(
        self,
        *,
        token: str | Absent | None = ABSENT,
        email: str | Absent | None = ABSENT,
        code: str | Absent | None = ABSENT,
        code_verifier: str | Absent | None = ABSENT,
    ) -> answers.TokensOut:
        """Sign this device in with the link's token, or with the address and the code.

        `POST /v1/sign-in/redeem`, operation `redeem_sign_in`.

        Args:
            token: What stands behind `#token=` in the link.
            email: The address that asked; goes with `code`.
            code: The six digits from the mail.
            code_verifier: The verifier of the device that asked; always needed with a code.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/sign-in/redeem",
                answers.TokensOut,
                body=given(token=token, email=email, code=code, code_verifier=code_verifier),
            )
        )

    async def refresh_tokens(self, *, refresh_token: str) -> answers.TokensOut:
        """Exchange the refresh token for new tokens.

        A refresh token works once; using an old one again signs the device out.

        `POST /v1/tokens/refresh`, operation `refresh_tokens`.

        Args:
            refresh_token: The latest refresh token of this device.
        """
        return await self._speaker.send(
            Ask("POST", "/v1/tokens/refresh", answers.TokensOut, body=given(refresh_token=refresh_token))
        )

    async def sign_out(self, *, if_match: Match = None) -> None:
        """Sign this device out.

        `DELETE /v1/tokens/current`, operation `sign_out`.

        Args:
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(Ask("DELETE", "/v1/tokens/current", nothing, if_match=if_match))

    async def grant_client_token(
        self,
        *,
        grant_type: Literal["client_credentials"],
        scope: str | Absent | None = ABSENT,
        client_id: str | Absent | None = ABSENT,
        client_secret: str | Absent | None = ABSENT,
    ) -> answers.ClientTokenOut:
        """Exchange a service key for a short-lived token (OAuth 2.0 client credentials).

        `POST /v1/oauth/token`, operation `grant_client_token`.

        Args:
            grant_type: The only kind of grant.
            scope: Scopes separated by blanks; left out: all.
            client_id: The id of a service key.
            client_secret: The service key itself.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/oauth/token",
                answers.ClientTokenOut,
                form=given(
                    grant_type=grant_type, scope=scope, client_id=client_id, client_secret=client_secret
                ),
            )
        )

    def list_service_keys(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.KeyOut]:
        """The organization's service keys, without their secrets.

        `GET /v1/service-keys`, operation `list_service_keys`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/service-keys", answers.KeyOut, query={"limit": limit, "cursor": cursor})
        )

    async def create_service_key(
        self,
        *,
        name: str,
        scopes: Sequence[
            Literal[
                "people:read",
                "people:write",
                "groups:read",
                "groups:write",
                "sessions:read",
                "sessions:write",
                "events:read",
                "webhooks:write",
                "sync:write",
                "scim",
                "organization:write",
            ]
        ],
        expires_at: Time | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.KeyCreated:
        """Make a service key; its secret is shown once.

        `POST /v1/service-keys`, operation `create_service_key`.

        Args:
            name: What it is for.
            scopes: What it may do; anything but `content:*`.
            expires_at: When it ends; left out: after a year.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/service-keys",
                answers.KeyCreated,
                body=given(name=name, scopes=scopes, expires_at=expires_at),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def revoke_service_key(self, key_id: Id, *, if_match: Match = None) -> None:
        """Revoke a service key and the tokens made from it.

        `DELETE /v1/service-keys/{key_id}`, operation `revoke_service_key`.

        Args:
            key_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/service-keys/{segment(key_id)}", nothing, if_match=if_match)
        )

    def list_keys(self, *, limit: int | None = None, cursor: str | None = None) -> Listing[answers.KeyOut]:
        """Everybody's keys in the organization, without their secrets.

        `GET /v1/keys`, operation `list_keys`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/keys", answers.KeyOut, query={"limit": limit, "cursor": cursor})
        )

    async def revoke_key(self, key_id: Id, *, if_match: Match = None) -> None:
        """Revoke anybody's key.

        `DELETE /v1/keys/{key_id}`, operation `revoke_key`.

        Args:
            key_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/keys/{segment(key_id)}", nothing, if_match=if_match)
        )
