"""Tables of people: persons, companies and relations, external references."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from peergroup.kit.model import Entity, Model, TenantOwned, Versioned, index, refers, unique
from peergroup.kit.text import fold

TOMBSTONES = ("merged", "erased")
# Case-folding may make a text three times as long; without a collation of its own, the two databases would
# sort names differently, and PostgreSQL differently from machine to machine.
FOLDED_NAME = String(600).with_variant(String(600, collation="C"), "postgresql")


class Company(Versioned, Entity, Model):
    """Where people work; two people of one company count as connected."""

    __tablename__ = "company"
    __table_args__ = (unique("company_name", "name_folded"),)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(FOLDED_NAME)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_folded = fold(name)
        return name


class CompanyRelation(TenantOwned, Model):
    """What two companies are to each other, stored once, the smaller id first."""

    __tablename__ = "company_relation"
    __table_args__ = (index("company_relation_other", "other_id"),)
    company_id: Mapped[UUID] = refers("company", primary_key=True)
    other_id: Mapped[UUID] = refers("company", primary_key=True)
    # As seen from `company_id`: competitor, customer (the other one buys from it) or supplier.
    kind: Mapped[str] = mapped_column(String(20))


class Person(Versioned, Entity, Model):
    """A human known to one organization; may sign in or not; may come from a CRM.

    `name_folded` and `email_folded` follow `name` and `email` by themselves, except in bulk statements.
    """

    __tablename__ = "person"
    __table_args__ = (
        unique("person_email", "email_folded", where="email_folded IS NOT NULL"),
        # Without the id at its end: before the first ANALYZE, PostgreSQL would take it for the primary key.
        index("person_name", "name_folded"),
        index("person_company", "company_id"),
    )
    state: Mapped[str] = mapped_column(String(20), default="active")
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(FOLDED_NAME)
    email: Mapped[str | None] = mapped_column(String(320))
    email_folded: Mapped[str | None] = mapped_column(String(960))
    show_email: Mapped[bool] = mapped_column(Boolean, default=False)
    organization_role: Mapped[str | None] = mapped_column(String(20))
    company_id: Mapped[UUID | None] = refers("company")
    job_title: Mapped[str | None]
    level: Mapped[str | None]
    industry: Mapped[str | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    zone_of_genius: Mapped[str | None] = mapped_column(String(2_000))
    offers: Mapped[list[str]] = mapped_column(default=list)
    needs: Mapped[list[str]] = mapped_column(default=list)
    gaps: Mapped[list[str]] = mapped_column(default=list)
    values: Mapped[list[str]] = mapped_column(default=list)
    merged_into_id: Mapped[UUID | None] = refers("person")
    deactivated_by: Mapped[str | None] = mapped_column(String(100))
    """The source that says they are gone; empty where somebody here said so."""
    updated_at: Mapped[dt.datetime] = mapped_column(sort_order=92)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_folded = fold(name)
        return name

    @validates("email")
    def _fold_email(self, _key: str, email: str | None) -> str | None:
        self.email_folded = None if email is None else fold(email)
        return email


class PersonReference(TenantOwned, Model):
    """How another system calls a person: unique per organization, whatever becomes of the person."""

    __tablename__ = "person_reference"
    __table_args__ = (index("person_reference_person", "person_id"),)
    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[UUID] = refers("person")
    gone_at: Mapped[dt.datetime | None]
    """Since when the source does not list them any more."""
    apart_from: Mapped[str | None] = mapped_column(String(960))
    """An address that the source gives and that somebody else has: settled that they are two people."""


class ErasureReceipt(Entity, Model):
    """What an erasure removed, in numbers: kept after the person is gone."""

    __tablename__ = "erasure_receipt"
    __table_args__ = (unique("erasure_receipt_person", "person_id"),)
    person_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(String(20))
    removed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[dt.datetime | None]
