"""Looking people and groups up: by filter, in an order, page by page; the database does it, or it is refused."""

from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.people.factories import an_email
from tests.scim.directory import SEARCH, Directory, a_directory, group, patch, refused, user
from tests.world import World


async def some_people(directory: Directory) -> dict[str, str]:
    """Four users by their names."""
    made = {}
    described = {
        "Ada": {"emails": [{"value": "Ada@Example.com", "type": "work"}], "externalId": "A-1"},
        "adam": {"name": {"givenName": "Adam", "familyName": "Öst"}, "displayName": "Zoë"},
        "100%": {"externalId": "a-1", "active": False},
        "bob_x": {"emails": [{"value": "bob@example.org", "type": "home"}]},
    }
    for name, more in described.items():
        made[name] = (await directory.made("/Users", user(name, **more)))["id"]
    return made


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ('userName eq "ADA"', "Ada"),
        ('userName ne "ada"', "adam 100% bob_x"),
        ('USERNAME SW "ad"', "Ada adam"),
        ('userName co "0%"', "100%"),
        ('userName co "_"', "bob_x"),
        ('userName co "%"', "100%"),
        ('userName ew "AM"', "adam"),
        ('userName gt "ada" and userName le "adam"', "adam"),
        ("userName pr", "Ada adam 100% bob_x"),
        ("not (userName pr)", ""),
        ('externalId eq "A-1"', "Ada"),
        ('externalId eq "a-1"', "100%"),
        ('externalId sw "A"', "Ada"),
        ('externalId ne "A-1"', "adam 100% bob_x"),
        ("not (externalId pr)", "adam bob_x"),
        ("externalId eq null", "adam bob_x"),
        ("active eq true", "Ada adam bob_x"),
        ("active eq false", "100%"),
        ("not (active eq true)", "100%"),
        ("active ne true", "100%"),
        ('displayName eq "ZOË"', "adam"),
        ('name.familyName eq "öst"', "adam"),
        ('not (name.familyName eq "öst")', "Ada 100% bob_x"),
        ('emails eq "ada@example.COM"', "Ada"),
        ('emails.value co "example"', "Ada bob_x"),
        ('emails[type eq "work"]', "Ada"),
        ('emails[type eq "work" and value ew ".org"]', ""),
        ('emails[type eq "home" or value sw "ada"]', "Ada bob_x"),
        ('emails[not (type eq "work")]', "bob_x"),
        ("emails pr", "Ada bob_x"),
        ("not (emails pr)", "adam 100%"),
        ('emails.type eq "home"', "bob_x"),
        ("emails[primary eq true]", ""),
        ('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', "Ada"),
        ('meta.resourceType eq "User" and userName eq "ada"', "Ada"),
        ('meta.lastModified gt "2020-01-01T00:00:00Z"', "Ada adam 100% bob_x"),
        ('meta.lastModified lt "2020-01-01T00:00:00Z"', ""),
        ('meta.created ge "0001-01-01T00:00:00+14:00"', "Ada adam 100% bob_x"),
        ('meta.created le "9999-12-31T23:59:59-14:00"', "Ada adam 100% bob_x"),
        ('userName eq "ada" or (userName eq "adam" and active eq true)', "Ada adam"),
        ('id eq "nobody"', ""),
        ('id ne "nobody"', "Ada adam 100% bob_x"),
        ('userName eq "a\\"b"', ""),
    ],
)
async def test_filters_find_whom_they_say(world: World, asked: str, expected: str) -> None:
    directory = await a_directory(world)
    made = await some_people(directory)
    found = await directory.found(f"/Users?filter={quote(asked)}")
    assert {one["id"] for one in found} == {made[name] for name in expected.split()}, asked


@pytest.mark.parametrize(
    "asked",
    [
        "userName eq",
        "userName eq ada",
        'userName xx "ada"',
        '(userName eq "ada"',
        'userName eq "ada" and',
        'nobodyKnowsThis eq "x"',
        'title eq "CEO"',
        'timezone co "Europe"',
        'active gt "x"',
        "active gt true",
        'active eq "maybe"',
        "userName eq 7",
        "userName eq true",
        'externalId co "x"',
        'emails.value gt "a"',
        'meta.created co "2020"',
        'meta.created gt "yesterday"',
        'meta.version eq "x"',
        'emails[userName eq "x"]',
        'userName[value eq "x"]',
        'password eq "x"',
        "()",
        "",
        'userName eq "\\u0000"',
        "(" * 21 + "userName pr" + ")" * 21,
        "not (" * 2_000 + "userName pr" + ")" * 2_000,
        " or ".join(["id pr"] * 102),
        "or".join(["(id pr)"] * 102),
        'userName eq "' + "x" * 8_000 + '"',
    ],
)
async def test_what_cannot_be_looked_up_is_refused(world: World, asked: str) -> None:
    directory = await a_directory(world)
    answer = await directory.ask("POST", "/Users/.search", {"schemas": [SEARCH], "filter": asked})
    assert refused(answer, 400, "invalidFilter"), asked
    if len(asked) < 2_000:
        read = await directory.ask("GET", f"/Users?filter={quote(asked)}")
        assert refused(read, 400, "invalidFilter"), asked


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("userName", "100% Ada adam bob_x"),
        ("userName&sortOrder=descending", "bob_x adam Ada 100%"),
        ("displayName", "100% Ada bob_x adam"),
        ("name.familyName", "adam Ada 100% bob_x"),
        ("name.familyName&sortOrder=descending", "bob_x 100% Ada adam"),
        ("id", "Ada adam 100% bob_x"),
        ("meta.created&sortOrder=descending", "bob_x 100% adam Ada"),
    ],
)
async def test_users_are_sorted(world: World, by: str, expected: str) -> None:
    directory = await a_directory(world)
    await some_people(directory)
    found = await directory.found(f"/Users?sortBy={by}")
    assert " ".join(one["userName"] for one in found) == expected


@pytest.mark.parametrize("by", ["title", "name", "emails", "nothing", "password", "userName;", "groups"])
async def test_nothing_else_is_sorted_by(world: World, by: str) -> None:
    directory = await a_directory(world)
    answer = await directory.ask("GET", f"/Users?sortBy={by}")
    assert answer.status_code == 400
    assert answer.json()["scimType"] in ("invalidPath", "invalidValue")


@pytest.mark.parametrize(
    ("query", "first", "given"),
    [
        ("", 1, 4),
        ("?count=2", 1, 2),
        ("?startIndex=3&count=3", 3, 2),
        ("?startIndex=0", 1, 4),
        ("?startIndex=-7&count=1", 1, 1),
        ("?count=0", 1, 0),
        ("?count=-1", 1, 0),
        ("?startIndex=99999999999999999999", None, 0),
        ("?count=99999999999999999999", 1, 4),
    ],
)
async def test_pages_tell_the_whole(world: World, query: str, first: int | None, given: int) -> None:
    directory = await a_directory(world)
    await some_people(directory)
    body = (await directory.ask("GET", f"/Users{query}")).json()
    assert body["totalResults"] == 4
    assert (body["itemsPerPage"], len(body.get("Resources", []))) == (given, given)
    assert first is None or body["startIndex"] == first


async def test_nothing_but_what_is_asked_for_is_answered(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Users", user("ada", title="CEO", displayName="Ada"))
    path = f"/Users/{made['id']}"
    assert (await directory.ask("GET", f"{path}?attributes=userName")).json().keys() == {
        "schemas",
        "id",
        "userName",
    }
    less = (await directory.ask("GET", f"{path}?excludedAttributes=title,meta")).json()
    assert less.keys() == made.keys() - {"title", "meta"}
    member = await directory.made("/Groups", group("Leaders", made["id"]))
    shown = (await directory.ask("GET", f"/Groups/{member['id']}?attributes=members.display")).json()
    assert shown["members"][0]["display"] == "Ada"
    change = patch({"op": "replace", "path": "displayName", "value": "Followers"})
    answered = await directory.ask("PATCH", f"/Groups/{member['id']}?attributes=displayName", change)
    assert (answered.status_code, answered.json()["displayName"]) == (200, "Followers")


async def test_users_and_groups_are_searched_together(world: World) -> None:
    directory = await a_directory(world)
    made = await some_people(directory)
    leaders = await directory.group("Leaders", made["Ada"])
    everything = (await directory.ask("GET", "?startIndex=4&count=5")).json()
    assert everything["totalResults"] == 5
    assert [one["id"] for one in everything["Resources"]] == [made["bob_x"], leaders]
    search = {"schemas": [SEARCH], "filter": 'displayName eq "leaders"', "attributes": ["displayName"]}
    (found,) = (await directory.ask("POST", "/.search", search)).json()["Resources"]
    assert (found["id"], found["displayName"]) == (leaders, "Leaders")
    sorted_ = {"schemas": [SEARCH], "sortBy": "displayName"}
    assert refused(await directory.ask("POST", "/.search", sorted_), 501)


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ('displayName eq "LEADERS"', True),
        ('displayName co "ead"', True),
        ('members.value eq "{ada}"', True),
        ('members[value eq "{ada}"]', True),
        ('members eq "{other}"', False),
        ('members ne "{other}"', True),
        ("members pr", True),
        ('externalId eq "G-1"', True),
        ('meta.resourceType eq "Group"', True),
        ('meta.created gt "2020-01-01T00:00:00Z"', True),
        ('meta.lastModified lt "2020-01-01T00:00:00Z"', False),
    ],
)
async def test_groups_are_found(world: World, asked: str, finds: bool) -> None:
    directory = await a_directory(world)
    ada = await directory.user(an_email("ada"))
    made = await directory.made("/Groups", group("Leaders", ada, externalId="G-1"))
    said = asked.replace("{ada}", ada).replace("{other}", str(uuid4()))
    found = await directory.found(f"/Groups?filter={quote(said)}")
    assert [one["id"] for one in found] == ([made["id"]] if finds else [])


@pytest.mark.parametrize(
    "asked",
    [
        'members[not (value eq "x")]',
        'members[value eq "x" and value eq "y"]',
        'members.display eq "Ada"',
        'members.type eq "User"',
        'userName eq "ada"',
    ],
)
async def test_what_groups_are_not_looked_up_by(world: World, asked: str) -> None:
    directory = await a_directory(world)
    assert refused(await directory.ask("GET", f"/Groups?filter={quote(asked)}"), 400, "invalidFilter")
