"""How SCIM refuses: in its own words at every address below it, and the same on both databases whatever is sent."""

import json
from typing import Any

import httpx
import pytest

from peergroup.app import create_app
from tests.people.factories import an_email
from tests.scim.directory import (
    GROUP,
    PATCH_OP,
    SCIM,
    USER,
    Directory,
    a_directory,
    group,
    patch,
    refused,
    user,
)
from tests.world import World

NOT_FOR_OTHERS = (("GET", "/Users"), ("POST", "/Users"), ("GET", "/ServiceProviderConfig"), ("POST", "/Bulk"))
NUL, LONE = "\x00", "\ud800"


@pytest.mark.parametrize(("method", "path"), NOT_FOR_OTHERS)
async def test_nobody_else_gets_in(world: World, method: str, path: str) -> None:
    directory = await a_directory(world)
    body = user(an_email("in")) if path == "/Users" and method == "POST" else None
    nobody = await world.client.request(method, f"/scim/v2{path}", json=body, headers=SCIM)
    assert refused(nobody, 401)
    assert nobody.headers["www-authenticate"].startswith("Bearer")
    wrong = await world.client.request(method, f"/scim/v2{path}", headers={"Authorization": "Bearer x"})
    assert refused(wrong, 401)
    for actor in (world.owner, await world.person(role="admin"), await world.service("people:write")):
        assert refused(await Directory(actor).ask(method, path, body), 403)
    twin = await directory.ask(method, path, body)
    assert twin.status_code in (200, 201) or path == "/Bulk", twin.text


async def test_the_addresses_that_are_not_there(world: World) -> None:
    directory = await a_directory(world)
    for path in ("/Nothing", "/Users/x/y", "/users", "/Schemas/urn:none", "/ResourceTypes/None", "/Me"):
        assert refused(await directory.ask("GET", path), 404), path
    for method, path in (("PUT", "/Users"), ("DELETE", "/Bulk"), ("POST", "/Schemas"), ("PATCH", "/Groups")):
        answer = await directory.ask(method, path, {})
        assert refused(answer, 405), path
        assert answer.headers["allow"]
    outside = await directory.actor.get("/scim/v1/Users")
    assert outside.headers["content-type"] == "application/problem+json", "another address, another dialect"


async def test_bodies_of_other_kinds(world: World) -> None:
    directory = await a_directory(world)
    plain = await directory.ask("POST", "/Users", user("plain"), Content_Type="application/json")
    assert plain.status_code == 201, plain.text
    charset = "application/scim+json; charset=utf-8"
    assert (await directory.ask("POST", "/Users", user("set"), Content_Type=charset)).status_code == 201
    assert refused(await directory.ask("POST", "/Users", user("xml"), Content_Type="text/xml"), 415)
    zipped = await directory.ask("POST", "/Users", user("zip"), Content_Encoding="gzip")
    assert refused(zipped, 415)
    large = user("large", displayName="x" * 1_000_001)
    assert refused(await directory.ask("POST", "/Users", large), 413)
    assert refused(await directory.ask("GET", "/Users/" + "x" * 3_000), 413)
    assert refused(await directory.ask("GET", "/Users?filter=" + "x" * 9_000), 413)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"7",
        b"NaN",
        b'{"userName": "a", "userName": "b"}',
        b'{"userName": NaN}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b'{"schemas": "x", "userName": ',
    ],
)
async def test_what_is_no_json_object_is_refused(world: World, raw: bytes) -> None:
    directory = await a_directory(world)
    for method, path in (("POST", "/Users"), ("POST", "/Groups"), ("POST", "/Bulk"), ("POST", "/.search")):
        answer = await directory.actor.call(method, f"/scim/v2{path}", content=raw, headers=SCIM)
        assert refused(answer, 400, "invalidSyntax"), answer.text


@pytest.mark.parametrize(
    "more",
    [
        {"userName": None},
        {"userName": ""},
        {"userName": "   "},
        {"userName": 7},
        {"userName": ["x"]},
        {"userName": {"x": 1}},
        {"userName": "x" * 321},
        {"userName": "two\nlines"},
        {"userName": "\u200b"},
        {"userName": NUL},
        {"userName": LONE},
        {"displayName": NUL},
        {"displayName": "x" * 201},
        {"displayName": LONE + "x"},
        {"name": "Ada"},
        {"name": {"givenName": ["x"]}},
        {"name": {"givenName": "x" * 201}},
        {"emails": "x@y.z"},
        {"emails": [{"value": "no address"}]},
        {"emails": [{"value": f"a{NUL}@example.com"}]},
        {"emails": [{"value": "a@example.com", "primary": "perhaps"}]},
        {"emails": ["a@example.com"]},
        {"emails": {"value": 7}},
        {"active": "perhaps"},
        {"active": []},
        {"timezone": "Europe/Atlantis"},
        {"title": {"x": 1}},
        {"externalId": 7},
        {"externalId": "x" * 201},
        {"schemas": 7},
        {"schemas": [GROUP]},
        {NUL: "x"},
        {LONE: "x"},
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": "Acme"},
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"organization": "x" * 201}},
        {"x": 10**400},
    ],
)
async def test_a_value_that_cannot_be_kept_is_refused(world: World, more: dict[str, Any]) -> None:
    directory = await a_directory(world)
    answer = await sent(directory, "POST", "/Users", user("hostile") | more)
    assert refused(answer, 400, answer.json().get("scimType"))
    assert answer.json()["scimType"] in ("invalidValue", "invalidSyntax"), answer.text
    made = await directory.user("harmless")
    answer = await sent(directory, "PUT", f"/Users/{made}", user("hostile") | more)
    assert (answer.status_code, answer.json()["scimType"] in ("invalidValue", "invalidSyntax")) == (400, True)
    assert len(await directory.found("/Users")) == 1


@pytest.mark.parametrize(
    "operation",
    [
        {},
        {"op": "move", "path": "title", "value": "x"},
        {"op": 7},
        {"op": "replace", "path": 7, "value": "x"},
        {"op": "replace", "path": "", "value": "x"},
        {"op": "replace", "path": "title"},
        {"op": "add", "path": "title"},
        {"op": "remove"},
        {"op": "remove", "path": "userName"},
        {"op": "replace", "path": "userName", "value": None},
        {"op": "replace", "path": "userName", "value": ""},
        {"op": "replace", "path": "id", "value": "other"},
        {"op": "replace", "path": "meta.version", "value": "x"},
        {"op": "replace", "path": "emails[", "value": "x"},
        {"op": "replace", "path": 'emails[type eq "work"', "value": "x"},
        {"op": "replace", "path": 'emails[nothing eq "work"].value', "value": "x"},
        {"op": "replace", "path": 'emails[type co "x"].value', "value": "a@example.com"},
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": {"x": 1}},
        {"op": "replace", "path": "emails[" + "(" * 5_000, "value": "x"},
        {"op": "replace", "path": "x" * 9_000, "value": "x"},
        {"op": "replace", "path": "title" + ".x" * 300, "value": "x"},
        {"op": "replace", "path": f"title{NUL}", "value": "x"},
        {"op": "replace", "path": f"title{LONE}", "value": "x"},
        {"op": "replace", "path": "title", "value": NUL},
        {"op": "replace", "path": "title", "value": [["x"]]},
        {"op": "replace", "value": "x"},
        {"op": "replace", "value": ["x"]},
        {"op": "replace", "value": {"userName": 7}},
        {"op": "add", "path": "emails", "value": [[[[]]]]},
        {"op": "replace", "path": "name", "value": "Ada"},
        {"op": "replace", "path": "active", "value": "perhaps"},
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(world: World, operation: dict[str, Any]) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Users", user("harmless", title="CEO"))
    answer = await sent(directory, "PATCH", f"/Users/{made['id']}", patch(operation))
    known = ("invalidValue", "invalidSyntax", "invalidPath", "noTarget", "mutability", "invalidFilter")
    assert refused(answer, 400, answer.json().get("scimType"))
    assert answer.json()["scimType"] in known, answer.text
    assert (await directory.ask("GET", f"/Users/{made['id']}")).json() == made


@pytest.mark.parametrize(
    "body", [{}, {"schemas": [PATCH_OP]}, {"schemas": [USER], "Operations": []}, patch()]
)
async def test_a_patch_without_operations_is_refused(world: World, body: dict[str, Any]) -> None:
    directory = await a_directory(world)
    made = await directory.user("harmless")
    answer = await directory.ask("PATCH", f"/Users/{made}", body)
    assert refused(answer, 400, answer.json().get("scimType"))


async def test_a_patch_has_a_bounded_number_of_operations(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.user("harmless")
    one = {"op": "replace", "path": "title", "value": "CEO"}
    path = f"/Users/{made}"
    assert refused(await directory.ask("PATCH", path, patch(*[one] * 101)), 413)
    assert (await directory.ask("PATCH", path, patch(*[one] * 100))).status_code == 200


@pytest.mark.parametrize(
    "members", ["x", [7], [{"value": 7}], [{"value": NUL}], [{}], [{"value": ["x"]}], {"value": {"x": 1}}]
)
async def test_members_that_are_none_are_refused(world: World, members: Any) -> None:
    directory = await a_directory(world)
    answer = await sent(directory, "POST", "/Groups", group("Leaders") | {"members": members})
    assert refused(answer, 400, answer.json().get("scimType"))
    assert await directory.found("/Groups") == []


@pytest.mark.parametrize(
    "query", ["filter=%00", "userName=%00", "%00=x", "filter=%ED%A0%80", "attributes=%00"]
)
async def test_a_query_that_cannot_be_stored_is_refused(world: World, query: str) -> None:
    directory = await a_directory(world)
    answer = await directory.ask("GET", f"/Users?{query}")
    assert answer.status_code == 400 or "%ED" in query, answer.text
    assert answer.status_code < 500


@pytest.mark.parametrize("path", ["/Users/%00", "/Users/x%00y", "/Groups/%ED%A0%80", "/Users/%2e%2e"])
async def test_an_address_that_cannot_be_stored_is_not_found(world: World, path: str) -> None:
    assert refused(await (await a_directory(world)).ask("GET", path), 404)


async def test_the_limit_of_requests_holds_here_too(world: World) -> None:
    directory = await a_directory(world)
    settings = world.house.settings
    before, settings.rate_limit = settings.rate_limit, "2/minute"
    try:
        app = create_app(house=world.house)
    finally:
        settings.rate_limit = before
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://peergroup.test") as client:
        headers = {"Authorization": f"Bearer {directory.actor.token}"}
        answers = [await client.get("/scim/v2/Users", headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert refused(answers[2], 429)
    assert int(answers[2].headers["retry-after"]) > 0
    assert "RateLimit" in answers[0].headers


async def test_what_breaks_here_is_told_as_scim(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = await a_directory(world)

    async def broken(*_: Any) -> int:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("peergroup.scim.users.count", broken)
    answer = await directory.ask("GET", "/Users")
    assert refused(answer, 500)
    assert "secret" not in answer.text


async def test_answers_are_for_nobody_s_cache(world: World) -> None:
    answer = await (await a_directory(world)).ask("GET", "/Users", X_Request_Id="mine")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == "Authorization"
    assert answer.headers["x-request-id"] == "mine"


async def sent(directory: Directory, method: str, path: str, body: Any) -> httpx.Response:
    """A body with whatever characters: as JSON that has nothing but ASCII in it."""
    return await directory.actor.call(
        method, f"/scim/v2{path}", content=json.dumps(body).encode(), headers=SCIM
    )
