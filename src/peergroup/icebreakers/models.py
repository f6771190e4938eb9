"""Tables of icebreakers: an organization's own questions, and which one a session began with."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, index, refers, unique

KEY = String(40)


class Icebreaker(Entity, Model):
    """A question of the organization's own. Never changed: what was asked stays what was asked."""

    __tablename__ = "icebreaker"
    __table_args__ = (index("icebreaker_offered", "retired_at", "depth"),)
    text: Mapped[str] = mapped_column(String(300))
    depth: Mapped[int] = mapped_column(Integer)
    retired_at: Mapped[dt.datetime | None]
    made_by_id: Mapped[UUID | None] = refers("person")


class Draw(Entity, Model):
    """A question drawn for a session, with its words as they were. A skipped one was not asked."""

    __tablename__ = "icebreaker_draw"
    __table_args__ = (
        index("icebreaker_draw_group", "group_id", "id"),
        unique("icebreaker_draw_present", "session_id", where="skipped_at IS NULL"),
    )
    group_id: Mapped[UUID] = refers("group")
    session_id: Mapped[UUID] = refers("session")
    key: Mapped[str] = mapped_column(KEY)
    """A key of `prompts.yaml`, or the id of an `Icebreaker`."""
    text: Mapped[str] = mapped_column(String(300))
    depth: Mapped[int] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(String(300))
    first_id: Mapped[UUID | None] = refers("person")
    first_why: Mapped[str | None] = mapped_column(String(300))
    exercise_id: Mapped[UUID | None] = refers("exercise")
    skipped_at: Mapped[dt.datetime | None]
