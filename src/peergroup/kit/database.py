"""The engine, and the one transaction of a request.

SQLite: WAL, foreign keys on, `BEGIN IMMEDIATE` where something may be written (a deferred writer fails
under contention instead of waiting), deferred for reads. PostgreSQL: the role and the tenant are set in
each transaction, never for the connection: behind a pooler that would leak to the next client.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from peergroup.kit.ids import new_id
from peergroup.kit.reads.postgresql import PostgresqlReads
from peergroup.kit.reads.sqlite import SqliteReads
from peergroup.kit.settings import Settings
from peergroup.kit.tenancy import TenantSession

LOCK_TIMEOUT_MS = 5_000
ROLE = "peergroup_app"
# Behind a pooler the next transaction may run on another connection, where a statement of this name exists or not.
_UNPREPARED = {
    "prepared_statement_cache_size": 0,
    "statement_cache_size": 0,
    "prepared_statement_name_func": lambda: f"peergroup_{new_id().hex}",
}
_ENTER = (
    "SELECT set_config('role', $1, true), set_config('app.organization', $2, true),"
    " set_config('lock_timeout', $3, true)"
)


class Database:
    """One engine with its two ways to begin, reading and writing; and the short way of hot reads."""

    def __init__(self, settings: Settings) -> None:
        self.is_sqlite = settings.is_sqlite
        self.engine = _sqlite(settings.async_url) if self.is_sqlite else _postgres(settings)
        self._writer = asyncio.Lock()
        self._writing = self.engine.execution_options(peergroup_writes=True)
        self.reads: SqliteReads | PostgresqlReads = (
            SqliteReads(settings, busy_timeout=LOCK_TIMEOUT_MS)
            if self.is_sqlite
            else PostgresqlReads(settings, role=ROLE, lock_timeout=LOCK_TIMEOUT_MS)
        )

    @asynccontextmanager
    async def transaction(self, organization: UUID | None, *, writes: bool) -> AsyncIterator[AsyncSession]:
        """One transaction of one organization (None: directory tables only). Commits where nothing was raised."""
        bind = self._writing if writes else self.engine
        async with (
            self.turn(writes),
            AsyncSession(bind, expire_on_commit=False, sync_session_class=TenantSession) as db,
        ):
            db.info["organization_id"] = organization
            async with db.begin():
                connection = db.info["connection"] = await _connected(db)
                if not self.is_sqlite:
                    await self.enter(connection, organization)
                yield db

    @asynccontextmanager
    async def turn(self, writes: bool) -> AsyncIterator[None]:
        """On SQLite: the turn of one writer in this process, in the order of asking; 503 after five seconds.

        SQLite has one writer at a time too, but lets the others try again and again, and some of them never win.
        """
        if not (self.is_sqlite and writes):
            yield
            return
        try:
            async with asyncio.timeout(LOCK_TIMEOUT_MS / 1000):
                await self._writer.acquire()
        except TimeoutError as error:
            raise PoolTimeout("other writers took too long") from error
        try:
            yield
        finally:
            self._writer.release()

    async def enter(self, connection: AsyncConnection, organization: UUID | None) -> None:
        """Give up the login role and take on the tenant, until this transaction ends."""
        await connection.exec_driver_sql(_ENTER, (ROLE, str(organization or ""), str(LOCK_TIMEOUT_MS)))

    async def close(self) -> None:
        await self.reads.close()
        await self.engine.dispose()


async def _connected(db: AsyncSession) -> AsyncConnection:
    """The session's connection. Raises `ConnectionError` where there is none to be had, whatever the reason."""
    try:
        return await db.connection()
    except OSError as error:  # no address, no socket, nobody there, or no answer in time
        raise ConnectionError("the database is not reachable") from error


def _postgres(settings: Settings) -> AsyncEngine:
    return create_async_engine(
        settings.async_url,
        hide_parameters=True,  # an error message must not carry what somebody said
        pool_size=settings.pool_size,
        max_overflow=settings.pool_size,
        pool_timeout=10,
        pool_pre_ping=False,
        connect_args={"server_settings": {"jit": "off", "application_name": "peergroup"}, "timeout": 10}
        | ({} if settings.prepared_statements else _UNPREPARED),
    )


def _sqlite(url: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=8,
        max_overflow=8,
        connect_args={"timeout": LOCK_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: it would begin deferred ones.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "cache_size=-16000",
            f"busy_timeout={LOCK_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("peergroup_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")

    return engine
