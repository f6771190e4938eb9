"""One person from another system: added, changed, in conflict, linked; never merged."""

import asyncio

import pytest

from tests.people.factories import a_person, an_email, events_of
from tests.world import World, a_world

CRM = "/people/by-reference/crm"


async def test_a_new_reference_adds_a_person_and_the_second_time_nothing_changes(world: World) -> None:
    record = {"name": "Ada", "email": an_email(), "company": "Engines", "offers": ["maths"]}
    first = await world.owner.put(f"{CRM}/K-1", record)
    assert first.status_code == 201, first.text
    body = first.json()
    assert first.headers["location"] == f"/v1/people/{body['id']}"
    assert body["references"] == [{"source": "crm", "external_id": "K-1"}]
    again = await world.owner.put(f"{CRM}/K-1", record)
    assert (again.status_code, again.json()) == (200, body)
    assert again.headers["etag"] == first.headers["etag"]
    assert (await world.owner.get(f"{CRM}/K-1")).json() == body
    assert [kind for kind, _ in await events_of(world, body["id"])] == ["person.created"]


async def test_what_a_record_leaves_out_stays_and_null_clears(world: World) -> None:
    await world.owner.put(f"{CRM}/K-1", {"name": "Ada", "job_title": "Engineer", "company": "Engines"})
    answer = await world.owner.put(f"{CRM}/K-1", {"name": "Ada L.", "company": None})
    body = answer.json()
    assert (body["name"], body["job_title"], body["company"], body["version"]) == (
        "Ada L.",
        "Engineer",
        None,
        2,
    )
    assert (await events_of(world, body["id"]))[-1] == ("person.updated", {"changed": ["company", "name"]})


async def test_references_differ_by_case_and_by_source(world: World) -> None:
    for path in (f"{CRM}/abc", f"{CRM}/ABC", "/people/by-reference/other/abc"):
        assert (await world.owner.put(path, {"name": "Somebody"})).status_code == 201


async def test_the_same_address_under_another_reference_is_a_conflict(world: World) -> None:
    email = an_email()
    first = (await world.owner.put(f"{CRM}/K-1", {"name": "Ada", "email": email})).json()
    answer = await world.owner.put(f"{CRM}/K-2", {"name": "Eve", "email": email.upper()})
    assert (answer.status_code, answer.json()["code"]) == (409, "reference_conflict")
    assert answer.json()["candidate_id"] == first["id"]
    assert (await world.owner.get(f"{CRM}/K-2")).status_code == 404
    assert (await world.owner.get(f"{CRM}/K-1")).json() == first


async def test_linking_ties_a_new_reference_to_who_has_the_address(world: World) -> None:
    email = an_email()
    known = await a_person(world, email=email)
    answer = await world.owner.put(
        f"{CRM}/K-2", {"name": "Ada L.", "email": email}, params={"on_conflict": "link"}
    )
    assert (answer.status_code, answer.json()["id"], answer.json()["name"]) == (200, known["id"], "Ada L.")
    assert answer.json()["references"] == [{"source": "crm", "external_id": "K-2"}]
    assert (await events_of(world, known["id"]))[-1] == (
        "person.updated",
        {"changed": ["name", "references"]},
    )


async def test_a_known_reference_never_takes_somebody_elses_address_even_when_linking(world: World) -> None:
    email = an_email()
    other = await a_person(world, email=email)
    await world.owner.put(f"{CRM}/K-1", {"name": "Ada"})
    for way in ("report", "link"):
        answer = await world.owner.put(
            f"{CRM}/K-1", {"name": "Eve", "email": email}, params={"on_conflict": way}
        )
        assert (answer.status_code, answer.json()["candidate_id"]) == (409, other["id"])
    assert (await world.owner.get(f"{CRM}/K-1")).json()["name"] == "Ada"


async def test_an_unknown_time_zone_is_left_out(world: World) -> None:
    answer = await world.owner.put(f"{CRM}/K-1", {"name": "Ada", "time_zone": "Mars/Olympus"})
    assert (answer.status_code, answer.json()["time_zone"]) == (201, None)
    answer = await world.owner.put(f"{CRM}/K-1", {"name": "Ada", "time_zone": "Europe/Oslo"})
    assert answer.json()["time_zone"] == "Europe/Oslo"


async def test_an_import_does_not_change_the_address_of_an_officer(world: World) -> None:
    email = an_email()
    admin = await world.person("Ann", role="admin", email=email)
    service = await world.service("people:write", "people:read")
    link = {"on_conflict": "link"}
    assert (await service.put(f"{CRM}/K-1", {"name": "Ann", "email": email}, params=link)).status_code == 200
    answer = await service.put(f"{CRM}/K-1", {"name": "Ann B.", "email": an_email()})
    assert (answer.status_code, answer.json()["name"], answer.json()["email"]) == (200, "Ann B.", email)
    assert answer.json()["id"] == str(admin.person_id)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"name": None},
        {"name": ""},
        {"name": "x", "email": "x"},
        {"name": "x", "source": "y"},
        {"name": "x", "company_id": None},
        [],
    ],
)
async def test_a_record_that_cannot_be_taken_is_refused(world: World, record: object) -> None:
    assert (await world.owner.put(f"{CRM}/K-1", record)).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/people/by-reference/CRM/1",
        "/people/by-reference/c%20m/1",
        "/people/by-reference/crm/%00",
        "/people/by-reference/crm/%20",
        f"/people/by-reference/crm/{'x' * 201}",
        "/people/by-reference/crm/%0A",
    ],
)
async def test_a_reference_that_cannot_be_one_is_refused(world: World, path: str) -> None:
    assert (await world.owner.put(path, {"name": "x"})).status_code == 422
    assert (await world.owner.get(path)).status_code == 422
    assert (
        await world.owner.put(f"{CRM}/1", {"name": "x"}, params={"on_conflict": "guess"})
    ).status_code == 422


async def test_a_stale_version_is_refused(world: World) -> None:
    missing = await world.owner.put(f"{CRM}/K-1", {"name": "x"}, headers={"If-Match": "*"})
    assert (missing.status_code, missing.json()["code"]) == (412, "stale")
    first = await world.owner.put(f"{CRM}/K-1", {"name": "Ada"})
    tag = {"If-Match": first.headers["etag"]}
    assert (await world.owner.put(f"{CRM}/K-1", {"name": "Ada L."}, headers=tag)).status_code == 200
    assert (await world.owner.put(f"{CRM}/K-1", {"name": "Late"}, headers=tag)).status_code == 412


async def test_two_upserts_of_one_new_reference_at_once_make_one_person(world: World) -> None:
    for number in range(4):
        path = f"{CRM}/race-{number}"
        asked = [world.owner.put(path, {"name": f"Racer {n}", "company": f"New {number}"}) for n in range(6)]
        answers = await asyncio.gather(*asked)
        assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
        assert len({answer.json()["id"] for answer in answers}) == 1


async def test_two_references_with_one_new_address_at_once_make_one_person_and_a_conflict(
    world: World,
) -> None:
    for number in range(4):
        email = an_email()
        asked = [world.owner.put(f"{CRM}/{number}-{n}", {"name": "Ada", "email": email}) for n in range(4)]
        answers = await asyncio.gather(*asked)
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        assert {a.json()["code"] for a in answers if a.status_code == 409} == {"reference_conflict"}


async def test_a_change_by_hand_and_an_upsert_at_once_lose_nothing(world: World) -> None:
    person = (await world.owner.put(f"{CRM}/K-1", {"name": "Ada"})).json()
    for number in range(5):
        by_hand, by_crm = await asyncio.gather(
            world.owner.patch(f"/people/{person['id']}", {"level": f"level {number}"}),
            world.owner.put(f"{CRM}/K-1", {"name": f"Ada {number}"}),
        )
        assert (by_hand.status_code, by_crm.status_code) == (200, 200)
        now = (await world.owner.get(f"{CRM}/K-1")).json()
        assert (now["name"], now["level"]) == (f"Ada {number}", f"level {number}")
    assert now["version"] == 11


async def test_a_reference_of_another_organization_is_unknown_here(world: World) -> None:
    other = await a_world(world.house, world.client, "Elsewhere")
    theirs = (await other.owner.put(f"{CRM}/K-1", {"name": "Ada"})).json()
    assert (await world.owner.get(f"{CRM}/K-1")).status_code == 404
    mine = await world.owner.put(f"{CRM}/K-1", {"name": "Eve"})
    assert (mine.status_code, mine.json()["id"] == theirs["id"]) == (201, False)
