"""What a directory does with groups: founds them, fills them, empties them, closes them. Nobody gets in by it alone."""

from uuid import uuid4

import pytest

from tests.groups.factories import a_group
from tests.people.factories import a_person, an_email, events_of
from tests.scim.directory import a_directory, group, join, patch, refused, signed_in, states
from tests.world import World


def adds(*people: str) -> dict[str, object]:
    return patch({"op": "add", "path": "members", "value": [{"value": one} for one in people]})


def takes(person: str) -> dict[str, object]:
    return patch({"op": "remove", "path": f'members[value eq "{person}"]'})


async def test_a_group_begins_forming_and_its_members_invited(world: World) -> None:
    directory = await a_directory(world)
    ada = await directory.user(an_email("ada"))
    made = await directory.made("/Groups", group("Leaders", ada, externalId="G-1"))
    assert made["externalId"] == "G-1"
    (member,) = made["members"]
    assert member == {"value": ada, "type": "User", "$ref": member["$ref"]}
    assert member["$ref"].endswith(f"/scim/v2/Users/{ada}")
    found = (await world.owner.get(f"/groups/{made['id']}")).json()
    assert (found["state"], found["roster"][0]["state"]) == ("forming", "invited")
    invited = await signed_in(world, ada)
    membership = found["roster"][0]["membership_id"]
    assert (await invited.post(f"/memberships/{membership}/accept")).status_code == 200
    assert await directory.members(made["id"]) == {ada}, "whoever accepted is a member all the same"
    told = await events_of(world, membership)
    assert told[0][0] == "membership.invited"


async def test_whoever_a_moderator_adds_is_listed_too(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.group("Leaders")
    by_hand = await a_person(world, email=an_email("hand"))
    answer = await world.owner.post(f"/groups/{made}/memberships", {"person_id": by_hand["id"]})
    assert answer.status_code == 201, answer.text
    (member,) = (await directory.ask("GET", f"/Groups/{made}")).json()["members"]
    assert member == {"value": by_hand["id"], "type": "User"}, "there is no user to refer to"
    kept = await directory.ask("PUT", f"/Groups/{made}", group("Leaders", by_hand["id"]))
    assert kept.status_code == 200, kept.text
    assert await directory.members(made) == {by_hand["id"]}


async def test_the_last_moderator_is_taken_out_too(world: World) -> None:
    directory = await a_directory(world)
    mona = await directory.user(an_email("mona"))
    made = await directory.group("Leaders", mona)
    moderator = await join(world, made, mona, "moderator")
    refusal = await moderator.get(f"/groups/{made}")
    assert refusal.status_code == 200
    assert (await directory.ask("PATCH", f"/Groups/{made}", takes(mona))).status_code == 204
    assert await states(world, made) == {mona: "removed"}
    assert "group.orphaned" in [type_ for type_, _ in await events_of(world, made)]
    assert (await moderator.get(f"/groups/{made}")).status_code == 404


async def test_who_was_taken_out_comes_back_by_a_new_invitation(world: World) -> None:
    directory = await a_directory(world)
    ada = await directory.user(an_email("ada"))
    made = await directory.group("Leaders", ada)
    await join(world, made, ada)
    await directory.ask("PATCH", f"/Groups/{made}", takes(ada))
    await directory.ask("PATCH", f"/Groups/{made}", adds(ada))
    assert await states(world, made) == {ada: "invited"}


async def test_who_is_in_already_or_out_already_stays_so(world: World) -> None:
    directory = await a_directory(world)
    ada, bob = await directory.user(an_email("ada")), await directory.user(an_email("bob"))
    made = await directory.group("Leaders", ada)
    before = await directory.ask("GET", f"/Groups/{made}")
    for change in (adds(ada), takes(bob), adds(ada.upper())):
        assert (await directory.ask("PATCH", f"/Groups/{made}", change)).status_code == 204
    assert (await directory.ask("GET", f"/Groups/{made}")).json() == before.json()


async def test_a_replacement_takes_out_whom_it_does_not_name_and_nobody_if_it_names_no_members(
    world: World,
) -> None:
    directory = await a_directory(world)
    ada, bob = await directory.user(an_email("ada")), await directory.user(an_email("bob"))
    made = await directory.group("Leaders", ada)
    silent = group("Renamed")
    del silent["members"]
    assert (await directory.ask("PUT", f"/Groups/{made}", silent)).status_code == 200
    assert await directory.members(made) == {ada}
    assert (await directory.ask("PUT", f"/Groups/{made}", group("Renamed", bob))).status_code == 200
    assert await states(world, made) == {ada: "removed", bob: "invited"}
    assert (await directory.ask("PUT", f"/Groups/{made}", group("Renamed"))).status_code == 200
    assert await directory.members(made) == set()


async def test_only_active_users_of_this_directory_are_added(world: World) -> None:
    directory = await a_directory(world)
    made, by_hand = await directory.group("Leaders"), await a_person(world, email=an_email("hand"))
    for nobody in (by_hand["id"], str(uuid4()), "nobody", "", made):
        assert refused(await directory.ask("PATCH", f"/Groups/{made}", adds(nobody)), 400, "invalidValue"), (
            nobody
        )
    gone = await directory.user(an_email("gone"), active=False)
    assert refused(await directory.ask("PATCH", f"/Groups/{made}", adds(gone)), 409)
    assert refused(await directory.ask("POST", "/Groups", group("Others", gone)), 409)
    assert await directory.members(made) == set()


async def test_a_change_that_is_refused_changes_nothing(world: World) -> None:
    directory = await a_directory(world)
    ada = await directory.user(an_email("ada"))
    made = await directory.group("Leaders")
    named = {"op": "replace", "path": "displayName", "value": "Renamed"}
    both = patch(named, adds(ada, str(uuid4()))["Operations"][0])  # type: ignore[index]  # as it was made
    assert refused(await directory.ask("PATCH", f"/Groups/{made}", both), 400, "invalidValue")
    read = (await directory.ask("GET", f"/Groups/{made}")).json()
    assert (read["displayName"], "members" in read) == ("Leaders", False)


async def test_a_group_is_closed_for_good(world: World) -> None:
    directory = await a_directory(world)
    ada = await directory.user(an_email("ada"))
    made = await directory.group("Leaders", ada)
    await world.owner.post(f"/groups/{made}/archive")
    assert refused(await directory.ask("PATCH", f"/Groups/{made}", adds(await directory.user("new"))), 409), (
        "archived by an admin"
    )
    assert (await directory.ask("DELETE", f"/Groups/{made}")).status_code == 204
    assert refused(await directory.ask("DELETE", f"/Groups/{made}"), 404)


async def test_a_group_is_found_under_the_name_that_others_gave_it(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Groups", group("Leaders"))
    renamed = await world.owner.patch(f"/groups/{made['id']}", {"name": "GROẞE Leaders"})
    assert renamed.status_code == 200
    (found,) = await directory.found('/Groups?filter=displayName eq "grosse LEADERS"')
    assert (found["id"], found["displayName"]) == (made["id"], "GROẞE Leaders")
    assert found["meta"]["version"] != made["meta"]["version"]
    assert found["meta"]["lastModified"] > made["meta"]["lastModified"]
    assert await directory.found('/Groups?filter=displayName eq "Leaders"') == []


async def test_versions_tell_of_members_who_come_and_go_by_other_ways(world: World) -> None:
    directory = await a_directory(world)
    made, seen = await directory.group("Leaders"), set()
    by_hand = await a_person(world, email=an_email("hand"))
    path = f"/Groups/{made}"
    seen.add((await directory.ask("GET", path)).headers["etag"])
    answer = await world.owner.post(f"/groups/{made}/memberships", {"person_id": by_hand["id"]})
    seen.add((await directory.ask("GET", path)).headers["etag"])
    gone = await world.owner.post(f"/memberships/{answer.json()['id']}/remove", {"reason": "moved"})
    assert gone.status_code == 200, gone.text
    last = (await directory.ask("GET", path)).headers["etag"]
    assert len(seen | {last}) == 3
    rename = patch({"op": "replace", "path": "displayName", "value": "Renamed"})
    for stale in seen:
        assert refused(await directory.ask("PATCH", path, rename, If_Match=stale), 412)
    assert (await directory.ask("PATCH", path, rename, If_Match=last)).status_code == 204


async def test_guests_are_none_of_the_directory_s_business(world: World) -> None:
    directory = await a_directory(world)
    ada = await directory.user(an_email("ada"))
    made = await directory.group("Leaders", ada)
    await join(world, made, ada, "guest")
    assert await directory.members(made) == set()
    assert (await directory.ask("PUT", f"/Groups/{made}", group("Leaders"))).status_code == 200
    assert await states(world, made) == {ada: "active"}
    assert refused(await directory.ask("PATCH", f"/Groups/{made}", adds(ada)), 409)


async def test_too_many_members_are_refused(world: World) -> None:
    directory = await a_directory(world)
    many = [str(uuid4()) for _ in range(201)]
    assert refused(await directory.ask("POST", "/Groups", group("Leaders", *many)), 400, "invalidValue")


@pytest.mark.parametrize("name", ["", "  ", None, 7, "x" * 201, "two\nlines"])
async def test_a_group_has_a_name(world: World, name: object) -> None:
    directory = await a_directory(world)
    body = group("x") | {"displayName": name}
    assert refused(await directory.ask("POST", "/Groups", body), 400, "invalidValue")


async def test_other_groups_keep_what_is_theirs(world: World) -> None:
    directory = await a_directory(world)
    other = await a_group(world, members=1)
    for method, body in (("GET", None), ("PATCH", takes(str(uuid4()))), ("DELETE", None)):
        assert refused(await directory.ask(method, f"/Groups/{other.id}", body), 404)
    assert (await other.moderator.get(f"/groups/{other.id}")).json()["state"] == "active"
