"""Operations for the walls around tables, as the history uses them: `op.found_role`, `op.protect`, `op.admit`.

Each migration that makes a table also lets the service's role in: to a tenant's table behind forced row-level
security, to a directory table as it is. SQLite has neither roles nor policies, so there they do nothing.
What an operation does is part of the history: to change the walls, add an operation and a migration.
"""

from typing import Any

from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, Operations

ROLE = "peergroup_app"
_FOUND = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database's migration was faster
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
        GRANT {ROLE} TO current_user;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {ROLE}
"""
_DISMISS = f"REVOKE USAGE ON SCHEMA public FROM {ROLE}"
_ADMIT = f'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "{{table}}" TO {ROLE}'
_MINE = "organization_id = nullif(current_setting('app.organization', true), '')::uuid"
_PROTECT = f"""
{_ADMIT};
ALTER TABLE "{{table}}" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "{{table}}" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "{{table}}" USING ({_MINE}) WITH CHECK ({_MINE})
"""


class _Wall(MigrateOperation):
    """An operation with at most one table, written into the migration as it is called."""

    name = ""

    def __init__(self, table: str | None = None) -> None:
        self.table = table

    @classmethod
    def call(cls, operations: Operations, table: str | None = None) -> Any:
        return operations.invoke(cls(table))


@Operations.register_operation("found_role", "call")
class FoundRole(_Wall):
    """Make the role under which the service works, unless another database of this server has done so."""

    name = "found_role"


@Operations.register_operation("dismiss_role", "call")
class DismissRole(_Wall):
    """Shut the role out of this database; it belongs to the whole server, so it stays."""

    name = "dismiss_role"


@Operations.register_operation("protect", "call")
class Protect(_Wall):
    """Let the role into a tenant's table, one organization at a time."""

    name = "protect"


@Operations.register_operation("admit", "call")
class Admit(_Wall):
    """Let the role into a directory table: it holds ids and times of all organizations."""

    name = "admit"


_STATEMENTS = {FoundRole: _FOUND, DismissRole: _DISMISS, Protect: _PROTECT, Admit: _ADMIT}


def _build(operations: Operations, wall: _Wall) -> None:
    if operations.get_context().dialect.name == "postgresql":
        for statement in _split(_STATEMENTS[type(wall)].format(table=wall.table)):
            operations.execute(statement)


def _split(script: str) -> list[str]:
    """The driver takes one statement at a time; a block between $$ counts as one."""
    statements, parts = [""], script.split("$$")
    for place, part in enumerate(parts):
        if place % 2:
            statements[-1] += f"$${part}$$"
            continue
        first, *more = part.split(";")
        statements[-1] += first
        statements += more
    return [statement.strip() for statement in statements if statement.strip()]


def _render(_context: Any, wall: _Wall) -> str:
    return f"op.{wall.name}({'' if wall.table is None else repr(wall.table)})"


for operation in _STATEMENTS:
    Operations.implementation_for(operation)(_build)
    renderers.dispatch_for(operation)(_render)
