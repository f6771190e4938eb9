"""Hot reads on SQLite: short ones on the spot, longer ones in a thread; over connections that can only read.

Handing a statement to a thread and its rows back costs more than most statements. So each one begins where
the request is, with a bounded number of steps, and starts again in a thread if those were not enough.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, make_url
from sqlalchemy.dialects.sqlite import aiosqlite as dialects

from peergroup.kit.settings import Settings

STEPS = 50_000
"""Of SQLite's virtual machine: a few milliseconds. A thread of ten responses takes about two thousand."""
THREADS = 2


class SqliteReads:
    """One statement is one consistent snapshot: there is no transaction to open."""

    trouble = (sqlite3.Error,)

    def __init__(self, settings: Settings, *, busy_timeout: int) -> None:
        self.dialect: Dialect = dialects.dialect()
        self._path = make_url(settings.async_url).database or ""
        self._busy_timeout = busy_timeout
        self._here: sqlite3.Connection | None = None
        self._stretches = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="reads")
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []

    async def fetch(self, _organization: UUID, sql: str, arguments: list[Any]) -> list[Sequence[Any]]:
        """The rows of one statement. Raises one of `trouble`."""
        if self._here is None:
            self._here = self._open(busy_timeout=0)
            self._here.set_progress_handler(self._is_long, STEPS)
        self._stretches = 0
        try:
            return self._here.execute(sql, arguments).fetchall()
        except sqlite3.OperationalError:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._fetch, sql, arguments)

    def _is_long(self) -> bool:
        # SQLite counts on where the statement's last run ended, so that the first stretch may be a short one.
        self._stretches += 1
        return self._stretches > 1

    def _fetch(self, sql: str, arguments: list[Any]) -> list[Sequence[Any]]:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._open(self._busy_timeout)
        return connection.execute(sql, arguments).fetchall()

    def _open(self, busy_timeout: int) -> sqlite3.Connection:
        # "rw" and not "ro": a reader may have to finish what a writer that was killed left in the log.
        connection = sqlite3.connect(f"file:{self._path}?mode=rw", uri=True, check_same_thread=False)
        for pragma in ("query_only=ON", "cache_size=-16000", f"busy_timeout={busy_timeout}"):
            connection.execute(f"PRAGMA {pragma}")
        self._opened.append(connection)
        return connection

    async def close(self) -> None:
        """Let the threads end and close every connection. What still runs is broken off: nobody waits for it now."""
        for connection in self._opened:
            connection.interrupt()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        while self._opened:
            self._opened.pop().close()
        self._here = None
