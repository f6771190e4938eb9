"""What the tests of webhooks begin with: endpoints, and things that happen."""

from dataclasses import dataclass
from typing import Any

from peergroup.worker import Worker
from tests.webhooks.receivers import Receiver
from tests.world import Actor, World

HEARS = ("webhooks:write", "events:read", "people:read", "people:write", "groups:read")


@dataclass
class Endpoint:
    """A registered endpoint and whoever registered it."""

    id: str
    secret: str
    by: Actor

    @property
    def path(self) -> str:
        return f"/webhook-endpoints/{self.id}"

    async def shown(self) -> Any:
        """The endpoint as its registrant sees it."""
        answer = await self.by.get(self.path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def deliveries(self, state: str | None = None) -> list[Any]:
        """Its deliveries, the newest first."""
        query = {"limit": 200} | ({"state": state} if state else {})
        answer = await self.by.get(f"{self.path}/deliveries", params=query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])


async def an_endpoint(by: Actor, receiver: Receiver | str, *types: str) -> Endpoint:
    """An endpoint of this actor's."""
    url = receiver if isinstance(receiver, str) else receiver.url
    answer = await by.post("/webhook-endpoints", {"url": url, "types": list(types)})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    return Endpoint(made["id"], made["secret"], by)


async def somebody_comes(world: World, name: str = "Nora New") -> str:
    """A person is created: an event that a service key hears; gives the id of the person."""
    answer = await world.owner.post("/people", {"name": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def served(world: World) -> None:
    """The worker does everything that is due."""
    await Worker(world.house).drain()
