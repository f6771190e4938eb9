"""Hot reads on PostgreSQL: a few connections of the driver's own, one transaction of three short round trips."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql import asyncpg as dialects

from peergroup.kit.settings import Settings

_WAIT_FOR_CONNECTION = 10.0


def opening(organization: UUID, role: str, lock_timeout: int) -> str:
    """Begin, give up the login role and take on the tenant, until this transaction ends: one round trip.

    Only a UUID's own form is written into the text. Nothing is set for the connection: behind a pooler that
    would leak to the next client.
    """
    if not isinstance(organization, UUID):
        raise TypeError("an organization is a UUID")
    return (
        f"BEGIN READ ONLY; SELECT set_config('role', '{role}', true),"
        f" set_config('app.organization', '{organization!s}', true),"
        f" set_config('lock_timeout', '{lock_timeout}', true),"
        # Planning one of these statements costs many times as much as carrying it out.
        " set_config('plan_cache_mode', 'force_generic_plan', true)"
    )


class PostgresqlReads:
    """A pool without the driver's reset between two users: nothing outlives a transaction that could leak."""

    trouble = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

    def __init__(self, settings: Settings, *, role: str, lock_timeout: int) -> None:
        asyncpg_dialect: Any = dialects.dialect  # SQLAlchemy leaves it untyped.
        self.dialect = asyncpg_dialect()
        self._role, self._lock_timeout = role, lock_timeout
        _, self._address = self.dialect.create_connect_args(make_url(settings.async_url))
        self._cached = 100 if settings.prepared_statements else 0
        self._free = asyncio.Semaphore(settings.pool_size)
        self._idle: list[asyncpg.Connection[Any]] = []

    async def fetch(self, organization: UUID, sql: str, arguments: list[Any]) -> list[Sequence[Any]]:
        """The rows of one statement in a transaction of this organization. Raises one of `trouble`."""
        async with asyncio.timeout(_WAIT_FOR_CONNECTION if self._free.locked() else None):
            await self._free.acquire()
        try:
            return await self._fetch(organization, sql, arguments)
        finally:
            self._free.release()

    async def _fetch(self, organization: UUID, sql: str, arguments: list[Any]) -> list[Sequence[Any]]:
        connection = await self._connection()
        try:
            await connection.execute(opening(organization, self._role, self._lock_timeout))
            rows: list[Sequence[Any]] = await connection.fetch(sql, *arguments)
            await connection.execute("COMMIT")
        except BaseException:
            # Whatever it was, the request's being cancelled included: nobody gets this connection again.
            connection.terminate()
            raise
        self._idle.append(connection)
        return rows

    async def _connection(self) -> "asyncpg.Connection[Any]":
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await asyncpg.connect(
            **self._address,
            timeout=10,
            statement_cache_size=self._cached,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,  # Those of hot reads are long, and there are few of them.
            server_settings={"jit": "off", "application_name": "peergroup reads"},
        )

    async def close(self) -> None:
        """Hang up."""
        while self._idle:
            await self._idle.pop().close()
