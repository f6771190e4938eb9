"""How Alembic finds the database and the tables. Run through `peergroup migrate`, or `alembic` in a checkout."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from peergroup import rooms
from peergroup.kit.database import Database
from peergroup.kit.model import Model
from peergroup.kit.settings import Settings

assert rooms.ROOMS, "importing the rooms makes every table known"


def migrate(connection: Connection) -> None:
    """Run the asked-for migrations on an open connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _alone() -> None:
    database = Database(Settings())
    async with database.engine.execution_options(peergroup_writes=True).connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await database.close()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    asyncio.run(_alone())
