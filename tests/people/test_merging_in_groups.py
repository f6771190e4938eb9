"""Two entries that are one human, with everything that groups hold of them."""

from typing import Any

from sqlalchemy import inspect, select

from peergroup.facilitation.ballot_models import Mark
from peergroup.kit.model import Model
from peergroup.people import merging
from tests.challenges import factories as challenges
from tests.facilitation.factories import a_run, written
from tests.facilitation.people import a_protocol
from tests.groups.factories import GroupOf, a_group, a_member, verb
from tests.sessions.factories import a_session
from tests.world import Actor, World

CREDENTIALS = {
    "credential.person_id",
    "token_family.person_id",
    "sign_in.person_id",
    "webhook_endpoint.person_id",
}
"""What ends with the entry it was given to."""


async def _merge(world: World, person: Actor, into: Actor, **resolve: str) -> Any:
    settled = [{"conflict": conflict, "keep": keep} for conflict, keep in resolve.items()]
    body = {"into": str(into.person_id), "resolve": settled}
    return await world.owner.post(f"/people/{person.person_id}/merge", body)


async def _merged(world: World, person: Actor, into: Actor, **resolve: str) -> None:
    answer = await _merge(world, person, into, **resolve)
    assert answer.status_code == 200, answer.text


def test_every_column_that_names_a_person_names_the_survivor_afterwards() -> None:
    named = {
        f"{mapper.local_table.name}.{column.name}"
        for mapper in Model.registry.mappers
        for column in mapper.local_table.columns
        if column.info.get("refers") == "person"
    }
    followed = {
        f"{inspect(column.class_).local_table.name}.{column.key}"
        for estate in merging.estates.values()
        for column in estate.follows
    }
    assert named - followed == CREDENTIALS


async def test_the_survivor_is_where_the_other_one_was(world: World) -> None:
    group = await a_group(world, members=3)
    ada, into = group.members[0], await world.person("Ada Again")
    question = await challenges.a_challenge(ada, group)
    await _merged(world, ada, into)
    assert (await ada.get(f"/groups/{group.id}")).status_code == 401, "her devices are signed out"
    seen = (await into.get(f"/challenges/{question['id']}")).json()
    assert (seen["owner"]["id"], seen["owner"]["name"]) == (str(into.person_id), "Ada Again")
    roster = (await into.get(f"/groups/{group.id}")).json()["roster"]
    assert {"Ada Again"} == {one["person"]["name"] for one in roster if one["role"] == "member"} & {
        "Ada Again",
        merging.MERGED_NAME,
    }
    told = (await group.moderator.get("/events", params={"limit": 200})).json()["items"]
    merged = [one for one in told if one["type"] == "membership.merged"]
    assert [one["facts"] for one in merged] == [
        {"person_id": str(into.person_id), "was_person_id": str(ada.person_id)}
    ]


async def test_two_places_in_one_group_become_the_one_that_is_chosen(world: World) -> None:
    group = await a_group(world, members=2, capacity=3)
    ada, again = group.members
    refused = await _merge(world, ada, again)
    conflict = f"membership:{group.id}"
    assert (refused.status_code, refused.json()["code"]) == (409, "merge_conflict")
    assert [one["key"] for one in refused.json()["conflicts"]] == [conflict]
    leave = await verb(group.moderator, group, again, "take_leave")
    assert leave.status_code == 200, leave.text
    await _merged(world, ada, again, **{conflict: "this"})
    group.memberships[again.person_id] = group.memberships[ada.person_id]
    kept = (await again.get(f"/memberships/{group.memberships[again.person_id]}")).json()
    assert (kept["state"], kept["person"]["id"]) == ("active", str(again.person_id))
    await a_member(world, group)
    await a_member(world, group)


async def test_the_last_moderator_is_not_lost_in_a_merge(world: World) -> None:
    group = await a_group(world, members=1)
    conflict = f"membership:{group.id}"
    answer = await _merge(world, group.moderator, group.members[0], **{conflict: "into"})
    assert (answer.status_code, answer.json()["guards"][0]["code"]) == (409, "last_moderator")
    await _merged(world, group.moderator, group.members[0], **{conflict: "this"})
    roster = (await group.members[0].get(f"/groups/{group.id}")).json()["roster"]
    assert [(one["person"]["id"], one["role"]) for one in roster] == [
        (str(group.members[0].person_id), "moderator")
    ]


async def test_nobody_merges_a_member_into_themselves(world: World) -> None:
    group = await a_group(world, members=1)
    answer = await _merge(world, group.members[0], world.owner)
    assert (answer.status_code, answer.json()["guards"][0]["code"]) == (409, "own_merge")
    outsider = await world.person()
    await _merged(world, outsider, world.owner)


async def test_a_place_that_was_taken_twice_goes_to_who_waits(world: World) -> None:
    group = await a_group(world, members=3)
    session = await a_session(world, group, capacity=2)
    for member in group.members:
        answer = await member.put(f"/sessions/{session['id']}/rsvps/{member.person_id}", {"answer": "yes"})
        assert answer.status_code == 200, answer.text
    ada, again, waits = group.members
    await _merged(world, ada, again, **{f"membership:{group.id}": "into"})
    coming = (await waits.get(f"/sessions/{session['id']}/rsvps")).json()["items"]
    mine = next(one for one in coming if one["person"]["id"] == str(waits.person_id))
    assert (mine["answer"], mine["waiting"]) == ("yes", False)


async def test_credits_of_both_add_up(world: World) -> None:
    run = await challenges.a_run(world)
    ada, again, ben = run.brains
    await run.to_phase("contribute")
    ideas = [await run.said(brain, "idea", "Ask a customer.") for brain in (ada, ada, again, ben)]
    await run.to_phase("synthesize")
    for idea in ideas:
        marked = await run.owner.put(f"/contributions/{idea['id']}/marks/helped")
        assert marked.status_code == 200, marked.text
    await challenges.committed(run)
    await _merged(world, ada, again, **{f"membership:{run.group.id}": "into"})
    assert await _helped(run.group, run.id) == {str(again.person_id): 3, str(ben.person_id): 1}


async def test_one_of_two_marked_ballots_counts(world: World) -> None:
    method = a_protocol(
        "accepts: {everyone: [idea]}",
        "marks: [{list: top, on: [idea], by: everyone, budget: 1, tally: open}]",
    )
    run = await a_run(world, await written(world, method), members=3)
    ada, again, ben = run.members
    first, other = [await run.say(one, "idea", "An idea.") for one in (ada, ben)]
    await run.must("advance", {"override_reason": "The test goes on."})
    for who, idea in ((ada, first), (again, other), (ben, first)):
        answer = await who.put(f"/contributions/{idea['id']}/marks/top")
        assert answer.status_code == 200, answer.text
    await run.must("finish")
    both = {f"membership:{run.group.id}": "into", f"ballot:{run.id}:top": "into"}
    refused = await _merge(world, ada, again)
    assert {one["key"] for one in refused.json()["conflicts"]} == set(both)
    await _merged(world, ada, again, **both)
    async with world.acting() as ctx:
        marks = (await ctx.db.execute(select(Mark.person_id, Mark.contribution_id))).all()
    given = {(str(again.person_id), other["id"]), (str(ben.person_id), first["id"])}
    assert {(str(row.person_id), str(row.contribution_id)) for row in marks} == given
    shown = {one["id"]: one["author"]["id"] for one in await run.said_to(ben)}
    assert shown == {first["id"]: str(again.person_id), other["id"]: str(ben.person_id)}


async def _helped(group: GroupOf, challenge_id: str) -> dict[str, int]:
    seen = (await group.moderator.get(f"/challenges/{challenge_id}")).json()
    return {one["person"]["id"]: one["helped"] for one in seen["credits"]}


async def test_nobody_is_merged_out_of_an_exercise_that_goes_on(world: World) -> None:
    run = await challenges.a_run(world)
    answer = await _merge(world, run.brains[0], await world.person())
    assert (answer.status_code, answer.json()["guards"][0]["code"]) == (409, "in_exercise")
