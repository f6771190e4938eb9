"""How many statements a request costs beyond finding out who asks."""

from typing import Any

from peergroup.kit.ids import new_id
from tests.challenges.factories import TEXTS, a_challenge, a_run, committed, say
from tests.commitments.factories import a_promise, day
from tests.groups.factories import a_group
from tests.sessions.test_cost import statements
from tests.world import Actor, World


async def cost(world: World, who: Actor, method: str, path: str, json: Any = None) -> int:
    """The statements of one request that has to succeed, with a key where it may have one."""
    headers = {"Idempotency-Key": new_id().hex} if method == "POST" else {}
    with statements(world) as asked:
        answer = await who.call(method, path, headers=headers, **({} if json is None else {"json": json}))
    assert answer.status_code < 300, answer.text
    return len(asked)


async def test_lists_take_two_statements_whatever_they_hold(world: World) -> None:
    group = await a_group(world, members=3)
    ada = group.members[0]
    for number in range(12):
        await a_challenge(group.members[number % 3], group, question=f"Number {number}?")
    await a_promise(world, ada)
    paths = (
        f"/groups/{group.id}/challenges",
        f"/groups/{group.id}/parking-lot",
        f"/groups/{group.id}/search?q=number",
        "/outcomes",
        "/outcomes?q=number",
        "/commitments?owner=me",
        "/events",
    )
    for path in paths:
        await cost(world, ada, "GET", path)
        assert await cost(world, ada, "GET", path) <= 2, path


async def test_a_thread_takes_five_statements_however_long_it_is(world: World) -> None:
    run = await a_run(world, members=5, live=False)
    await run.to_phase("contribute")
    for brain in run.brains:
        await run.said(brain, "idea", "Ask them.")
    short = await cost(world, run.owner, "GET", f"/challenges/{run.id}")
    await run.to_phase("build")
    await committed(run)
    whole = await cost(world, run.owner, "GET", f"/challenges/{run.id}")
    assert (short, whole) <= (4, 5), (short, whole)


async def test_writes_take_eight_statements(world: World) -> None:
    group = await a_group(world, members=4)
    ada, bob = group.members[:2]
    assert await cost(world, ada, "POST", f"/groups/{group.id}/challenges", TEXTS) <= 8
    parked = await a_challenge(ada, group)
    path = f"/challenges/{parked['id']}"
    assert await cost(world, ada, "PATCH", path, {"urgency": 5}) <= 8
    assert await cost(world, bob, "PUT", f"{path}/second") <= 8
    assert await cost(world, bob, "DELETE", f"{path}/second") <= 8
    assert await cost(world, ada, "POST", f"{path}/submit") <= 9
    assert await cost(world, group.moderator, "POST", f"{path}/accept") <= 8
    promise = {"body": "Call Ada.", "by_on": day(world)}
    assert await cost(world, ada, "POST", "/commitments", promise) <= 8
    mine = (await ada.get("/commitments?owner=me")).json()["items"][0]["id"]
    assert await cost(world, ada, "POST", f"/commitments/{mine}/complete") <= 8
    assert (await say(group.moderator, parked["id"], "start")).status_code == 200
