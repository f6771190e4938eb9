"""Large runs as the database expects them: PostgreSQL plans for what it has counted."""

from typing import Any

from sqlalchemy import text

from tests.sync.runs import lines, staged
from tests.world import World


async def test_a_large_run_is_counted_before_it_is_applied(world: World) -> None:
    """One that is not is expected to have one row; then each record is compared with all others of the run."""
    for source in ("first", "second"):
        rows = (f"{number},Ada {number},a{number}@example.com" for number in range(600))
        run = await staged(world.owner, source, lines(*rows))
        assert await _expected(world, run) > 100


async def _expected(world: World, run: str) -> float:
    """How many records of a run the database expects to find; SQLite's plans do not depend on that."""
    if world.house.database.is_sqlite:
        return float("inf")
    query = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM sync_record WHERE run_id = '{run}'"
    async with world.acting() as ctx:
        plan: Any = await ctx.db.scalar(text(query))
        return float(plan[0]["Plan"]["Plan Rows"])
