"""What nearly every request says to the database: its text is made once, and goes to the driver as it is.

Building a statement out of expressions costs SQLAlchemy several times what the database needs to carry it out.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from peergroup.kit.compiled import Compiled, Row, given
from peergroup.kit.model import TENANT, TenantOwned
from peergroup.kit.reads.rows import Fields
from peergroup.kit.tenancy import TenancyBreach


class Prepared:
    """A statement over `given` parameters; `build` makes it, for the dialect of that name, when it is first needed."""

    def __init__(self, build: Callable[[str], Any]) -> None:
        self._build = build
        self._compiled: dict[str, Compiled] = {}

    async def rows(self, db: AsyncSession, **values: Any) -> list[Row]:
        """Carry it out in this transaction and give the rows. The organization is the transaction's."""
        return (await self._carried_out(db, values))[1]

    async def named(self, db: AsyncSession, **values: Any) -> list[Fields]:
        """The rows, with their values under the names of the columns."""
        compiled, rows = await self._carried_out(db, values)
        return [Fields(compiled.names, row) for row in rows]

    async def row(self, db: AsyncSession, **values: Any) -> Row | None:
        """The first row, if there is one."""
        found = await self.rows(db, **values)
        return found[0] if found else None

    async def _carried_out(self, db: AsyncSession, values: dict[str, Any]) -> tuple[Compiled, list[Row]]:
        session = db.sync_session
        if session.new or session.deleted or session.identity_map.check_modified():
            await db.flush()
        connection = db.info.get("connection") or await db.connection()
        name = connection.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            # SQLAlchemy tells asyncpg to read documents, and nobody tells SQLite's driver.
            compiled = Compiled(self._build(name), connection.dialect, reads_json=name == "sqlite")
            self._compiled[name] = compiled
        values[TENANT] = db.info["organization_id"]
        result = await connection.exec_driver_sql(compiled.sql, tuple(compiled.arguments(values)))
        return compiled, [compiled.row(row) for row in result] if result.returns_rows else []


def insert_into(dialect: str, table: Any, names: Iterable[str]) -> Any:
    """An insert of one row: a parameter for each of these columns, named as they are."""
    kind: Any = sqlite if dialect == "sqlite" else postgresql
    columns: Table = table.__table__ if hasattr(table, "__table__") else table
    return kind.insert(columns).values({name: given(name, columns.c[name].type) for name in names})


_NEW: dict[type[TenantOwned], tuple[Prepared, list[str], list[tuple[str, Any]]]] = {}


async def insert(db: AsyncSession, entity: TenantOwned) -> None:
    """Write something new, its defaults filled in. It does not join the session: whoever changes it finds it first."""
    model = type(entity)
    if model not in _NEW:
        _NEW[model] = _how_to_write(model.__table__)  # type: ignore[attr-defined]  # mapped classes have one
    statement, names, defaults = _NEW[model]
    own, organization = entity.organization_id, db.info["organization_id"]
    if own not in (None, organization):
        raise TenancyBreach(f"{model.__name__} belongs to another organization")
    entity.organization_id = organization
    for name, default in defaults:
        if getattr(entity, name) is None:
            setattr(entity, name, default.arg(None) if default.is_callable else default.arg)
    await statement.rows(db, **{name: getattr(entity, name) for name in names})


def _how_to_write(table: Table) -> tuple[Prepared, list[str], list[tuple[str, Any]]]:
    """The statement, its columns, and the defaults of some of them."""
    names = [column.key for column in table.c]
    defaults = [(column.key, column.default) for column in table.c if column.default is not None]
    return Prepared(lambda dialect: insert_into(dialect, table, names)), names, defaults
