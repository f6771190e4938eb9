"""Which challenge has which place in which session: each place is given once."""

import asyncio
from typing import Any

from tests.challenges.factories import an_accepted, done
from tests.groups.factories import a_group
from tests.sessions.factories import a_session
from tests.world import World


async def test_a_place_in_a_session_is_one_challenges(world: World) -> None:
    group = await a_group(world, members=4)
    first, second, third = [await an_accepted(group, one) for one in group.members[:3]]
    session, other = [await a_session(world, group, begins_in=begins) for begins in (30, 300)]
    place = {"session_id": session["id"], "position": 1}

    async def put(one: dict[str, Any], **body: Any) -> Any:
        return await group.moderator.patch(f"/challenges/{one['id']}", place | body)

    for _ in range(2):
        assert (await put(first)).status_code == 200
    refused = await put(second)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "place 1" in refused.json()["detail"].lower()
    seen = (await group.members[3].get(f"/challenges/{second['id']}")).json()
    assert (seen["session_id"], seen["position"]) == (None, None)
    assert (await put(second, position=2)).status_code == 200
    assert (await put(second)).status_code == 409
    assert (await put(third, session_id=other["id"])).status_code == 200
    moved = await group.moderator.patch(f"/challenges/{third['id']}", {"session_id": session["id"]})
    assert (moved.status_code, moved.json()["position"]) == (200, None)  # a place belongs to its session
    assert (await put(first, position=None)).status_code == 200
    assert (await put(second)).status_code == 200
    assert (await put(first, position=2)).status_code == 200
    await done(group.members[1], second["id"], "withdraw")
    assert (await put(third)).status_code == 200  # who withdraws leaves the place to others


async def test_of_two_moderators_who_give_one_place_at_once_one_is_refused(world: World) -> None:
    group = await a_group(world, members=4)
    challenges = [await an_accepted(group, one) for one in group.members[:3]]
    session = await a_session(world, group)
    second = group.members[3]
    membership = f"/memberships/{group.memberships[second.person_id]}"
    assert (await group.moderator.patch(membership, {"role": "co_moderator"})).status_code == 200
    leaders = (group.moderator, second, group.moderator)
    for position in range(1, 6):
        place = {"session_id": session["id"], "position": position}
        given = zip(leaders, challenges, strict=True)
        answers = await asyncio.gather(*(who.patch(f"/challenges/{one['id']}", place) for who, one in given))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        assert {one.json().get("code") for one in answers if one.status_code == 409} == {"conflict"}
        assert all("Place" in one.json()["detail"] for one in answers if one.status_code == 409)


async def test_a_cancelled_session_gives_its_challenges_back(world: World) -> None:
    group = await a_group(world, members=2)
    accepted = await an_accepted(group, group.members[0])
    session = await a_session(world, group)
    path = f"/challenges/{accepted['id']}"
    await group.moderator.patch(path, {"session_id": session["id"], "position": 1})
    cancelled = await group.moderator.post(f"/sessions/{session['id']}/cancel", {"reason": "Ill."})
    assert cancelled.status_code == 200
    seen = (await group.members[1].get(path)).json()
    assert (seen["state"], seen["session_id"]) == ("accepted", None)
    late = await group.moderator.patch(path, {"session_id": session["id"]})
    assert late.status_code == 409
