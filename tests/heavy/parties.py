"""A Tryton with thousands of parties, as far as a walk asks, on loopback: it tells how many requests it has had.

Whether Tryton answers like that, `tests/sync/test_tryton.py` asks a real one.
"""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.heavy.exporting import Row
from tests.servers import free_port
from tests.sync.fakes.vendor import Told, Vendor

DATABASE = "crm"
PATIENCE_SECONDS = 120


@dataclass
class TrytonDatabase(Vendor):
    """Parties by their ids, in pages as large as they are asked for."""

    parties: dict[int, dict[str, Any]] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    asked: int = 0
    """How many pages were asked for."""
    seconds: float = 0.0
    """How long it thinks about a page."""
    aim: int = 0
    is_reached: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def account(self) -> dict[str, str]:
        """What an integrator would enter."""
        address = f"http://127.0.0.1:{self.port}"
        return {"kind": "tryton", "base_url": address, "database": DATABASE, "key": "a-key"}

    def routes(self) -> list[Route]:
        return [Route(f"/{DATABASE}/rest/model/party.party", self._page, methods=["GET"])]

    def keep(self, rows: list[Row]) -> None:
        """Whoever has a reference; the others, a database would not have taken. Of several, the last one stands."""
        self.parties = {}
        for row in rows:
            if row.reference.isdigit():
                self.parties[int(row.reference)] = _party(row)

    def merge(self, goes: int, stays: int) -> None:
        """One of the two is replaced by the other."""
        self.parties[goes] |= {"active": False, "replaced_by": stays}

    async def reaches(self, asked: int) -> None:
        """Wait until so many pages were asked for."""
        self.aim = asked
        self.is_reached.clear()
        if self.asked < asked:
            await asyncio.wait_for(self.is_reached.wait(), PATIENCE_SECONDS)

    async def _page(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer a-key":
            return Told({}, 401)
        after = json.loads(base64.urlsafe_b64decode(request.query_params["d"]))
        if len(after) != 1 or after[0][:2] != ["id", ">"]:
            self.complain(f"cannot read: {after}")
            return Told({}, 400)
        self.asked += 1
        if self.asked >= self.aim:
            self.is_reached.set()
        await asyncio.sleep(self.seconds)
        found = [id_ for id_ in sorted(self.parties) if id_ > after[0][2]]
        return Told([self.parties[id_] for id_ in found[: int(request.query_params["s"])]])


def _party(row: Row) -> dict[str, Any]:
    mechanisms = [{"type": "email", "value": row.email, "active": True}] if row.email else []
    return {
        "id": int(row.reference),
        "name": row.name,
        "active": row.listed not in ("no", "No"),
        "replaced_by": None,
        "contact_mechanisms": [{"type": "phone", "value": "+49 30 0", "active": True}, *mechanisms],
    }


@asynccontextmanager
async def served(database: TrytonDatabase) -> AsyncIterator[TrytonDatabase]:
    """The database, as long as the block lasts."""
    config = uvicorn.Config(database.app, port=database.port, log_level="error", date_header=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.wait({serving}, timeout=0.02)
        yield database
    finally:
        server.should_exit = True
        await serving
