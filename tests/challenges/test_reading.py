"""Who reads a challenge, and how much of it: newcomers, former members, classes of confidentiality."""

from typing import Any

import pytest

from peergroup.kit.context import House
from tests.challenges.factories import Run, a_challenge, a_run, an_accepted, committed, done
from tests.feed.listening import Heard, listening, serving
from tests.groups.factories import GroupOf, a_group, a_member, verb
from tests.sessions.factories import a_running, marked
from tests.world import Actor, World, a_world

SECRET = "canary"


async def everything_of(who: Actor, run: Run) -> str:
    """All that somebody can get out of the service about a run, as text."""
    paths = (
        f"/challenges/{run.id}",
        f"/groups/{run.group.id}/challenges",
        f"/groups/{run.group.id}/parking-lot",
        f"/groups/{run.group.id}/search?q={SECRET}",
        f"/groups/{run.group.id}/exercises",
        f"/exercises/{run.exercise_id}",
        f"/exercises/{run.exercise_id}/contributions",
        f"/exercises/{run.exercise_id}/minutes",
        f"/commitments?group_id={run.group.id}",
        f"/sessions/{run.session_id}/minutes",
        "/outcomes",
        "/events?limit=200&types=challenge.*,contribution.*,commitment.*,mark.*",
    )
    return "\n".join([(await who.get(path)).text for path in paths])


async def a_finished_run(world: World, **more: Any) -> Run:
    """A run with words that can be recognized, up to the promise."""
    run = await a_run(world, question=f"How do I {SECRET}?", **more)
    await run.to_phase("contribute")
    idea = await run.said(run.brains[0], "idea", f"First the {SECRET}.")
    await run.to_phase("synthesize")
    assert (await run.owner.put(f"/contributions/{idea['id']}/marks/helped")).status_code == 200
    await run.promise(body=f"Call the {SECRET}.")
    await done(run.owner, run.id, "commit")
    return run


async def test_a_newcomer_reads_what_waits_but_not_what_was_worked_on(world: World) -> None:
    run = await a_finished_run(world)
    waiting = await a_challenge(run.brains[0], run.group)
    newcomer = await a_member(world, run.group)
    assert (await newcomer.get(f"/challenges/{waiting['id']}")).status_code == 200
    assert (await newcomer.get(f"/challenges/{run.id}")).status_code == 404
    assert SECRET not in await everything_of(newcomer, run)
    listed = (await newcomer.get(f"/groups/{run.group.id}/challenges")).json()["items"]
    assert [one["id"] for one in listed] == [waiting["id"]]
    for verb_ in ("resolve", "withdraw"):
        refused = await newcomer.post(f"/challenges/{run.id}/{verb_}", {"outcome": "not", "learned": "x"})
        assert refused.status_code in (404, 422)


async def test_the_owner_opens_it_to_newcomers_whole_and_closes_it_again(world: World) -> None:
    run = await a_finished_run(world)
    newcomer = await a_member(world, run.group)
    path = f"/challenges/{run.id}/opened"
    assert (await run.group.moderator.put(path)).status_code == 403
    assert (await newcomer.put(path)).status_code == 404
    opened = await run.owner.put(path)
    assert (opened.status_code, opened.json()["opened"]) == (200, True)
    seen = (await newcomer.get(f"/challenges/{run.id}")).json()
    assert SECRET in str(seen["contributions_seen"])
    assert SECRET in str(seen["commitments"])
    hits = (await newcomer.get(f"/groups/{run.group.id}/search?q={SECRET}")).json()["items"]
    assert {hit["kind"] for hit in hits} == {"challenge", "contribution", "commitment"}
    assert (await run.owner.put(path, {"opened": False})).json()["opened"] is False
    assert (await newcomer.get(f"/challenges/{run.id}")).status_code == 404
    waiting = await a_challenge(run.owner, run.group)
    assert (await run.owner.put(f"/challenges/{waiting['id']}/opened")).status_code == 409


async def test_what_begins_in_their_time_newcomers_read_from_the_first_word(world: World) -> None:
    group = await a_group(world, members=4)
    early = await an_accepted(group, group.members[0])
    newcomer = await a_member(world, group)
    started = await done(group.moderator, early["id"], "start")
    assert (await newcomer.get(f"/challenges/{early['id']}")).json()["exercise_id"] == started["exercise_id"]


async def test_after_leaving_nothing_is_found(world: World) -> None:
    run = await a_finished_run(world)
    gone = run.brains[0]
    assert SECRET in await everything_of(gone, run)
    assert (await verb(gone, run.group, gone, "leave")).status_code == 200
    assert SECRET not in await everything_of(gone, run)
    assert (await gone.get(f"/challenges/{run.id}")).status_code == 404


async def test_on_leave_one_reads_and_says_nothing(world: World) -> None:
    run = await a_run(world)
    away = run.brains[0]
    assert (await verb(away, run.group, away, "take_leave")).status_code == 200
    assert (await away.get(f"/challenges/{run.id}")).status_code == 200
    assert (await away.get(f"/groups/{run.group.id}/search?q=sales")).status_code == 200
    waiting = await a_challenge(run.brains[1], run.group)
    assert (await away.put(f"/challenges/{waiting['id']}/second")).status_code == 403
    assert (await run.say(away, "question", "Why?")).status_code == 403


async def test_who_has_not_signed_the_covenant_reads_nothing(world: World) -> None:
    run = await a_run(world)
    written = await run.group.moderator.post(f"/groups/{run.group.id}/covenants", {"text": "New rules."})
    assert written.status_code == 201
    refused = await run.brains[0].get(f"/challenges/{run.id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "covenant_unsigned")
    assert SECRET not in await everything_of(run.brains[0], run)


async def test_admins_strangers_and_other_groups_find_nothing(world: World, house: Any, client: Any) -> None:
    run = await a_finished_run(world)
    outsider = (await a_group(world, members=1)).members[0]
    stranger = (await a_world(house, client)).owner
    admin = await world.person(role="admin")
    for who in (world.owner, admin, outsider, stranger):
        assert SECRET not in await everything_of(who, run)
        assert (await who.get(f"/challenges/{run.id}")).status_code == 404
        assert (await who.post(f"/challenges/{run.id}/withdraw")).status_code == 404
    key = await world.service("groups:read", "events:read", "sessions:read")
    assert SECRET not in await everything_of(key, run)
    assert (await key.get(f"/challenges/{run.id}")).status_code == 404


async def test_session_only_is_for_those_who_were_there(world: World) -> None:
    group = await a_group(world, members=5)
    absent = group.members[4]
    run = await started_without(world, group, absent, confidentiality="session_only")
    await run.to_phase("contribute")
    await run.said(run.brains[0], "idea", f"First the {SECRET}.")
    await committed(run)
    assert (await run.brains[0].get(f"/challenges/{run.id}")).status_code == 200
    assert (await absent.get(f"/challenges/{run.id}")).status_code == 404
    assert SECRET not in await everything_of(absent, run)
    for there in (run.owner, run.brains[0], group.moderator):
        assert (await there.get(f"/groups/{group.id}/search?q={SECRET}")).json()["items"] == []
        minutes = await there.get(f"/sessions/{run.session_id}/minutes")
        assert "hire" not in minutes.text
        assert "Call three" not in minutes.text


async def started_without(world: World, group: GroupOf, absent: Actor, **more: Any) -> Run:
    """A live run that somebody is marked absent from."""
    accepted = await an_accepted(group, group.members[0], **more)
    session = await a_running(world, group)
    assert (await marked(group.moderator, session["id"], absent, "absent")).status_code == 200
    place = {"session_id": session["id"]}
    assert (await group.moderator.patch(f"/challenges/{accepted['id']}", place)).status_code == 200
    started = await done(group.moderator, accepted["id"], "start")
    present = [one for one in group.members[1:] if one is not absent]
    return Run(world, group, accepted["id"], started["exercise_id"], group.members[0], present, session["id"])


async def test_under_chatham_no_name_is_left_after_the_end(world: World) -> None:
    run = await a_finished_run(world, confidentiality="chatham")
    names = {one.name for one in (*run.brains, run.owner)} - {run.brains[1].name}
    ids = {str(one.person_id) for one in (run.owner, run.brains[0])}
    seen = await everything_of(run.brains[1], run)
    assert SECRET in seen
    assert not {name for name in names if f'"{name}"' in seen}
    assert not {person for person in ids if person in seen}
    own = (await run.owner.get(f"/challenges/{run.id}")).json()
    assert (own["mine"], own["credits"]) == (True, [])
    widened = await run.owner.patch(f"/challenges/{run.id}", {"confidentiality": "group"})
    assert widened.status_code == 409


async def test_narrowing_works_at_once(world: World) -> None:
    run = await a_finished_run(world, members=5)
    reader = run.brains[1]
    assert SECRET in (await reader.get(f"/groups/{run.group.id}/search?q={SECRET}")).text
    narrowed = await run.owner.patch(f"/challenges/{run.id}", {"confidentiality": "session_only"})
    assert narrowed.status_code == 200
    assert (await reader.get(f"/groups/{run.group.id}/search?q={SECRET}")).json()["items"] == []
    minutes = await reader.get(f"/sessions/{run.session_id}/minutes")
    assert SECRET not in minutes.text


@pytest.mark.parametrize("path", ["challenges", "parking-lot", "search?q=sales"])
async def test_a_group_that_does_not_exist_has_no_challenges(world: World, path: str) -> None:
    ghost = "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"
    assert (await world.owner.get(f"/groups/{ghost}/{path}")).status_code == 404


async def facts_for(who: Actor) -> list[dict[str, Any]]:
    """What somebody finds in the feed of what is said in groups."""
    types = "challenge.*,exercise.*,phase.*,contribution.*,mark.*,commitment.*,ballot.*"
    answer = await who.get(f"/events?limit=200&types={types}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def with_everything_told(run: Run) -> None:
    """Facts of every kind that name somebody: said, noted, marked, counted, promised, taken out, credited."""
    lead, noted = run.group.moderator, run.brains[1]
    await run.to_phase("clarify")
    await run.said(run.brains[0], "question", "Why?")
    await run.said(lead, "question", "Since when?", recorded_for=str(noted.person_id))
    taken = f"/exercises/{run.exercise_id}/participants/{run.brains[2].person_id}"
    assert (await lead.put(taken, {"takes_part": False})).status_code == 200
    await run.to_phase("contribute")
    await run.said(run.brains[0], "idea", "Less.")
    await run.to_phase("build")
    idea = (await run.thread(run.owner))["contributions_seen"][-1]
    await run.to_phase("synthesize")
    for mark, voter in (("helped", run.owner), ("top", run.brains[1])):
        assert (await voter.put(f"/contributions/{idea['id']}/marks/{mark}")).status_code == 200
    await committed(run)


@pytest.mark.parametrize("when", ["from the start", "at work", "at the end"])
async def test_under_chatham_the_feed_names_nobody_after_the_end(world: World, when: str) -> None:
    first = {"confidentiality": "chatham"} if when == "from the start" else {}
    run = await a_run(world, members=5, **first)
    narrower = {"confidentiality": "chatham"}
    if when == "at work":
        assert (await run.owner.patch(f"/challenges/{run.id}", narrower)).status_code == 200
    await with_everything_told(run)
    if when == "at the end":
        assert (await run.owner.patch(f"/challenges/{run.id}", narrower)).status_code == 200
    assert (await run.owner.put(f"/challenges/{run.id}/opened")).status_code == 200
    everybody = [run.owner, *run.brains, run.group.moderator]
    for reader in everybody:
        found = await facts_for(reader)
        named = [
            str(one.person_id) for one in everybody if one is not reader and str(one.person_id) in str(found)
        ]
        assert named == []
        assert {"challenge.started", "phase.ended", "exercise.finished"} <= {one["type"] for one in found}
        assert (await run.thread(reader))["credits"] == []
    for who, kind in ((run.brains[0], "contribution.posted"), (run.owner, "commitment.made")):
        assert kind in {one["type"] for one in await facts_for(who)}
        assert kind not in {one["type"] for one in await facts_for(run.brains[3])}


async def test_under_chatham_who_leaves_the_work_is_not_named_by_its_end(world: World) -> None:
    run = await a_run(world, confidentiality="chatham")
    assert (await verb(run.owner, run.group, run.owner, "leave")).status_code == 200
    found = await facts_for(run.brains[0])
    assert "exercise.abandoned" in {one["type"] for one in found}
    assert str(run.owner.person_id) not in str(found)


async def test_what_is_narrowed_to_those_present_is_told_to_nobody_else(world: World) -> None:
    group = await a_group(world, members=5)
    absent = group.members[4]
    run = await started_without(world, group, absent)
    await with_everything_told(run)
    said = {"contribution.posted", "mark.set", "commitment.made"}
    assert said <= {one["type"] for one in await facts_for(absent)}
    narrower = {"confidentiality": "session_only"}
    assert (await run.owner.patch(f"/challenges/{run.id}", narrower)).status_code == 200
    found = await facts_for(absent)
    assert not said & {one["type"] for one in found}
    assert [one["facts"] for one in found if "contributions" in one["facts"]] == []


@pytest.mark.parametrize("wanted", ["session_only", "group", "shareable"])
async def test_where_people_spoke_without_their_names_it_stays_so(world: World, wanted: str) -> None:
    run = await a_finished_run(world, confidentiality="chatham")
    refused = await run.owner.patch(f"/challenges/{run.id}", {"confidentiality": wanted})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert (await run.thread(run.brains[0]))["confidentiality"] == "chatham"


async def test_newcomers_hear_nothing_of_what_is_older_than_they_are(world: World, house: House) -> None:
    run = await a_run(world, members=5)
    newcomer, member = await a_member(world, run.group), run.brains[3]
    async with (
        serving(house) as address,
        listening(address, newcomer) as late,
        listening(address, member) as there,
    ):
        await with_everything_told(run)
        waiting = await a_challenge(run.brains[0], run.group)
        told = "challenge.parked"
        kinds = await until(there, told)
        assert {"contribution.posted", "mark.set", "phase.ended", "commitment.made"} <= set(kinds)
        assert await until(late, told) == [told]
    assert [one["subject_id"] for one in (await facts_for(newcomer))] == [waiting["id"]]
    assert len(await facts_for(member)) > 10


async def until(heard: Heard, type_: str) -> list[str]:
    """The types of everything heard up to this one."""
    found = await heard.types(1)
    while found[-1] != type_:
        found += await heard.types(1)
    return found
