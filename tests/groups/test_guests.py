"""Guests: one session, no seat, no roster before they sign, and once for ever however their address is spelled."""

from typing import Any

import httpx
import pytest

from peergroup.worker import Worker
from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, a_member, verb
from tests.people.factories import a_person, an_email
from tests.sessions.factories import a_draft, a_running, a_session, answered, codes, done, in_minutes, marked
from tests.sessions.recurring import a_series, sessions_of
from tests.world import Actor, World, a_world


async def invite(group: GroupOf, session_id: str, by: Actor | None = None, **whom: Any) -> httpx.Response:
    """Invite somebody to one session."""
    body = {"role": "guest", "session_id": session_id} | whom
    return await (by or group.moderator).post(f"/groups/{group.id}/memberships", body)


async def an_invited_guest(world: World, group: GroupOf, session_id: str, **columns: Any) -> Actor:
    """Somebody with an open invitation to one session."""
    actor = await world.person(**columns)
    answer = await invite(group, session_id, person_id=str(actor.person_id))
    assert answer.status_code == 201, answer.text
    group.memberships[actor.person_id] = answer.json()["id"]
    return actor


async def a_guest(world: World, group: GroupOf, session_id: str, **columns: Any) -> Actor:
    """Somebody who is in for one session, because they signed."""
    guest = await an_invited_guest(world, group, session_id, **columns)
    signed = await guest.post(f"/groups/{group.id}/covenants/1/sign")
    assert signed.status_code == 200, signed.text
    return guest


async def state_of(guest: Actor, group: GroupOf) -> str:
    answer = await guest.get(f"/memberships/{group.memberships[guest.person_id]}")
    return str(answer.json()["state"])


async def test_a_guest_is_in_by_signing_at_once_and_without_a_seat(world: World) -> None:
    group = await a_group(world, members=1, capacity=1)
    session = await a_session(world, group)
    guest = await an_invited_guest(world, group, session["id"])
    accepted = await verb(guest, group, guest, "accept")
    assert (accepted.status_code, codes(accepted)) == (409, {"guest_signs"})
    assert (await guest.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    own = (await guest.get(f"/memberships/{group.memberships[guest.person_id]}")).json()
    assert (own["state"], own["seat_no"], own["session_id"]) == ("active", None, session["id"])
    assert (await guest.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200


async def test_only_the_version_in_force_lets_a_guest_in(world: World) -> None:
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    guest = await an_invited_guest(world, group, session["id"])
    later = {"text": "Stricter rules.", "effective_on": "2199-01-01"}
    assert (await group.moderator.post(f"/groups/{group.id}/covenants", later)).status_code == 201
    assert (await guest.post(f"/groups/{group.id}/covenants/2/sign")).status_code == 200
    assert await state_of(guest, group) == "invited"
    assert (await guest.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    assert await state_of(guest, group) == "active"


async def test_a_guest_sees_one_session_and_before_signing_its_times_alone(world: World) -> None:
    group = await a_group(world, members=2)
    session = await a_session(world, group)
    other = await a_session(world, group, begins_in=500)
    for member, said in zip(group.members, ("yes", "no"), strict=True):
        await answered(member, session["id"], said)
    guest = await an_invited_guest(world, group, session["id"])
    early = (await guest.get(f"/sessions/{session['id']}")).json()
    assert (early["starts_at"], early["title"], early["agenda"]) == (session["starts_at"], None, [])
    for path in (
        f"/sessions/{session['id']}/rsvps",
        f"/sessions/{other['id']}",
        f"/sessions/{other['id']}/rsvps",
    ):
        assert (await guest.get(path)).status_code == 404, path
    listed = (await guest.get(f"/groups/{group.id}/sessions")).json()["items"]
    assert [(one["id"], one["title"]) for one in listed] == [(session["id"], None)]
    assert (await guest.get(f"/groups/{group.id}/memberships")).status_code == 403
    await _sees_no_roster(guest, group)
    assert (await guest.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    assert (await guest.get(f"/sessions/{session['id']}")).json()["title"] == "Hiring well"
    coming = (await guest.get(f"/sessions/{session['id']}/rsvps")).json()["items"]
    assert [one["person"]["id"] for one in coming] == [str(group.members[0].person_id)]
    listed = (await guest.get(f"/groups/{group.id}/sessions")).json()["items"]
    assert [one["id"] for one in listed] == [session["id"]]
    assert (await guest.get(f"/sessions/{other['id']}")).status_code == 404
    assert (await guest.get(f"/groups/{group.id}/memberships")).status_code == 403
    await _sees_no_roster(guest, group)


async def test_a_guest_of_one_session_of_a_series_sees_no_other_one(world: World) -> None:
    group = await a_group(world, members=0)
    series = await a_series(group)
    first, second, *_ = await sessions_of(group)
    guest = await an_invited_guest(world, group, first["id"])
    for _ in ("before signing", "after it"):
        listed = (await guest.get(f"/groups/{group.id}/sessions")).json()["items"]
        assert [one["id"] for one in listed] == [first["id"]]
        for path in (
            f"/sessions/{second['id']}",
            f"/sessions/{second['id']}/rsvps",
            f"/sessions/{second['id']}/actions",
            f"/series/{series['id']}",
            f"/groups/{group.id}/series",
        ):
            assert (await guest.get(path)).status_code == 404, path
        own = f"/sessions/{second['id']}/rsvps/{guest.person_id}"
        assert (await guest.put(own, {"answer": "yes"})).status_code == 404
        assert (await guest.get(f"/groups/{group.id}/plans/2030")).status_code in (403, 404)
        assert (await guest.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    gone = await group.moderator.delete(f"/series/{series['id']}")
    assert gone.status_code in (200, 204), gone.text
    assert await state_of(guest, group) == "expired"


async def _sees_no_roster(guest: Actor, group: GroupOf) -> None:
    shown = (await guest.get(f"/groups/{group.id}")).json()
    assert {one["role"] for one in shown["roster"]} == {"moderator", "guest"}
    for member in group.members:
        assert (await guest.get(f"/people/{member.person_id}")).status_code == 404


@pytest.mark.parametrize("end", ["complete", "cancel"])
async def test_a_guest_goes_with_the_session(world: World, end: str) -> None:
    group = await a_group(world, members=0)
    running = end == "complete"
    session = await (a_running if running else a_session)(world, group)
    guest = await a_guest(world, group, session["id"])
    waiting = await an_invited_guest(world, group, session["id"])
    suspended = await a_guest(world, group, session["id"])
    assert (await verb(group.moderator, group, suspended, "suspend", {"reason": "So."})).status_code == 200
    await done(group.moderator, session["id"], end, None if running else {"reason": "Snow."})
    for one in (guest, waiting, suspended):
        assert await state_of(one, group) == "expired"
        for path in (f"/sessions/{session['id']}", f"/groups/{group.id}", f"/groups/{group.id}/sessions"):
            assert (await one.get(path)).status_code == 404, path


async def test_a_guest_of_a_deleted_session_goes_and_may_come_to_another_one(world: World) -> None:
    group = await a_group(world, members=0)
    draft = await a_draft(world, group)
    guest = await a_guest(world, group, draft["id"])
    assert (await group.moderator.delete(f"/sessions/{draft['id']}")).status_code == 204
    assert await state_of(guest, group) == "expired"
    other = await a_session(world, group)
    assert (await invite(group, other["id"], person_id=str(guest.person_id))).status_code == 201


async def test_a_guest_of_a_session_that_was_moved_stays_until_it_is_over(world: World, clock: Clock) -> None:
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    guest = await a_guest(world, group, session["id"])
    moved = {"local_start": in_minutes(world, 60 * 24 * 20)}
    assert (await group.moderator.patch(f"/sessions/{session['id']}", moved)).status_code == 200
    clock.forward(days=15)
    await Worker(world.house).drain()
    assert await state_of(guest, group) == "active"
    clock.forward(days=7)
    await Worker(world.house).drain()
    assert await state_of(guest, group) == "expired"


async def test_nobody_waits_for_a_session_that_nobody_opened(world: World, clock: Clock) -> None:
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    guest = await a_guest(world, group, session["id"])
    clock.forward(hours=20)
    await Worker(world.house).drain()
    assert await state_of(guest, group) == "active", "it may still begin late"
    clock.forward(hours=12)
    await Worker(world.house).drain()
    assert await state_of(guest, group) == "expired"


SPELLINGS = [
    ("ada.guest@example.com", "ADA.Guest@Example.COM"),
    ("ada.guest@example.com", "ada.guest+again@example.com"),
    ("ada.guest@gmail.com", "adaguest+x@googlemail.com"),
    ("ada@bücher.example", "Ada@xn--bcher-kva.example"),
]


@pytest.mark.parametrize(("first", "again"), SPELLINGS)
async def test_nobody_is_a_guest_twice_whatever_the_spelling(world: World, first: str, again: str) -> None:
    group, elsewhere = await a_group(world, members=0), await a_group(world, members=0)
    running = await a_running(world, group)
    guest = await a_guest(world, group, running["id"], email=first)
    await done(group.moderator, running["id"], "complete")
    later = await a_session(world, group, begins_in=200)
    refused = await invite(group, later["id"], person={"name": "Ada", "email": again})
    assert (refused.status_code, refused.json()["code"]) == (409, "guest_once")
    same = await invite(group, later["id"], person_id=str(guest.person_id))
    assert (same.status_code, same.json()["code"]) == (409, "guest_once")
    there = await a_session(world, elsewhere)
    assert (await invite(elsewhere, there["id"], person_id=str(guest.person_id))).status_code == 201
    other = await invite(group, later["id"], person={"name": "Bob", "email": an_email("bob")})
    assert other.status_code == 201


async def test_two_spellings_invited_before_either_signed_let_one_in(world: World) -> None:
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    one = await an_invited_guest(world, group, session["id"], email="ada.twice@example.com")
    two = await an_invited_guest(world, group, session["id"], email="ada.twice+2@example.com")
    assert (await one.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    refused = await two.post(f"/groups/{group.id}/covenants/1/sign")
    assert (refused.status_code, refused.json()["code"]) == (409, "guest_once")
    assert await state_of(two, group) == "invited"


async def test_a_visit_is_not_forgotten_with_the_person_nor_lost_in_a_merge(world: World) -> None:
    group = await a_group(world, members=0)
    running = await a_running(world, group)
    erased = await a_guest(world, group, running["id"], email="erased@example.com")
    merged = await a_guest(world, group, running["id"], email="merged@example.com")
    await done(group.moderator, running["id"], "complete")
    into = await a_person(world, name="Merged Again", email=an_email("into"))
    done_ = await world.owner.post(f"/people/{merged.person_id}/merge", {"into": into["id"]})
    assert done_.status_code == 200, done_.text
    gone = await world.owner.post(f"/people/{erased.person_id}/erase", {"words": "remove"})
    assert gone.status_code == 202
    await Worker(world.house).drain()
    later = await a_session(world, group, begins_in=200)
    back = {"name": "Nobody New", "email": "Erased+again@example.com"}
    assert (await invite(group, later["id"], person=back)).json()["code"] == "guest_once"
    assert (await invite(group, later["id"], person_id=into["id"])).json()["code"] == "guest_once"
    third = {"name": "Merged Thrice", "email": "merged+3@example.com"}
    assert (await invite(group, later["id"], person=third)).json()["code"] == "guest_once"


async def test_a_guest_is_invited_to_a_session_of_the_group_that_is_to_come(world: World) -> None:
    group, other = await a_group(world, members=1), await a_group(world, members=0)
    session, foreign = await a_session(world, group), await a_session(world, other)
    over = await a_session(world, group, begins_in=400)
    await done(group.moderator, over["id"], "cancel", {"reason": "Snow."})
    somebody = {"person_id": str((await world.person()).person_id)}
    elsewhere = (await a_world(world.house, world.client)).owner.person_id
    for session_id in (foreign["id"], str(elsewhere)):
        refused = await invite(group, session_id, **somebody)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/session_id")
    assert (await invite(group, over["id"], **somebody)).json()["code"] == "conflict"
    path = f"/groups/{group.id}/memberships"
    for wrong in ({"role": "guest"}, {"role": "member", "session_id": session["id"]}):
        assert (await group.moderator.post(path, somebody | wrong)).status_code == 422
    assert (await invite(group, session["id"], group.members[0], **somebody)).status_code == 403
    assert (await invite(group, session["id"], **somebody)).status_code == 201
    assert (await invite(group, session["id"], **somebody)).json()["code"] == "conflict"


async def test_a_guest_takes_no_leave_and_becomes_nothing_else(world: World) -> None:
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    guest = await a_guest(world, group, session["id"])
    for who in (guest, group.moderator):
        refused = await verb(who, group, guest, "take_leave")
        assert (refused.status_code, codes(refused)) == (409, {"guest"})
    path = f"/memberships/{group.memberships[guest.person_id]}"
    changed = await world.owner.patch(path, {"role": "member"})
    assert changed.status_code == 409
    assert (await group.moderator.patch(path, {"role": "guest"})).status_code == 422


async def test_a_guests_time_opens_nothing_to_the_later_member(world: World) -> None:
    group = await a_group(world, members=1)
    running = await a_session(world, group)
    guest = await a_guest(world, group, running["id"])
    await done(group.moderator, running["id"], "start")
    assert (await marked(group.moderator, running["id"], guest, "present")).status_code == 200
    await done(group.moderator, running["id"], "complete")
    assert (await a_member(world, group, guest)).person_id == guest.person_id
    assert (await guest.get(f"/sessions/{running['id']}/minutes")).status_code == 404
    assert (await group.members[0].get(f"/sessions/{running['id']}/minutes")).status_code == 200
