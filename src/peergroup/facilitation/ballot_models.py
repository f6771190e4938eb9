"""Tables of marks: the marks themselves, and what is left of a list when its phase is over."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Model, TenantOwned, refers, unique


class Mark(TenantOwned, Model):
    """One person's mark on a contribution in an open list. The key makes one beyond the budget impossible.

    `slot` is 1 to the list's budget. `ballot` is the list's name; from the second round on the round stands
    behind it.
    """

    __tablename__ = "mark"
    __table_args__ = (unique("mark_once", "contribution_id", "ballot", "person_id"),)
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    ballot: Mapped[str] = mapped_column(String(50), primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    contribution_id: Mapped[UUID] = refers("contribution")


class SealedMark(TenantOwned, Model):
    """A mark in a hidden list, until the list ends: whose it is and for what, only the exercise's key tells.

    `voter` is a pseudonym, `card` the sealed id of the contribution; see `facilitation.urns`.
    """

    __tablename__ = "sealed_mark"
    __table_args__ = (unique("sealed_mark_once", "exercise_id", "ballot", "voter", "card"),)
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    ballot: Mapped[str] = mapped_column(String(50), primary_key=True)
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    card: Mapped[str] = mapped_column(String(100))


class Ballot(TenantOwned, Model):
    """What was decided about a list: the frozen top, the tied, how many places are open, and why."""

    __tablename__ = "ballot"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    ballot: Mapped[str] = mapped_column(String(50), primary_key=True)
    voters: Mapped[int] = mapped_column(Integer, default=0)
    kept: Mapped[list[str]] = mapped_column(default=list)
    tied: Mapped[list[str]] = mapped_column(default=list)
    places: Mapped[int] = mapped_column(Integer, default=0)
    is_run_off: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the marks of the list are now about the tied ones alone."""
    is_closed: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether no more marks are taken: it was decided, or its phase is over."""
    reason: Mapped[str | None] = mapped_column(String(2_000))
    decided_by_id: Mapped[UUID | None] = refers("person")
    decided_at: Mapped[dt.datetime | None]


class Tally(TenantOwned, Model):
    """How many marks a contribution got in a list; `run_off` counts those of a second vote."""

    __tablename__ = "tally"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    ballot: Mapped[str] = mapped_column(String(50), primary_key=True)
    contribution_id: Mapped[UUID] = refers("contribution", primary_key=True)
    marks: Mapped[int] = mapped_column(Integer)
    run_off: Mapped[int | None] = mapped_column(Integer)
