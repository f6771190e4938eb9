"""Leaving, leave of absence, suspension, removal: reading ends with the next request."""

from tests.groups.factories import a_group, a_member, verb
from tests.world import World


async def test_after_leaving_the_next_request_is_refused(world: World) -> None:
    group = await a_group(world, members=2)
    ada = group.members[0]
    left = await verb(ada, group, ada, "leave", {"reason": "time", "farewell": "Thank you all."})
    assert (left.status_code, left.json()["state"], left.json()["seat_no"]) == (200, "alumni", None)
    assert (await ada.get(f"/groups/{group.id}")).status_code == 404
    assert (await ada.get(f"/groups/{group.id}/memberships")).status_code == 404
    assert (await ada.get(f"/memberships/{group.memberships[group.members[1].person_id]}")).status_code == 404
    own = await ada.get(f"/memberships/{group.memberships[ada.person_id]}")
    assert own.json()["state"] == "alumni"
    again = await verb(ada, group, ada, "leave")
    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")


async def test_the_last_moderator_of_an_active_group_stays(world: World) -> None:
    group = await a_group(world, members=1)
    for name in ("leave", "take_leave"):
        refused = await verb(group.moderator, group, group.moderator, name)
        assert refused.json()["guards"][0]["code"] == "last_moderator", refused.text
    demoted = await world.owner.patch(
        f"/memberships/{group.memberships[group.moderator.person_id]}", {"role": "member"}
    )
    assert demoted.json()["guards"][0]["code"] == "last_moderator"
    promoted = await world.owner.patch(
        f"/memberships/{group.memberships[group.members[0].person_id]}", {"role": "moderator"}
    )
    assert (promoted.status_code, promoted.json()["seat_no"]) == (200, None)
    assert (await verb(group.moderator, group, group.moderator, "leave")).status_code == 200


async def test_a_suspension_goes_back_to_where_it_came_from(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    assert (await verb(group.moderator, group, ada, "suspend")).status_code == 422
    suspended = await verb(group.moderator, group, ada, "suspend", {"reason": "Broke the covenant."})
    assert (suspended.json()["state"], suspended.json()["seat_no"]) == ("suspended", None)
    assert (await ada.get(f"/groups/{group.id}")).status_code == 404
    own = await ada.get(f"/memberships/{group.memberships[ada.person_id]}")
    assert own.json()["reason"] == "Broke the covenant."
    assert (await verb(ada, group, ada, "reinstate")).status_code == 403
    back = await verb(group.moderator, group, ada, "reinstate")
    assert (back.json()["state"], back.json()["seat_no"]) == ("active", 1)


async def test_nobody_suspends_or_removes_themselves(world: World) -> None:
    group = await a_group(world, members=0)
    for name in ("suspend", "remove"):
        refused = await verb(group.moderator, group, group.moderator, name, {"reason": "why not"})
        assert refused.status_code == 403


async def test_removed_people_need_a_new_invitation(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    assert (await verb(world.owner, group, ada, "remove", {"reason": "Asked for it."})).json()[
        "state"
    ] == "removed"
    assert (await verb(group.moderator, group, ada, "reinstate")).status_code == 409
    new = await group.moderator.post(f"/groups/{group.id}/memberships", {"person_id": str(ada.person_id)})
    assert new.status_code == 201


async def test_a_leave_of_absence_keeps_the_seat_unless_the_organization_says_otherwise(world: World) -> None:
    group = await a_group(world, members=1, capacity=1)
    ada = group.members[0]
    assert (await verb(ada, group, ada, "take_leave")).json()["seat_no"] == 1
    assert (await verb(ada, group, ada, "resume")).json()["seat_no"] == 1
    await world.owner.patch("/organization", {"settings": {"leave_keeps_seat": False}})
    assert (await verb(ada, group, ada, "take_leave")).json()["seat_no"] is None
    await a_member(world, group)
    refused = await verb(ada, group, ada, "resume")
    assert refused.json()["guards"][0]["code"] == "no_seat"


async def test_an_active_group_cannot_shrink_below_its_members(world: World) -> None:
    group = await a_group(world, members=3)
    refused = await world.owner.patch(f"/groups/{group.id}", {"capacity": 2})
    assert (refused.status_code, refused.json()["guards"][0]["code"]) == (409, "seats_taken")
    assert (await group.moderator.patch(f"/groups/{group.id}", {"capacity": 20})).status_code == 403
    assert (await group.moderator.patch(f"/groups/{group.id}", {"focus": "Hiring"})).status_code == 200


async def test_a_group_needs_a_moderator_and_a_covenant_to_begin(world: World) -> None:
    made = (await world.owner.post("/groups", {"name": "Bare"})).json()
    refused = await world.owner.post(f"/groups/{made['id']}/activate")
    assert {guard["code"] for guard in refused.json()["guards"]} == {"no_moderator", "no_covenant"}
