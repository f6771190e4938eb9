"""Closing a list, and settling a tie at its last place: the moderator chooses, or everybody votes again."""

from dataclasses import dataclass
from uuid import UUID

from peergroup.facilitation import policy
from peergroup.facilitation.ballot_models import Ballot, Mark, SealedMark
from peergroup.facilitation.ballots import (
    Count,
    ballots,
    counts,
    delete_marks,
    keep,
    may_be_counted,
    outcome,
    write_tallies,
)
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.contribution_schemas import DecisionIn
from peergroup.facilitation.entering import enter
from peergroup.facilitation.guards import the_circle
from peergroup.facilitation.marking import Top, decide
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.posting import refusal
from peergroup.facilitation.turn import ballot_name, require_open
from peergroup.groups.standing import Standing
from peergroup.kit.context import Context
from peergroup.kit.problems import GUARD_FAILED, Problem, invalid


@dataclass(frozen=True, slots=True)
class Tie:
    """A list of the present phase, and what its last place depends on."""

    name: str
    marks: MarkList
    ballot: Ballot | None
    count: Count
    top: Top[UUID]


async def settle_tie(ctx: Context, exercise_id: UUID, given: DecisionIn) -> tuple[Exercise, Standing]:
    """Choose among the tied, let everybody mark again, the tied ones alone, or take no more marks."""
    exercise, standing = await enter(ctx, exercise_id, policy.LEAD, lock=True)
    require_open_to_deciding(ctx, exercise)
    circle = await the_circle(ctx, exercise)
    if given.close:
        await _close(ctx, circle, given)
        return exercise, standing
    tie = await _tie(ctx, circle, given.list)
    ballot = tie.ballot
    if ballot is None:
        ballot = Ballot(exercise_id=exercise.id, ballot=tie.name, voters=len(tie.count.voters))
        ctx.db.add(ballot)
    if given.keep is not None:
        _choose(ctx, ballot, tie, given)
    else:
        keep(ballot, tie.top)
        second = ballot.is_run_off
        ballot.is_run_off, ballot.is_closed = True, False
        ballot.reason = ballot.decided_by_id = ballot.decided_at = None  # of whoever closed the first vote
        await write_tallies(ctx, exercise, tie.name, tie.count, second=bool(second))
        table = SealedMark if tie.marks.tally == "hidden" else Mark
        await delete_marks(ctx, exercise, table, [tie.name])
    await ctx.db.flush()
    ctx.memory.pop((Circle, exercise.id), None)
    ctx.record("ballot.decided", exercise, list=given.list, run_off=bool(given.run_off))
    return exercise, standing


def require_open_to_deciding(ctx: Context, exercise: Exercise) -> None:
    """A tie is settled while its phase lasts; after a deadline too, because the phase waits for just that."""
    if exercise.state != "running":
        require_open(ctx, exercise)


async def _tie(ctx: Context, circle: Circle, list_name: str) -> Tie:
    found = await _list(ctx, circle, list_name)
    if not may_be_counted(ctx, circle, found.marks, found.ballot, found.count):
        raise _not_now("marks_expected", "Not everybody has marked: wait, or close the list first.")
    if found.top.is_decided:
        raise _not_now("no_tie", "The last place of this list is not tied.")
    return found


async def _list(ctx: Context, circle: Circle, list_name: str) -> Tie:
    exercise = circle.exercise
    marks = next((one for one in circle.phase.marks if one.list == list_name and one.top), None)
    if marks is None:
        raise refusal(circle, f"The phase `{circle.phase.key}` selects no top of such a list.")
    name = ballot_name(marks, exercise.round)
    ballot, count = (await ballots(ctx, exercise)).get(name), (await counts(ctx, exercise, [name]))[name]
    return Tie(name, marks, ballot, count, outcome(marks, ballot, count))


def _not_now(code: str, detail: str) -> Problem:
    return Problem(GUARD_FAILED, detail, guards=[{"code": code, "detail": detail}])


async def _close(ctx: Context, circle: Circle, given: DecisionIn) -> None:
    found = await _list(ctx, circle, given.list)
    ballot = found.ballot
    if ballot is None:
        ballot = Ballot(exercise_id=circle.exercise.id, ballot=found.name, voters=len(found.count.voters))
        ctx.db.add(ballot)
    if not ballot.is_closed:
        if not ballot.is_run_off:
            keep(ballot, found.top)
        ballot.is_closed = True
        ballot.reason, ballot.decided_by_id, ballot.decided_at = given.reason, ctx.me, ctx.now
        await ctx.db.flush()
        ctx.memory.pop((Circle, circle.exercise.id), None)
        ctx.record("ballot.closed", circle.exercise, list=given.list)


def _choose(ctx: Context, ballot: Ballot, tie: Tie, given: DecisionIn) -> None:
    try:
        decided = decide(tie.top, frozenset(given.keep or ()))
    except ValueError as error:
        raise invalid("/keep", str(error)) from error
    keep(ballot, decided)
    ballot.is_closed = True
    ballot.reason, ballot.decided_by_id, ballot.decided_at = given.reason, ctx.me, ctx.now
