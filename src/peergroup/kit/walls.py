"""Whether PostgreSQL's wall between organizations stands: asked before anything is served.

The wall is row-level security, forced, under a role that has no way around it. A table that lost it, a
second policy that lets more through, or a role that may bypass it would go unnoticed until it matters.
"""

from typing import Any

from sqlalchemy import Connection, text

from peergroup.kit.database import ROLE
from peergroup.kit.tenancy import tenant_tables

_ROLE = text(
    "SELECT rolsuper, rolbypassrls, pg_has_role(session_user, oid, 'MEMBER') AS entered"
    " FROM pg_roles WHERE rolname = :role"
)
_TABLES = text(
    "SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,"
    " pg_get_userbyid(c.relowner) = :role AS owned, has_table_privilege(:role, c.oid, 'TRUNCATE') AS truncates,"
    " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive) AS doors,"
    " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd = '*'"
    "   AND position('app.organization' IN pg_get_expr(p.polqual, p.polrelid)) > 0"
    "   AND pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid)) AS guarded"
    " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
    " AND c.relname = ANY(:names)"
)


def gaps(connection: Connection) -> list[str]:
    """What is wrong with the wall, a sentence each; empty where it stands, and always on SQLite."""
    if connection.dialect.name != "postgresql":
        return []
    role = connection.execute(_ROLE, {"role": ROLE}).one_or_none()
    if role is None:
        return [f"the role {ROLE} does not exist"]
    return [*_faults_of_role(role), *_faults_of_tables(connection)]


def walls_stand(connection: Connection) -> bool:
    """Whether no request could see another organization's rows, whatever the application does wrong."""
    return not gaps(connection)


def _faults_of_role(role: Any) -> list[str]:
    said = {
        f"the role {ROLE} is a superuser": role.rolsuper,
        f"the role {ROLE} may bypass row-level security": role.rolbypassrls,
        f"this login may not take on the role {ROLE}": not role.entered,
    }
    return [fault for fault, is_so in said.items() if is_so]


def _faults_of_tables(connection: Connection) -> list[str]:
    names = tenant_tables()
    found = {row.name: row for row in connection.execute(_TABLES, {"role": ROLE, "names": names})}
    return [f"table {name} {fault}" for name in names for fault in _faults_of_table(found.get(name))]


def _faults_of_table(table: Any) -> list[str]:
    if table is None:
        return ["does not exist"]
    said = {
        "has row-level security switched off": not table.enabled,
        "does not force row-level security on its owner": not table.forced,
        f"belongs to {ROLE}, which could switch the wall off": table.owned,
        f"may be truncated by {ROLE}, past every policy": table.truncates,
        "has no policy that ties each row to the organization": table.guarded == 0,
        "has a further policy that lets more through": table.guarded > 0 and table.doors > table.guarded,
    }
    return [fault for fault, is_so in said.items() if is_so]
