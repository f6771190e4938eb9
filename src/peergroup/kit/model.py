"""The shape of every table: tenant first in each key, composite foreign keys, versions, no relationships."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from peergroup.kit.ids import Id, new_id
from peergroup.kit.time import UtcDateTime

TENANT = "organization_id"
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def refers(table: str, **options: Any) -> Any:
    """A column that points at `table` of the same organization: a composite foreign key is added for it."""
    return mapped_column(Id(), info={"refers": table}, **options)


def unique(name: str, *columns: str, where: str | None = None) -> UniqueConstraint | Index:
    """A uniqueness within the organization; `where` (plain SQL, valid on both databases) makes it partial."""
    if where is None:
        return UniqueConstraint(TENANT, *columns, name=f"uq_{name}")
    condition = text(where)
    return Index(
        f"uq_{name}", TENANT, *columns, unique=True, postgresql_where=condition, sqlite_where=condition
    )


def index(name: str, *columns: str, where: str | None = None) -> Index:
    """An index that serves reads of one organization."""
    condition = None if where is None else text(where)
    return Index(f"ix_{name}", TENANT, *columns, postgresql_where=condition, sqlite_where=condition)


class Model(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {
        UUID: Id(),
        dt.datetime: UtcDateTime(),
        str: String(200),
        dict[str, Any]: Json,
        list[Any]: Json,
        list[str]: Json,
        list[dict[str, Any]]: Json,
    }

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            _tie(table)


def _tie(table: Table) -> None:
    """Add the composite foreign key of each column declared with `refers`."""
    for column in list(table.columns):
        target = column.info.get("refers")
        if target is not None:
            parents = [f"{target}.{TENANT}", f"{target}.id"]
            table.append_constraint(ForeignKeyConstraint([TENANT, column.name], parents))


class TenantOwned:
    """A row of one organization. The tenant is filled in by `kit.tenancy` when the row joins a transaction."""

    organization_id: Mapped[UUID] = mapped_column(Id(), primary_key=True, sort_order=-30)

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return ()


class Entity(TenantOwned):
    """A tenant's row with an id of its own and the instant at which it was made."""

    id: Mapped[UUID] = mapped_column(Id(), primary_key=True, default=new_id, sort_order=-29)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime(), sort_order=90)


class Versioned:
    """Counts its changes: the version part of the ETag, checked again by the UPDATE itself."""

    version: Mapped[int] = mapped_column(Integer, default=1, sort_order=91)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def is_tenant_table(table: Table) -> bool:
    """Whether rows of this table belong to one organization (its primary key begins with it)."""
    primary: list[Column[Any]] = list(table.primary_key.columns)
    return bool(primary) and primary[0].name == TENANT and "directory" not in table.info
