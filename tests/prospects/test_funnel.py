"""The funnel over HTTP: in by name or address, one step after the other, and out in one of three ways."""

from typing import Any

import pytest
from sqlalchemy import func, select

from peergroup.groups.models import Membership
from peergroup.people.consumptions import Consumption
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.groups.factories import a_group, a_member
from tests.groups.test_guests import a_guest
from tests.people.factories import a_person, an_email, events_of
from tests.prospects.factories import a_funnel, a_prospect, take, took, with_settings
from tests.sessions.factories import a_running, codes, done, marked
from tests.world import World, a_world

BOOKED, HELD, STRATEGY = "discovery_booked", "discovery_held", "strategy_held"


async def test_a_stranger_becomes_a_prospect_with_whoever_introduced_them(world: World) -> None:
    connector = await world.person("Carla Connector")
    made = await a_prospect(
        world.owner, "new@example.com", connector_id=str(connector.person_id), note="Met."
    )
    assert (made["state"], made["step"], made["next_steps"]) == ("new", None, ["webinar", BOOKED])
    assert (made["connector"]["name"], made["note"]) == ("Carla Connector", "Met.")
    person = (await world.owner.get(f"/people/{made['person']['id']}")).json()
    assert (person["name"], person["email"]) == ("Ada Lovelace", "new@example.com")
    ((type_, facts),) = await events_of(world, made["id"])
    assert type_ == "prospect.created"
    assert facts == {"to": "new", "person_id": person["id"], "connector_id": str(connector.person_id)}


async def test_nobody_is_in_the_funnel_twice_at_a_time(world: World) -> None:
    made = await a_prospect(world.owner, "Twice@example.com")
    again = await world.owner.post("/prospects", {"person": {"name": "A.", "email": "tWICE@example.com"}})
    assert (again.status_code, again.json()["prospect_id"]) == (409, made["id"])
    known = await world.owner.post("/prospects", {"person_id": made["person"]["id"]})
    assert known.status_code == 409
    assert (await world.owner.post(f"/prospects/{made['id']}/decline")).status_code == 200
    assert (await world.owner.post("/prospects", {"person_id": made["person"]["id"]})).status_code == 201


async def test_nobody_enters_who_is_not_there(world: World) -> None:
    elsewhere = (await a_world(world.house, world.client)).owner
    gone = await world.person(state="deactivated")
    erased = await world.person(state="erased")
    ada = await world.person()
    for body, status in (
        ({"person_id": str(elsewhere.person_id)}, 422),
        ({"person_id": str(erased.person_id)}, 422),
        ({"person_id": str(gone.person_id)}, 409),
        ({"person_id": str(ada.person_id), "connector_id": str(elsewhere.person_id)}, 422),
        ({"person_id": str(ada.person_id), "connector_id": str(ada.person_id)}, 422),
        ({"person_id": str(ada.person_id), "person": {"name": "A", "email": "a@example.com"}}, 422),
        ({}, 422),
    ):
        assert (await world.owner.post("/prospects", body)).status_code == status, body


async def test_prospects_are_kept_by_admins_moderators_and_service_keys(world: World) -> None:
    group = await a_group(world, members=1)
    stranger = await world.person()
    made = await a_prospect(world.owner)
    reader, keeper = await world.service("people:read"), await world.service("people:read", "people:write")
    for who in (group.members[0], stranger):
        assert (await who.get("/prospects")).status_code == 403
        assert (await who.post("/prospects", {"person_id": str(who.person_id)})).status_code == 403
        assert (await who.get(f"/prospects/{made['id']}")).status_code == 404
        assert (await take(who, made, "webinar")).status_code == 404
    for who in (group.moderator, keeper):
        assert [one["id"] for one in (await who.get("/prospects")).json()["items"]] == [made["id"]]
    assert (await take(reader, made, "webinar")).status_code == 403
    assert (await take(keeper, made, "webinar")).status_code == 200
    assert (await take(group.moderator, made, BOOKED)).status_code == 200
    away = (await a_world(world.house, world.client)).owner
    assert (await away.get(f"/prospects/{made['id']}")).status_code == 404


async def test_steps_are_taken_in_order_and_only_optional_ones_are_skipped(world: World) -> None:
    made = await a_prospect(world.owner)
    for wrong in (HELD, STRATEGY, "guest_invited", "guest_attended", "no_such_step"):
        refused = await take(world.owner, made, wrong)
        assert (refused.status_code, "out_of_order" in codes(refused)) == (409, True), wrong
    after = await took(world.owner, made, BOOKED)
    assert (after["state"], after["step"], after["next_steps"]) == ("in_funnel", BOOKED, [HELD])
    for behind in ("webinar", BOOKED):
        assert codes(await take(world.owner, made, behind)) == {"out_of_order"}
    after = await took(world.owner, made, HELD, STRATEGY, "guest_invited")
    assert [one["step"] for one in after["passed"]] == [BOOKED, HELD, STRATEGY, "guest_invited"]
    assert await events_of(world, made["id"]) != []


async def test_a_step_that_is_gone_from_the_settings_holds_nobody_up(world: World) -> None:
    await with_settings(world, funnel=a_funnel("hello", "coffee", "join"))
    made = await took(world.owner, await a_prospect(world.owner), "hello", "coffee")
    await with_settings(world, funnel=a_funnel("hello", "walk", "join"))
    seen = (await world.owner.get(f"/prospects/{made['id']}")).json()
    assert (seen["step"], seen["next_steps"]) == ("coffee", ["walk"])
    assert codes(await take(world.owner, made, "coffee")) == {"out_of_order"}
    await took(world.owner, made, "walk", "join")
    twice = {"settings": {"funnel": a_funnel("same", "same")}}
    assert (await world.owner.patch("/organization", twice)).status_code == 422


SPELLINGS = ["ADA.twice@Example.com", "ada.twice+again@example.com"]


@pytest.mark.parametrize("again", SPELLINGS)
async def test_what_is_free_is_free_once_whatever_the_spelling(world: World, again: str) -> None:
    first = await took(world.owner, await a_prospect(world.owner, "ada.twice@example.com"), BOOKED, HELD)
    assert (await world.owner.post(f"/prospects/{first['id']}/decline")).status_code == 200
    back = await took(world.owner, await a_prospect(world.owner, again), BOOKED)
    refused = await take(world.owner, back, HELD)
    assert (refused.status_code, codes(refused)) == (409, {"entitlement_used"})
    after = await took(world.owner, back, STRATEGY)
    assert after["next_steps"] == ["guest_invited"], "the other entitlement is still theirs"


async def test_what_was_used_up_follows_to_a_new_address(world: World) -> None:
    made = await took(world.owner, await a_prospect(world.owner, "old@example.com"), BOOKED, HELD)
    path = f"/people/{made['person']['id']}"
    assert (await world.owner.patch(path, {"email": "new.one@example.com"})).status_code == 200
    for spelling in ("New.One+x@example.com", "old+x@example.com"):
        other = await took(world.owner, await a_prospect(world.owner, spelling), BOOKED)
        assert codes(await take(world.owner, other, HELD)) == {"entitlement_used"}, spelling


async def test_as_much_is_free_as_the_settings_say(world: World) -> None:
    await with_settings(world, entitlements={"discovery_call": 2, "strategy_session": 0})
    for spelling in ("eve@example.com", "Eve+2@example.com"):
        made = await took(world.owner, await a_prospect(world.owner, spelling), BOOKED, HELD)
        assert codes(await take(world.owner, made, STRATEGY)) == {"entitlement_used"}
        await took(world.owner, made, "guest_invited")
    third = await took(world.owner, await a_prospect(world.owner, "eve+3@example.com"), BOOKED)
    assert codes(await take(world.owner, third, HELD)) == {"entitlement_used"}
    async with world.acting() as ctx:
        uses = await ctx.db.scalar(select(func.count(Consumption.use_id.distinct())))
    assert uses == 2


async def test_what_was_used_up_survives_a_merge_and_an_erasure(world: World) -> None:
    merged = await took(world.owner, await a_prospect(world.owner, "m@example.com"), BOOKED, HELD)
    into = await a_person(world, name="Survivor", email=an_email("survivor"))
    done_ = await world.owner.post(f"/people/{merged['person']['id']}/merge", {"into": into["id"]})
    assert done_.status_code == 200, done_.text
    moved = (await world.owner.get(f"/prospects/{merged['id']}")).json()
    assert moved["person"]["id"] == into["id"]
    await world.owner.post(f"/prospects/{merged['id']}/decline")
    erased = await took(
        world.owner, await a_prospect(world.owner, "e@example.com", note="Shy."), BOOKED, HELD
    )
    gone = await world.owner.post(f"/people/{erased['person']['id']}/erase", {"words": "remove"})
    assert gone.status_code == 202
    await Worker(world.house).drain()
    left = (await world.owner.get(f"/prospects/{erased['id']}")).json()
    assert (left["state"], left["note"]) == ("lapsed", None)
    back = [
        {"person_id": into["id"]},
        *({"person": {"name": "N", "email": e}} for e in ("m@example.com", "E+x@example.com")),
    ]
    for body in back:
        made = (await world.owner.post("/prospects", body)).json()
        assert codes(await take(world.owner, await took(world.owner, made, BOOKED), HELD)) == {
            "entitlement_used"
        }


async def test_two_ways_of_one_human_become_the_one_that_is_chosen(world: World) -> None:
    for keep, step in (("this", "webinar"), ("into", BOOKED)):
        one = await took(world.owner, await a_prospect(world.owner), "webinar")
        other = await took(world.owner, await a_prospect(world.owner), BOOKED)
        path, into = f"/people/{one['person']['id']}/merge", other["person"]["id"]
        refused = await world.owner.post(path, {"into": into})
        (conflict,) = refused.json()["conflicts"]
        assert (refused.status_code, conflict["code"]) == (409, "same_funnel")
        body = {"into": into, "resolve": [{"conflict": conflict["key"], "keep": keep}]}
        assert (await world.owner.post(path, body)).status_code == 200
        listed = (await world.owner.get("/prospects", params={"state": "in_funnel"})).json()["items"]
        assert [(one["person"]["id"], one["step"]) for one in listed] == [(into, step)]
        await world.owner.post(f"/prospects/{listed[0]['id']}/decline")
    await Worker(world.house).drain()


async def test_nobody_has_introduced_themselves_after_a_merge(world: World) -> None:
    made = await a_prospect(world.owner)
    other = await world.person()
    patched = {"connector_id": str(other.person_id)}
    assert (await world.owner.patch(f"/prospects/{made['id']}", patched)).status_code == 200
    path = f"/people/{made['person']['id']}/merge"
    assert (await world.owner.post(path, {"into": str(other.person_id)})).status_code == 200
    seen = (await world.owner.get(f"/prospects/{made['id']}")).json()
    assert (seen["person"]["id"], seen["connector"]) == (str(other.person_id), None)


async def test_who_attended_is_known_from_the_attendance(world: World) -> None:
    await with_settings(world, funnel=a_funnel("guest_attended"))
    group = await a_group(world, members=0)
    running = await a_running(world, group)
    guest = await a_guest(world, group, running["id"])
    made = (await world.owner.post("/prospects", {"person_id": str(guest.person_id)})).json()
    for mark in (None, "absent", "excused"):
        if mark is not None:
            assert (await marked(group.moderator, running["id"], guest, mark)).status_code == 200
        refused = await take(world.owner, made, "guest_attended")
        assert (refused.status_code, codes(refused)) == (409, {"not_attended"})
    assert (await marked(group.moderator, running["id"], guest, "late")).status_code == 200
    assert (await take(world.owner, made, "guest_attended")).status_code == 200


async def test_a_member_who_attended_was_no_guest(world: World) -> None:
    await with_settings(world, funnel=a_funnel("guest_attended"))
    group = await a_group(world, members=1)
    running = await a_running(world, group)
    ada = group.members[0]
    assert (await marked(group.moderator, running["id"], ada, "present")).status_code == 200
    made = (await world.owner.post("/prospects", {"person_id": str(ada.person_id)})).json()
    assert codes(await take(world.owner, made, "guest_attended")) == {"not_attended"}
    await done(group.moderator, running["id"], "complete")


async def test_a_prospect_is_converted_into_an_invitation_with_the_connector(world: World) -> None:
    await with_settings(world, funnel=a_funnel("hello"))
    group, other = await a_group(world, members=0), await a_group(world, members=0)
    connector = str((await world.person()).person_id)
    made = await a_prospect(world.owner, connector_id=connector)
    path, body = f"/prospects/{made['id']}/convert", {"group_id": group.id}
    assert codes(await world.owner.post(path, body)) == {"steps_missing"}
    await took(world.owner, made, "hello")
    assert (await other.moderator.post(path, body)).status_code == 404, "it is not their group"
    assert (await world.owner.post(path, {"group_id": str(connector)})).status_code == 404
    after = await group.moderator.post(path, body)
    assert (after.status_code, after.json()["state"]) == (200, "converted")
    membership = (await world.owner.get(f"/memberships/{after.json()['membership_id']}")).json()
    assert (membership["state"], membership["role"]) == ("invited", "member")
    assert membership["connector"]["id"] == connector
    assert membership["person"]["id"] == made["person"]["id"]
    assert (await world.owner.post(path, body)).json()["code"] == "invalid_transition"
    patched = await world.owner.patch(f"/prospects/{made['id']}", {"note": "Too late."})
    assert patched.json()["code"] == "invalid_transition"


async def test_an_organization_says_itself_what_its_steps_use_and_need(world: World) -> None:
    funnel = [
        {"key": "coffee", "title": "Coffee", "uses": "discovery_call"},
        {"key": "evening", "title": "An evening with us", "needs_visit": True},
    ]
    await with_settings(world, funnel=funnel)
    first = await a_prospect(world.owner, "rae@example.com")
    again = await a_prospect(world.owner, "Rae+again@example.com")
    await took(world.owner, first, "coffee")
    assert codes(await take(world.owner, again, "coffee")) == {"entitlement_used"}
    assert codes(await take(world.owner, first, "evening")) == {"not_attended"}
    assert codes(await take(world.owner, again, "evening")) == {"not_attended"}, "the coffee is skipped"


async def test_converting_is_inviting_and_needs_its_scope(world: World) -> None:
    await with_settings(world, funnel=[])
    group = await a_group(world, members=0)
    made = await a_prospect(world.owner)
    path, body = f"/prospects/{made['id']}/convert", {"group_id": group.id}
    narrow = await world.service("people:write")
    assert (await narrow.post(path, body)).status_code == 403
    wide = await world.service("people:write", "groups:write")
    assert (await wide.post(path, body)).status_code == 200


async def test_a_conversion_that_fails_leaves_everything_as_it_was(world: World) -> None:
    await with_settings(world, funnel=[])
    group = await a_group(world, members=0)
    ada = await a_member(world, group)
    made = (await world.owner.post("/prospects", {"person_id": str(ada.person_id)})).json()
    refused = await world.owner.post(f"/prospects/{made['id']}/convert", {"group_id": group.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert (await world.owner.get(f"/prospects/{made['id']}")).json()["state"] == "new"
    async with world.acting() as ctx:
        count = await ctx.db.scalar(select(func.count()).where(Membership.person_id == ada.person_id))
    assert count == 1


async def test_who_does_not_move_lapses(world: World, clock: Clock) -> None:
    still, moving, over = [await a_prospect(world.owner) for _ in range(3)]
    await world.owner.post(f"/prospects/{over['id']}/decline", {"reason": "No time this year."})
    clock.forward(days=60)
    await took(world.owner, moving, BOOKED)
    clock.forward(days=31)
    await Worker(world.house).drain()
    assert await _states(world, still, moving, over) == ["lapsed", "in_funnel", "declined"]
    clock.forward(days=60)
    await Worker(world.house).drain()
    assert await _states(world, moving) == ["lapsed"]
    assert (await take(world.owner, moving, HELD)).json()["code"] == "invalid_transition"


@pytest.mark.parametrize(("days", "after", "state"), [(10, 11, "lapsed"), (200, 91, "new")])
async def test_another_time_in_the_settings_holds_at_once(
    world: World, clock: Clock, days: int, after: int, state: str
) -> None:
    made = await a_prospect(world.owner)
    await with_settings(world, prospect_lapses_after_days=days)
    await Worker(world.house).drain()
    clock.forward(days=after)
    await Worker(world.house).drain()
    assert await _states(world, made) == [state]


async def _states(world: World, *prospects: dict[str, Any]) -> list[str]:
    return [(await world.owner.get(f"/prospects/{one['id']}")).json()["state"] for one in prospects]


async def test_lists_are_narrowed_and_come_page_by_page(world: World) -> None:
    connector = str((await world.person()).person_id)
    ada, ben = await a_prospect(world.owner, connector_id=connector), await a_prospect(world.owner)
    await took(world.owner, ben, "webinar")
    for query, expected in (
        ({}, [ben, ada]),
        ({"state": "new"}, [ada]),
        ({"step": "webinar"}, [ben]),
        ({"connector_id": connector}, [ada]),
    ):
        items = (await world.owner.get("/prospects", params=query)).json()["items"]
        assert [one["id"] for one in items] == [one["id"] for one in expected], query
    first = (await world.owner.get("/prospects", params={"limit": "1"})).json()
    rest = (await world.owner.get("/prospects", params={"limit": "1", "cursor": first["next_cursor"]})).json()
    assert [one["id"] for page in (first, rest) for one in page["items"]] == [ben["id"], ada["id"]]


async def test_a_stale_change_is_refused(world: World) -> None:
    made = await a_prospect(world.owner)
    stale = {"headers": {"If-Match": '"7"'}}
    assert (await world.owner.patch(f"/prospects/{made['id']}", {"note": "N."}, **stale)).status_code == 412
    verb = await world.owner.call("POST", f"/prospects/{made['id']}/decline", **stale)
    assert verb.status_code == 412
    fresh = {"headers": {"If-Match": (await world.owner.get(f"/prospects/{made['id']}")).headers["etag"]}}
    assert (await world.owner.patch(f"/prospects/{made['id']}", {"note": "N."}, **fresh)).status_code == 200
