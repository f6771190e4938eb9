"""Who is shut out because their source does not list them any more."""

from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, a_member
from tests.sync.runs import applied, apply, lines, person, staged
from tests.world import Actor, World

ACTIVE = [{"column": "Status", "field": "is_active"}]
HEADER = "id,name,email,Status"
FIVE = [f"{n},Person {n},p{n}@example.com" for n in range(1, 6)]


async def test_a_full_run_shuts_out_whom_it_does_not_mention(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    run = await applied(world.owner, "crm", lines(*FIVE[:4]), mode="full")
    assert (run["summary"]["removed"], run["summary"]["unchanged"]) == (1, 4)
    assert run["removals"] == {"people": 1, "of": 5, "unreadable": 0, "must_confirm": False}
    last = run["results"][-1]
    assert (last["status"], last["external_id"], last["row"], last["index"]) == ("removed", "5", None, 4)
    gone = await person(world.owner, "crm", "5")
    assert (gone["id"], gone["state"]) == (last["id"], "deactivated")
    assert (await person(world.owner, "crm", "4"))["state"] == "active"
    again = await applied(world.owner, "crm", lines(*FIVE[:4]), mode="full")
    assert (again["summary"]["removed"], again["removals"]["of"]) == (0, 4)


async def test_whoever_came_after_a_full_run_was_opened_is_not_missing_in_it(
    world: World, clock: Clock
) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    run = await staged(world.owner, "crm", lines(*FIVE), mode="full")
    clock.forward(minutes=5)
    path = "/people/by-reference/crm/6"
    assert (await world.owner.put(path, {"name": "New", "email": "new@example.com"})).status_code == 201
    answer = await apply(world.owner, run)
    assert (answer.status_code, answer.json()["summary"]["removed"]) == (200, 0)
    assert (await person(world.owner, "crm", "6"))["state"] == "active"
    # The next list is made when they are there.
    later = await applied(world.owner, "crm", lines(*FIVE), mode="full")
    assert later["summary"]["removed"] == 1


async def test_a_delta_run_shuts_nobody_out(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    run = await applied(world.owner, "crm", lines(FIVE[0]))
    assert run["summary"]["removed"] == 0
    assert (await person(world.owner, "crm", "5"))["state"] == "active"


async def test_too_many_at_once_have_to_be_confirmed_by_their_exact_number(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    run = await staged(world.owner, "crm", lines(*FIVE[:3]), mode="full")
    refused = await apply(world.owner, run)
    assert (refused.status_code, refused.json()["guards"][0]["code"]) == (409, "too_many_removals")
    assert "confirm_removals=2" in refused.json()["detail"]
    for wrong in (0, 1, 3):
        answer = await apply(world.owner, run, wrong)
        assert (answer.status_code, answer.json()["guards"][0]["code"]) == (409, "removals_differ")
    assert (await person(world.owner, "crm", "5"))["state"] == "active"
    rehearsed = await world.owner.post(f"/sync-runs/{run}/apply?dry_run=true")
    assert rehearsed.json()["removals"]["must_confirm"] is True
    assert [one["external_id"] for one in rehearsed.json()["rehearsed"] if one["status"] == "removed"] == [
        "4",
        "5",
    ]
    assert (await apply(world.owner, run, 2)).status_code == 200
    assert (await person(world.owner, "crm", "5"))["state"] == "deactivated"


async def test_whoever_is_listed_with_faults_is_still_listed(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    run = await applied(world.owner, "crm", lines(*FIVE[:4], "5,Person 5,no address"), mode="full")
    assert (run["summary"]["rejected"], run["summary"]["removed"]) == (1, 0)
    assert run["results"][-1]["external_id"] == "5"
    assert (await person(world.owner, "crm", "5"))["state"] == "active"


async def test_records_whose_reference_cannot_be_read_blow_the_fuse(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    run = await staged(world.owner, "crm", lines(*FIVE[:4], ",Person 5,p5@example.com"), mode="full")
    refused = await apply(world.owner, run)
    assert refused.status_code == 409
    assert "Records without a readable reference: 1," in refused.json()["detail"]
    assert (await apply(world.owner, run, 1)).status_code == 200


async def test_another_source_holds_whom_one_does_not_mention(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    await applied(world.owner, "mail", lines("m5,Person 5,p5@example.com"), on_conflict="link")
    assert (await applied(world.owner, "crm", lines(*FIVE[:4]), mode="full"))["summary"]["removed"] == 0
    assert (await person(world.owner, "crm", "5"))["state"] == "active"
    # The last source that listed them does not any more either.
    run = await applied(world.owner, "mail", lines("m6,Six,p6@example.com"), mode="full", confirm=1)
    assert run["summary"]["removed"] == 1
    assert (await person(world.owner, "crm", "5"))["state"] == "deactivated"


async def test_a_double_entry_that_vanishes_is_nobodys_leaving(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    await applied(world.owner, "crm", lines("5b,Person 5,p5@example.com"), on_conflict="link")
    kept = [*FIVE[:4], "5b,Person 5,p5@example.com"]
    assert (await applied(world.owner, "crm", lines(*kept), mode="full"))["summary"]["removed"] == 0
    assert (await person(world.owner, "crm", "5"))["state"] == "active"
    # The other one goes too.
    said = lines("5b,,,no", header=HEADER)
    assert (await applied(world.owner, "crm", said, mapping=ACTIVE))["summary"]["removed"] == 1


async def test_an_owner_is_not_shut_out_by_another_system(world: World) -> None:
    other = await world.person("Omar Owner", role="owner", email="omar@example.com")
    await applied(world.owner, "crm", lines("0,Omar Owner,omar@example.com", *FIVE), on_conflict="link")
    assert (await person(world.owner, "crm", "0"))["id"] == str(other.person_id)
    said = await applied(
        world.owner, "crm", lines("0,Omar Owner,omar@example.com,no", header=HEADER), mapping=ACTIVE
    )
    assert said["results"][0]["warnings"][0]["code"] == "owner_stays"
    run = await applied(world.owner, "crm", lines(*FIVE), mode="full")
    assert run["summary"]["removed"] == 0
    assert (await other.get("/me")).status_code == 200


async def test_a_record_that_says_so_shuts_out_at_once_and_lets_in_again(world: World) -> None:
    group = await a_group(world, members=0)
    name, email = "Mira Member", "mira@example.com"
    member = await a_member(world, group, await world.person(name, email=email))
    listed = lines(f"7,{name},{email},yes", *(f"{row},yes" for row in FIVE), header=HEADER)
    await applied(world.owner, "crm", listed, on_conflict="link", mapping=ACTIVE)
    assert (await member.get("/me")).status_code == 200
    said = lines(f"7,{name},{email},no", header=HEADER)
    run = await applied(world.owner, "crm", said, mapping=ACTIVE)
    assert (run["summary"]["removed"], run["results"][0]["status"]) == (1, "removed")
    assert (await member.get("/me")).status_code == 401
    shown = (await world.owner.get(f"/people/{member.person_id}")).json()
    assert shown["state"] == "deactivated"
    assert await _standing(group, member) == "suspended"
    assert (await applied(world.owner, "crm", said, mapping=ACTIVE))["summary"]["unchanged"] == 1
    back = await applied(world.owner, "crm", listed, mapping=ACTIVE)
    assert back["results"][0]["status"] == "updated"
    assert (await world.owner.get(f"/people/{member.person_id}")).json()["state"] == "active"
    # The person is back, not the old access.
    assert (await member.get("/me")).status_code == 401
    assert await _standing(group, member) == "suspended"


async def test_whom_somebody_here_shut_out_no_source_lets_in(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    known = await person(world.owner, "crm", "5")
    assert (await world.owner.post(f"/people/{known['id']}/deactivate")).status_code == 200
    run = await applied(world.owner, "crm", lines(*FIVE))
    assert (run["results"][4]["status"], run["results"][4]["warnings"][0]["code"]) == (
        "unchanged",
        "stays_deactivated",
    )
    assert (await person(world.owner, "crm", "5"))["state"] == "deactivated"


async def test_whom_somebody_here_let_in_again_stays_until_the_source_drops_them_anew(world: World) -> None:
    await applied(world.owner, "crm", lines(*FIVE))
    await applied(world.owner, "crm", lines(*FIVE[:4]), mode="full")
    known = await person(world.owner, "crm", "5")
    assert (await world.owner.post(f"/people/{known['id']}/reactivate")).status_code == 200
    await applied(world.owner, "crm", lines(*FIVE[:4]), mode="full")
    assert (await person(world.owner, "crm", "5"))["state"] == "active"
    await applied(world.owner, "crm", lines(*FIVE), mode="full")
    await applied(world.owner, "crm", lines(*FIVE[:4]), mode="full")
    assert (await person(world.owner, "crm", "5"))["state"] == "deactivated"


async def test_a_word_that_is_neither_yes_nor_no_shuts_nobody_out(world: World) -> None:
    run = await applied(
        world.owner, "crm", lines("1,Ada,a@example.com,resting", header=HEADER), mapping=ACTIVE
    )
    assert run["results"][0]["warnings"][0]["code"] == "unclear_state"
    assert (await person(world.owner, "crm", "1"))["state"] == "active"


async def _standing(group: GroupOf, who: Actor) -> str:
    answer = await group.moderator.get(f"/memberships/{group.memberships[who.person_id]}")
    state: str = answer.json()["state"]
    return state


async def test_few_who_are_said_to_be_gone_go_at_once_and_many_only_when_confirmed(world: World) -> None:
    ten = [f"{n},Person {n},p{n}@example.com" for n in range(1, 11)]
    await applied(world.owner, "crm", lines(*ten))
    gone = [f"{row},no" for row in ten]
    run = await staged(world.owner, "crm", lines(*gone[:6], header=HEADER), mapping=ACTIVE)
    refused = await apply(world.owner, run)
    assert (refused.status_code, refused.json()["guards"][0]["code"]) == (409, "too_many_removals")
    few = await applied(world.owner, "crm", lines(*gone[:5], header=HEADER), mapping=ACTIVE)
    assert few["removals"] == {"people": 5, "of": 10, "unreadable": 0, "must_confirm": False}
    last = await applied(world.owner, "crm", lines(*gone[5:], header=HEADER), mapping=ACTIVE)
    assert last["summary"]["removed"] == 5
