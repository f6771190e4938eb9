"""Entra ID's life with us, in the shapes of Microsoft's public "Develop and plan provisioning for a SCIM endpoint":
https://learn.microsoft.com/en-us/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups

Its ways of its own: capital operations, booleans as texts, paths with filters for entries that are not there yet,
members as values of a removal, and a flag in the address of the tenant.
"""

from typing import Any

import pytest

from tests.people.factories import an_email, events_of
from tests.scim.directory import ENTERPRISE, GROUP, USER, a_directory, patch, signed_in, states
from tests.world import World

FLAG = "aadOptscim062020"


def a_user(email: str, **more: Any) -> dict[str, Any]:
    """A user as Entra creates one, with the extension's other attributes."""
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": email,
        "active": True,
        "addresses": [{"primary": False, "type": "work", "country": "GB"}],
        "displayName": "Test User",
        "emails": [{"primary": True, "type": "work", "value": email}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName"},
        "roles": [],
        ENTERPRISE: {"department": "Sales", "organization": "Analytical Engines", "employeeNumber": "701984"},
    } | more


async def test_somebody_is_provisioned(world: World) -> None:
    entra, email = await a_directory(world), an_email("entra")
    sought = await entra.ask("GET", f'/Users?filter=userName eq "{email}"&{FLAG}')
    assert (sought.status_code, sought.json()["totalResults"]) == (200, 0)
    made = await entra.made("/Users", a_user(email))
    assert made["externalId"] == "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"
    assert made[ENTERPRISE] == {"organization": "Analytical Engines"}
    person = (await world.owner.get(f"/people/{made['id']}")).json()
    assert (person["name"], person["company"]["name"]) == ("Test User", "Analytical Engines")
    for asked in (f'userName eq "{email.upper()}"', f'externalId eq "{made["externalId"]}"'):
        (found,) = await entra.found(f"/Users?filter={asked}")
        assert found["id"] == made["id"]


@pytest.mark.parametrize(
    "asked", ['emails[type eq "work"].value eq "{}"', 'emails[type eq "work" and value eq "{}"]']
)
async def test_somebody_is_matched_by_the_address_for_work(world: World, asked: str) -> None:
    entra, email = await a_directory(world), an_email("entra")
    made = await entra.user(email)
    (found,) = await entra.found(f"/Users?filter={asked.format(email.upper())}")
    assert found["id"] == made
    assert await entra.found(f"/Users?filter={asked.format('x' + email)}") == []


async def test_attributes_are_replaced(world: World) -> None:
    entra, email, new = await a_directory(world), an_email("entra"), an_email("updated")
    made = await entra.made("/Users", a_user(email))
    change = patch(
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": new},
        {"op": "Replace", "path": "name.familyName", "value": "updatedFamilyName"},
        {"op": "Replace", "path": "displayName", "value": "Updated User"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Research"},
        {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": "26118915-6090-4610-87e4-49d8ca9f808d"},
    )
    answer = await entra.ask("PATCH", f"/Users/{made['id']}", change)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["emails"] == [{"value": new, "type": "work", "primary": True}]
    assert (body["name"]["familyName"], body["displayName"]) == ("updatedFamilyName", "Updated User")
    person = (await world.owner.get(f"/people/{made['id']}")).json()
    assert (person["name"], person["email"]) == ("Updated User", new)


async def test_an_address_is_added_by_a_path_that_matches_nothing_yet(world: World) -> None:
    entra = await a_directory(world)
    made = await entra.user("no.address")
    change = patch({"op": "Add", "path": 'emails[type eq "work"].value', "value": an_email("first")})
    answer = await entra.ask("PATCH", f"/Users/{made}", change)
    assert (answer.status_code, answer.json()["emails"][0]["type"]) == (200, "work"), answer.text


async def test_a_change_without_paths_names_them_in_the_value(world: World) -> None:
    entra, email = await a_directory(world), an_email("entra")
    made = await entra.made("/Users", a_user(email))
    value = {
        "displayName": "Without Paths",
        "name.givenName": "Without",
        f"{ENTERPRISE}:organization": "Difference Engines",
        f"{ENTERPRISE}:department": "Nothing of ours",
    }
    answer = await entra.ask("PATCH", f"/Users/{made['id']}", patch({"op": "Replace", "value": value}))
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["displayName"], body["name"]["givenName"]) == ("Without Paths", "Without")
    assert body[ENTERPRISE] == {"organization": "Difference Engines"}


@pytest.mark.parametrize("no", [False, "False", "false"])
async def test_somebody_is_disabled_and_enabled(world: World, no: Any) -> None:
    entra, email = await a_directory(world), an_email("entra")
    made = await entra.made("/Users", a_user(email, active="True"))
    ada = await signed_in(world, made["id"])
    off = patch({"op": "Replace", "path": "active", "value": no})
    answer = await entra.ask("PATCH", f"/Users/{made['id']}", off)
    assert (answer.status_code, answer.json()["active"]) == (200, False), answer.text
    assert (await ada.get("/me")).status_code == 401
    on = patch({"op": "Add", "path": "active", "value": "True"})
    answer = await entra.ask("PATCH", f"/Users/{made['id']}", on)
    assert (answer.status_code, answer.json()["active"]) == (200, True), answer.text


async def test_somebody_is_deleted_for_good(world: World) -> None:
    entra, email = await a_directory(world), an_email("entra")
    made = await entra.made("/Users", a_user(email))
    assert (await entra.ask("DELETE", f"/Users/{made['id']}")).status_code == 204
    assert (await entra.ask("GET", f"/Users/{made['id']}")).status_code == 404
    assert await entra.found(f'/Users?filter=userName eq "{email}"') == []
    assert (await world.owner.get(f"/people/{made['id']}")).json()["state"] == "deactivated"


async def test_a_group_is_provisioned(world: World) -> None:
    entra = await a_directory(world)
    ada, bob = await entra.user(an_email("ada")), await entra.user(an_email("bob"))
    body = {
        "schemas": [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
        "displayName": "Group One",
        "meta": {"resourceType": "Group"},
    }
    made = await entra.made("/Groups", body)
    path = f"/Groups/{made['id']}"
    (found,) = await entra.found('/Groups?excludedAttributes=members&filter=displayName eq "GROUP one"')
    assert (found["id"], "members" in found) == (made["id"], False)
    add = patch({"op": "Add", "path": "members", "value": [{"$ref": None, "value": ada}, {"value": bob}]})
    assert (await entra.ask("PATCH", path, add)).status_code == 204
    assert await entra.members(made["id"]) == {ada, bob}
    assert "members" not in (await entra.ask("GET", f"{path}?excludedAttributes=members")).json()
    (one,) = await entra.found(f'/Groups?filter=id eq "{made["id"]}" and members eq "{ada}"&attributes=id')
    assert one == {"schemas": [GROUP], "id": made["id"]}
    out = patch({"op": "Remove", "path": "members", "value": [{"$ref": None, "value": ada}]})
    assert (await entra.ask("PATCH", path, out)).status_code == 204
    assert await states(world, made["id"]) == {ada: "removed", bob: "invited"}
    assert (
        await entra.found(f'/Groups?filter=id eq "{made["id"]}" and members eq "{ada}"&attributes=id') == []
    )
    name = patch({"op": "Replace", "path": "displayName", "value": "Group Two"})
    assert (await entra.ask("PATCH", path, name)).status_code == 204
    told = [type_ for type_, _ in await events_of(world, made["id"])]
    assert told == ["group.founded", "group.updated"]
    assert (await entra.ask("DELETE", path)).status_code == 204
    assert await entra.found('/Groups?filter=displayName eq "Group Two"') == []


async def test_the_user_of_earlier_times_comes_back(world: World) -> None:
    """Entra makes anew whom it deleted: the same human, and the old access stays gone."""
    entra, email = await a_directory(world), an_email("entra")
    made = await entra.made("/Users", a_user(email))
    ada = await signed_in(world, made["id"])
    await entra.ask("DELETE", f"/Users/{made['id']}")
    again = await entra.made("/Users", a_user(email.upper()))
    assert (again["id"], again["active"], again["userName"]) == (made["id"], True, email.upper())
    assert (await ada.get("/me")).status_code == 401
