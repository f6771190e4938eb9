"""The same request answered by a hot read and by the ordinary endpoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
from sqlalchemy import event

from tests.world import Actor, World


async def both_ways(
    actor: Actor, ordinary: httpx.AsyncClient, path: str, **headers: str
) -> tuple[httpx.Response, httpx.Response]:
    """The same request, answered twice."""
    headers = {"X-Request-Id": "the-same", **headers}
    return (
        await actor.get(path, headers=headers),
        await replace(actor, client=ordinary).get(path, headers=headers),
    )


def assert_same(hot: httpx.Response, ordinary: httpx.Response) -> None:
    assert hot.status_code == ordinary.status_code
    assert hot.content == ordinary.content
    assert hot.headers == ordinary.headers


@contextmanager
def counted_statements(world: World) -> Iterator[dict[str, int]]:
    """How many statements went through SQLAlchemy, and how many the short way."""
    counts = {"ordinary": 0, "hot": 0}
    reads, fetch = world.house.database.reads, world.house.database.reads.fetch

    async def counting(*given: Any) -> Any:
        counts["hot"] += 1
        return await fetch(*given)

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counts["ordinary"] += "set_config" not in statement

    engine = world.house.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    reads.fetch = counting  # type: ignore[method-assign]  # for as long as is counted
    yield counts
    del reads.fetch  # type: ignore[attr-defined]  # back to the method
    event.remove(engine, "before_cursor_execute", count)
