"""Signing in, tokens and keys on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.access.scopes import EVERY, ScopeName, ServiceScopeName
from peergroup.kit.text import Email, Line, form
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Named, Out

Verifier = Annotated[
    str,
    Field(
        min_length=43,
        max_length=128,
        pattern=r"^[A-Za-z0-9._~-]+$",
        description="The device's secret from which the challenge was made (PKCE, RFC 7636).",
        examples=["dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"],
    ),
]
ShownScopes = Annotated[
    list[Annotated[str, Field(max_length=60)]],
    Field(max_length=len(EVERY), description="What it is cut down to.", examples=[["groups:read"]]),
]


class SignInIn(In):
    """Who wants to sign in, and on which device."""

    email: Email = Field(description="The address the organization knows you by.")
    organization: UUID | None = Field(
        None, description="Sign in to this organization only; left out: to any that knows the address."
    )
    code_challenge: str | None = Field(
        None,
        min_length=43,
        max_length=43,
        pattern=r"^[A-Za-z0-9_-]{43}$",
        description="Base64url of the SHA-256 of the device's verifier (PKCE, S256). Binds link and code to the "
        "device; without it there is a link only.",
        examples=["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
    )


class SignInAsked(Out):
    """Noted. Whether the address is known is not said here."""

    expires_in: int = Field(
        description="Seconds until link and code stop working.", ge=1, le=3_600, examples=[900]
    )


class RedeemIn(In):
    """Either the token of the link, or the address with the code."""

    token: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="What stands behind `#token=` in the link.",
        examples=["pgl_0198c5f27a3b7c4d8e5f6a7b8c9d0e1f_dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXk43mfrggzd"],
    )
    email: Email | None = Field(None, description="The address that asked; goes with `code`.")
    code: str | None = Field(
        None,
        min_length=6,
        max_length=6,
        pattern=form(r"^[0-9]{6}$", "Use the six digits of the code."),
        description="The six digits from the mail.",
        examples=["420137"],
    )
    code_verifier: Verifier | None = Field(
        None, description="The verifier of the device that asked; always needed with a code."
    )

    @model_validator(mode="after")
    def _one_way(self) -> "RedeemIn":
        by_code = (self.email, self.code, self.code_verifier)
        if self.token is not None and self.email is None and self.code is None:
            return self
        if self.token is None and None not in by_code:
            return self
        raise ValueError("send either token, or email with code and code_verifier")


class TokensOut(Out):
    """A signed-in device's tokens."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.", max_length=200)
    token_type: Literal["Bearer"] = Field("Bearer", description="How to send it.")
    expires_in: int = Field(
        description="Seconds until the access token ends.", ge=0, le=3_600, examples=[900]
    )
    refresh_token: str = Field(
        description="Exchange it once for new tokens at /v1/tokens/refresh.", max_length=200
    )
    refresh_expires_at: Instant = Field(
        description="When the device has to sign in anew, unless it refreshes."
    )
    person: Named = Field(description="Who is signed in.")
    organization: Named = Field(description="Where.")


class RefreshIn(In):
    """The refresh token in force."""

    refresh_token: str = Field(
        min_length=1,
        max_length=200,
        description="The latest refresh token of this device.",
        examples=["pgr_0198c5f27a3b7c4d8e5f6a7b8c9d0e1f_dBjftJeZ4CVPmB92K27uhbUJU1p1"],
    )


class ClientTokenIn(In):
    """A token request of a service (RFC 6749, 4.4). The client may also authenticate by HTTP Basic."""

    grant_type: Literal["client_credentials"] = Field(description="The only kind of grant.")
    scope: str | None = Field(
        None,
        max_length=1_000,
        description="Scopes separated by blanks; left out: all.",
        examples=["people:read groups:read"],
    )
    client_id: str | None = Field(None, max_length=100, description="The id of a service key.")
    client_secret: str | None = Field(None, max_length=200, description="The service key itself.")


class ClientTokenOut(Out):
    """A service's token (RFC 6749, 5.1)."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.", max_length=200)
    token_type: Literal["Bearer"] = Field("Bearer", description="How to send it.")
    expires_in: int = Field(description="Seconds until it ends.", ge=0, le=3_600, examples=[900])
    scope: str = Field(description="What it is cut down to.", max_length=1_000, examples=["people:read"])


class KeyIn(In):
    """A personal key to be made."""

    name: Line = Field(description="What it is for.", examples=["Script on my laptop"])
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=20)] = Field(
        description="What it is cut down to: some of what the credential in use may.",
        examples=[["groups:read"]],
    )
    expires_at: Instant | None = Field(None, description="When it ends; left out: after a year.")


class ServiceKeyIn(In):
    """A service key to be made. It has no person, and so never reads words."""

    name: Line = Field(description="What it is for.", examples=["CRM synchronization"])
    scopes: Annotated[list[ServiceScopeName], Field(min_length=1, max_length=20)] = Field(
        description="What it may do; anything but `content:*`.", examples=[["people:write", "sync:write"]]
    )
    expires_at: Instant | None = Field(None, description="When it ends; left out: after a year.")


class KeyOut(Out):
    """A key without its secret."""

    id: UUID = Field(description="Identifier; of a service key also its `client_id`.")
    kind: Literal["personal", "service"] = Field(
        description="Whose key it is: a person's or the organization's."
    )
    name: str = Field(description="What it is for.", max_length=200, examples=["Script on my laptop"])
    scopes: ShownScopes
    person: Named | None = Field(description="Whose it is; null for a service key.")
    made_by: Named | None = Field(description="Who made it; null where the operator did.")
    created_at: Instant = Field(description="When it was made.")
    expires_at: Instant | None = Field(description="When it ends; null: never.")


class KeyCreated(KeyOut):
    """A new key with its secret."""

    secret: str | None = Field(
        description="The key itself, shown this once; null when a repeated request is answered.",
        max_length=200,
    )


class FeedIn(In):
    """A calendar feed to be made."""

    name: Line = Field(description="Where it is subscribed to.", examples=["Calendar on my phone"])


class FeedOut(Out):
    """A calendar feed without its address."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(
        description="Where it is subscribed to.", max_length=200, examples=["Calendar on my phone"]
    )
    created_at: Instant = Field(description="When it was made.")
    expires_at: Instant | None = Field(description="When it ends; null: never.")


class FeedCreated(FeedOut):
    """A new calendar feed with its address."""

    address: str | None = Field(
        description="Subscribe to this in a calendar. Whoever has it sees when your sessions are, and nothing else."
        " Shown this once; null when a repeated request is answered.",
        max_length=1_000,
    )


class MyCredential(Out):
    """What the request came with."""

    id: UUID = Field(description="Identifier.")
    kind: Literal["session", "personal", "service", "identity"] = Field(
        description="A signed-in device, a personal key, a service key, or an identity at an external issuer."
    )
    name: str | None = Field(
        description="Name of the key, or the identity's issuer; null for a device.", max_length=200
    )
    expires_at: Instant | None = Field(description="When it ends; null: never.")


class MyPerson(Out):
    """The person behind the credential."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(description="Name.", max_length=200, examples=["Ada Lovelace"])
    email: str | None = Field(description="Address.", max_length=320, examples=["ada@example.com"])
    time_zone: str | None = Field(description="Time zone.", max_length=64, examples=["Europe/Berlin"])


class MeOut(Out):
    """Who a credential is."""

    kind: Literal["person", "service"] = Field(description="A person, or an organization's service.")
    person: MyPerson | None = Field(description="Null for a service key.")
    organization: Named = Field(description="The organization it belongs to.")
    organization_role: Literal["owner", "admin"] | None = Field(
        description="Role in the organization, if any."
    )
    scopes: ShownScopes
    credential: MyCredential = Field(description="What the request came with.")
    version: int = Field(description="Version of the person; 1 for a service key.", ge=1, examples=[1])
