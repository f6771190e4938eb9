"""Answers kept for those who ask again: for a day, and found where somebody has to be forgotten."""

from typing import Any

from sqlalchemy import event, func, select, text

from peergroup.kit import idempotency, jobs
from peergroup.kit.idempotency import IdempotencyKey
from peergroup.kit.ids import new_id
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.world import World


async def keyed(world: World, key: str) -> str:
    """A keyed request, and the person it made."""
    answer = await world.owner.post("/people", {"name": "Ada"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def kept(world: World) -> int:
    async with world.acting() as ctx:
        return await ctx.db.scalar(select(func.count()).select_from(IdempotencyKey)) or 0


async def test_answers_that_nobody_can_ask_for_again_are_forgotten_every_day(
    world: World, clock: Clock
) -> None:
    await keyed(world, "a")
    clock.forward(hours=23)
    await keyed(world, "b")
    await Worker(world.house).drain()
    assert await kept(world) == 2
    clock.forward(hours=2)
    await Worker(world.house).drain()
    assert await kept(world) == 1
    again = await world.owner.post("/people", {"name": "Ada"}, headers={"Idempotency-Key": "b"})
    assert again.headers["idempotent-replayed"] == "true"
    clock.forward(days=1)
    await Worker(world.house).drain()
    assert await kept(world) == 0
    async with world.house.database.transaction(None, writes=False) as db:
        mine = jobs.Job.organization_id == world.organization_id
        waiting = select(jobs.Job.kind).where(mine, jobs.Job.kind == "forget_old_answers")
        assert (await db.scalars(waiting)).all() == ["forget_old_answers"]


async def test_forgetting_somebody_asks_an_index_for_the_answers_of_their_organization(world: World) -> None:
    asked: list[tuple[str, Any]] = []
    async with world.acting() as ctx:
        connection = await ctx.db.connection()

        def hear(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_more: Any) -> None:
            asked.append((sql, parameters))

        event.listen(connection.sync_connection, "before_cursor_execute", hear)
        await idempotency.forget(ctx, new_id())
        event.remove(connection.sync_connection, "before_cursor_execute", hear)
        ((sql, parameters),) = asked
        if not world.house.database.is_sqlite:
            # A table of a few rows is read from end to end, whatever the indexes.
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if world.house.database.is_sqlite else "EXPLAIN "
        plan = str((await connection.exec_driver_sql(explain + sql, parameters)).all())
    assert "SEARCH idempotency_key USING" in plan or "Index Cond: (organization_id =" in plan, plan
