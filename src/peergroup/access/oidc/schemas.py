"""Identity providers and linked identities on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from peergroup.access.oidc.reading import ALGORITHMS, AUDIENCE, ISSUER
from peergroup.access.oidc.web import ADDRESS, is_address
from peergroup.kit.limits import MAX_HEADER
from peergroup.kit.text import form
from peergroup.kit.time import Instant
from peergroup.kit.wire import KEPT, In, Out

_WORD = form(r"^[!-~]+$", "Use visible ASCII characters without blanks.")
_SHOWN = form(ADDRESS, "Write the issuer's https address, without a query, a fragment or a name.")
_TOKEN = form(
    r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$", "Send the token as the identity provider gave it."
)


def _an_address(value: str) -> str:
    if not is_address(value):
        raise ValueError("must be an https address without a query, a fragment or a name and password")
    return value


def _an_algorithm(value: str) -> str:
    if value not in ALGORITHMS:
        raise ValueError("is not one of the algorithms that are taken here")
    return value


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Issuer = Annotated[str, Field(min_length=8, max_length=ISSUER, pattern=_SHOWN), AfterValidator(_an_address)]
Audience = Annotated[str, Field(min_length=1, max_length=AUDIENCE, pattern=_WORD)]
Algorithm = Annotated[
    str,
    Field(min_length=1, max_length=10, json_schema_extra={"enum": list(ALGORITHMS)}),
    AfterValidator(_an_algorithm),
]
Algorithms = Annotated[
    list[Algorithm],
    Field(
        min_length=1,
        max_length=len(ALGORITHMS),
        description="Tokens signed otherwise are refused.",
        examples=[["RS256"]],
    ),
    AfterValidator(_once),
]
Clients = Annotated[
    list[Audience],
    Field(
        max_length=20,
        description="Clients whose tokens are taken besides those of the audience itself, by `azp`, `client_id`, `cid`"
        " or `appid`. Access tokens name the application that got them.",
        examples=[["peergroup-app"]],
    ),
    AfterValidator(_once),
]


class IdentityProviderIn(In):
    """An issuer to be trusted."""

    issuer: Issuer = Field(
        description="Exactly as its tokens and its discovery document write it.",
        examples=["https://login.example.com/tenant/v2.0"],
    )
    audience: Audience = Field(
        description="What tokens for this organization name in `aud`; register one of your own for each organization.",
        examples=["8f0b1c1e-peergroup"],
    )
    algorithms: Algorithms = Field(default_factory=lambda: ["RS256", "ES256"])
    clients: Clients = Field(default_factory=list)


class IdentityProviderPatch(In):
    """What may change. Issuer and audience stay: what people linked stands on them."""

    algorithms: Annotated[Algorithms | None, KEPT] = Field(
        None, description="Tokens signed otherwise are refused."
    )
    clients: Annotated[Clients | None, KEPT] = Field(
        None, description="Clients whose tokens are taken besides those of the audience itself."
    )


class IdentityProviderOut(Out):
    """An issuer that the organization trusts."""

    id: UUID = Field(description="Identifier.")
    issuer: str = Field(
        description="As its tokens write it.",
        max_length=ISSUER,
        examples=["https://login.example.com/tenant/v2.0"],
    )
    audience: str = Field(
        description="What its tokens have to name in `aud`.",
        max_length=AUDIENCE,
        examples=["8f0b1c1e-peergroup"],
    )
    algorithms: list[Annotated[str, Field(max_length=10)]] = Field(
        description="Tokens signed otherwise are refused.", max_length=len(ALGORITHMS), examples=[["RS256"]]
    )
    clients: list[Annotated[str, Field(max_length=AUDIENCE)]] = Field(
        description="Clients whose tokens are taken besides those of the audience itself.",
        max_length=20,
        examples=[["peergroup-app"]],
    )
    created_at: Instant = Field(description="When it was registered.")
    version: int = Field(description="Version, as in the ETag.", ge=1, examples=[1])


class IdentityIn(In):
    """The proof that an identity is yours."""

    token: str = Field(
        min_length=20,
        max_length=MAX_HEADER,
        pattern=_TOKEN,
        description="A token that the identity provider has just given you: the one that will sign you in.",
        examples=["eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl"],
    )


class IdentityOut(Out):
    """A linked identity. Who you are at the issuer is kept as a keyed hash only."""

    id: UUID = Field(description="Identifier.")
    issuer: str = Field(
        description="Where it is an identity.",
        max_length=ISSUER,
        examples=["https://login.example.com/tenant/v2.0"],
    )
    provider_id: UUID = Field(description="The organization's identity provider.")
    created_at: Instant = Field(description="When it was linked.")
