"""One transaction per request: committed before the answer leaves, or not at all."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from peergroup.app import build_house
from peergroup.kit import database
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.organizations import actions as organizations
from tests.kit.conftest import events_of, toys_of
from tests.world import Actor, World, a_client

Name = Callable[[], str]


async def test_the_commit_comes_before_the_answer(world: World, player: Actor, a_name: Name) -> None:
    log: list[str] = []
    engine = world.house.database.engine.sync_engine

    def wrote(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "INSERT INTO company" in statement:
            log.append("insert")

    def committed(_connection: Any) -> None:
        log.append("commit")

    inner = player.client._transport.app  # type: ignore[attr-defined]  # httpx hides it

    async def listening(scope: Any, receive: Any, send: Any) -> None:
        async def noting(message: Any) -> None:
            log.append("answer" if message["type"] == "http.response.start" else "body")
            await send(message)

        await inner(scope, receive, noting)

    player.client._transport.app = listening  # type: ignore[attr-defined]  # httpx hides it
    event.listen(engine, "before_cursor_execute", wrote)
    event.listen(engine, "commit", committed)
    try:
        assert (await player.post("/toys", {"name": a_name()})).status_code == 201
    finally:
        event.remove(engine, "before_cursor_execute", wrote)
        event.remove(engine, "commit", committed)
    assert log[log.index("insert") :] == ["insert", "commit", "answer", "body"]


@pytest.mark.parametrize(("breaks", "status"), [("refused", 409), ("broken", 500), ("twice", 409)])
async def test_a_refusal_leaves_nothing_behind(
    world: World, player: Actor, a_name: Name, breaks: str, status: int
) -> None:
    before = await toys_of(world)
    answer = await player.post("/toys", {"name": a_name(), "breaks": breaks})
    assert (answer.status_code, await toys_of(world)) == (status, before)
    assert await events_of(world) == []


async def test_eight_writers_at_once_wait_for_each_other(world: World, a_name: Name) -> None:
    writers = [await world.person() for _ in range(8)]

    async def writing(actor: Actor) -> list[int]:
        return [(await actor.post("/toys", {"name": a_name()})).status_code for _ in range(10)]

    statuses = await asyncio.gather(*(writing(actor) for actor in writers))
    assert [one for many in statuses for one in many] == [201] * 80
    assert len(await events_of(world)) == 80


async def test_a_writing_transaction_is_immediate_and_a_reading_one_is_not(house: House) -> None:
    begun: list[str] = []
    if not house.database.is_sqlite:
        return
    engine = house.database.engine.sync_engine

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        begun.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        for writes in (True, False):
            async with house.database.transaction(None, writes=writes) as db:
                await db.execute(text("SELECT 1"))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert [one for one in begun if one.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN DEFERRED"]


async def test_who_waits_too_long_for_a_lock_is_told_to_come_back(
    world: World, a_name: Name, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_MS", 200)
    impatient = build_house(world.house.settings)
    hold = text("UPDATE event_counter SET last = last WHERE organization_id = :mine")
    mine = world.organization_id
    spelled = str(mine) if world.house.database.is_sqlite else mine
    async with a_client(impatient) as client, world.acting() as ctx:
        await (await ctx.db.connection()).execute(hold, {"mine": spelled})
        waiting = Actor(client, world.owner.token)
        answer = await waiting.post("/toys", {"name": a_name()})
    await impatient.database.close()
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) >= 1


async def test_a_connection_keeps_no_tenant_and_no_role(world: World) -> None:
    if world.house.database.is_sqlite:
        return
    await world.owner.get("/organization")
    async with world.house.database.engine.connect() as connection:
        seen = await connection.execute(
            text("SELECT current_setting('app.organization', true), current_role")
        )
        organization, role = seen.one()
    assert not organization
    assert role != database.ROLE


async def test_writers_of_one_process_take_turns_and_none_is_left_waiting(house: House) -> None:
    began: list[int] = []

    async def write(place: int) -> None:
        async with house.acting(house.system(new_id())) as ctx:
            began.append(place)
            await organizations.found(ctx, name=f"Number {place}")
            await asyncio.sleep(0.01)

    await asyncio.wait_for(asyncio.gather(*(write(place) for place in range(40))), 20)
    assert sorted(began) == list(range(40))
    if house.database.is_sqlite:
        assert began == sorted(began)


async def test_a_writer_that_waits_too_long_is_told_to_come_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not house.database.is_sqlite:
        return
    monkeypatch.setattr(database, "LOCK_TIMEOUT_MS", 50)
    async with house.acting(house.system(new_id())):
        with pytest.raises(PoolTimeout, match="other writers"):
            async with house.acting(house.system(new_id())):
                pass
    async with house.acting(house.system(new_id())):
        pass
