"""Lists come in pages, and nobody has to know."""

from uuid import uuid4

import pytest

from peergroup.client import AsyncPage, AsyncPeergroup, Page, Peergroup
from tests.client.conftest import threaded


@pytest.fixture
async def word(asked: AsyncPeergroup) -> str:
    """A word that stands in the names of seven companies."""
    word = uuid4().hex
    for number in range(7):
        await asked.companies.create(name=f"{word} {number}")
    return word


async def test_all_pages_are_gone_through_lazily(asked: AsyncPeergroup, word: str) -> None:
    page = await asked.companies.list(q=word, limit=3)
    assert isinstance(page, AsyncPage)
    assert (len(page.items), page.next_cursor is None) == (3, False)
    assert [one.name async for one in page] == [f"{word} {number}" for number in range(7)]
    assert [len(each.items) async for each in page.pages()] == [3, 3, 1]
    following = await page.next_page()
    assert following is not None
    assert [one.name for one in following.items] == [f"{word} {number}" for number in (3, 4, 5)]


async def test_a_list_can_be_iterated_over_without_being_awaited(asked: AsyncPeergroup, word: str) -> None:
    assert len([one async for one in asked.companies.list(q=word, limit=2)]) == 7


async def test_the_waiting_client_goes_through_all_pages(waiting: Peergroup, word: str) -> None:
    page = await threaded(waiting.companies.list, q=word, limit=3)
    assert isinstance(page, Page)
    assert (len(page.items), page.next_cursor is None) == (3, False)
    assert [one.name for one in await threaded(list, page)] == [f"{word} {number}" for number in range(7)]
    assert [len(each.items) for each in await threaded(lambda: list(page.pages()))] == [3, 3, 1]
    assert "3 CompanyOut, and more" in repr(page)


async def test_only_what_is_needed_is_fetched(waiting: Peergroup, word: str) -> None:
    page = await threaded(waiting.companies.list, q=word, limit=3)
    fetched = 0
    fetch = page._fetch

    def counting(ask: object) -> object:
        nonlocal fetched
        fetched += 1
        return fetch(ask)  # type: ignore[arg-type]  # handed on

    page._fetch = counting  # type: ignore[assignment]  # handed on
    entries = iter(page)
    await threaded(lambda: [next(entries) for _ in range(3)])
    assert fetched == 0
    await threaded(next, entries)
    assert fetched == 1


async def test_a_page_that_begins_elsewhere(asked: AsyncPeergroup, word: str) -> None:
    first = await asked.companies.list(q=word, limit=3)
    second = await asked.companies.list(q=word, limit=3, cursor=first.next_cursor)
    assert [one.name for one in second.items] == [f"{word} {number}" for number in (3, 4, 5)]
