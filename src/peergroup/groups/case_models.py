"""Tables of what moderators look after, and of who introduced whom."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, Versioned, index, refers, unique


class Case(Versioned, Entity, Model):
    """Something about one person that the moderators of a group look after, and nobody else knows of."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        unique("moderation_case_open", "group_id", "kind", "person_id", where="state = 'open'"),
        index("moderation_case_group", "group_id", "created_at", "id"),
        index("moderation_case_person", "person_id"),
    )
    group_id: Mapped[UUID] = refers("group")
    person_id: Mapped[UUID] = refers("person")
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="open")
    findings: Mapped[list[str]] = mapped_column(default=list)
    """Of a conflict: the connections, named as an admission check names them."""
    misses: Mapped[int | None] = mapped_column(Integer)
    suggested_by_id: Mapped[UUID | None] = refers("person")
    decision: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(2_000))
    closed_by_id: Mapped[UUID | None] = refers("person")
    closed_at: Mapped[dt.datetime | None]

    def is_about(self, person_id: UUID | None) -> bool:
        """Whether somebody is the one it is about, or one of those they are connected with."""
        return person_id == self.person_id or f"conflict:{person_id}" in self.findings


class Introduction(Entity, Model):
    """Somebody brought people together: two members of a group, or a new member and the group."""

    __tablename__ = "introduction"
    __table_args__ = (
        unique("introduction_pair", "group_id", "introducer_id", "person_id", "other_id"),
        unique("introduction_joining", "group_id", "person_id", where="kind = 'joining'"),
        index("introduction_listed", "group_id", "created_at", "id"),
        index("introduction_introducer", "introducer_id"),
    )
    group_id: Mapped[UUID] = refers("group")
    kind: Mapped[str] = mapped_column(String(20))
    introducer_id: Mapped[UUID] = refers("person")
    person_id: Mapped[UUID] = refers("person")
    other_id: Mapped[UUID | None] = refers("person")
