"""Tables of what nobody may link to a person. No times, no order, no person: only pseudonyms, for a while."""

from uuid import UUID

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.ids import Id, new_anonymous_id
from peergroup.kit.model import Model, TenantOwned, Versioned, index, refers


class ExerciseKey(TenantOwned, Model):
    """The key under which pseudonyms of one exercise are made, wrapped by the server's secret; gone at the end."""

    __tablename__ = "exercise_key"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    wrapped: Mapped[str] = mapped_column(String(200))


class SealedCard(Versioned, TenantOwned, Model):
    """A card of an anonymous phase before its reveal. The reveal writes it anew and deletes this row."""

    __tablename__ = "sealed_card"
    __table_args__ = (index("sealed_card_exercise", "exercise_id", "author"),)
    id: Mapped[UUID] = mapped_column(Id(), primary_key=True, default=new_anonymous_id)
    exercise_id: Mapped[UUID] = refers("exercise")
    round: Mapped[int] = mapped_column(Integer)
    phase: Mapped[str] = mapped_column(String(40))
    step_no: Mapped[int] = mapped_column(Integer)
    breakout: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[UUID | None] = refers("contribution")
    author: Mapped[str] = mapped_column(String(64))
    """The author's pseudonym."""
