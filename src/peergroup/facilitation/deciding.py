"""Settling a tie at the last place of a list: the moderator chooses with a reason, or everybody votes again."""

from dataclasses import dataclass
from uuid import UUID

from peergroup.facilitation import policy
from peergroup.facilitation.ballot_models import Ballot
from peergroup.facilitation.ballots import Count, ballots, counts, delete_marks, keep, outcome, write_tallies
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
    """A list of the present phase whose last place is tied."""

    name: str
    marks: MarkList
    ballot: Ballot | None
    count: Count
    top: Top[UUID]


async def settle_tie(ctx: Context, exercise_id: UUID, given: DecisionIn) -> tuple[Exercise, Standing]:
    """Choose among the tied, or let everybody mark again, the tied ones alone."""
    exercise, standing = await enter(ctx, exercise_id, policy.LEAD, lock=True)
    require_open_to_deciding(ctx, exercise)
    circle = await the_circle(ctx, exercise)
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
        ballot.is_run_off = True
        await write_tallies(ctx, exercise, tie.name, tie.count, second=bool(second))
        await delete_marks(ctx, exercise, [tie.name])
    await ctx.db.flush()
    ctx.memory.pop((Circle, exercise.id), None)
    ctx.record("ballot.decided", exercise, list=given.list, run_off=bool(given.run_off))
    return exercise, standing


def require_open_to_deciding(ctx: Context, exercise: Exercise) -> None:
    """A tie is settled while its phase lasts; after a deadline too, because the phase waits for just that."""
    if exercise.state != "running":
        require_open(ctx, exercise)


async def _tie(ctx: Context, circle: Circle, list_name: str) -> Tie:
    exercise = circle.exercise
    marks = next((one for one in circle.phase.marks if one.list == list_name and one.top), None)
    if marks is None:
        raise refusal(circle, f"The phase `{circle.phase.key}` selects no top of such a list.")
    name = ballot_name(marks, exercise.round)
    ballot, count = (await ballots(ctx, exercise)).get(name), (await counts(ctx, exercise, [name]))[name]
    top = outcome(marks, ballot, count)
    if top.is_decided:
        detail = "The last place of this list is not tied."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "no_tie", "detail": detail}])
    return Tie(name, marks, ballot, count, top)


def _choose(ctx: Context, ballot: Ballot, tie: Tie, given: DecisionIn) -> None:
    try:
        decided = decide(tie.top, frozenset(given.keep or ()))
    except ValueError as error:
        raise invalid("/keep", str(error)) from error
    keep(ballot, decided)
    ballot.is_closed = True
    ballot.reason, ballot.decided_by_id, ballot.decided_at = given.reason, ctx.me, ctx.now
