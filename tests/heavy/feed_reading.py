"""Readers of the feed who poll when they like, are killed in the middle, and go on from the last event they had."""

import asyncio
import contextlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx

from tests.heavy.following import blocks_of
from tests.world import Actor

PATIENCE = 120.0


class Seen(NamedTuple):
    """As much of an event as tells whether it is the right one."""

    id: str
    type: str
    subject_id: str


def seen(event: dict[str, Any]) -> Seen:
    """An event as it came over the wire."""
    return Seen(event["id"], event["type"], event["subject_id"])


@dataclass
class Reader:
    """Somebody who reads; `had` is what they have, in the order in which it came."""

    name: str
    who: Actor
    session: httpx.AsyncClient
    addresses: Sequence[str]
    began_at: str
    types: str | None = None
    had: list[Seen] = field(default_factory=list)
    requests: int = 0
    killed: int = 0

    @property
    def last(self) -> str:
        """The cursor: the only thing that survives when the reader is killed."""
        return self.had[-1].id if self.had else self.began_at

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.who.token}"}

    def address(self, path: str) -> str:
        """The path at any of the servers."""
        return f"{random.choice(self.addresses)}/v1{path}"

    def asked(self, **query: Any) -> dict[str, Any]:
        """A question of this reader's."""
        return query | ({} if self.types is None else {"types": self.types})


@dataclass
class Poller(Reader):
    """Asks for pages of any size, at any time."""

    async def read(self, quiet: asyncio.Event) -> None:
        """Read on until nothing more is written, and nothing more comes."""
        while True:
            ended = quiet.is_set()
            if random.random() < 0.1:
                await self._killed_in_the_middle()
            elif not await self._page(random.randint(1, 200)) and ended:
                return
            if not ended:
                await asyncio.sleep(random.choice((0, random.uniform(0, 0.2))))

    async def _killed_in_the_middle(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(random.uniform(0, 0.02)):
                await self._page(random.randint(1, 200))
                return
        self.killed += 1

    async def _page(self, limit: int) -> int:
        name = random.choice(("after", "cursor"))
        query = self.asked(limit=limit, **{name: self.last})
        answer = await self.session.get(self.address("/events"), params=query, headers=self.headers)
        self.requests += 1
        if answer.status_code == 503:
            return 1  # Busy: asks again.
        assert answer.status_code == 200, f"{self.name}: {answer.status_code} {answer.text}"
        items = [seen(event) for event in answer.json()["items"]]
        # What was read and where it ended are kept together, or not at all.
        self.had += items
        return len(items)


@dataclass
class Listener(Reader):
    """Listens to the stream, hangs up in the middle of whatever is arriving, and comes back."""

    async def read(self, quiet: asyncio.Event) -> None:
        """Listen until nothing more is written."""
        while not quiet.is_set():
            await self._listen(random.uniform(0.05, 1.5), random.randint(1, 2_000))
            self.killed += 1

    async def hears_the_rest(self, last: str) -> None:
        """Listen until that event, and a little longer: there should be no more."""
        async with asyncio.timeout(PATIENCE):
            while self.last != last:
                await self._listen(5, 1_000_000, until=last)
        await self._listen(0.5, 1)

    async def _listen(self, seconds: float, most: int, until: str = "") -> None:
        headers = self.headers | {"Last-Event-ID": self.last}
        address = self.address("/events/stream")
        self.requests += 1
        with contextlib.suppress(TimeoutError):
            async with (
                asyncio.timeout(seconds),
                self.session.stream("GET", address, params=self.asked(), headers=headers) as answer,
            ):
                assert answer.status_code in (200, 503), await answer.aread()
                async for block in blocks_of(answer):
                    if "data" not in block or "id" not in block:
                        continue  # The opening, a sign of life, or the stream's last word.
                    self.had.append(seen(json.loads(block["data"])))
                    most -= 1
                    if not most or self.last == until:
                        return
