"""Who listens in this process, by organization: one watch each, begun by the first and ended by the last."""

import asyncio
import signal
import threading
from types import FrameType
from uuid import UUID

from peergroup.feed.listener import Listener
from peergroup.feed.watch import Watch
from peergroup.kit.context import House


class Live:
    """Every open stream of this process."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._watches: dict[UUID, Watch] = {}
        self._running: set[asyncio.Task[None]] = set()

    def join(self, organization: UUID, listener: Listener, last: int) -> int:
        """Listen from now on; gives the number up to which the listener has to read for itself.

        `last` is the organization's latest number, as far as the listener knows.
        """
        watch = self._watches.get(organization)
        if watch is None:
            watch = self._watches[organization] = Watch(self.house, organization, last)
        watch.listeners.add(listener)
        if len(watch.listeners) == 1:
            running = asyncio.create_task(watch.run())
            self._running.add(running)
            running.add_done_callback(self._running.discard)
        return watch.reached

    def leave(self, organization: UUID, listener: Listener) -> None:
        """Listen no longer."""
        watch = self._watches.get(organization)
        if watch is None or listener not in watch.listeners:
            return
        watch.listeners.discard(listener)
        if not watch.listeners:
            # The next one begins a watch of their own: this one is about to end.
            del self._watches[organization]
            watch.wake()

    def wake(self, organization: UUID) -> None:
        """This process has recorded something."""
        if organization in self._watches:
            self._watches[organization].wake()

    def close(self, reason: str = "shutting_down") -> None:
        """End every stream."""
        for watch in self._watches.values():
            for listener in watch.listeners:
                listener.close(reason)

    def end_with_the_process(self) -> None:
        """End every stream when the server is asked to end: it waits for its answers, and these never finish."""
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if not callable(before):
                continue

            def end(signum: int, frame: FrameType | None, before: object = before) -> None:
                loop.call_soon_threadsafe(self.close)
                if callable(before):
                    before(signum, frame)

            signal.signal(number, end)
