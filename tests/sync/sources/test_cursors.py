"""Where a walk stands, as text."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from peergroup.sync.sources.connections import source_of
from peergroup.sync.sources.cursors import OVERLAP, Cursor, cursor_of
from peergroup.sync.sources.protocol import SourceError
from tests.sync.fakes.hubspot import HubSpotAccount
from tests.sync.fakes.salesforce import SalesforceOrganization
from tests.sync.fakes.vendor import BEGINNING, walked
from tests.sync.sources.making import TOKEN, a_hubspot, a_salesforce


def test_a_cursor_is_read_as_it_was_written() -> None:
    since = dt.datetime(2026, 11, 20, 9, 0, 0, 123_456, tzinfo=dt.UTC)
    cursor = Cursor("hubspot", since, BEGINNING, "archived", 'MTI"3\\')
    assert cursor_of("hubspot", str(cursor)) == cursor
    assert cursor_of("hubspot", None) == Cursor("hubspot")


def test_a_walk_keeps_the_time_at_which_it_began_and_the_next_one_looks_back_behind_it() -> None:
    later = BEGINNING + dt.timedelta(hours=5)
    cursor = Cursor("tryton").begun(BEGINNING).behind("7").begun(later)
    assert cursor.began == BEGINNING
    assert cursor.closed(later) == Cursor("tryton", since=BEGINNING - OVERLAP)


GOOD = {"kind": "hubspot", "since": "2026-11-20T09:00:00+00:00", "after": "7"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "null",
        "[]",
        "{}",
        "{" * 10_000,
        json.dumps(GOOD | {"kind": "salesforce"}),
        json.dumps(GOOD | {"since": "yesterday"}),
        json.dumps(GOOD | {"since": "2026-13-20T09:00:00+00:00"}),
        json.dumps(GOOD | {"since": "2026-11-20T09:00:00"}),
        json.dumps(GOOD | {"after": 7}),
        json.dumps(GOOD | {"until": "x"}),
        json.dumps(GOOD | {"after": "9" * 3_000}),
        json.dumps(GOOD | {"after": "7 OR 1"}),
    ],
    ids=lambda text: text[:60],
)
async def test_whatever_is_no_cursor_is_refused_and_nobody_is_asked(text: str) -> None:
    account = HubSpotAccount()
    async with a_hubspot(account) as source:
        with pytest.raises(SourceError) as error:
            await walked(source, text)
    assert error.value.kind == "cursor_unknown"
    assert account.used == []


async def test_no_query_can_be_smuggled_in_by_a_cursor() -> None:
    organization = SalesforceOrganization()
    async with a_salesforce(organization) as source:
        with pytest.raises(SourceError) as error:
            await walked(source, json.dumps({"kind": "salesforce", "after": "003' OR Id != '"}))
    assert error.value.kind == "cursor_unknown"
    assert organization.queries == []


DAYS = dt.timedelta(days=3)
NONE = dt.timedelta(0)


@pytest.mark.parametrize(("ahead", "told_ahead"), [(-DAYS, NONE), (DAYS, NONE), (NONE, DAYS), (NONE, -DAYS)])
async def test_one_clock_that_is_wrong_loses_nothing(ahead: dt.timedelta, told_ahead: dt.timedelta) -> None:
    account = HubSpotAccount(told_ahead=told_ahead)
    account.keep(1, lastname="Öst")
    account.forward(days=9)
    async with account.outside() as outside:
        source = source_of(TOKEN, replace(outside, clock=lambda: account.now + ahead))
        cursor = (await walked(source))[-1].cursor
        account.forward(hours=1)
        account.keep(1, jobtitle="CEO")
        account.new_walk()
        pages = await walked(source, cursor)
    assert [record.external_id for page in pages for record in page.records] == ["1"]


async def test_a_cursor_is_short_and_holds_no_word_about_anybody() -> None:
    account = HubSpotAccount()
    for number in range(1, 102):
        account.keep(number, firstname="Ada", lastname="Lovelace", email=f"ada{number}@example.com")
    async with a_hubspot(account) as source:
        for page in await walked(source):
            assert len(page.cursor) < 300
            assert not [word for word in ("ada", "lovelace", "pat-one") if word in page.cursor.casefold()]
