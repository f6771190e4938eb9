"""HubSpot's contacts, page by page: nobody twice, nobody left out, whatever happens on the way."""

import datetime as dt

import pytest

from peergroup.sync.sources.protocol import SourceError, SourcePage
from tests.sync.fakes.hubspot import DAILY, MOVING, THROTTLED, HubSpotAccount
from tests.sync.fakes.vendor import answer, walked
from tests.sync.sources.making import GRANT, a_hubspot, records_of, removed, there


def an_account(contacts: int) -> HubSpotAccount:
    account = HubSpotAccount()
    for number in range(1, contacts + 1):
        account.keep(number, firstname=f"P{number}", lastname="Öst", email=f"p{number}@example.com")
    account.forward(days=1)
    return account


def ids(numbers: range) -> list[str]:
    return [str(number) for number in numbers]


async def a_walk(
    account: HubSpotAccount, cursor: str | None = None, most: int | None = None
) -> list[SourcePage]:
    async with a_hubspot(account) as source:
        return await walked(source, cursor, most=most)


async def test_everybody_comes_once_and_archived_contacts_are_removed() -> None:
    account = an_account(250)
    account.archive(7)
    pages = await a_walk(account)
    assert there(pages) == ids(range(1, 7)) + ids(range(8, 251))
    assert removed(pages) == ["7"]
    assert [page.is_last for page in pages] == [False, False, False, True]
    assert account.complaints == []


async def test_a_record_holds_what_the_api_calls_it_and_no_empty_property() -> None:
    account = HubSpotAccount()
    account.keep(
        1, firstname="Maren", lastname="Östergård", jobtitle="", company=None, hs_timezone="europe_slash_oslo"
    )
    record = records_of(await a_walk(account))[0]
    assert record.properties == {
        "hs_object_id": "1",
        "firstname": "Maren",
        "lastname": "Östergård",
        "hs_timezone": "europe_slash_oslo",
    }


async def test_of_a_removed_contact_only_the_reference_is_told() -> None:
    account = an_account(1)
    account.archive(1)
    (record,) = records_of(await a_walk(account))
    assert (record.is_removed, record.properties) == (True, {"hs_object_id": "1"})


async def test_a_delta_brings_what_changed_and_what_was_archived_since() -> None:
    account = an_account(30)
    account.archive(3)
    account.forward(hours=1)
    cursor = (await a_walk(account))[-1].cursor
    account.forward(hours=2)
    account.keep(12, jobtitle="CFO")
    account.keep(31, firstname="New", lastname="One")
    account.archive(20)
    account.forward(hours=1)
    account.new_walk()
    pages = await a_walk(account, cursor)
    assert there(pages) == ["12", "31"]
    assert removed(pages) == ["20"]
    account.forward(hours=2)
    account.new_walk()
    again = await a_walk(account, pages[-1].cursor)
    assert records_of(again) == []
    assert account.deepest <= 200


async def test_a_delta_of_more_than_the_search_pages_through_comes_whole() -> None:
    account = HubSpotAccount()
    cursor = (await a_walk(account))[-1].cursor
    account.forward(hours=1)
    for number in range(1, 10_202):
        account.keep(number, lastname="Imported")  # all of them in the same instant
    account.forward(hours=1)
    account.new_walk()
    pages = await a_walk(account, cursor)
    assert there(pages) == ids(range(1, 10_202))
    assert account.complaints == []
    assert account.deepest == 200


async def test_what_the_index_does_not_show_yet_comes_with_the_next_delta() -> None:
    account = an_account(5)
    account.lag = dt.timedelta(minutes=5)
    cursor = (await a_walk(account))[-1].cursor
    account.forward(hours=1)
    account.keep(2, jobtitle="CTO")
    account.forward(minutes=1)
    account.new_walk()
    pages = await a_walk(account, cursor)
    assert there(pages) == []
    account.forward(minutes=30)
    account.new_walk()
    assert there(await a_walk(account, pages[-1].cursor)) == ["2"]


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
async def test_a_full_walk_goes_on_in_another_process(kept: int) -> None:
    account = an_account(250)
    account.archive(100)
    first = await a_walk(account, most=kept)
    account.forward(days=2)
    rest = [] if first[-1].is_last else await a_walk(account, first[-1].cursor)
    assert sorted(there(first) + there(rest), key=int) == ids(range(1, 100)) + ids(range(101, 251))
    assert removed(first) + removed(rest) == ["100"]
    assert account.complaints == []


@pytest.mark.parametrize("kept", [1, 2, 3])
async def test_a_delta_goes_on_in_another_process(kept: int) -> None:
    account = an_account(5)
    cursor = (await a_walk(account))[-1].cursor
    account.forward(hours=1)
    for number in range(1, 451):
        account.keep(number, lastname="Changed")
    account.new_walk()
    first = await a_walk(account, cursor, most=kept)
    rest = await a_walk(account, first[-1].cursor)
    assert there(first) + there(rest) == ids(range(1, 451))
    assert account.complaints == []


@pytest.mark.parametrize("kept", [1, 2, 3])
async def test_what_changes_during_a_walk_is_in_it_or_in_the_next_delta(kept: int) -> None:
    account = an_account(250)
    first = await a_walk(account, most=kept)
    account.forward(minutes=40)
    for number in (5, 150, 249):
        account.keep(number, jobtitle="Changed on the way")
    account.keep(251, lastname="New")
    account.archive(50)
    account.archive(248)
    account.forward(minutes=40)
    rest = await a_walk(account, first[-1].cursor)
    account.new_walk()
    account.forward(days=1)
    delta = await a_walk(account, rest[-1].cursor)
    last = {record.external_id: record for record in records_of([*first, *rest, *delta])}
    assert {id_ for id_, record in last.items() if record.is_removed} == {"50", "248"}
    assert last.keys() == {str(number) for number in range(1, 252)}
    for number in ("5", "150", "249"):
        assert last[number].properties.get("jobtitle") == "Changed on the way"
    assert there([*first, *rest]) == list(dict.fromkeys(there([*first, *rest])))
    assert account.complaints == []


async def test_a_contact_that_is_brought_back_in_the_middle_of_a_delta_ends_as_there() -> None:
    account = an_account(3)
    cursor = (await a_walk(account))[-1].cursor
    account.forward(hours=1)
    account.archive(2)
    account.new_walk()
    first = await a_walk(account, cursor, most=1)
    account.keep(2, jobtitle="CEO").archived_at = None
    rest = await a_walk(account, first[-1].cursor)
    assert [(r.external_id, r.is_removed) for r in records_of([*first, *rest])] == [("2", True), ("2", False)]


@pytest.mark.parametrize("is_delta", [False, True])
async def test_contacts_that_were_merged_end_as_taken_over_by_the_new_one(is_delta: bool) -> None:
    account = an_account(5)
    cursor = (await a_walk(account))[-1].cursor if is_delta else None
    account.forward(hours=1)
    account.merge(6, 2, 4)
    account.new_walk()
    last = {record.external_id: record for record in records_of(await a_walk(account, cursor))}
    assert {id_: one.merged_into for id_, one in last.items() if one.is_removed} == {"2": "6", "4": "6"}
    assert last["6"].properties["lastname"] == "Öst"
    assert "hs_merged_object_ids" not in last["6"].properties


async def test_a_contact_that_took_over_others_long_ago_and_kept_its_reference_is_still_there() -> None:
    account = HubSpotAccount()
    account.keep(1, lastname="Öst", hs_merged_object_ids="1; 9 ;;x")
    found = records_of(await a_walk(account))
    assert [(one.external_id, one.merged_into) for one in found] == [("1", None), ("9", "1")]


async def test_a_cursor_that_the_crm_no_longer_knows_is_told_as_such() -> None:
    account = an_account(250)
    first = await a_walk(account, most=2)
    account.issued.clear()
    with pytest.raises(SourceError) as error:
        await a_walk(account, first[-1].cursor)
    assert error.value.kind == "cursor_unknown"


async def test_throttled_in_the_middle_the_walk_goes_on_after_the_pause_that_was_asked_for() -> None:
    account = an_account(250)
    account.troubles = [None, answer(429, THROTTLED, retry_after="11"), answer(429, THROTTLED), None]
    pages = await a_walk(account)
    assert there(pages) == ids(range(1, 251))
    assert 11 <= account.slept[0] <= 12
    assert 1 <= account.slept[1] <= 6
    assert account.complaints == []


async def test_an_account_on_the_move_is_waited_for_or_left_alone() -> None:
    account = an_account(1)
    account.troubles = [answer(477, MOVING, retry_after="30")]
    assert there(await a_walk(account)) == ["1"]
    account.new_walk()
    account.troubles = [answer(477, MOVING, retry_after="86400")]
    with pytest.raises(SourceError) as error:
        await a_walk(account)
    assert (error.value.kind, error.value.retry_after) == ("throttled_too_long", 86_400)


async def test_a_spent_day_is_not_waited_for() -> None:
    account = an_account(1)
    account.troubles = [answer(429, DAILY)]
    with pytest.raises(SourceError) as error:
        await a_walk(account)
    assert error.value.kind == "throttled_too_long"
    assert account.slept == []


async def test_a_token_that_expires_in_the_middle_is_renewed() -> None:
    account = an_account(350)
    account.tokens = set()
    async with a_hubspot(account, GRANT) as source:
        pages = []
        async for page in source.pages(None):
            pages.append(page)
            account.tokens = set()
    assert there(pages) == ids(range(1, 351))
    assert account.granted == len(pages) == 5
    assert account.complaints == []


async def test_a_token_is_renewed_before_it_expires() -> None:
    account = an_account(350)
    async with a_hubspot(account, GRANT) as source:
        walk = source.pages(None)
        await anext(walk)
        account.forward(minutes=28)
        await anext(walk)
        assert account.granted == 1
        account.forward(minutes=1, seconds=30)
        await anext(walk)
    assert account.granted == 2


async def test_a_private_apps_token_that_was_taken_back_ends_the_walk() -> None:
    account = an_account(250)
    async with a_hubspot(account) as source:
        walk = source.pages(None)
        first = await anext(walk)
        account.tokens = set()
        with pytest.raises(SourceError) as error:
            await anext(walk)
    assert error.value.kind == "unauthorized"
    assert "pat-one" not in str(error.value)
    account.tokens = {"pat-one"}
    assert there([first, *await a_walk(account, first.cursor)]) == ids(range(1, 251))


async def test_a_grant_that_was_withdrawn_ends_the_walk() -> None:
    account = an_account(1)
    account.tokens, account.grant = set(), {}
    async with a_hubspot(account, GRANT) as source:
        with pytest.raises(SourceError) as error:
            await walked(source)
    assert error.value.kind == "unauthorized"
    assert "secret" not in str(error.value)


async def test_a_token_that_is_refused_at_once_is_not_renewed_again_and_again() -> None:
    account = an_account(1)
    account.troubles = [None, answer(401, {"category": "EXPIRED_AUTHENTICATION"})] * 3
    async with a_hubspot(account, GRANT) as source:
        with pytest.raises(SourceError) as error:
            await walked(source)
    assert error.value.kind == "unauthorized"
    assert account.granted == 2  # the first token, and another one when that was refused


async def test_a_walk_that_stands_still_ends() -> None:
    account = an_account(1)
    page = {"results": [], "paging": {"next": {"after": "NTI1Cg"}}}
    account.troubles = [answer(200, page)] * 3
    with pytest.raises(SourceError) as error:
        await a_walk(account)
    assert error.value.kind == "contract_broken"
    assert account.troubles  # not asked for ever


async def test_properties_that_a_mapping_names_are_asked_for() -> None:
    account = HubSpotAccount()
    account.keep(1, lastname="Öst", seniority="Senior")
    async with a_hubspot(account, properties=["seniority", "Record ID", "x&archived=true"]) as source:
        assert "seniority" in source.columns
        assert not {"Record ID", "x&archived=true"} & set(source.columns)
        (record,) = records_of(await walked(source))
    assert record.properties["seniority"] == "Senior"
    assert account.complaints == []
