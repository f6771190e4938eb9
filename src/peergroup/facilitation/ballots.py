"""Counting marks: what a list says now, whether its last place is tied, and what remains when its phase ends."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from peergroup.facilitation.ballot_models import Ballot, Mark, SealedMark, Tally
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.marking import Top, may_show_results, top_of
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.sealing import MARKS, key_of, pseudonym
from peergroup.facilitation.turn import ballot_name, has_passed
from peergroup.facilitation.urns import all_sealed
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Asking, Context


@dataclass(slots=True)
class Count:
    """The marks of one list: by contribution, and how many people gave them."""

    marks: Counter[UUID] = field(default_factory=Counter)
    voters: set[Hashable] = field(default_factory=set)
    kinds: frozenset[str] = frozenset()
    """What there is to be marked in the exercise; asked where marks may be secret."""

    def take(self, card: UUID, voter: Hashable) -> None:
        """Count one mark."""
        self.marks[card] += 1
        self.voters.add(voter)


async def counts(ctx: Context, exercise: Exercise, names: list[str]) -> dict[str, Count]:
    """What the marks of these ballots say at the moment."""
    found = {name: Count() for name in names}
    stands = (Contribution.deleted_at.is_(None), Contribution.merged_into_id.is_(None))
    query = (
        select(Mark.ballot, Mark.contribution_id, Mark.person_id)
        .join(Contribution, Contribution.id == Mark.contribution_id)
        .where(Mark.exercise_id == exercise.id, Mark.ballot.in_(names), *stands)
    )
    for name, card, person in (await ctx.db.execute(query)).all():
        found[name].take(card, person)
    if await key_of(ctx, exercise) is not None:
        await _count_sealed(ctx, exercise, found, stands)
    return found


async def _count_sealed(ctx: Context, exercise: Exercise, found: dict[str, Count], stands: Any) -> None:
    shown = select(Contribution.id, Contribution.kind).where(
        Contribution.exercise_id == exercise.id, Contribution.revealed_at.is_not(None), *stands
    )
    rows: Any = (await ctx.db.execute(shown)).all()
    kinds: dict[UUID, str] = dict(rows)
    for count in found.values():
        count.kinds = frozenset(kinds.values())
    for one, card in await all_sealed(ctx, exercise):
        if one.ballot in found and card in kinds:
            found[one.ballot].take(card, one.voter)


async def ballots(ctx: Context, exercise: Exercise) -> dict[str, Ballot]:
    """What was decided about the lists of an exercise so far."""
    query = select(Ballot).where(Ballot.exercise_id == exercise.id)
    return {ballot.ballot: ballot for ballot in (await ctx.db.scalars(query)).all()}


def outcome(marks: MarkList, ballot: Ballot | None, count: Count) -> Top[UUID]:
    """The top of a list as its marks, a run-off or a decision have it. Secret marks of fewer than three are none."""
    if marks.top is None:
        return Top(frozenset())
    too_few = marks.tally == "hidden" and not may_show_results(len(count.voters))
    if ballot is None:
        return Top(frozenset()) if too_few else top_of(count.marks, marks.top)
    kept, tied = _ids(ballot.kept), _ids(ballot.tied)
    if not ballot.is_run_off or not count.marks or too_few:
        return Top(kept, tied, ballot.places)
    second = top_of({card: count.marks[card] for card in tied}, ballot.places)
    return Top(kept | second.kept, second.tied, second.places)


def _ids(texts: list[str]) -> frozenset[UUID]:
    return frozenset(UUID(text) for text in texts)


def may_be_counted(
    asking: Asking, circle: Circle, marks: MarkList, ballot: Ballot | None, count: Count
) -> bool:
    """Whether anybody may look into a list: into a secret one only when no mark is to be expected any more.

    While marks come in one by one, whether there is a tie, and between which cards, would tell each of them.
    """
    if marks.tally == "open" or (ballot is not None and ballot.is_closed) or circle.key is None:
        return True
    if has_passed(asking, circle.exercise) or not count.kinds.intersection(marks.on):
        return True
    return {pseudonym(circle.key, MARKS, one) for one in circle.markers_of(marks)} <= count.voters


@dataclass(frozen=True, slots=True)
class Undecided:
    """Lists of the present phase whose top is not settled: the last place is tied, or marks are still expected."""

    tied: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()


async def undecided(ctx: Context, circle: Circle) -> Undecided:
    """What stands between the lists of the present phase and their tops."""
    exercise = circle.exercise
    lists = {ballot_name(marks, exercise.round): marks for marks in circle.phase.marks if marks.top}
    if not lists:
        return Undecided()
    known, found = await ballots(ctx, exercise), await counts(ctx, exercise, list(lists))
    tied, waiting = set(), set()
    for name, marks in lists.items():
        if not may_be_counted(ctx, circle, marks, known.get(name), found[name]):
            waiting.add(marks.list)
        elif not outcome(marks, known.get(name), found[name]).is_decided:
            tied.add(marks.list)
    return Undecided(frozenset(tied), frozenset(waiting))


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of a list when its phase ended."""

    marks: MarkList
    count: Count
    top: Top[UUID]
    voters: int

    @property
    def may_be_shown(self) -> bool:
        """Whether its result is for everybody to see."""
        return self.marks.tally == "open" or may_show_results(self.voters)


async def close_ballots(ctx: Context, exercise: Exercise, phase: Phase) -> list[Closed]:
    """Freeze the lists of a phase that ends: tallies stored, hidden ballots deleted."""
    lists = {
        ballot_name(marks, exercise.round): marks
        for marks in phase.marks
        if marks.top or marks.tally == "hidden"
    }
    if not lists:
        return []
    known, found = await ballots(ctx, exercise), await counts(ctx, exercise, list(lists))
    closed = []
    for name, marks in lists.items():
        ballot = known.get(name)
        top = outcome(marks, ballot, found[name])
        if ballot is None:
            ballot = Ballot(exercise_id=exercise.id, ballot=name, voters=len(found[name].voters))
            ctx.db.add(ballot)
        keep(ballot, top)
        ballot.is_closed = True
        await write_tallies(ctx, exercise, name, found[name], second=bool(ballot.is_run_off))
        closed.append(Closed(marks, found[name], top, ballot.voters))
    hidden = [name for name, marks in lists.items() if marks.tally == "hidden"]
    if hidden:
        await delete_marks(ctx, exercise, SealedMark, hidden)
    return closed


def keep(ballot: Ballot, top: Top[UUID]) -> None:
    """Note the top on the ballot."""
    ballot.kept = sorted(str(card) for card in top.kept)
    ballot.tied = sorted(str(card) for card in top.tied)
    ballot.places = top.places


async def write_tallies(ctx: Context, exercise: Exercise, name: str, count: Count, *, second: bool) -> None:
    """Store how many marks each contribution has; of a second vote beside those of the first."""
    if second:
        query = select(Tally).where(Tally.exercise_id == exercise.id, Tally.ballot == name)
        for tally in (await ctx.db.scalars(query)).all():
            tally.run_off = count.marks[tally.contribution_id]
        return
    rows = [
        {
            "organization_id": ctx.organization_id,
            "exercise_id": exercise.id,
            "ballot": name,
            "contribution_id": card,
            "marks": number,
        }
        for card, number in sorted(count.marks.items())
    ]
    await insert_rows(ctx.db, Tally.__table__, rows)


async def delete_marks(
    ctx: Context, exercise: Exercise, model: type[Mark] | type[SealedMark], names: list[str]
) -> None:
    """Delete all marks of these ballots, which lie in that table."""
    gone = delete(model).where(model.exercise_id == exercise.id, model.ballot.in_(names))
    await ctx.db.execute(gone.execution_options(synchronize_session=False))
