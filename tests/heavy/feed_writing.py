"""Writers of many events: batches of people between single changes, each noted when it is acknowledged."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import uuid4

from tests.heavy.journal import Client
from tests.heavy.work import ahead
from tests.world import Actor


class Told(NamedTuple):
    """The event that has to be there because of an acknowledged write."""

    type: str
    subject_id: str


@dataclass
class Writer:
    """One of several; `acknowledged` has, for each of its requests in order, the events that it stands for."""

    client: Client
    group: str
    moderator: Actor
    member: Actor
    batch: int
    acknowledged: list[list[Told]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    @property
    def events(self) -> int:
        return sum(map(len, self.acknowledged))

    async def write(self) -> None:
        """One request: one in twelve is a batch."""
        ways: tuple[Callable[[], Awaitable[list[Told]]], ...] = (
            self._person,
            self._change,
            self._focus,
            self._promise,
        )
        way = self._batch if random.random() < 1 / 12 else random.choice(ways)
        self.acknowledged.append(await way())

    async def _batch(self) -> list[Told]:
        count = random.randint(1, self.batch)
        records = [{"source": "crm", "external_id": uuid4().hex, "name": "Person"} for _ in range(count)]
        answer = await self.client.write("POST", "/people/batch", {"people": records})
        made = [one["id"] for one in answer["results"] if one["status"] == "created"]
        assert len(made) == count, answer["summary"]
        self.people += made[:5]
        return [Told("person.created", one) for one in made]

    async def _person(self) -> list[Told]:
        made = await self.client.write("POST", "/people", {"name": "Person"})
        self.people.append(made["id"])
        return [Told("person.created", made["id"])]

    async def _change(self) -> list[Told]:
        if not self.people:
            return await self._person()
        id_ = random.choice(self.people)
        await self.client.write("PATCH", f"/people/{id_}", {"job_title": uuid4().hex})
        return [Told("person.updated", id_)]

    async def _focus(self) -> list[Told]:
        await self.client.write("PATCH", f"/groups/{self.group}", {"focus": uuid4().hex}, by=self.moderator)
        return [Told("group.updated", self.group)]

    async def _promise(self) -> list[Told]:
        promise = {"body": "Something", "by_on": ahead(7)}
        made = await self.client.write("POST", "/commitments", promise, by=self.member)
        return [Told("commitment.made", made["id"])]
