"""Factories of this room's tests."""

from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import event, select

from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from tests.world import World

_numbers = count(1)
CONTROL = (
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
    "SELECT set_config",
    "SELECT current_setting",
    "ANALYZE",
    "DISCARD",
)


def an_email(name: str = "person") -> str:
    """An address that nobody has yet."""
    return f"{name}-{next(_numbers)}-{new_id().hex[-8:]}@example.com"


async def a_person(world: World, **fields: Any) -> dict[str, Any]:
    """Somebody the owner added over HTTP."""
    answer = await world.owner.post("/people", {"name": "Ada Lovelace"} | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def a_company(world: World, name: str) -> str:
    answer = await world.owner.post("/companies", {"name": name})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def events_of(world: World, subject_id: str | UUID) -> list[tuple[str, dict[str, Any]]]:
    """What was recorded about somebody, in order."""
    query = select(Event.type, Event.facts).where(Event.subject_id == UUID(str(subject_id)))
    async with world.acting() as ctx:
        return [(row[0], row[1]) for row in await ctx.db.execute(query.order_by(Event.sequence))]


@contextmanager
def counted_statements(world: World) -> Any:
    """The statements sent to the database meanwhile, without what controls transactions and their plans."""
    sent: list[str] = []
    engine = world.house.database.engine.sync_engine

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(CONTROL):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def a_record(number: int, **fields: Any) -> dict[str, Any]:
    """One record of a batch."""
    return {"source": "crm", "external_id": f"K-{number}", "name": f"Person {number}"} | fields
