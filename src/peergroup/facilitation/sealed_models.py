"""Tables of what nobody may link to a person. No times, no order, no person: only pseudonyms, for a while."""

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column, object_session

from peergroup.facilitation.envelopes import seal, unseal
from peergroup.kit.ids import Id, new_anonymous_id
from peergroup.kit.model import Model, TenantOwned, Versioned, index, refers

KEYS = "keys of exercises"
"""Under which a session of the database knows the keys of the exercises that its transaction has read."""


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
    envelope: Mapped[str] = mapped_column("body", Text)
    """The words, sealed with the key of the exercise: deleted bytes and logs of the database must not show them,
    because the order in which they stand there is that of posting."""
    parent_id: Mapped[UUID | None] = refers("contribution")
    author: Mapped[str] = mapped_column(String(64))
    """The author's pseudonym."""
    _words = ""

    @property
    def body(self) -> str:
        """The words. Whoever reads or changes them has read the key of the exercise in the same transaction."""
        return self._words or unseal(self._key(), self.envelope)

    @body.setter
    def body(self, words: str) -> None:
        if self.envelope is None:  # a new one, sealed when it is stored
            self._words = words
        elif words != self.body:
            self._words, self.envelope = words, seal(self._key(), words)

    def _key(self) -> bytes:
        key: bytes = object_session(self).info[KEYS][self.exercise_id]  # type: ignore[union-attr]  # stored: it has one
        return key

    def close(self) -> None:
        """Seal the words of a new card."""
        self.envelope = seal(self._key(), self._words)


@event.listens_for(SealedCard, "before_insert")
def _close(_mapper: Any, _connection: Any, card: SealedCard) -> None:
    card.close()
