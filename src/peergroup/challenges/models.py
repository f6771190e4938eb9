"""Tables of challenges: the question and its life, who says "mine too", and who helped."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, TenantOwned, Versioned, index, refers, unique
from peergroup.kit.time import UtcDateTime

WAITING = ("parked", "submitted", "accepted")
"""The states of what stands in the parking lot."""
OPEN = ("parked", "submitted", "returned", "accepted", "in_progress")
"""The states before a commitment."""


class Challenge(Versioned, Entity, Model):
    """One member's problem. `exercise_id` and `started_at` belong to the run it has, or had last."""

    __tablename__ = "challenge"
    __table_args__ = (
        index("challenge_group", "group_id", "state", "id"),
        index("challenge_owner", "owner_id", "started_at"),
        index("challenge_session", "session_id", where="session_id IS NOT NULL"),
        unique(
            "challenge_place",
            "session_id",
            "position",
            where="position IS NOT NULL AND state NOT IN ('withdrawn', 'dropped')",
        ),
        unique("challenge_exercise", "exercise_id", where="exercise_id IS NOT NULL"),
    )
    group_id: Mapped[UUID] = refers("group")
    owner_id: Mapped[UUID] = refers("person")
    state: Mapped[str] = mapped_column(String(20), default="parked")
    draft: Mapped[bool] = mapped_column(Boolean, default=False)
    question: Mapped[str] = mapped_column(String(300))
    context: Mapped[str | None] = mapped_column(Text)
    tried: Mapped[str | None] = mapped_column(Text)
    help_wanted: Mapped[str | None] = mapped_column(String(20))
    importance: Mapped[int] = mapped_column(Integer, default=3)
    urgency: Mapped[int] = mapped_column(Integer, default=3)
    confidentiality: Mapped[str] = mapped_column(String(20), default="group")
    protocol: Mapped[str | None] = mapped_column(String(40))
    times_asked: Mapped[int] = mapped_column(Integer, default=1)
    """Counted along with each `Second`, without counting a version."""
    session_id: Mapped[UUID | None] = refers("session")
    position: Mapped[int | None] = mapped_column(Integer)
    exercise_id: Mapped[UUID | None] = refers("exercise")
    started_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(String(2_000))
    """Why it was sent back, or dropped."""
    committed_at: Mapped[dt.datetime | None]
    follow_up_on: Mapped[dt.date | None] = mapped_column(Date)
    outcome: Mapped[str | None] = mapped_column(String(10))
    learned: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[dt.datetime | None]
    released_text: Mapped[str | None] = mapped_column(Text)
    released_at: Mapped[dt.datetime | None]

    @property
    def began_at(self) -> dt.datetime | None:
        """When work on it began; until then everybody in the group may know of it."""
        return self.started_at

    @property
    def is_released(self) -> bool:
        """Whether the organization reads the text its owner approved."""
        return self.released_at is not None and self.confidentiality == "shareable"


class Second(TenantOwned, Model):
    """Somebody has the same problem. How many do is shown, who does is not."""

    __tablename__ = "second"
    challenge_id: Mapped[UUID] = refers("challenge", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    said_at: Mapped[dt.datetime] = mapped_column(UtcDateTime())


class Credit(TenantOwned, Model):
    """Somebody helped: so many of their contributions were marked `helped` by the owner."""

    __tablename__ = "credit"
    __table_args__ = (index("credit_person", "person_id"),)
    challenge_id: Mapped[UUID] = refers("challenge", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    helped: Mapped[int] = mapped_column(Integer)
