"""Who comes: one's own answer, places, the waiting list, and promotion."""

from tests.groups.factories import a_group, provisional, verb
from tests.sessions.factories import a_draft, a_running, a_session, answered, codes, done, event_types
from tests.world import World


async def test_people_answer_for_themselves(world: World) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_session(world, group)
    yes = (await answered(ada, session["id"], "yes")).json()
    assert (yes["answer"], yes["waiting"], yes["person"]["name"]) == ("yes", False, ada.name)
    path = f"/sessions/{session['id']}/rsvps/{ada.person_id}"
    for other in (ben, group.moderator, world.owner):
        assert (await other.put(path, {"answer": "no"})).status_code == 403
    assert (await (await world.person()).put(path, {"answer": "no"})).status_code == 404
    assert (await ada.put(path, {"answer": "perhaps"})).status_code == 422
    seen = (await ada.get(f"/sessions/{session['id']}")).json()
    assert (seen["my_answer"], seen["i_wait"], seen["counts"]["yes"]) == ("yes", False, 1)
    assert (await ben.get(f"/sessions/{session['id']}")).json()["my_answer"] is None


async def test_an_answer_may_change(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_session(world, group)
    for answer in ("maybe", "yes", "yes", "no"):
        assert (await answered(ada, session["id"], answer)).json()["answer"] == answer
    counts = (await ada.get(f"/sessions/{session['id']}")).json()["counts"]
    assert counts == {"yes": 0, "maybe": 0, "no": 1, "waiting": 0}
    assert (await event_types(world, session["id"])).count("rsvp.changed") == 3


async def test_who_waits_is_promoted_in_order(world: World) -> None:
    group = await a_group(world, members=4)
    first, second, third, fourth = group.members
    session = await a_session(world, group, capacity=1)
    for one in (first, second, third):
        await answered(one, session["id"], "yes")
    assert (await answered(fourth, session["id"], "yes")).json()["waiting"] is True
    await answered(second, session["id"], "maybe")
    await answered(second, session["id"], "yes")
    await answered(first, session["id"], "no")
    listed = (await first.get(f"/sessions/{session['id']}/rsvps")).json()["items"]
    waiting = {row["person"]["name"]: row["waiting"] for row in listed}
    assert waiting == {first.name: False, third.name: False, fourth.name: True, second.name: True}
    assert (await event_types(world, session["id"])).count("rsvp.promoted") == 1


async def test_more_places_promote_and_fewer_than_taken_are_refused(world: World) -> None:
    group = await a_group(world, members=4)
    session = await a_session(world, group, capacity=2)
    for one in group.members:
        await answered(one, session["id"], "yes")
    path = f"/sessions/{session['id']}"
    refused = await group.moderator.patch(path, {"capacity": 1})
    assert (refused.status_code, codes(refused)) == (409, {"seats_taken"})
    more = (await group.moderator.patch(path, {"capacity": 3})).json()
    assert more["counts"] == {"yes": 3, "maybe": 0, "no": 0, "waiting": 1}
    free = (await group.moderator.patch(path, {"capacity": None})).json()
    assert free["counts"]["waiting"] == 0
    await answered(group.members[0], session["id"], "no")
    await answered(group.members[1], session["id"], "no")
    less = (await group.moderator.patch(path, {"capacity": 2})).json()
    assert less["counts"]["yes"] == 2
    assert (await answered(group.members[0], session["id"], "yes")).json()["waiting"] is True


async def test_whoever_leaves_makes_room(world: World) -> None:
    group = await a_group(world, members=3)
    ada, ben, cleo = group.members
    session = await a_session(world, group, capacity=1)
    for one in (ada, ben, cleo):
        await answered(one, session["id"], "yes")
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    seen = (await ben.get(f"/sessions/{session['id']}")).json()
    assert (seen["my_answer"], seen["i_wait"]) == ("yes", False)
    assert (await verb(ben, group, ben, "take_leave")).status_code == 200
    assert (await cleo.get(f"/sessions/{session['id']}")).json()["i_wait"] is False
    suspended = await verb(group.moderator, group, cleo, "suspend", {"reason": "Because."})
    assert suspended.status_code == 200
    counts = (await group.moderator.get(f"/sessions/{session['id']}")).json()["counts"]
    assert counts == {"yes": 0, "maybe": 0, "no": 3, "waiting": 0}


async def test_nobody_answers_a_draft_or_what_is_over(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    draft = await a_draft(world, group, begins_in=500)
    refused = await answered(ada, draft["id"], "yes")
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")
    session = await a_running(world, group)
    assert (await answered(ada, session["id"], "no")).status_code == 200
    await done(group.moderator, session["id"], "complete")
    assert (await answered(ada, session["id"], "yes")).status_code == 409


async def test_who_takes_no_part_does_not_answer(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_session(world, group)
    newcomer = await provisional(world, group)
    assert (await answered(newcomer, session["id"], "yes")).status_code == 403
    assert (await verb(ada, group, ada, "take_leave")).status_code == 200
    assert (await answered(ada, session["id"], "yes")).status_code == 403
    key = await world.service("sessions:write", "sessions:read")
    path = f"/sessions/{session['id']}/rsvps/{ada.person_id}"
    assert (await key.put(path, {"answer": "yes"})).status_code == 403


async def test_answers_are_listed_in_pages(world: World) -> None:
    group = await a_group(world, members=3)
    session = await a_session(world, group)
    for one in group.members:
        await answered(one, session["id"], "yes")
    path = f"/sessions/{session['id']}/rsvps"
    first = (await group.moderator.get(path, params={"limit": 2})).json()
    second = (await group.moderator.get(path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    names = [row["person"]["name"] for row in first["items"] + second["items"]]
    assert names == sorted(one.name for one in group.members)
