"""Clearing away what a database keeps of deleted rows: SQLite overwrites them by itself, PostgreSQL when asked."""

from sqlalchemy import text

from peergroup.facilitation.ballot_models import Mark
from peergroup.facilitation.models import Voice
from peergroup.facilitation.sealed_models import ExerciseKey, SealedCard
from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.idempotency import IdempotencyKey

SWEPT = (SealedCard, Mark, Voice, ExerciseKey, IdempotencyKey)


@jobs.job("sweep_sealed")
async def sweep_sealed(house: House, _due: jobs.Due) -> None:
    """Vacuum the tables in which anonymous things stood. It cannot run inside a transaction."""
    if house.database.is_sqlite:
        return
    engine = house.database.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for model in SWEPT:
            await connection.execute(text(f'VACUUM "{model.__tablename__}"'))
