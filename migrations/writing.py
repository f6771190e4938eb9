"""How `alembic revision --autogenerate` writes a migration: plain types, walls with the tables, counted names.

A migration must mean the same in years: it imports nothing of the application. Our column types appear as
the constants that stand at the top of each migration (see `script.py.mako`), not as today's classes.
"""

from typing import Any

import walls
import words
from alembic import context as environment
from alembic.autogenerate import rewriter
from alembic.operations import ops
from sqlalchemy import JSON

from peergroup.kit.ids import Id
from peergroup.kit.model import TENANT, Model, is_tenant_table
from peergroup.kit.time import UtcDateTime

_writer = rewriter.Rewriter()


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """The constant for one of our column types; everything else as Alembic would write it."""
    if kind != "type":
        return False
    if isinstance(item, Id):
        return "ID"
    if isinstance(item, UtcDateTime):
        return "INSTANT"
    return "DOCUMENT" if isinstance(item, JSON) else False


def write(context: Any, revision: Any, directives: list[Any]) -> None:
    """Finish what was found: number the migration, and put walls around new tables."""
    if not directives:
        return
    script = directives[0]
    if script.upgrade_ops.is_empty():
        if getattr(environment.config.cmd_opts, "autogenerate", False):
            directives.clear()  # Nothing has changed: no file. (`alembic check` wants to see that for itself.)
        return
    _writer(context, revision, directives)
    script.rev_id = f"{_count(context) + 1:04}"
    if script.head in (None, "base", ()) and _count(context) == 0:
        script.upgrade_ops.ops.insert(0, walls.FoundRole())
        script.downgrade_ops.ops.append(walls.DismissRole())


def _count(context: Any) -> int:
    return len(list(context.script.walk_revisions()))


@_writer.rewrites(ops.CreateTableOp)
def _wall_in(_context: Any, _revision: Any, created: ops.CreateTableOp) -> list[Any]:
    """A new table, and the role's way into it."""
    table = Model.metadata.tables.get(created.table_name)
    if table is None:  # A downgrade brings back a table that the application no longer knows.
        table = created.to_table()
    keys = [column.name for column in table.primary_key.columns]
    is_tenants = is_tenant_table(table) and keys != [TENANT]
    wall = walls.Protect if is_tenants else walls.Admit
    found = [words.FoundWords()] if "full_text" in table.info else []
    return [created, wall(created.table_name), *found]


@_writer.rewrites(ops.DropTableOp)
def _tear_down(_context: Any, _revision: Any, dropped: ops.DropTableOp) -> list[Any]:
    """A table that goes, and before it the words that were kept for it."""
    table = Model.metadata.tables.get(dropped.table_name)
    return [words.DismissWords(), dropped] if table is not None and "full_text" in table.info else [dropped]


@_writer.rewrites(ops.ModifyTableOps)
def _unbatch(_context: Any, _revision: Any, modified: ops.ModifyTableOps) -> Any:
    """Indexes alone need no batch: SQLite makes and drops them without building the table anew."""
    simple = [op for op in modified.ops if isinstance(op, ops.CreateIndexOp | ops.DropIndexOp)]
    for op in simple:
        op.kw = {name: value for name, value in op.kw.items() if value is not None}
    return simple if len(simple) == len(modified.ops) else modified
