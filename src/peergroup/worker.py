"""The worker: claims due jobs, performs them, and leaves signs of life. More than one is harmless."""

import asyncio
import contextlib
import logging

from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.logs import where_it_broke

log = logging.getLogger("peergroup.worker")
POLL_SECONDS = 1.0
AT_ONCE = 8
SIGN_EVERY = 10


class Worker:
    """One loop. `wake` shortens the wait; polling goes on in any case."""

    def __init__(self, house: House, name: str = "worker") -> None:
        self.house, self.name = house, name
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something due now."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; what is under way is finished."""
        rounds = 0
        while not stop.is_set():
            with contextlib.suppress(Exception):
                if rounds % SIGN_EVERY == 0:
                    await jobs.show_life(self.house, self.name)
            rounds += 1
            if not await self._round():
                await self._rest(stop)

    async def drain(self) -> int:
        """Do everything that is due now, and say how many jobs that were."""
        done = 0
        while count := await self._round():
            done += count
        return done

    async def _round(self) -> int:
        try:
            claimed = await jobs.claim(self.house, AT_ONCE)
        except Exception as error:
            log.error("could not claim jobs: %s", type(error).__name__)
            return 0
        await asyncio.gather(*(self._do(due) for due in claimed))
        return len(claimed)

    async def _do(self, due: jobs.Due) -> None:
        failure = None
        beating = asyncio.create_task(self._beat(due))
        try:
            await jobs.performers[due.kind](self.house, due)
        except Exception as error:
            failure = type(error).__name__
            log.error("job %s %s failed: %s", due.kind, due.id, where_it_broke(error))
        finally:
            beating.cancel()
        with contextlib.suppress(Exception):
            await jobs.settle(self.house, due, failure)

    async def _beat(self, due: jobs.Due) -> None:
        while True:
            await asyncio.sleep(jobs.LEASE.total_seconds() / 3)
            with contextlib.suppress(Exception):
                await jobs.heartbeat(self.house, due)

    async def _rest(self, stop: asyncio.Event) -> None:
        self._wake.clear()
        waits = [asyncio.create_task(self._wake.wait()), asyncio.create_task(stop.wait())]
        await asyncio.wait(waits, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
