"""Pages: each entry once, whatever is inserted meanwhile, and cursors from anywhere but a page are refused."""

import base64
import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peergroup.kit.pagination import decode, encode
from peergroup.kit.problems import Problem
from tests.world import Actor

Name = Callable[[], str]
KINDS: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**62), 2**62),
    str: st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    UUID: st.uuids(),
    dt.datetime: st.datetimes(
        dt.datetime(1900, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone
        dt.datetime(2199, 1, 1),  # noqa: DTZ001 - the lack of a zone is the case
        timezones=st.just(dt.UTC),
    ),
}


def packed(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.data(), st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=3))
def test_a_cursor_leads_back_to_its_values(data: st.DataObject, kinds: list[Any]) -> None:
    values = [data.draw(KINDS[kind]) for kind in kinds]
    assert decode(encode(values), kinds) == values


@given(st.text() | anything.map(packed), st.lists(st.sampled_from(list(KINDS)), max_size=3))
@example(packed([5]), [UUID])
@example(packed([None]), [UUID])
@example(packed([["a"]]), [UUID])
@example(packed([5]), [dt.datetime])
@example(packed(["9999-99-99T00:00:00.000000Z"]), [dt.datetime])
@example(packed([2**63]), [int])
@example(packed([True]), [int])
@example(packed(["\x00"]), [str])
@example(packed(["\ud800"]), [str])
@example("[" * 400, [str])
@example(base64.urlsafe_b64encode(b"[" * 300).decode(), [str])
def test_any_other_text_is_refused_and_never_breaks(cursor: str, kinds: list[Any]) -> None:
    try:
        values = decode(cursor, kinds)
    except Problem as problem:
        refused = (problem.kind.status, problem.extra["errors"][0]["pointer"])
    else:
        refused = (422, "cursor") if [type(value) for value in values] == kinds else None
    assert refused == (422, "cursor")


async def walked(player: Actor, limit: int, between: Callable[[], Any]) -> list[str]:
    names: list[str] = []
    address: str | None = f"/toys?limit={limit}"
    while address is not None:
        page = await player.get(address)
        assert page.status_code == 200, page.text
        names += [toy["name"] for toy in page.json()["items"]]
        following = page.links.get("next", {}).get("url")
        assert (following is None) == (page.json()["next_cursor"] is None)
        address = following
        await between()
    return names


async def test_every_entry_comes_once_while_others_are_inserted(player: Actor) -> None:
    for letter in "CEGIKMO":
        await player.post("/toys", {"name": f"{letter} toy"})
    late = iter("BDFHJLNP")

    async def insert() -> None:
        await player.post("/toys", {"name": f"{next(late)} toy"})

    names = await walked(player, 2, insert)
    assert names == sorted(names)
    assert len(names) == len(set(names))
    assert {f"{letter} toy" for letter in "CEGIKMO"} <= set(names)


async def test_the_last_page_has_no_successor(player: Actor) -> None:
    for letter in "ABCD":
        await player.post("/toys", {"name": f"{letter} toy"})
    assert (await player.get("/toys?limit=4")).json()["next_cursor"] is None
    assert (await player.get("/toys?limit=3")).json()["next_cursor"] is not None
    assert (await player.get("/toys?limit=200")).json()["next_cursor"] is None


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "limit=-1", "cursor=%00", "cursor=AAAA"]
)
async def test_what_no_page_gave_is_refused(player: Actor, query: str) -> None:
    assert (await player.get(f"/toys?{query}")).status_code == 422


@pytest.mark.parametrize("written", ["+2", "2.0", "%202", "2e0", "٢", "0x2", "2_0", "true", "", "2&limit=x"])
async def test_a_number_in_a_query_is_written_in_digits(player: Actor, written: str) -> None:
    assert (await player.get(f"/toys?limit={written}")).status_code == 422


async def test_digits_in_a_query_mean_what_they_say(player: Actor) -> None:
    for letter in "ABC":
        await player.post("/toys", {"name": f"{letter} toy"})
    # Zeros in front change nothing: the contract does not forbid them, and no two readers take them differently.
    for written in ("2", "02", "002"):
        page = await player.get(f"/toys?limit={written}")
        assert (page.status_code, len(page.json()["items"])) == (200, 2)


@pytest.mark.parametrize("version", [2**31, 2**40, -(2**62), 2**62])
async def test_a_number_that_no_column_can_hold_gets_the_same_verdict_everywhere(
    player: Actor, version: int
) -> None:
    cursor = packed([version, "a", "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"])
    assert (await player.get(f"/toys?cursor={cursor}")).status_code == 422
