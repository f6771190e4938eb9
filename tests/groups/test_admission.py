"""The admission check over HTTP: five points, each with its reason; what can be waived is, with a name to it."""

from typing import Any

from tests.groups.factories import GroupOf, a_group, a_member, colleagues, verb
from tests.groups.factories import provisional as a_provisional
from tests.people.factories import a_company
from tests.prospects.factories import with_settings
from tests.world import Actor, World

POINTS = ["capacity", "covenant", "conflict", "parity", "time_zone"]


async def checked(group: GroupOf, whom: Actor, by: Actor | None = None) -> dict[str, Any]:
    """The points of a check, by their code."""
    path, body = f"/groups/{group.id}/admission-checks", {"person_id": str(whom.person_id)}
    answer = await (by or group.moderator).post(path, body)
    assert answer.status_code == 200, answer.text
    return {one["code"]: one for one in answer.json()["findings"]} | {"fine": answer.json()["admissible"]}


async def waive(group: GroupOf, whom: Actor, finding: str, by: Actor | None = None) -> Any:
    body = {"person_id": str(whom.person_id), "finding": finding, "reason": "They agreed."}
    return await (by or group.moderator).post(f"/groups/{group.id}/admission-checks/waivers", body)


async def test_whoever_is_like_the_others_is_fine_on_all_points(world: World) -> None:
    group = await a_group(world, members=2)
    found = await checked(group, await world.person())
    assert found.pop("fine") is True
    assert [*found] == POINTS
    assert {one["result"] for one in found.values()} == {"ok"}
    assert all(one["detail"] and one["finding"] is None for one in found.values())


async def test_a_full_group_and_one_without_rules_cannot_be_waived(world: World) -> None:
    group = await a_group(world, members=1, capacity=1)
    found = await checked(group, await world.person())
    assert (found["capacity"]["result"], found["capacity"]["finding"], found["fine"]) == (
        "blocker",
        None,
        False,
    )
    made = await world.owner.post("/groups", {"name": "Bare", "moderators": [str(group.moderator.person_id)]})
    bare = await checked(GroupOf(made.json()["id"], group.moderator), await world.person())
    assert (bare["covenant"]["result"], bare["fine"]) == ("blocker", False)


async def test_levels_are_compared_with_those_of_the_members(world: World) -> None:
    group = await a_group(world, members=0)
    assert (
        await world.owner.patch(f"/people/{group.moderator.person_id}", {"level": "Team lead"})
    ).status_code == 200
    founder = await world.person(level="founder")
    assert (await checked(group, founder))["parity"]["result"] == "ok", "a moderator is no peer"
    for level in ("Team lead", "Manager"):
        await a_member(world, group, await world.person(level=level))
    found = await checked(group, founder)
    assert (found["parity"]["result"], found["fine"]) == ("waivable", False)
    assert "3 levels" in found["parity"]["detail"]
    await with_settings(world, level_distance=3)
    assert (await checked(group, founder))["parity"]["result"] == "ok"
    await with_settings(world, level_distance=0, levels=[["Team lead", "Manager", "Founder"]])
    assert (await checked(group, founder))["fine"] is True


async def test_hours_are_compared_with_everybody_and_the_groups_own_zone(world: World) -> None:
    group = await a_group(world, members=0)
    moved = await world.owner.patch(f"/groups/{group.id}", {"time_zone": "Europe/Berlin"})
    assert moved.status_code == 200
    far, near = await world.person(time_zone="Asia/Tokyo"), await world.person(time_zone="Europe/London")
    assert (await checked(group, far))["time_zone"]["result"] == "waivable"
    assert (await checked(group, near))["fine"] is True
    await a_member(world, group, far)
    assert (await checked(group, near))["time_zone"]["result"] == "waivable"
    await with_settings(world, working_hours={"begins": 6, "ends": 22})
    assert (await checked(group, near))["fine"] is True
    wrong = {"settings": {"working_hours": {"begins": 17, "ends": 9}}}
    assert (await world.owner.patch("/organization", wrong)).status_code == 422


async def test_every_waivable_point_is_waived_by_name_and_listed(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    for who, body in ((ada, {"level": "Team lead", "time_zone": "Asia/Tokyo"}),):
        assert (await world.owner.patch(f"/people/{who.person_id}", body)).status_code == 200
    new = await world.person(level="Founder", time_zone="America/Los_Angeles")
    await colleagues(world, ada, new)
    found = await checked(group, new)
    names = [found[code]["finding"] for code in ("conflict", "parity", "time_zone")]
    assert names == [f"conflict:{ada.person_id}", f"parity:{group.id}", f"time_zone:{group.id}"]
    other = await world.person()
    assert (await waive(group, other, names[1])).status_code == 409, "there is no such finding for them"
    for name in names:
        assert (await checked(group, new))["fine"] is False
        made = await waive(group, new, name)
        assert made.status_code == 201, made.text
        assert (made.json()["made_by"]["id"], made.json()["person"]["id"]) == (
            str(group.moderator.person_id),
            str(new.person_id),
        )
        assert (await waive(group, new, name)).status_code == 409
    assert (await checked(group, new))["fine"] is True
    path = f"/groups/{group.id}/admission-checks/waivers"
    for reader in (group.moderator, world.owner):
        listed = (await reader.get(path)).json()["items"]
        assert [one["finding"] for one in listed] == names[::-1]
        assert {one["reason"] for one in listed} == {"They agreed."}
    for nobody, status in ((ada, 403), (other, 404)):
        assert (await nobody.get(path)).status_code == status


async def test_only_a_conflict_keeps_somebody_out_who_is_provisional(world: World) -> None:
    group = await a_group(world, members=1)
    assert (
        await world.owner.patch(f"/people/{group.members[0].person_id}", {"level": "Team lead"})
    ).status_code == 200
    founder = await a_provisional(world, group, who=await world.person(level="Founder"))
    assert (await checked(group, founder))["parity"]["result"] == "waivable"
    assert (await verb(group.moderator, group, founder, "activate")).status_code == 200


async def test_a_connection_that_was_waived_for_one_is_waived_for_the_other(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    company = await a_company(world, "Analytical Engines")
    new = await a_provisional(world, group)
    for one in (ada, new):
        await world.owner.patch(f"/people/{one.person_id}", {"company_id": company})
    assert (await waive(group, new, f"conflict:{ada.person_id}")).status_code == 201
    assert (await verb(group.moderator, group, new, "activate")).status_code == 200
    assert (await verb(ada, group, ada, "take_leave")).status_code == 200
    back = await verb(ada, group, ada, "resume")
    assert back.status_code == 200, back.text
