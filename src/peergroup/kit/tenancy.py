"""The walls between organizations that stand in the application, and the definition of the third.

First wall: keys that begin with the organization (`kit.model`). Second wall, here: every ORM statement is
scoped to the transaction's organization, Core statements on tenant tables are refused unless they name it,
and a row of another organization cannot join the transaction. Third wall, declared here and built by the
migrations: PostgreSQL's row-level security, forced, for the role `peergroup_app`.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Alias, CompoundSelect, Delete, Select, Table, Update, event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression
from sqlalchemy.sql.operators import eq

from peergroup.kit.model import TENANT, Model, TenantOwned, is_tenant_table


class TenantSession(Session):
    """A session whose `info["organization_id"]` decides what it can see; None sees directory tables only."""


class TenancyBreach(RuntimeError):
    """A statement or row that would cross the wall. Always a defect of ours, never the caller's fault."""


@event.listens_for(TenantSession, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    statement = state.statement
    if isinstance(statement, CompoundSelect):
        require_tied(statement)  # the criteria below reach a select only
        return
    if not isinstance(statement, Select | Update | Delete):
        return  # an insert is judged by the foreign keys and by row-level security
    if not state.is_orm_statement:
        require_tied(statement)
        return
    organization: UUID | None = state.session.info.get("organization_id")
    state.statement = statement.options(
        with_loader_criteria(
            TenantOwned, lambda cls: cls.organization_id == organization, include_aliases=True
        )
    )


@event.listens_for(TenantSession, "before_attach")
def _join(session: Session, instance: object) -> None:
    if isinstance(instance, TenantOwned):
        organization = session.info.get("organization_id")
        if instance.organization_id is None:
            instance.organization_id = organization
        if organization is None or instance.organization_id != organization:
            raise TenancyBreach(f"{type(instance).__name__} belongs to another organization")


def require_tied(statement: Any) -> None:
    """Refuse a Core statement that touches a tenant table without saying of which organization: each part of a
    union for itself."""
    parts = list(visitors.iterate(statement))
    for part in parts:
        if isinstance(part, CompoundSelect):
            for one in part.selects:
                require_tied(one)
    aliases = {part for part in parts if isinstance(part, Alias) and _is_tenant(part.element)}
    aliased = {alias.element for alias in aliases}
    touched: set[Any] = aliases | {part for part in parts if _is_tenant(part) and part not in aliased}
    tied: set[Any] = set()
    for part in parts:
        if isinstance(part, BinaryExpression) and part.operator is eq:
            tied |= {_tenant_source(part.left), _tenant_source(part.right)}
    if missing := {source.name for source in touched - tied}:
        raise TenancyBreach(f"not tied to the organization: {', '.join(sorted(missing))}")


def _is_tenant(part: Any) -> bool:
    return isinstance(part, Table) and is_tenant_table(part)


def _tenant_source(side: Any) -> Any:
    return getattr(side, "table", None) if getattr(side, "name", None) == TENANT else None


def tenant_tables() -> list[str]:
    """The names of all tables that belong to one organization, sorted."""
    return sorted(t.name for t in Model.metadata.tables.values() if is_tenant_table(t))


def row_level_security(table: str) -> list[str]:
    """The statements that raise the third wall around one table."""
    current = "nullif(current_setting('app.organization', true), '')::uuid"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant ON "{table}" USING ({TENANT} = {current}) WITH CHECK ({TENANT} = {current})',
    ]
