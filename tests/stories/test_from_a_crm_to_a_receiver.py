"""A change in a CRM that is running reaches a person here and, through a webhook, somebody else's receiver."""

from collections.abc import AsyncIterator

import pytest

from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.worker import Worker
from tests.sync.runs import person
from tests.sync.tryton import Tryton, tryton
from tests.webhooks.factories import an_endpoint
from tests.webhooks.receivers import Receiver, a_receiver
from tests.world import Actor, World

__all__ = ["tryton"]


@pytest.fixture
async def receiver(house: House) -> AsyncIterator[Receiver]:
    """Somebody else's server; the house speaks to it, and to the CRM, as it would outside of tests."""
    before, house.sender = house.sender, None
    nobody, house.outside = house.outside, None
    async with a_receiver() as listening:
        yield listening
    if house.sender is not None:
        await house.sender.client.aclose()
    house.sender, house.outside = before, nobody


async def test_a_change_in_a_crm_reaches_a_receiver(world: World, tryton: Tryton, receiver: Receiver) -> None:
    email = f"maren.{new_id()}@example.com"
    party = tryton.make("Maren Östergård", email)
    integrator = await world.service("sync:write", "people:read", "webhooks:write", "events:read")
    endpoint = await an_endpoint(integrator, receiver.url, "person.*")
    connection = {"source": "tryton", "account": tryton.connection.model_dump()}
    made = await integrator.post("/connections", connection)
    assert made.status_code == 201, made.text

    await _synchronized(integrator, world)
    known = await person(integrator, "tryton", str(party))
    assert (known["name"], known["email"]) == ("Maren Östergård", email)
    assert _told(receiver, endpoint.secret, known["id"]) == ["person.created"]

    tryton.change(party, name="Maren Lind")
    await _synchronized(integrator, world)
    assert (await person(integrator, "tryton", str(party)))["name"] == "Maren Lind"
    assert _told(receiver, endpoint.secret, known["id"]) == ["person.created", "person.updated"]

    tryton.deactivate(party)
    await _synchronized(integrator, world)
    assert (await person(integrator, "tryton", str(party)))["state"] == "deactivated"
    assert _told(receiver, endpoint.secret, known["id"])[-1] == "person.deactivated"
    assert "Maren" not in "".join(got.body.decode() for got in receiver.got)


async def _synchronized(integrator: Actor, world: World) -> None:
    made = await integrator.post("/sync-runs", {"source": "tryton", "fetch": True, "apply": True})
    assert made.status_code == 201, made.text
    await Worker(world.house).drain()
    run = (await integrator.get(f"/sync-runs/{made.json()['id']}")).json()
    assert (run["state"], run["failure"]) == ("applied", None)


def _told(receiver: Receiver, secret: str, person_id: str) -> list[str]:
    """What the receiver was told of somebody, each message verified and counted once, in order."""
    seen = {got.message_id: got.verified(secret) for got in receiver.got}
    mine = [one for one in seen.values() if one["data"]["subject_id"] == person_id]
    return [one["type"] for one in sorted(mine, key=lambda one: str(one["timestamp"]))]
