"""The table of prospects: one person on the way into a group."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, Versioned, index, refers, unique

LIVE = ("new", "in_funnel")


class Prospect(Versioned, Entity, Model):
    """A person on the way into a group, with every step they took. `moved_at` is when they last did."""

    __tablename__ = "prospect"
    __table_args__ = (
        unique("prospect_live", "person_id", where="state IN ('new', 'in_funnel')"),
        index("prospect_listed", "created_at", "id"),
        index("prospect_connector", "connector_id", where="connector_id IS NOT NULL"),
    )
    person_id: Mapped[UUID] = refers("person")
    connector_id: Mapped[UUID | None] = refers("person")
    state: Mapped[str] = mapped_column(String(20), default="new")
    step: Mapped[str | None] = mapped_column(String(100))
    passed: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """What they went through, in order: `{step, at}`. Steps that were taken out of the settings stay here."""
    note: Mapped[str | None] = mapped_column(String(2_000))
    reason: Mapped[str | None] = mapped_column(String(2_000))
    membership_id: Mapped[UUID | None] = refers("membership")
    moved_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    @property
    def taken(self) -> list[str]:
        """The keys of the steps they went through."""
        return [one["step"] for one in self.passed]
