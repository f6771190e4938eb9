"""Where marks lie: open ones under a person's name, secret ones sealed under a pseudonym until their list ends.

Which contribution a secret mark is for stands in no column and so in no log of the database: only the key of the
exercise tells, and it is gone at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from peergroup.facilitation.ballot_models import Mark, SealedMark
from peergroup.facilitation.envelopes import seal_once, unseal_once
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.sealing import MARKS, key_of, pseudonym
from peergroup.kit.context import Context


@dataclass(frozen=True, slots=True)
class Urn:
    """The marks of one person in one list of an exercise."""

    exercise_id: UUID
    ballot: str
    voter: UUID
    key: bytes | None
    """That of the exercise where the list is secret, else None."""

    @property
    def _names(self) -> tuple[Any, Any, Any]:
        """The table, its column of voters, and that of cards."""
        if self.key is None:
            return Mark, Mark.person_id, Mark.contribution_id
        return SealedMark, SealedMark.voter, SealedMark.card

    @property
    def _under(self) -> Any:
        return self.voter if self.key is None else pseudonym(self.key, MARKS, self.voter)

    def _written(self, card: UUID) -> Any:
        return card if self.key is None else sealed_card(self.key, self.ballot, self._under, card)

    def _read(self, card: Any) -> UUID:
        return card if self.key is None else opened_card(self.key, self.ballot, self._under, card)

    def _mine(self) -> tuple[Any, ...]:
        model, voters, _ = self._names
        return model.exercise_id == self.exercise_id, model.ballot == self.ballot, voters == self._under

    def beside(self, statement: Any) -> Any:
        """A select with the marks of this urn joined to it: slot and card, for `given`."""
        model, _, cards = self._names
        return statement.outerjoin(model, and_(*self._mine())).add_columns(model.slot, cards)

    def given(self, rows: Iterable[Any]) -> dict[int, UUID]:
        """What is marked, by slot: from the last two columns of such a select."""
        return {slot: self._read(card) for *_, slot, card in rows if slot is not None}

    async def put(self, ctx: Context, slot: int, card: UUID) -> bool:
        """Mark it in this slot; false where the slot is taken or the card is marked."""
        model, voters, cards = self._names
        dialect = sqlite if ctx.house.database.is_sqlite else postgresql
        row = {
            "organization_id": ctx.organization_id,
            "exercise_id": self.exercise_id,
            "ballot": self.ballot,
            "slot": slot,
            voters.key: self._under,
            cards.key: self._written(card),
        }
        statement: Any = dialect.insert(model).values(row).on_conflict_do_nothing().returning(model.slot)
        return (await ctx.db.execute(statement)).first() is not None

    async def take(self, ctx: Context, card: UUID) -> bool:
        """Take the mark back; false where there is none."""
        model, _, cards = self._names
        gone = delete(model).where(*self._mine(), cards == self._written(card)).returning(model.slot)
        return (await ctx.db.execute(gone.execution_options(synchronize_session=False))).first() is not None


def sealed_card(key: bytes, ballot: str, voter: str, card: UUID) -> str:
    """The card of a mark; the same each time, so that the database refuses the second mark on it."""
    return seal_once(key, str(card), f"{ballot}/{voter}")


def opened_card(key: bytes, ballot: str, voter: str, envelope: str) -> UUID:
    """The card that `sealed_card` put away. Raises InvalidTag for another list, voter or key."""
    return UUID(unseal_once(key, envelope, f"{ballot}/{voter}"))


Secret = dict[str, set[str]]
"""Somebody's secret marks: the ballots in which they marked a card, by the card's id as text."""


def secret_marks(key: bytes | None, person_id: UUID | None, rows: Iterable[Any]) -> Secret:
    """The marks of one person among rows of (ballot, voter, card)."""
    found: Secret = {}
    if key is not None and person_id is not None:
        me = pseudonym(key, MARKS, person_id)
        for ballot, voter, card in rows:
            if voter == me:
                found.setdefault(str(opened_card(key, ballot, voter, card)), set()).add(ballot)
    return found


def any_marks(exercise_id: UUID, ballots: Iterable[str]) -> ColumnElement[bool]:
    """SQL: whether anybody has marked anything in these lists."""
    names = list(ballots)
    return or_(
        *(
            exists().where(model.exercise_id == exercise_id, model.ballot.in_(names))
            for model in (Mark, SealedMark)
        )
    )


async def all_sealed(ctx: Context, exercise: Exercise) -> list[tuple[SealedMark, UUID]]:
    """Every secret mark of an exercise, with the card it is for; none where there is no key."""
    key = await key_of(ctx, exercise)
    if key is None:
        return []
    found = await ctx.db.scalars(select(SealedMark).where(SealedMark.exercise_id == exercise.id))
    return [(one, opened_card(key, one.ballot, one.voter, one.card)) for one in found.all()]
