"""References across organizations: for every foreign key, a row that would point over the wall."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    UniqueConstraint,
)
from sqlalchemy.exc import IntegrityError

from peergroup.kit.ids import Id, new_id
from peergroup.kit.model import TENANT, Model, is_tenant_table
from peergroup.kit.time import UtcDateTime

NEEDED: dict[str, Any] = {}
"""`table.column` → value, where a constraint of the table wants a particular one."""


@dataclass(frozen=True)
class Reference:
    """One foreign key from a tenant table to another."""

    table: str
    columns: tuple[str, ...]
    target: str

    def __str__(self) -> str:
        return f"{self.table}.{self.columns[-1]} → {self.target}"


def references(metadata: MetaData = Model.metadata) -> list[Reference]:
    """Every foreign key between tenant tables."""
    return [
        Reference(table.name, tuple(key.column_keys), key.referred_table.name)
        for table in metadata.sorted_tables
        if is_tenant_table(table)
        for key in sorted(table.foreign_key_constraints, key=lambda key: key.column_keys)
        if is_tenant_table(key.referred_table)
    ]


def crossed(connection: Connection, reference: Reference, metadata: MetaData = Model.metadata) -> bool:
    """Whether a row of one organization could be made to point at a row of another. Its twin must succeed."""
    ours, theirs = new_id(), new_id()
    table, column = metadata.tables[reference.table], reference.columns[-1]
    there = _plant(connection, metadata.tables[reference.target], theirs)
    here = _plant(connection, metadata.tables[reference.target], ours)
    _plant(connection, table, ours, {column: here})
    try:
        with connection.begin_nested():
            _plant(connection, table, ours, {column: there})
    except IntegrityError:
        return False
    return True


def _plant(
    connection: Connection, table: Table, organization: UUID, given: dict[str, Any] | None = None
) -> Any:
    """Insert a row of this table, and before it the rows it needs; its id, where it has one."""
    row = {column.name: _value(column) for column in table.columns if _is_needed(column)}
    row |= {TENANT: organization} | (given or {})
    for key in table.foreign_key_constraints:
        column = list(key.column_keys)[-1]
        if column in row and column not in (given or {}):
            row[column] = _plant(connection, key.referred_table, organization)
    connection.execute(table.insert().values(row))
    return row.get("id")


def _is_needed(column: Any) -> bool:
    return column.primary_key or (not column.nullable and column.server_default is None)


def _value(column: Any) -> Any:
    if (name := f"{column.table.name}.{column.name}") in NEEDED:
        return NEEDED[name]
    kinds: tuple[tuple[Any, Any], ...] = (
        (Id, new_id()),
        (UtcDateTime, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        (Boolean, False),
        (Date, dt.date(2026, 1, 1)),
        (Integer, 1),
        (Numeric, 1),
        (LargeBinary, b""),
    )
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    longest = getattr(column.type, "length", None) or 12
    return {} if column.type.__class__.__name__ == "JSON" else new_id().hex[-min(longest, 12) :]


def without_the_first_wall() -> MetaData:
    """The same tables, with foreign keys that name the id alone: what most schemas look like."""
    copy = MetaData()
    for table in Model.metadata.sorted_tables:
        table.to_metadata(copy)
    for table in copy.tables.values():
        keys = [key for key in table.foreign_key_constraints if len(key.column_keys) > 1]
        for key in keys:
            target, column = key.referred_table, list(key.column_keys)[-1]
            table.constraints.remove(key)
            for element in key.elements:
                element.parent.foreign_keys.discard(element)
                table.foreign_keys.discard(element)
            table.append_constraint(ForeignKeyConstraint([column], [f"{target.name}.id"]))
        if "id" in table.c and is_tenant_table(table):
            table.append_constraint(UniqueConstraint("id"))
    return copy
