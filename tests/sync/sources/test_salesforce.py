"""Salesforce's contacts, query by query: nobody twice, nobody left out, whatever happens on the way."""

import pytest

from peergroup.sync.sources.connections import SalesforceConnectionIn
from peergroup.sync.sources.protocol import SourceError, SourcePage
from tests.sync.fakes.salesforce import DOWN, SPENT, SalesforceOrganization, id_of
from tests.sync.fakes.vendor import answer, walked
from tests.sync.sources.making import CLIENT, a_salesforce, records_of, removed, there


def an_organization(contacts: int, batch: int = 10) -> SalesforceOrganization:
    organization = SalesforceOrganization(batch=batch)
    for number in range(1, contacts + 1):
        organization.keep(number, Name=f"P{number} Öst", FirstName=f"P{number}", LastName="Öst")
    organization.forward(days=1)
    return organization


def ids(numbers: range) -> list[str]:
    return [id_of(number) for number in numbers]


async def a_walk(
    organization: SalesforceOrganization, cursor: str | None = None, most: int | None = None
) -> list[SourcePage]:
    async with a_salesforce(organization) as source:
        return await walked(source, cursor, most=most)


async def test_everybody_comes_once_and_deleted_contacts_are_removed() -> None:
    organization = an_organization(45)
    organization.delete(7)
    pages = await a_walk(organization)
    assert there(pages) == ids(range(1, 7)) + ids(range(8, 46))
    assert removed(pages) == ids(range(7, 8))
    assert [page.is_last for page in pages] == [False, False, False, False, True]
    assert len(organization.queries) == 1
    assert organization.complaints == []


async def test_a_record_holds_what_the_api_calls_it_and_no_empty_field() -> None:
    organization = SalesforceOrganization()
    organization.keep(1, Name="Maren Östergård", LastName="Östergård", Title="", Account_Name="Fjord AS")
    organization.keep(2, Name="Ada")
    first, second = records_of(await a_walk(organization))
    assert first.properties == {
        "Id": id_of(1),
        "Name": "Maren Östergård",
        "LastName": "Östergård",
        "Account.Name": "Fjord AS",
    }
    assert second.properties == {"Id": id_of(2), "Name": "Ada"}


async def test_a_delta_brings_what_changed_and_what_was_deleted_since() -> None:
    organization = an_organization(30)
    organization.delete(3)
    organization.forward(hours=1)
    cursor = (await a_walk(organization))[-1].cursor
    organization.forward(hours=2)
    organization.keep(12, Title="CFO")
    organization.keep(31, Name="New One")
    organization.delete(20)
    organization.forward(hours=1)
    pages = await a_walk(organization, cursor)
    assert there(pages) == [id_of(12), id_of(31)]
    assert removed(pages) == [id_of(20)]
    organization.forward(hours=2)
    assert records_of(await a_walk(organization, pages[-1].cursor)) == []


async def test_a_contact_that_was_merged_says_into_which_one() -> None:
    organization = an_organization(5)
    cursor = (await a_walk(organization))[-1].cursor
    organization.forward(hours=1)
    organization.merge(2, 4)
    (record,) = records_of(await a_walk(organization, cursor))
    assert (record.external_id, record.is_removed, record.merged_into) == (id_of(4), True, id_of(2))


async def test_what_was_saved_shortly_before_the_walk_and_committed_after_it_comes_with_the_next_delta() -> (
    None
):
    organization = an_organization(5)
    saved = organization.now
    organization.forward(minutes=9)
    cursor = (await a_walk(organization))[-1].cursor
    organization.keep(2, Title="CTO").modified = saved
    organization.forward(hours=1)
    assert there(await a_walk(organization, cursor)) == [id_of(2)]


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
async def test_a_full_walk_goes_on_in_another_process(kept: int) -> None:
    organization = an_organization(45)
    first = await a_walk(organization, most=kept)
    organization.forward(days=3)
    organization.lose_locators()
    rest = await a_walk(organization, first[-1].cursor)
    assert there(first) + there(rest) == ids(range(1, 46))
    assert organization.complaints == []


@pytest.mark.parametrize("kept", [1, 2])
async def test_a_delta_goes_on_in_another_process(kept: int) -> None:
    organization = an_organization(5)
    cursor = (await a_walk(organization))[-1].cursor
    organization.forward(hours=1)
    for number in range(2, 26):
        organization.keep(number, Title="Changed")
    first = await a_walk(organization, cursor, most=kept)
    rest = await a_walk(organization, first[-1].cursor)
    assert there(first) + there(rest) == ids(range(2, 26))


async def test_where_the_next_records_are_lost_the_query_is_asked_anew_behind_the_last_one() -> None:
    organization = an_organization(45)
    async with a_salesforce(organization) as source:
        pages = []
        async for page in source.pages(None):
            pages.append(page)
            organization.lose_locators()
    assert there(pages) == ids(range(1, 46))
    assert len(organization.queries) == 5
    assert organization.queries[1].endswith(f"WHERE Id > '{id_of(10)}' ORDER BY Id")
    assert organization.complaints == []


@pytest.mark.parametrize("kept", [1, 2, 3])
async def test_what_changes_during_a_walk_is_in_it_or_in_the_next_delta(kept: int) -> None:
    organization = an_organization(45)
    first = await a_walk(organization, most=kept)
    organization.forward(minutes=40)
    for number in (5, 15, 44):
        organization.keep(number, Title="Changed on the way")
    organization.keep(46, Name="New")
    organization.delete(4)
    organization.delete(43)
    organization.forward(minutes=40)
    rest = await a_walk(organization, first[-1].cursor)
    organization.forward(days=1)
    delta = await a_walk(organization, rest[-1].cursor)
    last = {record.external_id: record for record in records_of([*first, *rest, *delta])}
    assert {id_ for id_, record in last.items() if record.is_removed} == {id_of(4), id_of(43)}
    assert last.keys() == set(ids(range(1, 47)))
    for number in (5, 15, 44):
        assert last[id_of(number)].properties.get("Title") == "Changed on the way"
    assert there([*first, *rest]) == list(dict.fromkeys(there([*first, *rest])))


async def test_throttled_and_down_in_the_middle_the_walk_goes_on() -> None:
    organization = an_organization(45)
    organization.troubles = [None, None, answer(403, SPENT), answer(503, DOWN, retry_after="20"), None]
    pages = await a_walk(organization)
    assert there(pages) == ids(range(1, 46))
    assert len(organization.slept) == 2
    assert 20 <= organization.slept[1] <= 21
    assert organization.complaints == []


async def test_a_spent_contingent_ends_the_walk_as_throttled() -> None:
    organization = an_organization(1)
    organization.troubles = [None] + [answer(403, SPENT)] * 20
    with pytest.raises(SourceError) as error:
        await a_walk(organization)
    assert error.value.kind == "throttled_too_long"
    assert len(organization.slept) == 5


async def test_a_session_that_expires_in_the_middle_is_renewed() -> None:
    organization = an_organization(45)
    async with a_salesforce(organization) as source:
        pages = []
        async for page in source.pages(None):
            pages.append(page)
            organization.tokens = set()
    assert there(pages) == ids(range(1, 46))
    assert organization.granted == len(pages) == 5
    assert organization.complaints == []


async def test_a_refresh_token_is_used_where_there_is_one() -> None:
    organization = an_organization(1)
    organization.grant = organization.grant | {"grant_type": "refresh_token", "refresh_token": "5Aep"}
    given = SalesforceConnectionIn.model_validate(CLIENT.model_dump() | {"refresh_token": "5Aep"})
    async with a_salesforce(organization, given) as source:
        assert there(await walked(source)) == [id_of(1)]


async def test_an_app_that_is_not_let_in_ends_the_walk() -> None:
    organization = an_organization(1)
    organization.grant = {}
    with pytest.raises(SourceError) as error:
        await a_walk(organization)
    assert error.value.kind == "unauthorized"
    assert "invalid_client" in str(error.value)
    assert "secret" not in str(error.value)


async def test_a_user_without_the_right_to_read_contacts_is_told_so() -> None:
    organization = an_organization(1)
    organization.troubles = [None, answer(403, [{"message": "…", "errorCode": "API_DISABLED_FOR_ORG"}])]
    with pytest.raises(SourceError) as error:
        await a_walk(organization)
    assert error.value.kind == "unauthorized"
    assert "API_DISABLED_FOR_ORG" in str(error.value)


async def test_a_field_that_is_hidden_from_the_user_is_said_to_be_expected() -> None:
    organization = an_organization(1)
    organization.fields.remove("Account.Industry")
    with pytest.raises(SourceError) as error:
        await a_walk(organization)
    assert error.value.kind == "contract_broken"
    assert "Account.Industry" in str(error.value)


async def test_fields_that_a_mapping_names_are_asked_for_once_and_no_query_can_be_smuggled_in() -> None:
    organization = SalesforceOrganization()
    organization.keep(1, Name="Öst", Seniority__c="Senior")
    names = ["Seniority__c", "email", "isdeleted", "Id FROM User--", "Kundennummer;", "Name, Id"]
    async with a_salesforce(organization, properties=names) as source:
        assert [name for name in names if name in source.columns] == ["Seniority__c"]
        (record,) = records_of(await walked(source))
    assert record.properties["Seniority__c"] == "Senior"
    assert organization.complaints == []


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/services/data/v63.0/query/01g-1",
        "//evil.example/query/01g-1",
        "/services/oauth2/revoke",
        7,
    ],
)
async def test_the_address_of_the_next_records_leads_nowhere_else(onward: object) -> None:
    organization = an_organization(1)
    page = {"done": False, "nextRecordsUrl": onward, "records": [{"Id": id_of(1), "IsDeleted": False}]}
    organization.troubles = [None, answer(200, page)]
    with pytest.raises(SourceError) as error:
        await a_walk(organization)
    assert error.value.kind == "contract_broken"
    assert "nextRecordsUrl" in error.value.detail


async def test_a_walk_that_stands_still_ends() -> None:
    organization = an_organization(1)
    page = {"done": False, "nextRecordsUrl": "/services/data/v63.0/query/01g-1", "records": []}
    organization.troubles = [None] + [answer(200, page)] * 3
    with pytest.raises(SourceError) as error:
        await a_walk(organization)
    assert error.value.kind == "contract_broken"
