"""Parties of a Tryton that is running: walked through whole and in deltas, as their users change them."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import httpx
import pytest

from peergroup.kit import time
from peergroup.sync.mapping import detect
from peergroup.sync.records import Record
from peergroup.sync.sources import tryton as parties
from peergroup.sync.sources.connections import Outside, TrytonConnectionIn, source_of
from peergroup.sync.sources.protocol import MemberSource, SourceError, SourcePage, SourceRecord
from peergroup.sync.sources.rows import row_of
from tests.sync.fakes.vendor import walked
from tests.sync.tryton import Tryton


@asynccontextmanager
async def a_source(
    tryton: Tryton, given: TrytonConnectionIn | None = None, *properties: str
) -> AsyncIterator[MemberSource]:
    async with httpx.AsyncClient() as client:
        yield source_of(given or tryton.connection, Outside(client, anyio.sleep, time.now), properties)


async def a_walk(tryton: Tryton, cursor: str | None = None, most: int | None = None) -> list[SourcePage]:
    async with a_source(tryton) as source:
        return await walked(source, cursor, most=most)


def found(pages: list[SourcePage]) -> dict[int, SourceRecord]:
    """By id; each once."""
    records = [record for page in pages for record in page.records]
    assert len({record.external_id for record in records}) == len(records)
    return {int(record.external_id): record for record in records}


@pytest.fixture
async def cursor(tryton: Tryton) -> str:
    """Behind a walk through everybody who is there, long ago."""
    tryton.grow_older()
    return (await a_walk(tryton))[-1].cursor


async def test_a_full_walk_finds_every_party_with_its_first_active_address(tryton: Tryton) -> None:
    maren = tryton.make("Maren Östergård", "maren@example.com", "second@example.com")
    ada = tryton.make("Ada Lovelace", "old@example.com", "ada@example.com")
    tryton.change_mechanism(tryton.mechanisms(ada)[0], active=False)
    silent = tryton.make("Nobody's Mail")
    nameless = tryton.make(None, "nameless@example.com")
    left = tryton.make("Left", "left@example.com")
    tryton.deactivate(left)
    records = found(await a_walk(tryton))
    assert records[maren] == SourceRecord(
        str(maren), {"id": str(maren), "name": "Maren Östergård", "email": "maren@example.com"}
    )
    assert records[ada].properties["email"] == "ada@example.com"
    assert records[silent].properties == {"id": str(silent), "name": "Nobody's Mail"}
    assert records[nameless].properties == {"id": str(nameless), "email": "nameless@example.com"}
    assert records[left] == SourceRecord(str(left), {"id": str(left)}, is_removed=True)


async def test_a_party_is_understood_without_any_mapping(tryton: Tryton) -> None:
    party = tryton.make("Maren Östergård", "maren@example.com")
    async with a_source(tryton) as source:
        mapping = detect(source.columns)
        record = found(await walked(source))[party]
        taken = mapping.apply(row_of(record, 1, source.columns))
    assert taken == Record(1, str(party), "Maren Östergård", "maren@example.com")
    assert mapping.ignored == ()


async def test_a_delta_brings_nothing_when_nothing_has_changed(tryton: Tryton, cursor: str) -> None:
    pages = await a_walk(tryton, cursor)
    assert found(pages) == {}
    assert [page.is_last for page in pages] == [True]


async def test_a_delta_brings_what_users_did_since(tryton: Tryton) -> None:
    renamed, moved, quiet, cut, left, back, gone = (
        tryton.make(f"P{n}", f"p{n}@example.com") for n in range(7)
    )
    tryton.deactivate(back)
    tryton.grow_older()
    cursor = (await a_walk(tryton))[-1].cursor
    tryton.change(renamed, name="Renamed")
    tryton.change_mechanism(tryton.mechanisms(moved)[0], value="moved@example.com")
    tryton.change_mechanism(tryton.mechanisms(quiet)[0], active=False)
    tryton.change(cut, contact_mechanisms=[("delete", tryton.mechanisms(cut))])
    tryton.deactivate(left)
    tryton.change(back, active=True)
    tryton.delete(gone)
    new = tryton.make("New", "new@example.com")
    records = found(await a_walk(tryton, cursor))
    assert records.keys() == {renamed, moved, quiet, cut, left, back, new}
    assert records[renamed].properties["name"] == "Renamed"
    assert records[moved].properties["email"] == "moved@example.com"
    assert "email" not in records[quiet].properties
    assert "email" not in records[cut].properties
    assert (records[left].is_removed, records[back].is_removed, records[new].is_removed) == (
        True,
        False,
        False,
    )
    assert gone not in found(await a_walk(tryton))


async def test_a_party_that_was_replaced_says_by_which_one(tryton: Tryton) -> None:
    stays, goes = tryton.make("Twice There"), tryton.make("Twice There")
    tryton.replace(goes, stays)
    record = found(await a_walk(tryton))[goes]
    assert (record.is_removed, record.merged_into) == (True, str(stays))


async def test_a_delta_sees_what_was_begun_before_the_walk_and_committed_after_it(tryton: Tryton) -> None:
    cursor = (await a_walk(tryton))[-1].cursor
    party = tryton.make("Slow", "slow@example.com")
    tryton.grow_older(minutes=9)
    assert party in found(await a_walk(tryton, cursor))


@pytest.mark.parametrize("kept", [1, 2])
async def test_a_walk_goes_on_in_another_process(
    tryton: Tryton, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(parties, "FOUND", 3)
    made = [tryton.make(f"P{number}", f"walk{number}@example.com") for number in range(10)]
    whole = found(await a_walk(tryton))
    first = await a_walk(tryton, most=kept)
    assert not first[-1].is_last
    tryton.change(made[-1], name="Changed on the way")
    rest = await a_walk(tryton, first[-1].cursor)
    both = found([*first, *rest])
    assert both.keys() == whole.keys() >= set(made)
    assert both[made[-1]].properties["name"] == "Changed on the way"


async def test_what_changes_behind_the_walk_comes_with_the_next_delta(
    tryton: Tryton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parties, "FOUND", 3)
    made = [tryton.make(f"P{number}") for number in range(7)]
    async with a_source(tryton) as source:
        pages = []
        async for page in source.pages(None):
            pages.append(page)
            if str(made[0]) in {record.external_id for record in page.records}:
                tryton.change(made[0], name="Changed behind")
        first = found(pages)[made[0]]
        delta = found(await walked(source, pages[-1].cursor))
    assert first.properties["name"] == "P0"
    assert delta[made[0]].properties["name"] == "Changed behind"


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "Robert'); DROP TABLE party;--",
        "علي 🧑‍🤝‍🧑",
        "%_\\",
        "x" * 5_000,
        '{"__class__": "Decimal"}',
    ],
)
async def test_hostile_names_come_as_they_are(tryton: Tryton, name: str) -> None:
    party = tryton.make(name)
    assert found(await a_walk(tryton))[party].properties["name"] == name


async def test_fields_that_a_mapping_names_are_asked_for(tryton: Tryton) -> None:
    party = tryton.make("Öst")
    async with a_source(tryton, None, "code", "lang.code", "Kundennummer") as source:
        assert source.columns == ("id", "name", "email", "code", "lang.code")
        record = found(await walked(source))[party]
    assert record.properties["code"]
    assert "lang.code" not in record.properties


async def test_a_key_that_is_not_good_or_not_for_this_database(tryton: Tryton) -> None:
    for change, kind in (({"key": "0" * 128}, "unauthorized"), ({"database": "nothing"}, "contract_broken")):
        given = TrytonConnectionIn.model_validate(tryton.connection.model_dump() | change)
        async with a_source(tryton, given) as source:
            with pytest.raises(SourceError) as error:
                await walked(source)
        assert error.value.kind == kind
        assert given.key not in error.value.detail


async def test_the_clocks_of_both_sides_are_compared(tryton: Tryton) -> None:
    party = tryton.make("Öst")
    async with httpx.AsyncClient() as client:
        ahead = Outside(client, anyio.sleep, lambda: time.now() + dt.timedelta(days=2))
        source = source_of(tryton.connection, ahead)
        cursor = (await walked(source))[-1].cursor
        tryton.change(party, name="Later")
        assert found(await walked(source, cursor))[party].properties["name"] == "Later"
