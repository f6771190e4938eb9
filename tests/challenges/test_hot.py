"""Challenges read the short way: the ordinary endpoint's answer, byte for byte, for everybody and at every moment."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.both_ways import assert_same, both_ways, counted_statements
from tests.challenges.factories import Run, a_challenge, a_run, committed, done
from tests.commitments.factories import day
from tests.groups.factories import a_group, a_member, invited, provisional, verb
from tests.world import Actor, World, a_world

AWKWARD = 'Zoë "Zed" \\ O\'Neill </script> \u2028 \t 🙂 \x7f'


async def story(run: Run) -> AsyncIterator[str]:
    """A run through all its phases, with everything a thread can show. Stops at each moment worth reading."""
    ada, bob, *_ = run.brains
    path = f"/exercises/{run.exercise_id}"
    yield "present"
    await run.to_phase("clarify")
    asked = await run.said(ada, "question", AWKWARD)
    await run.said(run.owner, "answer", "Nine.", parent_id=asked["id"])
    yield "clarify"
    await run.to_phase("contribute")
    first = await run.said(ada, "idea", "Ask them.")
    await run.said(ada, "caution", "Not all of them.")
    assert (await run.brains[2].post(f"{path}/pass")).status_code == 200
    yield "contribute, blind"
    second = await run.said(bob, "experience", "We did.")
    assert (await bob.patch(f"/contributions/{second['id']}", {"body": "We did it."})).status_code == 200
    yield "contribute, after seeing"
    await run.to_phase("build")
    noted = await run.said(
        run.group.moderator, "reply", "Yes.", parent_id=first["id"], recorded_for=str(bob.person_id)
    )
    await run.said(run.group.moderator, "reply", "And more.", parent_id=second["id"])
    yield "build"
    await run.to_phase("synthesize")
    for voter, mark, on in (
        (run.owner, "helped", first),
        (run.owner, "top", second),
        (ada, "top", second),
        (bob, "top", first),
    ):
        assert (await voter.put(f"/contributions/{on['id']}/marks/{mark}")).status_code == 200
    assert (await bob.delete(f"/contributions/{noted['id']}")).status_code == 204
    assert (await run.group.moderator.post(f"{path}/pause")).status_code == 200
    yield "synthesize, paused"
    assert (await run.group.moderator.post(f"{path}/resume")).status_code == 200
    await run.promise()
    mine = (await run.owner.get("/commitments?owner=me")).json()["items"][0]["id"]
    moved = {"by_on": day(run.world, 20), "reason": "Away."}
    assert (await run.owner.post(f"/commitments/{mine}/renegotiate", moved)).status_code == 200
    yield "commit"
    await done(run.owner, run.id, "commit")
    yield "committed"
    await done(run.owner, run.id, "resolve", {"outcome": "worked", "learned": AWKWARD})
    if (await run.owner.get(f"/challenges/{run.id}")).json()["confidentiality"] == "shareable":
        await done(run.owner, run.id, "release", {"text": "Ask."})
    yield "resolved"


@pytest.mark.parametrize("confidentiality", ["group", "session_only", "chatham", "shareable"])
async def test_a_thread_is_the_same_both_ways_at_every_moment(
    world: World, ordinary: httpx.AsyncClient, confidentiality: str
) -> None:
    run = await a_run(world, members=5, confidentiality=confidentiality, question=AWKWARD)
    late = await a_member(world, run.group)
    readers = [run.owner, *run.brains[:3], run.group.moderator, late]
    async for moment in story(run):
        for reader in readers:
            for path in (f"/challenges/{run.id}", f"/groups/{run.group.id}/challenges"):
                hot, cold = await both_ways(reader, ordinary, path)
                assert hot.text == cold.text, moment
                assert_same(hot, cold)


async def test_what_waits_is_the_same_both_ways(world: World, ordinary: httpx.AsyncClient) -> None:
    group = await a_group(world, members=3)
    ada, bob = group.members[:2]
    made = await a_challenge(ada, group, draft=True)
    other = await a_challenge(bob, group)
    assert (await ada.put(f"/challenges/{other['id']}/second")).status_code == 200
    await done(bob, other["id"], "submit")
    await done(group.moderator, other["id"], "send_back", {"reason": "Too wide."})
    for reader in (ada, bob, group.moderator):
        for path in (
            f"/challenges/{made['id']}",
            f"/challenges/{other['id']}",
            f"/groups/{group.id}/challenges",
        ):
            assert_same(*await both_ways(reader, ordinary, path))


async def test_pages_are_the_same_both_ways(world: World, ordinary: httpx.AsyncClient) -> None:
    group = await a_group(world, members=2)
    ada = group.members[0]
    for number in range(7):
        await a_challenge(ada, group, question=f"Number {number}?")
    path, seen = f"/groups/{group.id}/challenges?limit=3", []
    while path:
        hot, cold = await both_ways(ada, ordinary, path)
        assert_same(hot, cold)
        seen += [one["question"] for one in hot.json()["items"]]
        following = hot.json()["next_cursor"]
        path = f"/groups/{group.id}/challenges?limit=3&cursor={following}" if following else ""
    assert seen == [f"Number {number}?" for number in reversed(range(7))]
    for query in ("limit=0", "limit=201", "limit=x", "limit=03", "cursor=x", "cursor=", "limit=2&limit=3", "more=1",
                  "state=parked", "owner=me&limit=2"):  # fmt: skip
        assert_same(*await both_ways(ada, ordinary, f"/groups/{group.id}/challenges?{query}"))


async def test_whoever_reads_no_words_is_refused_as_ever(world: World, ordinary: httpx.AsyncClient) -> None:
    run = await a_run(world, members=4)
    await committed(run)
    group = run.group
    left = run.brains[0]
    assert (await verb(left, group, left, "leave")).status_code == 200
    elsewhere = await a_world(world.house, world.client)
    readers: list[Actor] = [
        world.owner,
        left,
        await a_member(world, group),
        await invited(world, group),
        await provisional(world, group),
        await world.person(),
        await world.person(scopes=["groups:read"]),
        await world.service("groups:read"),
        elsewhere.owner,
    ]
    for reader in readers:
        for path in (f"/challenges/{run.id}", f"/groups/{group.id}/challenges"):
            hot, cold = await both_ways(reader, ordinary, path)
            assert_same(hot, cold)
            assert run.id not in hot.text or (path.endswith(run.id) and hot.status_code >= 400)


async def test_a_thread_and_a_list_take_one_statement(world: World) -> None:
    run = await a_run(world, members=4)
    await run.to_phase("contribute")
    await run.said(run.brains[0], "idea", "Ask them.")
    for path in (f"/challenges/{run.id}", f"/groups/{run.group.id}/challenges?limit=2"):
        await run.owner.get(path)
        with counted_statements(world) as counts:
            known = (await run.owner.get(path)).headers.get("etag")
        assert counts == {"ordinary": 0, "hot": 1}
        if known is not None:
            again = await run.owner.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
