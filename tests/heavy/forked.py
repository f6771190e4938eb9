"""Processes of the service that stand ready within a moment: forked from one that has imported everything already.

Importing the service takes seconds, and processes that are killed by the dozen are started by the dozen. What is
forked has no thread, no connection and no settings yet: from there on it is a process like any other.
"""

import asyncio
import json
import multiprocessing
import os
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn

from peergroup.app import build_house
from peergroup.kit.settings import Settings
from peergroup.sync import applying, removals, uploading
from peergroup.sync.reading import Reader
from peergroup.sync.rows import Bounds
from peergroup.sync.sources import tryton
from peergroup.worker import Worker
from tests.scale import FULL
from tests.servers import environment, free_port

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


@dataclass
class Forked:
    """One process on a database. `kill` is SIGKILL: nothing in it gets a chance to tidy up."""

    url: str
    small: bool = not FULL
    """Whether it works in small portions: then a few hundred records are as many portions as else many thousands."""
    process: Any = None

    def start(self) -> Any:
        self.process = _CONTEXT.Process(target=self.live, daemon=True)
        self.process.start()
        return self

    def live(self) -> None:
        """What the process does, with nothing but its fields."""
        os.environ |= environment(self.url) | {"PEERGROUP_OUTGOING_ALLOW": json.dumps(["127.0.0.0/8"])}
        if self.small:
            _take_small_portions()
        self.work()

    def work(self) -> None:
        raise NotImplementedError

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"process": None}


@dataclass
class ForkedServer(Forked):
    """An API process on a port of its own."""

    port: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def work(self) -> None:
        uvicorn.run(
            "peergroup.app:create_app", factory=True, host="127.0.0.1", port=self.port, log_level="error"
        )

    async def is_up(self, seconds: float = 120) -> None:
        """Until it answers, which takes a busy machine its time; one that has ended is not waited for."""
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(timeout=2) as asking:
            while time.monotonic() < deadline and self.process.is_alive():
                try:
                    if (await asking.get(f"{self.address}/livez")).status_code < 500:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.02)
        raise TimeoutError(f"no server on port {self.port}; its exit code: {self.process.exitcode}")


@dataclass
class ForkedWorker(Forked):
    """A worker process."""

    def work(self) -> None:
        asyncio.run(Worker(build_house(Settings())).run(asyncio.Event()))


def _take_small_portions() -> None:
    portions: tuple[tuple[Any, str, Any], ...] = (
        (uploading, "PARSED_AT_ONCE", 4_096),
        (uploading, "STAGED_AT_ONCE", 60),
        (uploading, "Reader", lambda media: Reader(media, Bounds(block=2_048))),
        (applying, "AT_ONCE", 60),
        (removals, "AT_ONCE", 20),
        (tryton, "FOUND", 20),
    )
    for module, name, portion in portions:
        setattr(module, name, portion)
