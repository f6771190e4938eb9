"""Claiming a session that nobody leads: who may, when, and for what."""

from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, a_member
from tests.sessions.factories import a_running, answered, codes, done, marked, say
from tests.world import Actor, World


async def a_co_moderator(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    path = f"/memberships/{group.memberships[actor.person_id]}"
    assert (await group.moderator.patch(path, {"role": "co_moderator"})).status_code == 200
    return actor


async def test_a_co_moderator_claims_five_minutes_after_the_moderators_last_request(
    world: World, clock: Clock
) -> None:
    group = await a_group(world)
    second = await a_co_moderator(world, group)
    session = await a_running(world, group)
    clock.forward(minutes=4)
    await done(group.moderator, session["id"], "next")
    clock.forward(minutes=4, seconds=50)
    refused = await say(second, session["id"], "claim")
    assert (refused.status_code, codes(refused)) == (409, {"led"})
    clock.forward(seconds=15)
    claimed = await done(second, session["id"], "claim")
    assert (claimed["led_by_id"], claimed["claimed_by_id"]) == (str(second.person_id), None)
    back = await say(group.moderator, session["id"], "claim")
    assert codes(back) == {"led"}


async def test_marking_attendance_and_changing_the_agenda_count_as_leading(
    world: World, clock: Clock
) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_running(world, group)
    clock.forward(minutes=4)
    await marked(group.moderator, session["id"], ada, "present")
    clock.forward(minutes=4)
    assert codes(await say(ada, session["id"], "claim")) == {"led"}
    path = f"/sessions/{session['id']}"
    await group.moderator.patch(path, {"place": "Room 9"})
    clock.forward(minutes=4)
    assert codes(await say(ada, session["id"], "claim")) == {"led"}
    kept = [{name: one[name] for name in ("title", "kind", "minutes")} for one in session["agenda"]]
    put = await group.moderator.put(f"{path}/agenda", {"segments": kept}, headers={"If-Match": "*"})
    assert put.status_code == 200
    clock.forward(minutes=4)
    assert codes(await say(ada, session["id"], "claim")) == {"led"}
    clock.forward(minutes=1)
    assert (await say(ada, session["id"], "claim")).status_code == 200


async def test_what_members_do_does_not_keep_a_session_led(world: World, clock: Clock) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_running(world, group)
    clock.forward(minutes=4, seconds=30)
    assert (await answered(ada, session["id"], "maybe")).status_code == 200
    clock.forward(seconds=31)
    assert (await say(ada, session["id"], "claim")).status_code == 200


async def test_a_member_who_claimed_may_pause_and_end_it_only(world: World, clock: Clock) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_running(world, group)
    assert (await say(ada, session["id"], "pause")).status_code == 403
    clock.forward(minutes=5, seconds=1)
    claimed = await done(ada, session["id"], "claim")
    assert claimed["claimed_by_id"] == str(ada.person_id)
    assert claimed["allowed_actions"] == ["pause", "complete", "claim"]
    for name, body in (("next", None), ("back", None), ("extend", {"minutes": 5})):
        assert (await say(ada, session["id"], name, body)).status_code == 403
    assert (await say(ben, session["id"], "pause")).status_code == 403
    assert (await done(ada, session["id"], "pause"))["state"] == "paused"
    assert (await say(ada, session["id"], "resume")).status_code == 403
    await answered(ben, session["id"], "yes")
    assert codes(await say(ada, session["id"], "complete")) == {"attendance_missing"}
    assert (await marked(ben, session["id"], ben, "present")).status_code == 403
    assert (await marked(ada, session["id"], ben, "present")).status_code == 200
    assert (await done(ada, session["id"], "complete"))["claimed_by_id"] is None


async def test_members_wait_for_a_co_moderator_first(world: World, clock: Clock) -> None:
    group = await a_group(world)
    await a_co_moderator(world, group)
    ada = group.members[0]
    session = await a_running(world, group)
    clock.forward(minutes=6)
    assert codes(await say(ada, session["id"], "claim")) == {"led"}
    clock.forward(minutes=4, seconds=1)
    assert (await say(ada, session["id"], "claim")).status_code == 200


async def test_a_moderator_who_comes_back_takes_the_claim_back(world: World, clock: Clock) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_running(world, group)
    clock.forward(minutes=5, seconds=1)
    await done(ada, session["id"], "claim")
    moved = await done(group.moderator, session["id"], "next")
    assert moved["claimed_by_id"] is None
    assert (await say(ada, session["id"], "pause")).status_code == 403


async def test_only_what_runs_is_claimed(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    await done(group.moderator, session["id"], "complete")
    refused = await say(group.members[0], session["id"], "claim")
    assert refused.json()["code"] == "invalid_transition"
