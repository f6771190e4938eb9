"""How many statements a request costs beyond finding out who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.groups.factories import a_group
from tests.sessions.factories import a_plan, a_running, a_session, answered, marked, say
from tests.sessions.recurring import AGENDA, a_rule
from tests.world import World


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What the database is asked meanwhile, transaction control and authentication not counted."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if (
            not statement.startswith(("BEGIN", "COMMIT", "SELECT set_config"))
            and "credential" not in statement
        ):
            asked.append(" ".join(statement.split())[:90])

    engine = world.house.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_reads_take_two_statements(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    ada = group.members[0]
    paths = (f"/sessions/{session['id']}", f"/groups/{group.id}/sessions", f"/sessions/{session['id']}/rsvps")
    for path in (*paths, "/themes"):
        await ada.get(path)
        with statements(world) as asked:
            assert (await ada.get(path)).status_code == 200
        assert len(asked) <= 2, (path, asked)


async def test_writes_take_eight_statements(world: World) -> None:
    group = await a_group(world)
    ada, lead = group.members[0], group.moderator
    with statements(world) as asked:
        assert (await lead.post(f"/groups/{group.id}/sessions", a_plan(world, 500))).status_code == 201
    assert len(asked) <= 8, asked
    session = await a_session(world, group)
    for name, body in (("start", None), ("next", None), ("back", None), ("extend", {"minutes": 5})):
        with statements(world) as asked:
            assert (await say(lead, session["id"], name, body)).status_code == 200
        assert len(asked) <= 8, (name, asked)
    with statements(world) as asked:
        assert (await answered(ada, session["id"], "yes")).status_code == 200
    assert len(asked) <= 8, asked
    with statements(world) as asked:
        assert (await marked(lead, session["id"], ada, "present")).status_code == 200
    assert len(asked) <= 8, asked
    with statements(world) as asked:
        assert (await say(lead, session["id"], "complete")).status_code == 200
    # Three of them: what challenges look up when a session is over, guests who go, and promises for the next one.
    assert len(asked) <= 11, asked


async def test_a_series_of_two_hundred_takes_as_many_statements_as_one_of_three(world: World) -> None:
    group = await a_group(world)
    path, counts = f"/groups/{group.id}/series", []
    for count, first in ((3, "2030-01-08T18:00"), (200, "2030-01-09T18:00")):
        body = a_rule(f"FREQ=WEEKLY;COUNT={count}", local_start=first, agenda=AGENDA)
        with statements(world) as made:
            answer = await group.moderator.post(path, body)
        assert answer.status_code == 201
        series = f"/series/{answer.json()['id']}"
        moves = {"local_start": first.replace("18:00", "20:00"), "agenda": AGENDA[:1], "minutes": 80}
        with statements(world) as moved:
            assert (await group.moderator.patch(series, moves)).status_code == 200
        with statements(world) as deleted:
            assert (await group.moderator.delete(series)).status_code == 204
        counts.append((len(made), len(moved), len(deleted)))
    few, many = counts
    # PostgreSQL is told once that a table has grown.
    assert all(after - before <= 10 for before, after in zip(few, many, strict=True)), counts
    assert max(few) <= 15
