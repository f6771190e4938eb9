"""A run over HTTP: the three exports as they are, each twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.world import Actor, World

DATA = Path(__file__).parents[1] / "data"


async def imported(who: Actor, name: str, source: str, **more: Any) -> dict[str, Any]:
    """Open a run, upload a file, apply; the applied run with its results."""
    made = await who.post("/sync-runs", {"source": source, **more})
    assert made.status_code == 201, made.text
    run = made.json()["id"]
    content = (DATA / name).read_bytes()
    sent = await who.call(
        "POST", f"/sync-runs/{run}/records", content=content, headers={"Content-Type": "text/csv"}
    )
    assert (sent.status_code, sent.json()["state"]) == (200, "staged"), sent.text
    applied = await who.post(f"/sync-runs/{run}/apply")
    assert applied.status_code == 200, applied.text
    results = await who.get(f"/sync-runs/{run}/results?limit=200")
    return applied.json() | {"results": results.json()["items"]}


async def test_a_hubspot_export_brings_seventeen_people(world: World) -> None:
    service = await world.service("sync:write", "people:read")
    run = await imported(service, "hubspot-contacts.csv", "hubspot")
    assert run["summary"] == {
        "created": 17,
        "updated": 1,
        "unchanged": 0,
        "removed": 0,
        "conflict": 1,
        "rejected": 2,
        "footer_rows": 0,
    }
    by_reference = {result["external_id"]: result for result in run["results"] if result["external_id"]}
    assert by_reference["10104"]["status"] == "updated"
    assert by_reference["10113"]["problem"]["person_id"] == by_reference["10103"]["id"]
    assert by_reference["10118"]["warnings"][0]["code"] == "unknown_time_zone"
    rejected = [result["problem"]["column"] for result in run["results"] if result["status"] == "rejected"]
    assert rejected == ["Last Name", "Email"]
    again = await imported(service, "hubspot-contacts.csv", "hubspot")
    assert again["summary"] == {
        "created": 0,
        "updated": 0,
        "unchanged": 18,
        "removed": 0,
        "conflict": 1,
        "rejected": 2,
        "footer_rows": 0,
    }


async def test_all_three_exports_twice(world: World) -> None:
    for name, source, first, second in (
        ("hubspot-contacts.csv", "hubspot", (17, 1, 2, 0), 18),
        ("salesforce-report.csv", "salesforce", (2, 1, 0, 3), 2),
        ("excel-german.csv", "excel", (2, 0, 0, 0), 2),
    ):
        one = (await imported(world.owner, name, source))["summary"]
        assert (one["created"], one["conflict"], one["rejected"], one["footer_rows"]) == first
        two = (await imported(world.owner, name, source))["summary"]
        assert (two["unchanged"], two["conflict"], two["rejected"], two["footer_rows"]) == (
            second,
            *first[1:],
        )


async def test_a_dry_run_changes_nothing(world: World) -> None:
    run = (await world.owner.post("/sync-runs", {"source": "hubspot"})).json()["id"]
    content = (DATA / "hubspot-contacts.csv").read_bytes()
    await world.owner.call(
        "POST", f"/sync-runs/{run}/records", content=content, headers={"Content-Type": "text/csv"}
    )
    rehearsed = await world.owner.post(f"/sync-runs/{run}/apply?dry_run=true")
    assert (rehearsed.json()["state"], rehearsed.json()["summary"]["created"]) == ("applied", 17)
    assert (await world.owner.get(f"/sync-runs/{run}")).json()["state"] == "staged"
    people = await world.owner.get("/people?limit=200")
    assert [one["name"] for one in people.json()["items"]] == ["Olivia Owner"]


async def test_a_run_is_applied_once(world: World) -> None:
    run = await imported(world.owner, "excel-german.csv", "excel")
    again = await world.owner.post(f"/sync-runs/{run['id']}/apply")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    more = await world.owner.call(
        "POST", f"/sync-runs/{run['id']}/records", content=b"a,b\n1,2", headers={"Content-Type": "text/csv"}
    )
    assert more.status_code == 409


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\xff\x00", b"just one column\nx"])
async def test_a_file_that_is_none_is_refused_with_a_reason(world: World, content: bytes) -> None:
    run = (await world.owner.post("/sync-runs", {"source": "x"})).json()["id"]
    answer = await world.owner.call(
        "POST", f"/sync-runs/{run}/records", content=content, headers={"Content-Type": "text/csv"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text


async def test_members_and_other_organizations_do_not_synchronize(world: World) -> None:
    member = await world.person()
    assert (await member.post("/sync-runs", {"source": "x"})).status_code == 403
    run = (await world.owner.post("/sync-runs", {"source": "x"})).json()["id"]
    for method, path in (("GET", ""), ("POST", "/apply"), ("GET", "/results")):
        assert (await member.call(method, f"/sync-runs/{run}{path}")).status_code == 403
    sent = await member.call(
        "POST", f"/sync-runs/{run}/records", content=b"a", headers={"Content-Type": "text/csv"}
    )
    assert sent.status_code == 403


async def test_a_reference_that_comes_three_times_is_one_person(world: World) -> None:
    run = (await world.owner.post("/sync-runs", {"source": "x"})).json()["id"]
    lines = [
        b"id,name,email",
        b"1,First,a@example.com",
        b"2,Other,b@example.com",
        b"1,Second,a@example.com",
        b"1,Third,a@example.com",
    ]
    await world.owner.call(
        "POST", f"/sync-runs/{run}/records", content=b"\n".join(lines), headers={"Content-Type": "text/csv"}
    )
    assert (await world.owner.post(f"/sync-runs/{run}/apply")).status_code == 200
    results = (await world.owner.get(f"/sync-runs/{run}/results")).json()["items"]
    assert [result["status"] for result in results] == ["created", "created", "updated", "updated"]
    person = (await world.owner.get(f"/people/{results[0]['id']}")).json()
    assert person["name"] == "Third"
    assert len({result["id"] for result in results}) == 2
