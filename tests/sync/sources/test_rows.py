"""What the APIs call things is understood as it is, and nothing that a CRM holds breaks a run."""

import pytest

from peergroup.sync.mapping import detect
from peergroup.sync.records import Record, Rejection
from peergroup.sync.sources.protocol import SourceRecord
from peergroup.sync.sources.rows import row_of
from tests.sync.fakes.hubspot import HubSpotAccount
from tests.sync.fakes.salesforce import SalesforceOrganization, id_of
from tests.sync.fakes.vendor import walked
from tests.sync.sources.making import a_hubspot, a_salesforce, records_of


async def test_a_hubspot_contact_is_understood_without_any_mapping() -> None:
    account = HubSpotAccount()
    account.keep(
        10101,
        firstname="Maren",
        lastname="Östergård",
        email="maren@example.com",
        company="Fjord AS",
        jobtitle="CEO",
        industry="FISHERY",
        hs_timezone="europe_slash_oslo",
    )
    async with a_hubspot(account) as source:
        mapping = detect(source.columns)
        (record,) = records_of(await walked(source))
        taken = mapping.apply(row_of(record, 1, source.columns))
    assert taken == Record(
        1, "10101", "Maren Östergård", "maren@example.com", "Fjord AS", "CEO", "FISHERY", "Europe/Oslo"
    )
    assert mapping.ignored == ()


async def test_a_salesforce_contact_is_understood_without_any_mapping() -> None:
    organization = SalesforceOrganization()
    organization.keep(
        1,
        Name="Maren Östergård",
        FirstName="Maren",
        LastName="Östergård",
        Email="maren@example.com",
        Title="CEO",
        Account_Name="Fjord AS",
        Account_Industry="Fishery",
    )
    async with a_salesforce(organization) as source:
        mapping = detect(source.columns)
        (record,) = records_of(await walked(source))
        taken = mapping.apply(row_of(record, 1, source.columns))
    assert taken == Record(1, id_of(1), "Maren Östergård", "maren@example.com", "Fjord AS", "CEO", "Fishery")
    assert mapping.ignored == ()


HOSTILE = {
    "=HYPERLINK(1)": None,
    "'; DROP TABLE person; --": None,
    "{{7*7}} ${jndi:ldap://x}": None,
    "🧑‍🤝‍🧑 علي": None,
    "nul\x00": "nul_character",
    "half \ud83d": "undecodable_text",
    "x" * 70_000: "cell_too_long",
    "x" * 5_000: "too_long",
}


@pytest.mark.parametrize(("name", "code"), HOSTILE.items(), ids=lambda value: ascii(value)[:30])
async def test_hostile_text_is_taken_as_it_is_or_its_record_is_rejected(name: str, code: str | None) -> None:
    account = HubSpotAccount()
    account.keep(1, lastname=name)
    account.keep(2, lastname="Plain")
    async with a_hubspot(account) as source:
        columns = source.columns
        found = records_of(await walked(source))
    first, second = (
        detect(columns).apply(row_of(one, number, columns)) for number, one in enumerate(found, 1)
    )
    assert isinstance(second, Record)
    if code is None:
        assert isinstance(first, Record)
        assert first.name == name
    else:
        assert isinstance(first, Rejection)
        assert (first.code, first.column) == (code, "lastname")


def test_a_property_that_is_missing_says_nothing() -> None:
    columns = ("id", "name", "email")
    taken = detect(columns).apply(row_of(SourceRecord("7", {"id": "7", "name": "Ada"}), 1, columns))
    assert taken == Record(1, "7", "Ada")
