"""Who a user is: found again by name or address, never taken over from somebody else, never merged."""

from typing import Any

from sqlalchemy import update

from peergroup.people.models import Person
from tests.groups.factories import a_group
from tests.people.factories import a_person, an_email, events_of
from tests.scim.directory import (
    ENTERPRISE,
    Directory,
    a_directory,
    join,
    patch,
    refused,
    signed_in,
    states,
    user,
)
from tests.world import World


async def person(world: World, user_id: str) -> Any:
    return (await world.owner.get(f"/people/{user_id}")).json()


async def test_a_user_name_is_unique_whatever_its_case_and_answered_as_given(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Users", user("  Straße.Müller "))
    assert made["userName"] == "Straße.Müller"
    (found,) = await directory.found('/Users?filter=userName eq "STRASSE.MÜLLER"')
    assert found["id"] == made["id"]
    assert refused(await directory.ask("POST", "/Users", user("strasse.müller")), 409, "uniqueness")
    other = await directory.user("other")
    renamed = patch({"op": "replace", "path": "userName", "value": "STRASSE.müller"})
    assert refused(await directory.ask("PATCH", f"/Users/{other}", renamed), 409, "uniqueness")
    own = await directory.ask("PATCH", f"/Users/{made['id']}", renamed)
    assert (own.status_code, own.json()["userName"]) == (200, "STRASSE.müller")


async def test_somebody_who_is_here_already_is_found_by_address(world: World) -> None:
    directory, email = await a_directory(world), an_email("crm")
    known = await a_person(world, email=email, name="Ada From The CRM", job_title="CEO")
    made = await directory.made("/Users", user(email.upper(), externalId="42"))
    assert (made["id"], made["title"]) == (known["id"], "CEO")
    now = await person(world, known["id"])
    assert (now["name"], now["job_title"], now["email"]) == ("Ada From The CRM", "CEO", email.upper())
    told = await events_of(world, known["id"])
    assert [type_ for type_, _ in told].count("person.created") == 1
    assert ("person.updated", {"changed": ["references"]}) in told
    named = an_email("by.address")
    also = await a_person(world, email=named)
    by_address = await directory.made("/Users", user("short", emails=[{"value": named, "primary": True}]))
    assert by_address["id"] == also["id"]


async def test_an_address_of_somebody_else_is_never_taken_over(world: World) -> None:
    directory = await a_directory(world)
    one, two = an_email("one"), an_email("two")
    first = await directory.user(one)
    email = [{"value": one.upper(), "type": "work"}]
    assert refused(await directory.ask("POST", "/Users", user("new", emails=email)), 409, "uniqueness")
    second = await directory.user(two)
    change = patch({"op": "replace", "path": 'emails[type eq "work"].value', "value": one})
    assert refused(await directory.ask("PATCH", f"/Users/{second}", change), 409, "uniqueness")
    assert (await person(world, second))["email"] == two
    # Two people here, one by the name and one by the address: which of them is meant is not for us to say.
    by_name, by_address = an_email("name"), an_email("address")
    for address in (by_name, by_address):
        await a_person(world, email=address)
    both = user(by_name, emails=[{"value": by_address, "primary": True}])
    assert refused(await directory.ask("POST", "/Users", both), 409, "uniqueness")
    assert (await person(world, first))["email"] == one
    # And two by one name: the user of earlier times, who has moved on, and whoever has that address now.
    moved = [{"value": an_email("moved")}]
    gone = await directory.user(an_email("gone"), emails=moved)
    name = (await directory.ask("GET", f"/Users/{gone}")).json()["userName"]
    await directory.ask("DELETE", f"/Users/{gone}")
    await a_person(world, email=name)
    assert refused(await directory.ask("POST", "/Users", user(name, emails=moved)), 409, "uniqueness")


async def test_a_user_name_that_is_no_address_is_kept_beside_one(world: World) -> None:
    directory, email = await a_directory(world), an_email("work")
    many = [
        {"value": an_email("home"), "type": "home"},
        {"value": email, "type": "work"},
        {"value": an_email("else")},
    ]
    made = await directory.made("/Users", user("jdoe", emails=many, externalId="E-7"))
    assert (made["userName"], made["externalId"]) == ("jdoe", "E-7")
    assert [one["value"] for one in made["emails"]] == [email]
    assert (await person(world, made["id"]))["email"] == email
    assert (await directory.found('/Users?filter=externalId eq "e-7"')) == []


async def test_the_address_follows_a_user_name_where_nothing_else_is_said(world: World) -> None:
    directory, old, new = await a_directory(world), an_email("old"), an_email("new")
    made = await directory.user(old)
    assert (await person(world, made))["email"] == old
    await directory.ask("PATCH", f"/Users/{made}", patch({"op": "replace", "path": "userName", "value": new}))
    assert (await person(world, made))["email"] == new


async def test_the_name_follows_its_parts_where_no_display_name_was_given(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Users", user("ada", name={"givenName": "Ada", "familyName": "Byron"}))
    assert made["displayName"] == "Ada Byron"
    change = patch({"op": "replace", "path": "name.familyName", "value": "Lovelace"})
    answer = await directory.ask("PATCH", f"/Users/{made['id']}", change)
    assert answer.json()["displayName"] == "Ada Lovelace"
    assert (await person(world, made["id"]))["name"] == "Ada Lovelace"
    assert (await directory.made("/Users", user("nameless")))["displayName"] == "nameless"


async def test_what_others_wrote_stays_when_a_replacement_leaves_it_out(world: World) -> None:
    directory, email = await a_directory(world), an_email("kept")
    known = await a_person(world, email=email, job_title="CEO", company="Acme")
    path = f"/Users/{known['id']}"
    assert (await directory.made("/Users", user("kept", emails=[{"value": email}])))["id"] == known["id"]
    answer = await directory.ask("PUT", path, user("kept", emails=[{"value": email}], timezone="Asia/Tokyo"))
    assert answer.status_code == 200, answer.text
    now = await person(world, known["id"])
    assert (now["job_title"], now["company"]["name"], now["time_zone"]) == ("CEO", "Acme", "Asia/Tokyo")
    answer = await directory.ask("PUT", path, {"schemas": user("x")["schemas"], "userName": "kept"})
    assert (answer.status_code, answer.json()["active"]) == (200, True)
    now = await person(world, known["id"])
    assert (now["job_title"], now["time_zone"], now["email"]) == ("CEO", None, None), "what it wrote is its"


async def test_a_change_that_says_nothing_new_changes_nothing(world: World) -> None:
    directory, email = await a_directory(world), an_email("same")
    made = await directory.made("/Users", user(email, title="CEO", **{ENTERPRISE: {"organization": "Acme"}}))
    before = await events_of(world, made["id"])
    same = await directory.ask("PUT", f"/Users/{made['id']}", made)
    again = await directory.ask(
        "PATCH", f"/Users/{made['id']}", patch({"op": "replace", "path": "title", "value": "CEO"})
    )
    for answer in (same, again):
        assert answer.json()["meta"] == made["meta"], answer.text
    assert await events_of(world, made["id"]) == before


async def test_who_is_deactivated_loses_everything_at_once(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.user(an_email("gone"))
    group = await directory.group("Leaders", made)
    ada = await join(world, group, made)
    assert (await ada.get(f"/groups/{group}")).status_code == 200
    off = patch({"op": "replace", "path": "active", "value": False})
    assert (await directory.ask("PATCH", f"/Users/{made}", off)).status_code == 200
    assert (await ada.get("/me")).status_code == 401
    assert await states(world, group) == {made: "suspended"}
    on = patch({"op": "replace", "path": "active", "value": True})
    assert (await directory.ask("PATCH", f"/Users/{made}", on)).status_code == 200
    assert (await ada.get("/me")).status_code == 401
    assert await states(world, group) == {made: "suspended"}


async def test_a_deleted_user_is_found_by_nobody_and_comes_back_under_the_same_name(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.user("jdoe", emails=[{"value": an_email("jdoe")}])
    group = await directory.group("Leaders")
    assert (await directory.ask("DELETE", f"/Users/{made}")).status_code == 204
    for method, body in (("GET", None), ("PUT", user("jdoe")), ("DELETE", None)):
        assert refused(await directory.ask(method, f"/Users/{made}", body), 404)
    assert await directory.found("/Users") == []
    add = patch({"op": "add", "path": "members", "value": [{"value": made}]})
    assert refused(await directory.ask("PATCH", f"/Groups/{group}", add), 400, "invalidValue")
    back = await directory.made("/Users", user("JDoe"))
    assert (back["id"], back["active"], back["userName"]) == (made, True, "JDoe")
    assert (await person(world, made))["state"] == "active"


async def test_the_name_of_a_deleted_user_is_free_for_somebody_else(world: World) -> None:
    directory = await a_directory(world)
    gone, other = await directory.user("shared"), await directory.user("other")
    await directory.ask("DELETE", f"/Users/{gone}")
    renamed = patch({"op": "replace", "path": "userName", "value": "Shared"})
    assert (await directory.ask("PATCH", f"/Users/{other}", renamed)).status_code == 200
    assert (await directory.ask("POST", "/Users", user("shared"))).status_code == 409


async def test_people_whom_no_directory_brought_in_are_no_users(world: World) -> None:
    directory, known = await a_directory(world), await a_person(world, email=an_email("crm"))
    assert refused(await directory.ask("GET", f"/Users/{known['id']}"), 404)
    assert await directory.found("/Users") == []


async def test_an_erased_person_is_no_user_any_more(world: World) -> None:
    directory, email = await a_directory(world), an_email("erased")
    made = await directory.user(email)
    erased = await world.owner.post(f"/people/{made}/erase", {"words": "remove"})
    assert erased.status_code == 202, erased.text
    assert refused(await directory.ask("GET", f"/Users/{made}"), 404)
    assert await directory.user(email) != made


async def test_the_survivor_of_a_merge_stays_a_user(world: World) -> None:
    directory, email = await a_directory(world), an_email("merged")
    made = await directory.user(email)
    survivor = (await a_person(world, email=an_email("survivor")))["id"]
    merged = await world.owner.post(f"/people/{made}/merge", {"into": survivor})
    assert merged.status_code == 200, merged.text
    assert refused(await directory.ask("GET", f"/Users/{made}"), 404)
    (found,) = await directory.found(f'/Users?filter=userName eq "{email}"')
    assert found["id"] == survivor


async def test_two_users_merge_only_if_said_which_of_them_stays(world: World) -> None:
    directory = await a_directory(world)
    for keep, stays in (("this", "one"), ("into", "two")):
        one, two = await directory.user(f"one.{keep}"), await directory.user(f"two.{keep}")
        refusal = await world.owner.post(f"/people/{one}/merge", {"into": two})
        assert (refusal.status_code, refusal.json()["code"]) == (409, "merge_conflict")
        said = {"into": two, "resolve": [{"conflict": "scim_user", "keep": keep}]}
        merged = await world.owner.post(f"/people/{one}/merge", said)
        assert merged.status_code == 200, merged.text
        read = await directory.ask("GET", f"/Users/{two}")
        assert read.json()["userName"] == f"{stays}.{keep}"


async def test_another_mailbox_suspends_until_a_moderator_says_that_it_is_them(world: World) -> None:
    directory, email = await a_directory(world), an_email("moved")
    made = await directory.user(email)
    group = await directory.group("Leaders", made)
    await join(world, group, made)
    change = patch({"op": "replace", "path": 'emails[type eq "work"].value', "value": email.upper()})
    await directory.ask("PATCH", f"/Users/{made}", change)
    assert await states(world, group) == {made: "active"}, "another spelling of the same mailbox"
    change["Operations"][0]["value"] = an_email("elsewhere")
    assert (await directory.ask("PATCH", f"/Users/{made}", change)).status_code == 200
    assert await states(world, group) == {made: "suspended"}


async def test_the_address_of_an_owner_is_theirs(world: World) -> None:
    directory, email = await a_directory(world), an_email("boss")
    boss = await world.person("Boss", role="admin", email=email, email_folded=email)
    made = await directory.user(email.upper())
    assert made == str(boss.person_id), "another spelling of the same address"
    change = patch({"op": "replace", "path": 'emails[type eq "work"].value', "value": an_email("evil")})
    assert refused(await directory.ask("PATCH", f"/Users/{made}", change), 403)
    assert (await person(world, made))["email"] == email


async def test_the_last_owner_stays(world: World) -> None:
    directory, email = await a_directory(world), an_email("owner")
    async with world.acting() as ctx:
        mine = update(Person).where(Person.id == world.owner.person_id)
        await ctx.db.execute(mine.values(email=email, email_folded=email))
    made = await directory.user(email)
    off = patch({"op": "replace", "path": "active", "value": False})
    assert refused(await directory.ask("PATCH", f"/Users/{made}", off), 409)
    assert refused(await directory.ask("DELETE", f"/Users/{made}"), 409)
    assert (await world.owner.get("/me")).status_code == 200


async def test_who_changes_their_name_here_is_seen_with_it_there(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Users", user(an_email("self"), displayName="Ada"))
    ada = await signed_in(world, made["id"])
    assert (await ada.patch(f"/people/{made['id']}", {"name": "Countess Ada"})).status_code == 200
    read = (await directory.ask("GET", f"/Users/{made['id']}")).json()
    assert read["displayName"] == "Countess Ada"
    assert read["meta"]["version"] != made["meta"]["version"]
    assert read["meta"]["lastModified"] > made["meta"]["lastModified"]


async def test_the_directory_of_one_organization_says_nothing_of_groups_it_did_not_found(
    world: World,
) -> None:
    directory = await a_directory(world)
    group = await a_group(world, members=1)
    assert refused(await directory.ask("GET", f"/Groups/{group.id}"), 404)
    assert await directory.found("/Groups") == []


async def test_versions_are_held_to(world: World) -> None:
    directory = await a_directory(world)
    made = await directory.made("/Users", user(an_email("version")))
    path, version = f"/Users/{made['id']}", made["meta"]["version"]
    read = await directory.ask("GET", path)
    assert read.headers["etag"] == version
    assert (await directory.ask("GET", path, If_None_Match=version)).status_code == 304
    change = patch({"op": "replace", "path": "title", "value": "CEO"})
    first = await directory.ask("PATCH", path, change, If_Match=version)
    assert (first.status_code, first.headers["etag"] != version) == (200, True), first.text
    change["Operations"][0]["value"] = "CTO"
    assert refused(await directory.ask("PATCH", path, change, If_Match=version), 412)
    assert refused(await directory.ask("DELETE", path, If_Match=version), 412)
    assert refused(await directory.ask("PUT", path, made, If_Match=version), 412)
    now = first.headers["etag"]
    assert (await directory.ask("PATCH", path, change, If_Match=now)).status_code == 200
    assert (await directory.ask("DELETE", path, If_Match="*")).status_code == 204


async def test_a_request_that_is_repeated_is_done_once(world: World) -> None:
    directory = await a_directory(world)
    first = await directory.ask("POST", "/Users", user("once"), Idempotency_Key="k1")
    again = await directory.ask("POST", "/Users", user("once"), Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["content-type"] == "application/scim+json"
    other = await directory.ask("POST", "/Users", user("other"), Idempotency_Key="k1")
    assert refused(other, 400, "invalidValue")


async def test_one_directory_after_another(world: World) -> None:
    """A key belongs to the organization: what one key brought in, the next one finds."""
    first, second = await a_directory(world), Directory(await world.service("scim"))
    made = await first.user("jdoe")
    assert (await second.ask("GET", f"/Users/{made}")).status_code == 200
