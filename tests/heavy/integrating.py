"""An integrator who imports a file, and whose server is killed meanwhile: asks the run how far it is, and repeats."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.heavy.exporting import MAPPING
from tests.heavy.forked import ForkedServer
from tests.sync.runs import CSV
from tests.world import Actor

PIECE = 8_192
PATIENCE_SECONDS = 300


@dataclass
class Seconds:
    """How long an undisturbed import took."""

    upload: float = 0.0
    apply: float = 0.0


@dataclass
class Integrator:
    """Imports files in the name of `who`, through one server."""

    who: Actor
    server: ForkedServer
    met: Counter[str] = field(default_factory=Counter)
    """What the kills met: an upload or an apply under way, or one that was over just before."""
    owed: int = 0
    """Kills that met nothing any more: they are made up for amid the next upload."""
    left_behind: int = 0
    """How many records broken uploads had staged, all together."""

    async def imports(
        self, content: bytes, kills: tuple[int, int] = (0, 0), took: Seconds | None = None, **more: Any
    ) -> tuple[dict[str, Any], Seconds]:
        """The applied run, and how long it took; killed so often amid the upload and amid the apply."""
        given = {"source": "crm", "mapping": MAPPING} | more
        run = (await self._sure("POST", "/sync-runs", json=given))["id"]
        expected, seconds = took or Seconds(), Seconds()
        began = time.monotonic()
        owed, self.owed = self.owed, 0
        for _ in range(kills[0] + owed):
            await self._broken_upload(run, content, expected.upload)
        while (await self._state(run))["state"] == "open":
            await self._asked("POST", f"/sync-runs/{run}/records", content=content, headers=CSV)
        seconds.upload = time.monotonic() - began
        path = f"/sync-runs/{run}/apply"
        if more.get("mode") == "full":
            weighed = await self._sure("POST", f"{path}?dry_run=true")
            assert weighed["removals"]["must_confirm"]
            path += f"?confirm_removals={weighed['removals']['people']}"
        began = time.monotonic()
        for _ in range(kills[1]):
            await self._broken_apply(run, path, expected.apply)
        while (await self._state(run))["state"] == "staged":
            await self._asked("POST", path)
        seconds.apply = time.monotonic() - began
        return await self._state(run), seconds

    async def _broken_upload(self, run: str, content: bytes, usual: float) -> None:
        """Most break off when something was staged; one of three has been sent whole, and waits for its answer."""
        if (await self._state(run))["state"] != "open":
            self.owed += 1
            return
        breaks_off = self.met["upload"] % 3 != 2
        most = int(len(content) * random.uniform(0.6, 0.95)) if breaks_off else len(content)
        sent, gone = asyncio.Event(), asyncio.Event()

        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, most, PIECE):
                yield content[at : min(at + PIECE, most)]
            if breaks_off:
                await self._until_something_is_staged(run)
            sent.set()
            if breaks_off:
                await gone.wait()
                yield content[most:]

        async with self._killing(sent, random.uniform(0, 0.5 * usual), gone):
            await self._asked("POST", f"/sync-runs/{run}/records", content=pieces(), headers=CSV)
        found = await self._state(run)
        self.met["upload" if found["state"] == "open" else "what was over"] += 1
        self.left_behind += found["received"] if found["state"] == "open" else 0

    async def _broken_apply(self, run: str, path: str, usual: float) -> None:
        if (await self._state(run))["state"] != "staged":
            self.owed += 1
            return
        sent, gone = asyncio.Event(), asyncio.Event()
        sent.set()
        async with self._killing(sent, random.uniform(0.02, 0.6) * usual, gone):
            await self._asked("POST", path)
        self.met["apply" if (await self._state(run))["state"] == "staged" else "what was over"] += 1

    @asynccontextmanager
    async def _killing(self, sent: asyncio.Event, after: float, gone: asyncio.Event) -> AsyncIterator[None]:
        """Kill the server some time after everything was `sent`, and bring it back when it is `gone`."""

        async def kill() -> None:
            await sent.wait()
            await asyncio.sleep(after)
            await asyncio.to_thread(self.server.kill)
            gone.set()

        killing = asyncio.create_task(kill())
        yield
        await killing
        self.server.start()
        await self.server.is_up()

    async def _until_something_is_staged(self, run: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                if (await self._state(run))["received"]:
                    return
                await asyncio.sleep(0.01)

    async def _state(self, run: str) -> dict[str, Any]:
        return await self._sure("GET", f"/sync-runs/{run}")

    async def _sure(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        """What an answer that went well says; asked again where there was none."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                answer = await self._asked(method, path, **given)
                if answer is not None:
                    return answer

    async def _asked(self, method: str, path: str, **given: Any) -> dict[str, Any] | None:
        """What the answer says, unless there was none or it asks to come back: then after a moment."""
        try:
            answer = await self.who.call(method, path, **given)
        except httpx.TransportError:
            return None
        if answer.status_code == 503:
            await asyncio.sleep(0.2)
            return None
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found
