"""`peergroup work`: the worker without the API."""

import asyncio
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peergroup.kit.settings import Settings


async def work() -> None:
    """Only perform due jobs, until SIGTERM or Ctrl-C; what is under way is finished. Several are harmless."""
    from peergroup.cli import starting

    settings = starting.settings()
    await starting.make_ready(settings)
    await until_told(settings, hello="Working; stop with Ctrl-C.")


async def until_told(settings: "Settings", hello: str = "") -> None:
    """Work until a signal says to stop."""
    from peergroup.app import build_house
    from peergroup.kit.logs import start_logging
    from peergroup.worker import Worker

    start_logging(settings.log_level)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if hello:
        print(hello, flush=True)
    house = build_house(settings)
    try:
        await Worker(house).run(stop)
    finally:
        await house.database.close()
