"""Who finds an exercise and what they may do there: outside, after leaving, on leave, new, unsigned, taken out."""

from tests.facilitation.factories import in_days, in_phase, refused
from tests.groups.factories import a_group, a_member, provisional, verb
from tests.world import World, a_world


async def test_people_outside_do_not_find_it(world: World) -> None:
    run = await in_phase(world, "contribute")
    said = await run.say(run.brains[0], "idea")
    other_group = await a_group(world, members=1)
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    strangers = [other_group.members[0], other_group.moderator, world.owner, elsewhere.owner]
    strangers.append(await world.service("groups:read", "groups:write", "sessions:read"))
    for stranger in strangers:
        for path in ("", "/contributions", "/results", "/minutes"):
            answer = await stranger.get(f"/exercises/{run.id}{path}")
            assert answer.status_code in (404, 403), (path, answer.text)
            assert "idea" not in answer.text
        assert (await stranger.get(f"/contributions/{said['id']}")).status_code in (403, 404)
        assert (await run.post(stranger, "idea")).status_code in (403, 404)
        assert (await run.verb("advance", by=stranger)).status_code in (403, 404)
    assert (await world.owner.get(f"/exercises/{run.id}")).status_code == 404
    assert (await world.owner.get(f"/groups/{run.group.id}/exercises")).status_code == 404


async def test_after_leaving_the_next_request_is_refused(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada = run.brains[0]
    said = await run.say(ada, "idea")
    assert (await verb(ada, run.group, ada, "leave")).status_code == 200
    assert (await ada.get(f"/exercises/{run.id}")).status_code == 404
    assert (await ada.get(f"/contributions/{said['id']}")).status_code == 404
    assert (await run.post(ada, "idea")).status_code == 404
    assert (await ada.patch(f"/contributions/{said['id']}", {"body": "Else."})).status_code == 404
    people = {one["person"]["id"] for one in (await run.seen_by(run.moderator))["progress"]["people"]}
    assert str(ada.person_id) in people  # what they said still counts
    waiting = [one for one in run.brains[1:] if str(one.person_id) in people]
    for brain in waiting:
        await run.must("pass", by=brain)
    await run.must("advance")


async def test_who_leaves_is_not_waited_for(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada, *others = run.brains
    assert (await verb(run.moderator, run.group, ada, "suspend", {"reason": "A pause."})).status_code == 200
    people = {one["person"]["id"] for one in (await run.seen_by(run.moderator))["progress"]["people"]}
    assert people == {str(one.person_id) for one in others}
    for brain in others:
        await run.must("pass", by=brain)
    await run.must("advance")


async def test_on_leave_one_reads_and_says_nothing(world: World) -> None:
    run = await in_phase(world, "clarify")
    ada = run.brains[0]
    question = await run.say(ada, "question")
    assert (await verb(ada, run.group, ada, "take_leave")).status_code == 200
    assert [one["id"] for one in await run.said_to(ada)] == [question["id"]]
    refused(await run.post(ada, "question"), 403, "forbidden")
    refused(await ada.patch(f"/contributions/{question['id']}", {"body": "Else?"}), 403, "forbidden")
    seen = await run.seen_by(ada)
    assert (seen["accepts"], seen["allowed_actions"]) == ([], [])


async def test_a_newcomer_finds_it_once_its_owner_opened_it(world: World) -> None:
    run = await in_phase(world, "clarify")
    await run.say(run.brains[0], "question")
    late = await a_member(world, run.group)
    assert (await late.get(f"/exercises/{run.id}")).status_code == 404
    assert (await late.get(f"/groups/{run.group.id}/exercises")).json()["items"] == []
    taking = f"/exercises/{run.id}/participants/{late.person_id}"
    problem = refused(await run.moderator.put(taking), 409, "guard_failed")
    assert problem["guards"][0]["code"] == "newcomer"
    refused(await run.moderator.put(f"/exercises/{run.id}/opened"), 403, "forbidden")
    assert (await run.owner.put(f"/exercises/{run.id}/opened")).json()["opened"] is True
    assert len(await run.said_to(late)) == 1
    assert (await run.seen_by(late))["accepts"] == []
    assert (await run.moderator.put(taking)).status_code == 200
    assert [one["kind"] for one in (await run.seen_by(late))["accepts"]] == ["question"]
    assert (await run.owner.put(f"/exercises/{run.id}/opened", {"opened": False})).status_code == 200
    assert (await late.get(f"/exercises/{run.id}")).status_code == 404


async def test_a_new_moderator_is_a_newcomer(world: World) -> None:
    run = await in_phase(world, "clarify")
    late = await a_member(world, run.group)
    promoted = await world.owner.patch(
        f"/memberships/{run.group.memberships[late.person_id]}", {"role": "co_moderator"}
    )
    assert promoted.status_code == 200
    assert (await run.verb("advance", by=late)).status_code == 404


async def test_the_unsigned_read_nothing(world: World) -> None:
    run = await in_phase(world, "clarify")
    keyed = {"json": {"question": "How do I begin?"}, "headers": {"Idempotency-Key": "asked"}}
    path = f"/groups/{run.group.id}/challenges"
    asked = await run.brains[0].call("POST", path, **keyed)
    assert asked.status_code == 201, asked.text
    assert (await run.brains[0].call("POST", path, **keyed)).content == asked.content
    covenant = {"text": "New rules.", "effective_on": in_days(0)}
    assert (await run.moderator.post(f"/groups/{run.group.id}/covenants", covenant)).status_code == 201
    for answer in (
        await run.brains[0].get(f"/exercises/{run.id}"),
        await run.brains[0].get(f"/exercises/{run.id}/contributions"),
        await run.post(run.brains[0], "question"),
        await run.verb("advance"),
    ):
        refused(answer, 403, "covenant_unsigned")
    refused(await run.brains[0].call("POST", path, **keyed), 404, "not_found")


async def test_the_invited_find_nothing(world: World) -> None:
    run = await in_phase(world, "clarify")
    guest = await provisional(world, run.group)
    assert (await guest.get(f"/exercises/{run.id}")).status_code == 404
    assert (await guest.get(f"/groups/{run.group.id}/exercises")).status_code == 404


async def test_who_was_taken_out_says_nothing_and_who_comes_back_does(world: World) -> None:
    run = await in_phase(world, "contribute")
    ada = run.brains[0]
    path = f"/exercises/{run.id}/participants/{ada.person_id}"
    assert (await run.moderator.put(path, {"takes_part": False})).status_code == 200
    refused(await run.post(ada, "idea"), 409, "not_accepted")
    assert (await run.seen_by(ada))["accepts"] == []
    assert (await run.moderator.put(path)).status_code == 200
    await run.say(ada, "idea")
    stranger = await world.person()
    gone = await run.moderator.put(f"/exercises/{run.id}/participants/{stranger.person_id}")
    assert gone.status_code == 404
