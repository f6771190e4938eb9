"""What delivering costs the database: transactions for batches, not for deliveries; nothing where nobody listens."""

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from peergroup.kit.context import House
from peergroup.webhooks import lines
from tests.webhooks.factories import HEARS, an_endpoint, served, somebody_comes
from tests.webhooks.receivers import Receiver
from tests.world import World


@contextlib.contextmanager
def _statements(house: House) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    engine = house.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_four_deliveries_take_less_than_one_statement(world: World, receiver: Receiver) -> None:
    await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    people = [{"source": "crm", "external_id": str(number), "name": "Ada"} for number in range(400)]
    assert (await world.owner.post("/people/batch", {"people": people})).status_code == 200
    with _statements(world.house) as asked:
        await served(world)
    assert len(receiver.got) == 400
    assert len(asked) < 100


async def test_who_registers_no_webhook_pays_for_none(world: World, receiver: Receiver) -> None:
    with _statements(world.house) as without:
        await somebody_comes(world)
        await lines.claim(world.house, 100)
    assert sum("webhook" in one for one in without) == 1, "one look for all organizations"
    await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    with _statements(world.house) as asked:
        await somebody_comes(world)
    assert sum("webhook" in one for one in asked) == 0, "nor does whoever records an event"
