"""Tables of synchronization: a run, and what was staged in it."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, TenantOwned, Versioned, index, refers, unique


class SyncRun(Versioned, Entity, Model):
    """One synchronization from one source: opened, filled by an upload, applied once."""

    __tablename__ = "sync_run"
    __table_args__ = (index("sync_run_created", "created_at", "id"),)
    source: Mapped[str] = mapped_column(String(100))
    mode: Mapped[str] = mapped_column(String(20))
    on_conflict: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="open")
    overrides: Mapped[list[Any]] = mapped_column(default=list)
    usual: Mapped[list[Any]] = mapped_column(default=list)
    """The mapping of the source when the run was opened."""
    connection_id: Mapped[UUID | None] = refers("connection")
    """The connection whose account is walked through; empty where a file is uploaded."""
    applies: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether it is applied as soon as everything is there."""
    checkpoint: Mapped[str | None] = mapped_column(String(2_000))
    """How far the walk has come; in the end, where the next one goes on."""
    failure: Mapped[dict[str, Any] | None]
    upload_id: Mapped[UUID | None]
    """The upload that fills it: a second one takes its place."""
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    received: Mapped[int] = mapped_column(Integer, default=0)
    footer_rows: Mapped[int] = mapped_column(Integer, default=0)
    unreadable: Mapped[int] = mapped_column(Integer, default=0)
    """Records whose reference could not be read: whom they are about is not known."""
    summary: Mapped[dict[str, Any] | None]
    removals: Mapped[dict[str, Any] | None]
    made_by_id: Mapped[UUID | None] = refers("person")
    staged_at: Mapped[dt.datetime | None]
    applied_at: Mapped[dt.datetime | None]


class Connection(Versioned, Entity, Model):
    """An account in another system that is walked through by itself, or when somebody asks."""

    __tablename__ = "connection"
    __table_args__ = (unique("connection_source", "source"),)
    source: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str | None] = mapped_column(String(300))
    wrapped: Mapped[str] = mapped_column(Text)
    """The credentials; only who holds the server's secret opens them."""
    on_conflict: Mapped[str] = mapped_column(String(20))
    every_minutes: Mapped[int | None] = mapped_column(Integer)
    full_every_days: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20), default="active")
    cursor: Mapped[str | None] = mapped_column(String(2_000))
    """Where the next delta begins."""
    full_at: Mapped[dt.datetime | None]
    """When everybody was walked through last."""
    made_by_id: Mapped[UUID | None] = refers("person")


class SourceMapping(Versioned, Entity, Model):
    """What the columns or properties of one source mean, where their names do not tell."""

    __tablename__ = "source_mapping"
    __table_args__ = (unique("source_mapping_source", "source"),)
    source: Mapped[str] = mapped_column(String(100))
    columns: Mapped[list[Any]] = mapped_column(default=list)


class Conflict(Versioned, Entity, Model):
    """A record that was left alone because somebody else has its address, until somebody settles it."""

    __tablename__ = "sync_conflict"
    __table_args__ = (
        unique("sync_conflict_reference", "source", "external_id"),
        index("sync_conflict_candidate", "candidate_id"),
    )
    source: Mapped[str] = mapped_column(String(100))
    external_id: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[UUID | None]
    """Who is known under the reference already."""
    candidate_id: Mapped[UUID] = refers("person")
    fields: Mapped[dict[str, Any]]
    run_id: Mapped[UUID] = refers("sync_run")


class SyncRecord(TenantOwned, Model):
    """One record of a run. Its fields are kept until the run is applied, its outcome after that."""

    __tablename__ = "sync_record"
    __table_args__ = (
        index("sync_record_reference", "run_id", "external_id", "number"),
        index("sync_record_status", "run_id", "status", "number"),
        index("sync_record_person", "person_id"),
    )
    run_id: Mapped[UUID] = refers("sync_run", primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    row: Mapped[int | None] = mapped_column(BigInteger)
    external_id: Mapped[str | None]
    merged_into: Mapped[str | None]
    """The record that its source merged it into."""
    fields: Mapped[dict[str, Any] | None]
    warnings: Mapped[list[Any]]
    status: Mapped[str | None] = mapped_column(String(20))
    person_id: Mapped[UUID | None]
    problem: Mapped[dict[str, Any] | None]
