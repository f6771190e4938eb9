"""Signing in with an identity provider of your own (OpenID Connect).

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Identities:
    """Signing in with an identity provider of your own (OpenID Connect)."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list_providers(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.IdentityProviderOut]:
        """The issuers whose tokens sign people in here.

        `GET /v1/identity-providers`, operation `list_identity_providers`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/identity-providers",
                answers.IdentityProviderOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    def create_provider(
        self,
        *,
        issuer: str,
        audience: str,
        algorithms: Sequence[
            Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
        ]
        | Absent = ABSENT,
        clients: Sequence[str] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.IdentityProviderOut:
        """Trust an issuer: whoever links an identity there signs in with its tokens.

        Nobody is linked by this, and nobody ever is because an address is the same.

        `POST /v1/identity-providers`, operation `create_identity_provider`.

        Args:
            issuer: Exactly as its tokens and its discovery document write it.
            audience: What tokens for this organization name in `aud`; register one of your own for
                each organization.
            algorithms: Tokens signed otherwise are refused.
            clients: Clients whose tokens are taken besides those of the audience itself, by `azp`,
                `client_id`, `cid` or `appid`. Access tokens name the application that got them.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/identity-providers",
                answers.IdentityProviderOut,
                body=given(issuer=issuer, audience=audience, algorithms=algorithms, clients=clients),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get_provider(self, provider_id: Id, *, if_none_match: None = None) -> answers.IdentityProviderOut: ...
    @overload
    def get_provider(
        self, provider_id: Id, *, if_none_match: str | Record
    ) -> answers.IdentityProviderOut | NotChanged: ...
    def get_provider(
        self, provider_id: Id, *, if_none_match: Match = None
    ) -> answers.IdentityProviderOut | NotChanged:
        """One issuer whose tokens sign people in here.

        `GET /v1/identity-providers/{provider_id}`, operation `get_identity_provider`.

        Args:
            provider_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/identity-providers/{segment(provider_id)}",
                answers.IdentityProviderOut,
                if_none_match=if_none_match,
            )
        )

    def update_provider(
        self,
        provider_id: Id,
        *,
        algorithms: Sequence[
            Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
        ]
        | Absent = ABSENT,
        clients: Sequence[str] | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.IdentityProviderOut:
        """Take other algorithms, or tokens of other clients, from the next request on.

        `PATCH /v1/identity-providers/{provider_id}`, operation `update_identity_provider`.

        Args:
            provider_id: Identifier of the resource.
            algorithms: Tokens signed otherwise are refused.
            clients: Clients whose tokens are taken besides those of the audience itself.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/identity-providers/{segment(provider_id)}",
                answers.IdentityProviderOut,
                body=given(algorithms=algorithms, clients=clients),
                is_patch=True,
                if_match=if_match,
            )
        )

    def delete_provider(self, provider_id: Id, *, if_match: Match = None) -> None:
        """Trust an issuer no longer; everything that was linked to it ends with the next request.

        `DELETE /v1/identity-providers/{provider_id}`, operation `delete_identity_provider`.

        Args:
            provider_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/identity-providers/{segment(provider_id)}", nothing, if_match=if_match)
        )

    def list_my_identities(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.IdentityOut]:
        """Your identities at the organization's identity providers.

        `GET /v1/me/identities`, operation `list_my_identities`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/me/identities", answers.IdentityOut, query={"limit": limit, "cursor": cursor})
        )

    def link_my_identity(self, *, token: str) -> answers.IdentityOut:
        """Link an identity: from now on its tokens sign you in.

        For a device that is signed in by mail; keys cannot. Linking what is yours already changes
        nothing.

        `POST /v1/me/identities`, operation `link_my_identity`.

        Args:
            token: A token that the identity provider has just given you: the one that will sign you
                in.
        """
        return self._speaker.send(
            Ask("POST", "/v1/me/identities", answers.IdentityOut, body=given(token=token))
        )

    def unlink_my_identity(self, identity_id: Id, *, if_match: Match = None) -> None:
        """Unlink an identity: its tokens sign nobody in from the next request on.

        `DELETE /v1/me/identities/{identity_id}`, operation `unlink_my_identity`.

        Args:
            identity_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/me/identities/{segment(identity_id)}", nothing, if_match=if_match)
        )


class AsyncIdentities:
    """Signing in with an identity provider of your own (OpenID Connect)."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list_providers(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.IdentityProviderOut]:
        """The issuers whose tokens sign people in here.

        `GET /v1/identity-providers`, operation `list_identity_providers`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/identity-providers",
                answers.IdentityProviderOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    async def create_provider(
        self,
        *,
        issuer: str,
        audience: str,
        algorithms: Sequence[
            Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
        ]
        | Absent = ABSENT,
        clients: Sequence[str] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.IdentityProviderOut:
        """Trust an issuer: whoever links an identity there signs in with its tokens.

        Nobody is linked by this, and nobody ever is because an address is the same.

        `POST /v1/identity-providers`, operation `create_identity_provider`.

        Args:
            issuer: Exactly as its tokens and its discovery document write it.
            audience: What tokens for this organization name in `aud`; register one of your own for
                each organization.
            algorithms: Tokens signed otherwise are refused.
            clients: Clients whose tokens are taken besides those of the audience itself, by `azp`,
                `client_id`, `cid` or `appid`. Access tokens name the application that got them.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/identity-providers",
                answers.IdentityProviderOut,
                body=given(issuer=issuer, audience=audience, algorithms=algorithms, clients=clients),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get_provider(
        self, provider_id: Id, *, if_none_match: None = None
    ) -> answers.IdentityProviderOut: ...
    @overload
    async def get_provider(
        self, provider_id: Id, *, if_none_match: str | Record
    ) -> answers.IdentityProviderOut | NotChanged: ...
    async def get_provider(
        self, provider_id: Id, *, if_none_match: Match = None
    ) -> answers.IdentityProviderOut | NotChanged:
        """One issuer whose tokens sign people in here.

        `GET /v1/identity-providers/{provider_id}`, operation `get_identity_provider`.

        Args:
            provider_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/identity-providers/{segment(provider_id)}",
                answers.IdentityProviderOut,
                if_none_match=if_none_match,
            )
        )

    async def update_provider(
        self,
        provider_id: Id,
        *,
        algorithms: Sequence[
            Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
        ]
        | Absent = ABSENT,
        clients: Sequence[str] | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.IdentityProviderOut:
        """Take other algorithms, or tokens of other clients, from the next request on.

        `PATCH /v1/identity-providers/{provider_id}`, operation `update_identity_provider`.

        Args:
            provider_id: Identifier of the resource.
            algorithms: Tokens signed otherwise are refused.
            clients: Clients whose tokens are taken besides those of the audience itself.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/identity-providers/{segment(provider_id)}",
                answers.IdentityProviderOut,
                body=given(algorithms=algorithms, clients=clients),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def delete_provider(self, provider_id: Id, *, if_match: Match = None) -> None:
        """Trust an issuer no longer; everything that was linked to it ends with the next request.

        `DELETE /v1/identity-providers/{provider_id}`, operation `delete_identity_provider`.

        Args:
            provider_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/identity-providers/{segment(provider_id)}", nothing, if_match=if_match)
        )

    def list_my_identities(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.IdentityOut]:
        """Your identities at the organization's identity providers.

        `GET /v1/me/identities`, operation `list_my_identities`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/me/identities", answers.IdentityOut, query={"limit": limit, "cursor": cursor})
        )

    async def link_my_identity(self, *, token: str) -> answers.IdentityOut:
        """Link an identity: from now on its tokens sign you in.

        For a device that is signed in by mail; keys cannot. Linking what is yours already changes
        nothing.

        `POST /v1/me/identities`, operation `link_my_identity`.

        Args:
            token: A token that the identity provider has just given you: the one that will sign you
                in.
        """
        return await self._speaker.send(
            Ask("POST", "/v1/me/identities", answers.IdentityOut, body=given(token=token))
        )

    async def unlink_my_identity(self, identity_id: Id, *, if_match: Match = None) -> None:
        """Unlink an identity: its tokens sign nobody in from the next request on.

        `DELETE /v1/me/identities/{identity_id}`, operation `unlink_my_identity`.

        Args:
            identity_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/me/identities/{segment(identity_id)}", nothing, if_match=if_match)
        )
