"""Who finds whom: admins and service keys everybody, others themselves and whom a higher room lets them know."""

from collections.abc import Iterator

import pytest
from sqlalchemy import ColumnElement, false, literal

from peergroup.kit.context import Context
from peergroup.people import visibility
from peergroup.people.models import Person
from tests.people.factories import a_person, an_email
from tests.world import Actor, World


@pytest.fixture
def a_room() -> Iterator[dict[str, set[str]]]:
    """A room above that knows who moderates (`whole`) and who is known to members (`known`), by name."""
    told: dict[str, set[str]] = {"whole": set(), "known": set()}

    def whole(ctx: Context) -> ColumnElement[bool]:
        return literal(str(ctx.principal.person_id) in told["whole"])

    def known(_ctx: Context) -> ColumnElement[bool]:
        return Person.name.in_(told["known"]) if told["known"] else false()

    visibility.register("a room of the tests", whole=whole, known=known)
    yield told
    del visibility.acquaintances["a room of the tests"]


async def _names(actor: Actor) -> list[str]:
    answer = await actor.get("/people")
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_admins_and_service_keys_find_everybody(world: World) -> None:
    await a_person(world, name="Zed", email=an_email())
    for actor in (world.owner, await world.person("Ann", role="admin"), await world.service("people:read")):
        listed = (await actor.get("/people", params={"q": "zed"})).json()["items"]
        assert listed[0]["email"] is not None


async def test_others_find_only_themselves(world: World) -> None:
    person = await a_person(world, name="Zed")
    member = await world.person("Mia", email=an_email())
    assert await _names(member) == ["Mia"]
    assert (await member.get(f"/people/{member.person_id}")).json()["email"] is not None
    assert (await member.get(f"/people/{person['id']}")).status_code == 404
    assert (await member.patch(f"/people/{person['id']}", {"name": "x"})).status_code == 404
    assert (await member.post(f"/people/{person['id']}/deactivate")).status_code == 404


async def test_members_find_whom_they_know_without_the_address(
    world: World, a_room: dict[str, set[str]]
) -> None:
    hidden = await a_person(world, name="Hidden", email=an_email())
    await a_person(world, name="Open", email=an_email(), show_email=True)
    await a_person(world, name="Stranger", email=an_email())
    a_room["known"] = {"Hidden", "Open"}
    member = await world.person("Mia")
    listed = {one["name"]: one for one in (await member.get("/people")).json()["items"]}
    assert set(listed) == {"Mia", "Hidden", "Open"}
    assert listed["Hidden"]["email"] is None
    assert listed["Open"]["email"] is not None
    assert listed["Hidden"]["references"] == listed["Hidden"]["allowed_actions"] == []
    answer = await member.patch(f"/people/{hidden['id']}", {"name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_moderators_find_everybody_with_the_address(world: World, a_room: dict[str, set[str]]) -> None:
    await a_person(world, name="Zed", email=an_email())
    moderator = await world.person("Mo")
    a_room["whole"] = {str(moderator.person_id)}
    assert await _names(moderator) == ["Mo", "Olivia Owner", "Zed"]
    assert (await moderator.get("/people", params={"q": "Zed"})).json()["items"][0]["email"] is not None


async def test_only_those_who_read_all_find_tombstones(world: World, a_room: dict[str, set[str]]) -> None:
    gone = (await a_person(world, name="Gone", email=an_email()))["id"]
    into = (await a_person(world, name="Survivor"))["id"]
    await world.owner.post(f"/people/{gone}/merge", {"into": into})
    erased = (await a_person(world, name="Erased"))["id"]
    await world.owner.post(f"/people/{erased}/erase", {"words": "remove"})
    moderator = await world.person("Mo")
    a_room["whole"] = {str(moderator.person_id)}
    for state in ("merged", "erased"):
        assert (await moderator.get("/people", params={"state": state})).json()["items"] == []
        assert len((await world.owner.get("/people", params={"state": state})).json()["items"]) == 1
    assert (await moderator.get(f"/people/{erased}")).status_code == 404
    moved = await moderator.get(f"/people/{gone}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/people/{into}")
    stranger = await world.person("Stranger")
    assert (await stranger.get(f"/people/{gone}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/people"),
        ("POST", "/people"),
        ("POST", "/people/batch"),
        ("GET", "/people/by-reference/crm/1"),
        ("PUT", "/people/by-reference/crm/1"),
        ("GET", "/companies"),
        ("POST", "/companies"),
        ("GET", "/people/{id}"),
        ("PATCH", "/people/{id}"),
        ("GET", "/people/{id}/erasure"),
        ("PUT", "/people/{id}/organization-role"),
    ],
)
async def test_a_credential_without_the_scope_is_refused(world: World, method: str, path: str) -> None:
    bodies = {
        "POST /people": {"name": "x"},
        "PATCH /people/{id}": {},
        "POST /companies": {"name": "x"},
        "POST /people/batch": {"people": [1]},
        "PUT /people/by-reference/crm/1": {"name": "x"},
        "PUT /people/{id}/organization-role": {"role": None},
    }
    given = bodies.get(f"{method} {path}")
    address = path.format(id=world.owner.person_id)
    narrow = await world.person(role="owner", scopes=["events:read"])
    answer = await narrow.call(method, address, **({} if given is None else {"json": given}))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), answer.text
    anonymous = Actor(world.client, "nothing")
    assert (await anonymous.call(method, address)).status_code == 401


async def test_members_keep_neither_people_nor_companies(world: World) -> None:
    member = await world.person()
    asked = [
        ("POST", "/people", {"name": "x"}),
        ("POST", "/people/batch", {"people": [1]}),
        ("PUT", "/people/by-reference/crm/1", {"name": "x"}),
        ("POST", "/companies", {"name": "x"}),
        ("GET", "/companies", None),
        ("GET", f"/people/{member.person_id}/erasure", None),
    ]
    for method, path, given in asked:
        answer = await member.call(method, path, **({} if given is None else {"json": given}))
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), (method, path, answer.text)
    assert (await member.get("/people/by-reference/crm/1")).status_code == 404
