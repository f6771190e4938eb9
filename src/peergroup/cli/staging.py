"""What `demo` and `seed` stand on: a migrated database, and the application in this process to speak to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from peergroup.app import build_house, create_app
from peergroup.cli import starting
from peergroup.demo.voices import stage
from peergroup.kit.context import House
from peergroup.kit.settings import Settings


@asynccontextmanager
async def staged(settings: Settings) -> AsyncIterator[tuple[House, httpx.AsyncClient]]:
    """A house without rate limits, and a client to it. Migrates first."""
    await starting.migrated(settings)
    house = build_house(settings.model_copy(update={"rate_limit": "off", "sign_in_limit": "off"}))
    try:
        async with stage(create_app(house=house)) as client:
            yield house, client
    finally:
        await house.database.close()
