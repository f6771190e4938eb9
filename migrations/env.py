"""How Alembic finds the database and the tables. Run through `peergroup migrate`, or `alembic` in a checkout."""

import asyncio
import sys
from pathlib import Path

from alembic import context
from sqlalchemy import Connection

from peergroup import app  # noqa: F401 - importing the whole service makes every table known
from peergroup.kit.migrating import run
from peergroup.kit.model import Model
from peergroup.kit.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))
import walls  # noqa: F401 - its operations must be known before a migration runs
import words
import writing


def migrate(connection: Connection) -> None:
    """Run the asked-for migrations on an open connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,  # SQLite needs it, PostgreSQL does not mind: one text for both.
        include_name=lambda name, kind, _parents: kind != "table" or not words.is_ours(name),
        render_item=writing.render_item,
        process_revision_directives=writing.write,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    asyncio.run(run(Settings(), migrate))
