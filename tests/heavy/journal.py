"""A client that keeps a journal: each write is sent again until it is acknowledged, and only then noted."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.groups.factories import GroupOf
from tests.world import Actor

THERE = object()
"""The state of a column that has to hold something."""


@dataclass(frozen=True)
class Acknowledged:
    """What the client was told is done: its kind, and the fact that has to be on record."""

    kind: str
    event: str
    subject_id: str


@dataclass
class Journal:
    """What a client keeps of its acknowledged writes, and what has to be true because of them."""

    entries: list[Acknowledged] = field(default_factory=list)
    things: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    """By table and id: the columns as they were last told; None for what was deleted."""
    numbers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many rows of a table belong to something."""
    repeated: int = 0
    """How many requests had to be sent again."""
    _awaited: int = 0
    _reached: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def writes(self) -> int:
        return len(self.entries)

    def add(self, entry: Acknowledged) -> None:
        """Note what was acknowledged."""
        self.entries.append(entry)
        if self.writes >= self._awaited:
            self._reached.set()

    async def reaches(self, writes: int) -> None:
        """Wait until so many writes are acknowledged."""
        self._awaited = writes
        self._reached.clear()
        if self.writes < writes:
            await self._reached.wait()


@dataclass
class Client:
    """Sends each write to one of several servers, and to another one when that does not answer."""

    servers: list[str]
    owner: Actor
    journal: Journal
    session: httpx.AsyncClient
    circle: "Circle"

    async def write(self, method: str, path: str, body: Any = None, *, by: Actor | None = None) -> Any:
        """The answer's body, however often it takes; a refusal that is not about the server is a failure."""
        headers = {"Authorization": f"Bearer {(by or self.owner).token}", "Idempotency-Key": str(uuid4())}
        for attempt in range(400):
            address = random.choice(self.servers) + "/v1" + path
            try:
                answer = await self.session.request(method, address, json=body, headers=headers, timeout=20)
            except httpx.TransportError:
                answer = None
            if answer is not None and not _is_put_off(answer):
                # What was deleted before its answer was lost is not there the second time.
                assert answer.status_code < 300 or (method, answer.status_code) == ("DELETE", 404), (
                    f"{method} {path}: {answer.status_code} {answer.text}"
                )
                return answer.json() if answer.content else None
            self.journal.repeated += 1
            await asyncio.sleep(min(0.02 * 2 ** min(attempt, 5), 0.5))
        raise TimeoutError(f"{method} {path} was never acknowledged")

    def note(self, kind: str, event: str, subject_id: str, /, **state: Any) -> None:
        """Note an acknowledged write with its event, and the columns it has set in the thing it is about."""
        self.journal.add(Acknowledged(kind, event, subject_id))
        thing = (event.partition(".")[0], subject_id)
        self.journal.things[thing] = (self.journal.things.get(thing) or {}) | state

    def count(self, kind: str, table: str, belongs_to: str) -> None:
        """Note one more row of a table that belongs to something; its fact has no id that the client is told."""
        self.journal.add(Acknowledged(kind, "", belongs_to))
        self.journal.numbers[table, belongs_to] += 1


def _is_put_off(answer: httpx.Response) -> bool:
    """Whether nothing was stored, or the same request is still under way: both mean to ask again."""
    if answer.status_code == 409:
        return bool(answer.json()["code"] == "in_progress")
    return answer.status_code == 503 and "retry-after" in answer.headers


@dataclass
class Circle:
    """A group that one client works in, with what goes on in it."""

    group: GroupOf
    retrospective: str
    """An exercise in an anonymous phase."""
    days: int = 1
    """How far ahead the next session is."""

    @property
    def id(self) -> str:
        return self.group.id

    @property
    def moderator(self) -> Actor:
        return self.group.moderator
