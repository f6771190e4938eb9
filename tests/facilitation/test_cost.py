"""How many statements a request costs beyond finding out who asks."""

from tests.facilitation.factories import a_method, a_run
from tests.sessions.test_cost import statements
from tests.world import World


async def test_reading_a_thread_takes_two_statements(world: World) -> None:
    run = await a_run(world, members=4)
    await run.go_to("contribute")
    for brain in run.brains:
        await run.say(brain, "idea")
    sealed = await a_run(world, await a_method(world, "value_exchange"), group=run.group)
    await sealed.go_to("going_well")
    await sealed.say(run.members[0], "support")
    for exercise in (run.id, sealed.id):
        paths = (f"/exercises/{exercise}", f"/exercises/{exercise}/contributions?limit=200")
        for path in (*paths, f"/groups/{run.group.id}/exercises"):
            with statements(world) as asked:
                assert (await run.members[1].get(path)).status_code == 200
            assert len(asked) <= 2, (path, len(asked), asked)


async def test_writing_takes_eight_statements(world: World) -> None:
    run = await a_run(world, members=4)
    ada = run.brains[0]
    await run.go_to("contribute")
    with statements(world) as asked:
        await run.say(ada, "idea")
    assert len(asked) <= 7, (len(asked), asked)
    with statements(world) as asked:
        posted = await ada.call(
            "POST",
            f"/exercises/{run.id}/contributions",
            json={"kind": "idea", "body": "Words."},
            headers={"Idempotency-Key": "one"},
        )
    assert posted.status_code == 201
    assert len(asked) <= 8, (len(asked), asked)
    with statements(world) as asked:
        await run.must("pass", by=run.brains[1])
    assert len(asked) <= 8, (len(asked), asked)
    with statements(world) as asked:
        await run.must("advance", {"override_reason": "On."})
    # Rooms above react to the end of a phase in the same transaction: search and sessions, three statements.
    assert len(asked) <= 8 + 3, (len(asked), asked)
    card = (await run.said_to(ada))[0]["id"]
    await run.go_to("synthesize")
    for voter, name in ((run.owner, "helped"), (ada, "top")):
        with statements(world) as asked:
            assert (await voter.put(f"/contributions/{card}/marks/{name}")).status_code == 200
        assert len(asked) <= 8, (name, len(asked), asked)
