"""The table of promises."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, Versioned, index, refers, unique


class Commitment(Versioned, Entity, Model):
    """Something a person promised. `contribution_id` and `session_id` are bare ids.

    The words of one that was made in an exercise are those of its contribution.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        index("commitment_inbox", "owner_id", "state", "by_on"),
        index("commitment_group", "group_id", "state", "by_on"),
        index("commitment_exercise", "exercise_id"),
        unique("commitment_contribution", "contribution_id", where="contribution_id IS NOT NULL"),
    )
    owner_id: Mapped[UUID] = refers("person")
    source: Mapped[str] = mapped_column(String(20))
    """`exercise`, `session` or `self`."""
    group_id: Mapped[UUID | None] = refers("group")
    exercise_id: Mapped[UUID | None] = refers("exercise")
    contribution_id: Mapped[UUID | None]
    session_id: Mapped[UUID | None]
    began_at: Mapped[dt.datetime | None]
    """When the session it was made in began: newcomers do not read what was promised before their time."""
    confidentiality: Mapped[str] = mapped_column(String(20), default="group")
    """That of its exercise."""
    in_common: Mapped[bool] = mapped_column(default=True)
    """Whether it was said before everybody. If not, it is read by whoever sees its contribution."""
    state: Mapped[str] = mapped_column(String(20), default="open")
    body: Mapped[str] = mapped_column(Text)
    action: Mapped[str | None] = mapped_column(String(2_000))
    by_on: Mapped[dt.date] = mapped_column(Date)
    history: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Earlier by-whens: `{at, was_by_on, by_on, reason}`, the oldest first."""
    renegotiated: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str | None] = mapped_column(String(2_000))
    """Why it was dropped."""
    closed_at: Mapped[dt.datetime | None]
    next_step: Mapped[str | None] = mapped_column(String(20))
    """What the clock does next: see `clock.STEPS`."""

    @property
    def is_unnamed(self) -> bool:
        """Whether others never learn whose it is."""
        return self.confidentiality == "chatham"

    @property
    def is_told_to_all(self) -> bool:
        """Whether everybody in its group may learn what becomes of it."""
        return self.group_id is not None and self.in_common and self.confidentiality in ("group", "shareable")
