"""People: added, read, changed; each refusal beside what it refuses."""

import asyncio

import pytest

from tests.people.factories import a_company, a_person, an_email, events_of
from tests.world import World, a_world


async def test_an_admin_adds_a_person_and_reads_them_back(world: World) -> None:
    email = an_email("Ada")
    answer = await world.owner.post(
        "/people",
        {
            "name": " Ada Lovelace ",
            "email": email,
            "company": "Analytical Engines",
            "job_title": "Engineer",
            "time_zone": "Europe/London",
            "offers": ["mathematics"],
            "show_email": True,
        },
    )
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert answer.headers["location"] == f"/v1/people/{body['id']}"
    assert (body["name"], body["email"], body["company"]["name"]) == (
        "Ada Lovelace",
        email,
        "Analytical Engines",
    )
    assert (body["state"], body["offers"], body["needs"], body["version"]) == (
        "active",
        ["mathematics"],
        [],
        1,
    )
    assert body["allowed_actions"] == ["deactivate", "merge", "erase"]
    again = await world.owner.get(f"/people/{body['id']}")
    assert (again.status_code, again.json()) == (200, body)
    assert (await events_of(world, body["id"]))[0][0] == "person.created"


async def test_a_person_without_an_address_is_kept(world: World) -> None:
    assert (await a_person(world, name="Nobody Reachable"))["email"] is None
    assert (await a_person(world, name="Nobody Either", email=None))["email"] is None


async def test_an_address_belongs_to_one_person_whatever_its_case(world: World) -> None:
    email = an_email("straße")
    first = await a_person(world, email=email)
    answer = await world.owner.post("/people", {"name": "Second", "email": email.upper()})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")
    assert answer.json()["candidate_id"] == first["id"]
    other = await a_person(world, name="Third")
    answer = await world.owner.patch(f"/people/{other['id']}", {"email": email.title()})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_two_who_add_the_same_address_at_once_get_one_person(world: World) -> None:
    email = an_email()
    asked = [world.owner.post("/people", {"name": f"Racer {n}", "email": email}) for n in range(6)]
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"email_taken"}


async def test_the_same_address_is_free_in_another_organization(world: World) -> None:
    email = an_email()
    await a_person(world, email=email)
    other = await a_world(world.house, world.client, "Elsewhere")
    assert (await other.owner.post("/people", {"name": "Twin", "email": email})).status_code == 201


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "A\x00da"),
        ("name", "A\nda"),
        ("name", "x" * 201),
        ("name", 5),
        ("email", "not an address"),
        ("email", "a@b"),
        ("email", "a\x00@example.com"),
        ("email", "x" * 320 + "@e.com"),
        ("time_zone", "Mars/Olympus"),
        ("offers", ["x" * 61]),
        ("offers", ["x"] * 31),
        ("offers", "text"),
        ("zone_of_genius", "x" * 2_001),
        ("company_id", "nope"),
        ("company_id", "89640979-25c6-4c86-97eb-11046bff6a4b"),
        ("unknown", 1),
        ("company", " "),
        ("level", "\x7f"),
        ("show_email", "perhaps"),
    ],
)
async def test_a_value_that_cannot_be_taken_is_refused(world: World, field: str, value: object) -> None:
    answer = await world.owner.post("/people", {"name": "Ada"} | {field: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    person = await a_person(world)
    answer = await world.owner.patch(f"/people/{person['id']}", {field: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text


async def test_a_lone_surrogate_is_refused_and_other_writing_is_kept(world: World) -> None:
    raw = b'{"name": "bad \\ud800"}'
    kind = {"Content-Type": "application/json"}
    assert (await world.owner.call("POST", "/people", content=raw, headers=kind)).status_code == 422
    for name in (
        "Åse Östergård",
        "李小龙",
        "O'Brien; DROP TABLE person;--",
        "%_\\",
        "👩‍👩‍👧‍👦",
        "İstanbul ß ﬃ",
    ):
        assert (await a_person(world, name=name))["name"] == name
        found = await world.owner.get("/people", params={"q": name.upper() if name.isascii() else name})
        assert [one["name"] for one in found.json()["items"]] == [name]


async def test_company_and_company_id_together_are_refused(world: World) -> None:
    company = await a_company(world, "Engines")
    answer = await world.owner.post("/people", {"name": "Ada", "company": "Engines", "company_id": company})
    assert answer.status_code == 422


async def test_a_change_says_what_changed_and_null_clears(world: World) -> None:
    person = await a_person(world, company="Engines", job_title="Engineer", offers=["x"], show_email=True)
    path = f"/people/{person['id']}"
    answer = await world.owner.patch(
        path, {"job_title": None, "offers": None, "show_email": None, "company": None}
    )
    body = answer.json()
    assert (body["job_title"], body["offers"], body["show_email"], body["company"]) == (None, [], False, None)
    assert body["version"] == 2
    assert (await events_of(world, person["id"]))[-1] == (
        "person.updated",
        {"changed": ["company", "job_title", "offers", "show_email"]},
    )


async def test_a_change_that_changes_nothing_leaves_version_and_events_alone(world: World) -> None:
    person = await a_person(world, job_title="Engineer")
    answer = await world.owner.patch(f"/people/{person['id']}", {"job_title": "Engineer"})
    assert answer.json()["version"] == 1
    assert len(await events_of(world, person["id"])) == 1


async def test_a_stale_change_is_refused(world: World) -> None:
    person = await a_person(world)
    path = f"/people/{person['id']}"
    tag = (await world.owner.get(path)).headers["etag"]
    assert (await world.owner.get(path, headers={"If-None-Match": tag})).status_code == 304
    await world.owner.patch(path, {"level": "founder"})
    for method, address in (("PATCH", path), ("POST", f"{path}/deactivate")):
        answer = await world.owner.call(method, address, json={}, headers={"If-Match": tag})
        assert (answer.status_code, answer.json()["code"]) == (412, "stale")


async def test_people_change_their_own_profile_but_not_who_they_are(world: World) -> None:
    member = await world.person("Mia Member", email=an_email())
    path = f"/people/{member.person_id}"
    answer = await member.patch(path, {"zone_of_genius": "Listening", "name": "Mia M.", "show_email": True})
    assert (answer.status_code, answer.json()["zone_of_genius"]) == (200, "Listening")
    for change in ({"email": an_email()}, {"company": "Mine"}, {"level": "board"}):
        answer = await member.patch(path, change)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_nobody_gets_above_themselves_through_an_address(world: World) -> None:
    admin = await world.person(role="admin", email=an_email())
    service = await world.service("people:write", "people:read")
    owner_path = f"/people/{world.owner.person_id}"
    for actor in (admin, service):
        answer = await actor.patch(owner_path, {"email": an_email()})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert (await admin.patch(f"/people/{admin.person_id}", {"email": an_email()})).status_code == 200
    assert (await world.owner.patch(f"/people/{admin.person_id}", {"email": an_email()})).status_code == 200


async def test_the_directory_is_sorted_filtered_and_paged(world: World) -> None:
    for name in ("zoë", "Ärne", "Bea", "anna", "Änne"):
        await a_person(world, name=name, company="Alpha" if name == "Bea" else None)
    listed = await world.owner.get("/people", params={"limit": 2})
    names, seen = [], listed.json()
    while True:
        assert "items" in seen, seen
        names += [one["name"] for one in seen["items"]]
        if seen["next_cursor"] is None:
            break
        seen = (await world.owner.get("/people", params={"limit": 2, "cursor": seen["next_cursor"]})).json()
    assert names == ["anna", "Bea", "Olivia Owner", "zoë", "Änne", "Ärne"]
    assert 'rel="next"' in listed.headers["link"]
    company = (await world.owner.get("/people", params={"q": "BEA"})).json()["items"][0]["company"]["id"]
    found = await world.owner.get("/people", params={"company_id": company})
    assert [one["name"] for one in found.json()["items"]] == ["Bea"]
    none = await world.owner.get("/people", params={"state": "deactivated"})
    assert none.json()["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"state": "dead"},
        {"q": ""},
        {"q": "\x00"},
        {"limit": 0},
        {"limit": 201},
        {"cursor": "nonsense"},
        {"company_id": "x"},
        {"unknown": "1"},
    ],
)
async def test_a_filter_that_makes_no_sense_is_refused(world: World, query: dict[str, str]) -> None:
    assert (await world.owner.get("/people", params=query)).status_code == 422


async def test_the_organization_of_another_is_not_found(world: World) -> None:
    other = await a_world(world.house, world.client, "Elsewhere")
    person = await a_person(other)
    path = f"/people/{person['id']}"
    assert (await other.owner.get(path)).status_code == 200
    asked = [
        world.owner.get(path),
        world.owner.patch(path, {"name": "x"}),
        world.owner.post(f"{path}/deactivate"),
        world.owner.post(f"{path}/erase", {"words": "remove"}),
        world.owner.get(f"{path}/actions"),
        world.owner.put(f"{path}/organization-role", {"role": None}),
        world.owner.get(f"{path}/erasure"),
        world.owner.post(f"{path}/merge", {"into": str(world.owner.person_id)}),
        world.owner.post(f"/people/{world.owner.person_id}/merge", {"into": person["id"]}),
    ]
    answers = [await one for one in asked]
    # The last one is the only owner: that guard is asked before the survivor is looked up.
    assert [answer.status_code for answer in answers] == [404] * 8 + [409]
