"""Clearing away what a database keeps of deleted rows, in its files and, on SQLite, in the log beside its file.

SQLite overwrites what it deletes, but its log keeps earlier pages until it is overwritten in its turn. PostgreSQL
keeps the bytes of deleted rows inside pages even after a vacuum, as long as another row needs the page.
"""

import asyncio
from typing import Any

from sqlalchemy import text

from peergroup.facilitation.ballot_models import SealedMark
from peergroup.facilitation.models import Voice
from peergroup.facilitation.sealed_models import ExerciseKey, SealedCard
from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.idempotency import IdempotencyKey

REWRITTEN = (SealedCard, SealedMark, ExerciseKey)
"""What is in them, or the order it came in, could link: only what lives is copied to new files. They are small:
nothing is in them but what is going on."""
SWEPT = (Voice, IdempotencyKey)
"""Without the key of the exercise nothing in them means anything."""
_PAUSES = (0.1, 0.2, 0.4, 0.8)
_PATIENCE = text("SET lock_timeout = '5s'")


@jobs.job("sweep_sealed")
async def sweep_sealed(house: House, _due: jobs.Due) -> None:
    """Rewrite and vacuum the tables in which anonymous things stood. It cannot run inside a transaction.

    What others keep it from is tried again, as any job.
    """
    if house.database.is_sqlite:
        await _empty_the_log(house)
        return
    engine = house.database.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(_PATIENCE)
        try:
            for name in (model.__tablename__ for model in REWRITTEN):
                await connection.execute(text(f'VACUUM FULL "{name}"'))
            for name in (model.__tablename__ for model in SWEPT):
                await connection.execute(text(f'VACUUM "{name}"'))
        finally:
            await connection.execute(text("RESET lock_timeout"))


async def _empty_the_log(house: House) -> None:
    # In this process only readers are left to wait for: two that empty the log would keep each other from it.
    async with house.database.turn(writes=True), house.database.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        for pause in _PAUSES:
            async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                is_busy, *_ = await cursor.fetchone()
            if not is_busy:
                return
            await asyncio.sleep(pause)
    raise TimeoutError("others were reading or writing all the time")
