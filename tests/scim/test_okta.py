"""Okta's life with us, request by request, in the shapes of its public reference "Okta and SCIM Version 2.0":
https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20
"""

from typing import Any

from tests.people.factories import an_email, events_of
from tests.scim.directory import GROUP, USER, Directory, a_directory, patch, signed_in, states
from tests.world import World


def isaac(email: str, **more: Any) -> dict[str, Any]:
    """A user as Okta creates one: with what we do not keep, too."""
    return {
        "schemas": [USER],
        "userName": email,
        "name": {"givenName": "Isaac", "middleName": "", "familyName": "Brock"},
        "emails": [{"primary": True, "value": email, "type": "work"}],
        "displayName": "Isaac Brock",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
    } | more


async def assigned(okta: Directory, email: str) -> dict[str, Any]:
    """Somebody is assigned to the integration: looked for, not found, made."""
    sought = await okta.ask("GET", f'/Users?filter=userName eq "{email}"&startIndex=1&count=100')
    assert (sought.status_code, sought.json()["totalResults"]) == (200, 0)
    return await okta.made("/Users", isaac(email))


async def test_the_connection_is_tried(world: World) -> None:
    okta = await a_directory(world)
    for path in ("/Users?startIndex=1&count=2", "/Groups?startIndex=1&count=100"):
        answer = await okta.ask("GET", path)
        body = answer.json()
        assert (answer.status_code, body["totalResults"], body["startIndex"]) == (200, 0, 1), body


async def test_somebody_is_assigned(world: World) -> None:
    okta, email = await a_directory(world), an_email("isaac")
    made = await assigned(okta, email)
    assert made["userName"] == email
    assert made["name"] == {"givenName": "Isaac", "familyName": "Brock"}
    assert made["emails"] == [{"value": email, "type": "work", "primary": True}]
    assert (made["displayName"], made["active"]) == ("Isaac Brock", True)
    assert made["externalId"] == "00ujl29u0le5T6Aj10h7"
    assert "password" not in made
    assert made["meta"]["location"].endswith(f"/scim/v2/Users/{made['id']}")
    person = (await world.owner.get(f"/people/{made['id']}")).json()
    assert (person["name"], person["email"], person["state"]) == ("Isaac Brock", email, "active")
    assert [type_ for type_, _ in await events_of(world, made["id"])] == ["person.created"]


async def test_an_assignment_of_somebody_who_is_there_is_found(world: World) -> None:
    okta, email = await a_directory(world), an_email("isaac")
    made = await assigned(okta, email)
    (found,) = await okta.found(f'/Users?filter=userName eq "{email.upper()}"&startIndex=1&count=100')
    assert found["id"] == made["id"]


async def test_a_profile_is_pushed_whole(world: World) -> None:
    okta, email = await a_directory(world), an_email("isaac")
    made = await assigned(okta, email)
    read = await okta.ask("GET", f"/Users/{made['id']}")
    assert read.json() == made
    pushed = made | {"name": {"givenName": "Isaac", "familyName": "Brockway"}, "displayName": "I. Brockway"}
    answer = await okta.ask("PUT", f"/Users/{made['id']}", pushed)
    assert (answer.status_code, answer.json()["displayName"]) == (200, "I. Brockway"), answer.text
    person = (await world.owner.get(f"/people/{made['id']}")).json()
    assert person["name"] == "I. Brockway"


async def test_somebody_is_unassigned_and_assigned_again(world: World) -> None:
    okta, email = await a_directory(world), an_email("isaac")
    made = await assigned(okta, email)
    group = await okta.group("Leaders", made["id"])
    ada = await signed_in(world, made["id"])
    assert (await ada.get("/me")).status_code == 200
    gone = patch({"op": "replace", "value": {"active": False}})
    answer = await okta.ask("PATCH", f"/Users/{made['id']}", gone)
    assert (answer.status_code, answer.json()["active"]) == (200, False), answer.text
    assert (await ada.get("/me")).status_code == 401
    (found,) = await okta.found(f'/Users?filter=userName eq "{email}"&startIndex=1&count=100')
    assert found["active"] is False
    again = await okta.ask("PUT", f"/Users/{made['id']}", made | {"active": True})
    assert (again.status_code, again.json()["active"]) == (200, True)
    assert (await ada.get("/me")).status_code == 401
    assert (await states(world, group))[made["id"]] == "invited"
    told = [type_ for type_, _ in await events_of(world, made["id"])]
    assert [type_ for type_ in told if type_ != "person.updated"] == [
        "person.created",
        "person.deactivated",
        "person.reactivated",
    ]


async def test_everybody_is_imported_page_by_page(world: World) -> None:
    okta = await a_directory(world)
    made = [await okta.user(an_email("import")) for _ in range(7)]
    seen = []
    for start in (1, 4, 7, 10):
        answer = (await okta.ask("GET", f"/Users?startIndex={start}&count=3")).json()
        assert (answer["totalResults"], answer["startIndex"]) == (7, start)
        assert answer["itemsPerPage"] == len(answer.get("Resources", []))
        seen += [one["id"] for one in answer.get("Resources", [])]
    assert seen == made


async def test_a_group_is_pushed_renamed_filled_and_deleted(world: World) -> None:
    okta = await a_directory(world)
    ada, bob, eve = [await okta.user(an_email("pushed")) for _ in range(3)]
    made = await okta.made("/Groups", {"schemas": [GROUP], "displayName": "Test SCIMv2", "members": []})
    path = f"/Groups/{made['id']}"
    named = patch({"op": "replace", "value": {"id": made["id"], "displayName": "Test SCIMv2 again"}})
    assert (await okta.ask("PATCH", path, named)).status_code == 204
    assert (await okta.ask("GET", path)).json()["displayName"] == "Test SCIMv2 again"
    value = [{"value": ada, "display": "ada@example.com"}, {"value": bob, "display": "bob@example.com"}]
    assert (
        await okta.ask("PATCH", path, patch({"op": "add", "path": "members", "value": value}))
    ).status_code == 204
    assert await okta.members(made["id"]) == {ada, bob}
    out = patch({"op": "remove", "path": f'members[value eq "{ada}"]'})
    assert (await okta.ask("PATCH", path, out)).status_code == 204
    assert await okta.members(made["id"]) == {bob}
    only = patch({"op": "replace", "path": "members", "value": [{"value": eve, "display": "eve"}]})
    assert (await okta.ask("PATCH", path, only)).status_code == 204
    assert await states(world, made["id"]) == {ada: "removed", bob: "removed", eve: "invited"}
    whole = {"schemas": [GROUP], "id": made["id"], "displayName": "Test", "members": [{"value": bob}]}
    put = await okta.ask("PUT", path, whole)
    assert put.status_code == 200, put.text
    assert await okta.members(made["id"]) == {bob}
    assert (await okta.ask("DELETE", path)).status_code == 204
    assert (await okta.ask("GET", path)).status_code == 404
    assert (await world.owner.get(f"/groups/{made['id']}")).json()["state"] == "archived"
