"""Several processes on one port, and one more for due jobs; whichever dies is replaced."""

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from socket import socket

import uvicorn
from uvicorn.supervisors import Multiprocess

_spawn = multiprocessing.get_context("spawn")
PAUSE_SECONDS = 2.0
STARTED_IN_VAIN = 3


class Fleet(Multiprocess):
    """Uvicorn's supervisor of serving processes, who also looks after the one that works."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket], *, works: bool) -> None:
        super().__init__(config, sockets)
        self.works = works
        self._working = _spawn.Process(target=work_here)
        self._begun = 0.0

    @property
    def failed(self) -> bool:
        """Whether a serving process gave up before it served anything."""
        return any(process.exitcode == STARTED_IN_VAIN for process in self.processes)

    def init_processes(self) -> None:
        super().init_processes()
        if self.works:
            self._begin_work()

    def keep_subprocess_alive(self) -> None:
        super().keep_subprocess_alive()
        rested = time.monotonic() - self._begun > PAUSE_SECONDS
        if self.works and rested and not self.should_exit.is_set() and not self._working.is_alive():
            self._working.join()
            self._begin_work()

    def terminate_all(self) -> None:
        super().terminate_all()
        if self._working.is_alive():
            self._working.terminate()

    def join_all(self) -> None:
        super().join_all()
        if self._working.is_alive():
            self._working.join()

    def _begin_work(self) -> None:
        self._working = _spawn.Process(target=work_here)
        self._working.start()
        self._begun = time.monotonic()


def follow_the_parent() -> None:
    """End this process with the one that started it, even if that one could not say goodbye."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.join,), daemon=True).start()


def _end_with(wait_for_the_end: Callable[[], None]) -> None:
    wait_for_the_end()
    os.kill(os.getpid(), signal.SIGTERM)


def work_here() -> None:
    """Perform due jobs in this process until it is told to stop."""
    from peergroup.cli.work import until_told
    from peergroup.kit.settings import Settings

    follow_the_parent()
    asyncio.run(until_told(Settings()))
