"""The worker: does due work from each queue, and leaves signs of life. More than one is harmless.

Each queue has places of its own. A place that is free is given to whatever is due next, so that something slow
holds up nothing but its own place.
"""

import asyncio
import contextlib
import logging
from functools import partial
from typing import Any

from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.jobs import Queue
from peergroup.kit.logs import where_it_broke

log = logging.getLogger("peergroup.worker")
POLL_SECONDS = 1.0
AT_ONCE = 8
SIGN_SECONDS = 10.0
BREATH_SECONDS = 0.02
"""Before the next claim: what becomes free or due meanwhile is taken by the same one."""


class Worker:
    """One loop for each queue. `wake` shortens the wait; polling goes on in any case."""

    def __init__(self, house: House, name: str = "worker") -> None:
        self.house, self.name = house, name
        self._wakes: dict[str, asyncio.Event] = {}
        self._jobs = Queue("jobs", AT_ONCE, jobs.claim, self._do)
        self._slow = Queue("slow jobs", AT_ONCE, partial(jobs.claim, slow=True), self._do)
        self._signed_at = float("-inf")

    def wake(self) -> None:
        """There may be something due now."""
        for wake in self._wakes.values():
            wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; what is under way is finished."""
        queues = [self._jobs, self._slow, *jobs.queues.values()]
        self._wakes = {queue.name: asyncio.Event() for queue in queues}
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _done: self.wake())
        try:
            await asyncio.gather(*(self._look_after(queue, stop) for queue in queues))
        finally:
            stopping.cancel()

    async def drain(self) -> int:
        """Do everything that is due now, in every queue, and say how many jobs that were."""
        done = 0
        while True:
            queues = [self._jobs, self._slow, *jobs.queues.values()]
            work = [(queue, one) for queue in queues for one in await self._claim(queue, queue.at_once)]
            if not work:
                return done
            await asyncio.gather(*(queue.work(self.house, one) for queue, one in work))
            done += sum(queue in (self._jobs, self._slow) for queue, _ in work)

    async def _look_after(self, queue: Queue, stop: asyncio.Event) -> None:
        under_way: set[asyncio.Task[None]] = set()
        while not stop.is_set():
            if queue is self._jobs:
                await self._sign()
            free = queue.at_once - len(under_way)
            claimed = await self._claim(queue, free) if free else []
            under_way |= {asyncio.create_task(queue.work(self.house, one)) for one in claimed}
            await self._rest(queue, under_way)
            under_way = {task for task in under_way if not task.done()}
        await asyncio.gather(*under_way)

    async def _claim(self, queue: Queue, most: int) -> Any:
        try:
            return await queue.claim(self.house, most)
        except Exception as error:
            log.error("could not claim %s: %s", queue.name, type(error).__name__)
            return []

    async def _do(self, house: House, due: jobs.Due) -> None:
        failure = None
        async with jobs.keeping(lambda: jobs.heartbeat(house, due)):
            try:
                await jobs.performers[due.kind](house, due)
            except Exception as error:
                failure = type(error).__name__
                log.error("job %s %s failed: %s", due.kind, due.id, where_it_broke(error))
        with contextlib.suppress(Exception):
            await jobs.settle(house, due, failure)

    async def _sign(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._signed_at >= SIGN_SECONDS:
            self._signed_at = now
            with contextlib.suppress(Exception):
                await jobs.show_life(self.house, self.name)

    async def _rest(self, queue: Queue, under_way: set[asyncio.Task[None]]) -> None:
        """Until a place becomes free, something may be due, or a second has passed."""
        wake = self._wakes[queue.name]
        woken = asyncio.create_task(wake.wait())
        done, _ = await asyncio.wait(
            {woken, *under_way}, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        woken.cancel()
        if done:
            await asyncio.sleep(BREATH_SECONDS)
        wake.clear()
