"""What the columns of a source mean: set through the API, tried on a sample, used by every run."""

from typing import Any

import pytest

from peergroup.kit.context import Principal
from peergroup.sync import uploading
from tests.sync.runs import applied, lines, person
from tests.world import World

MEANS = [
    {"column": "Nummer", "field": "external_id"},
    {"column": "Wer", "field": "name"},
    {"column": "Kundenstatus", "field": "is_active", "values": {"Ehemalig": "no", "Kunde": "yes"}},
    {"column": "Region", "field": "time_zone", "values": {"Nord": "Europe/Oslo"}},
]
EXPORT = lines("1,Ada,Kunde,nord", "2,Bea,EHEMALIG,Nord", header="Nummer,Wer,Kundenstatus,Region")


async def test_a_mapping_is_set_once_and_used_by_every_run(world: World) -> None:
    empty = (await world.owner.get("/sources/erp/mapping")).json()
    assert (empty["columns"], empty["version"]) == ([], 0)
    known = {one["field"]: one["columns"] for one in empty["built_in"]}
    assert known["first_name"][:2] == ["first name", "given name"]
    put = await world.owner.put("/sources/erp/mapping", {"columns": MEANS})
    assert (put.status_code, put.json()["version"]) == (200, 1), put.text
    run = await applied(world.owner, "erp", EXPORT)
    assert (run["summary"]["created"], run["summary"]["unchanged"]) == (1, 1)
    assert run["columns"]["fields"]["is_active"] == "Kundenstatus"
    assert (await person(world.owner, "erp", "1"))["time_zone"] == "Europe/Oslo"
    same = await world.owner.put("/sources/erp/mapping", {"columns": MEANS})
    assert same.json()["version"] == 1
    fewer = await world.owner.put("/sources/erp/mapping", {"columns": MEANS[:2]})
    assert (fewer.json()["version"], len(fewer.json()["columns"])) == (2, 2)
    assert (await applied(world.owner, "erp", EXPORT))["summary"]["created"] == 1


async def test_what_a_run_says_outranks_the_mapping_and_missing_columns_do_no_harm(world: World) -> None:
    await world.owner.put("/sources/erp/mapping", {"columns": MEANS})
    content = lines("7,x,Cleo", header="Nummer,Wer,Name")
    run = await applied(world.owner, "erp", content, mapping=[{"column": "Name", "field": "name"}])
    assert run["columns"]["fields"] == {"external_id": "Nummer", "name": "Name"}


async def test_a_sample_shows_what_would_be_read(world: World) -> None:
    sample = EXPORT.decode() + ",Nobody,Kunde,Nord\n"
    blind = await world.owner.post("/sources/erp/mapping/preview", {"sample": sample})
    assert (blind.status_code, blind.json()["errors"][0]["pointer"]) == (422, "/sample")
    answer = await world.owner.post("/sources/erp/mapping/preview", {"sample": sample, "columns": MEANS})
    assert answer.status_code == 200, answer.text
    one, two, three = answer.json()["records"]
    assert (one["fields"], one["is_active"]) == ({"name": "Ada", "time_zone": "Europe/Oslo"}, True)
    assert (two["external_id"], two["is_active"], two["fields"]) == ("2", False, {})
    assert (three["problem"]["code"], three["is_active"]) == ("no_reference", None)
    assert (await world.owner.get("/sources/erp/mapping")).json()["version"] == 0
    assert len((await world.owner.get("/people")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("columns", "pointer"),
    [
        ([{"column": "a", "field": "shoe_size"}], "/columns/0/field"),
        ([{"column": "a", "field": "name"}, {"column": "A", "field": "email"}], "/columns/1/column"),
        ([{"column": "a", "field": "name", "values": {"": "x"}}], None),
        ([{"column": "a", "field": "name", "values": {"x\0": "x"}}], None),
        ([{"column": "a", "field": "name", "values": {"x": "x\0"}}], None),
        ([{"column": "", "field": "name"}], None),
        ([{"column": "a", "field": "name", "values": {"a\x00": "x"}}], None),
        ([{"column": "a", "field": "name", "values": {"a": "x\x00"}}], None),
    ],
)
async def test_a_mapping_that_cannot_be_meant_is_refused(
    world: World, columns: Any, pointer: str | None
) -> None:
    answer = await world.owner.put("/sources/erp/mapping", {"columns": columns})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert pointer in (None, answer.json()["errors"][0]["pointer"])


async def test_if_match_guards_a_mapping(world: World) -> None:
    for tag, status in (('"7"', 412), ('"0"', 200), ('"0"', 412), ('"1"', 200)):
        answer = await world.owner.put(
            "/sources/erp/mapping", {"columns": MEANS[:2]}, headers={"If-Match": tag}
        )
        assert answer.status_code == status, (tag, answer.text)


async def test_a_second_upload_takes_the_place_of_the_first(world: World) -> None:
    made = (await world.owner.post("/sync-runs", {"source": "crm"})).json()["id"]
    me = Principal(world.organization_id, "person", world.owner.person_id)
    slow = await uploading.begin(world.house, me, made, "text/csv")
    answer = await world.owner.call(
        "POST",
        f"/sync-runs/{made}/records",
        content=lines("2,Second,"),
        headers={"Content-Type": "text/csv"},
    )
    assert answer.status_code == 200

    async def first() -> Any:
        yield lines("1,First,")

    with pytest.raises(Exception, match=r"staged|Another upload"):
        await slow.receive(first())
    results = (await world.owner.get(f"/sync-runs/{made}/results")).json()["items"]
    assert [one["external_id"] for one in results] == ["2"]
