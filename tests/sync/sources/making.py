"""Connectors to the fakes, and what came of a walk."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from peergroup.sync.sources.connections import (
    HubSpotConnectionIn,
    SalesforceConnectionIn,
    source_of,
)
from peergroup.sync.sources.protocol import MemberSource, SourcePage, SourceRecord
from tests.sync.fakes.hubspot import HubSpotAccount
from tests.sync.fakes.salesforce import SalesforceOrganization

TOKEN = HubSpotConnectionIn(kind="hubspot", access_token="pat-one")
GRANT = HubSpotConnectionIn(
    kind="hubspot", refresh_token="refresh-one", client_id="app", client_secret="app-secret"
)
CLIENT = SalesforceConnectionIn(
    kind="salesforce",
    instance_url="https://acme.my.salesforce.com",
    client_id="3MVG9",
    client_secret="consumer-secret",
)


@asynccontextmanager
async def a_hubspot(
    account: HubSpotAccount, given: HubSpotConnectionIn = TOKEN, properties: Iterable[str] = ()
) -> AsyncIterator[MemberSource]:
    """A connector to this account; each one begins in a process of its own, as far as it knows."""
    async with account.outside() as outside:
        yield source_of(given, outside, properties)


@asynccontextmanager
async def a_salesforce(
    organization: SalesforceOrganization,
    given: SalesforceConnectionIn = CLIENT,
    properties: Iterable[str] = (),
) -> AsyncIterator[MemberSource]:
    async with organization.outside() as outside:
        yield source_of(given, outside, properties)


def records_of(pages: Iterable[SourcePage]) -> list[SourceRecord]:
    return [record for page in pages for record in page.records]


def there(pages: Iterable[SourcePage]) -> list[str]:
    """The references of those who are there, in the order in which they came, each as often as it came."""
    return [record.external_id for record in records_of(pages) if not record.is_removed]


def removed(pages: Iterable[SourcePage]) -> list[str]:
    return [record.external_id for record in records_of(pages) if record.is_removed]
