"""Which CRMs there are, what a connection to each has to bring, and how its connector is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import httpx
from pydantic import Field, model_validator

from peergroup.kit.text import form
from peergroup.kit.wire import In
from peergroup.sync.sources import hubspot, salesforce, tryton
from peergroup.sync.sources.calling import Answer, Calls, Clock, Tokens, judge_status
from peergroup.sync.sources.patience import Sleep, Verdict
from peergroup.sync.sources.protocol import MemberSource
from peergroup.sync.sources.tokens import Fixed, Granted, judge_grant

_HOST = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,10}"
_SECRET = form(r"^[\x21-\x7e]+$", "Give the key as the CRM shows it: printable characters without blanks.")
_HTTPS = form(
    rf"^https://{_HOST}(:[0-9]{{1,5}})?/?$",
    "Give the address alone, for example https://acme.my.salesforce.com.",
)
_HTTP = form(
    rf"^https?://{_HOST}(:[0-9]{{1,5}})?(/[A-Za-z0-9._~-]{{1,60}}){{0,5}}/?$",
    "Give the server's address alone, for example https://tryton.example.com.",
)
_DATABASE = form(
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", "Give the database's name: letters, digits, '_', '.' and '-'."
)


def _secret(longest: int, described: str, **more: Any) -> Any:
    return Field(min_length=1, max_length=longest, pattern=_SECRET, description=described, repr=False, **more)


class HubSpotConnectionIn(In):
    """A HubSpot account: a service key (or a private app's access token), or an app's OAuth grant."""

    kind: Literal["hubspot"] = Field(description="The CRM.")
    access_token: str | None = _secret(
        1_000,
        "Service key, or access token of a private app, with the scope crm.objects.contacts.read.",
        default=None,
        examples=["pat-eu1-00000000-0000-0000-0000-000000000000"],
    )
    refresh_token: str | None = _secret(1_000, "Refresh token of an app's grant.", default=None)
    client_id: str | None = _secret(200, "Client id of that app.", default=None)
    client_secret: str | None = _secret(200, "Client secret of that app.", default=None)

    @model_validator(mode="after")
    def _one_way(self) -> "HubSpotConnectionIn":
        grant = (self.refresh_token, self.client_id, self.client_secret)
        if any(grant) if self.access_token else not all(grant):
            raise ValueError("give either access_token, or refresh_token, client_id and client_secret")
        return self


class SalesforceConnectionIn(In):
    """A Salesforce organization: an external client app with the client credentials flow, or a refresh token."""

    kind: Literal["salesforce"] = Field(description="The CRM.")
    instance_url: str = Field(
        min_length=9,
        max_length=300,
        pattern=_HTTPS,
        description="The organization's My Domain address.",
        examples=["https://acme.my.salesforce.com"],
    )
    client_id: str = _secret(500, "Consumer key of the app.", examples=["3MVG9kept.secret"])
    client_secret: str = _secret(500, "Consumer secret of the app.", examples=["a-key-as-it-was-shown"])
    refresh_token: str | None = _secret(
        1_000, "Refresh token, where the app acts for a user who agreed to it.", default=None
    )


class TrytonConnectionIn(In):
    """A Tryton database: the key of a user application of the kind “REST API”."""

    kind: Literal["tryton"] = Field(description="The CRM.")
    base_url: str = Field(
        min_length=8,
        max_length=300,
        pattern=_HTTP,
        description="The server's address.",
        examples=["https://tryton.example.com"],
    )
    database: str = Field(
        min_length=1, max_length=60, pattern=_DATABASE, description="Name of the database.", examples=["crm"]
    )
    key: str = _secret(500, "Key of the user application.", examples=["a-key-as-it-was-shown"])


ConnectionIn = Annotated[
    HubSpotConnectionIn | SalesforceConnectionIn | TrytonConnectionIn, Field(discriminator="kind")
]
"""What `POST /connections` takes, told apart by `kind`."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What connectors need of the world: a client (with the walls it is to keep), a way to wait, and the time."""

    client: httpx.AsyncClient
    sleep: Sleep
    clock: Clock


def _hubspot(given: HubSpotConnectionIn, outside: Outside, properties: Iterable[str]) -> MemberSource:
    tokens: Fixed | Granted
    if given.access_token:
        tokens = Fixed(given.access_token)
    else:
        grant = {
            "grant_type": "refresh_token",
            "refresh_token": given.refresh_token or "",
            "client_id": given.client_id or "",
            "client_secret": given.client_secret or "",
        }
        tokens = _granted(outside, hubspot.ADDRESS, hubspot.TOKENS, grant)
    return hubspot.HubSpot(_calls(outside, hubspot.ADDRESS, tokens, hubspot.judge), properties)


def _salesforce(given: SalesforceConnectionIn, outside: Outside, properties: Iterable[str]) -> MemberSource:
    grant = {"client_id": given.client_id, "client_secret": given.client_secret}
    if given.refresh_token:
        grant |= {"grant_type": "refresh_token", "refresh_token": given.refresh_token}
    else:
        grant |= {"grant_type": "client_credentials"}
    tokens = _granted(outside, given.instance_url, salesforce.TOKENS, grant)
    return salesforce.Salesforce(_calls(outside, given.instance_url, tokens, salesforce.judge), properties)


def _tryton(given: TrytonConnectionIn, outside: Outside, properties: Iterable[str]) -> MemberSource:
    calls = _calls(outside, given.base_url, Fixed(given.key), judge_status)
    return tryton.Tryton(calls, given.database, properties)


def _granted(outside: Outside, address: str, path: str, grant: dict[str, str]) -> Granted:
    return Granted(_calls(outside, address, None, judge_grant), path, grant, outside.clock)


def _calls(
    outside: Outside, address: str, tokens: Tokens | None, judge: Callable[[Answer], Verdict]
) -> Calls:
    return Calls(outside.client, address, tokens, sleep=outside.sleep, clock=outside.clock, judge=judge)


SOURCES: Final[dict[type[In], Callable[[Any, Outside, Iterable[str]], MemberSource]]] = {
    HubSpotConnectionIn: _hubspot,
    SalesforceConnectionIn: _salesforce,
    TrytonConnectionIn: _tryton,
}


def source_of(
    given: HubSpotConnectionIn | SalesforceConnectionIn | TrytonConnectionIn,
    outside: Outside,
    properties: Iterable[str] = (),
) -> MemberSource:
    """The connector for a connection.

    `properties` are asked for beside those that are always: the columns that a mapping names. Those that cannot be
    a property's name in this CRM are passed over; `columns` shows what is asked for.
    """
    return SOURCES[type(given)](given, outside, properties)
