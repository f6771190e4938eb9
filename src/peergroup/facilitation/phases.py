"""Beginning and ending phases: breakouts, clocks, reveals, ballots, and the facts that go with them."""

import datetime as dt
from typing import Any

from sqlalchemy import update

from peergroup.facilitation.ballots import close_ballots
from peergroup.facilitation.boards import pin
from peergroup.facilitation.cards import reveal_cards
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.formations import form, formation, home_formation
from peergroup.facilitation.marking import may_show_results
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.seats import breakouts_of, seat
from peergroup.facilitation.steps import Step, steps
from peergroup.facilitation.timing import ends_at
from peergroup.facilitation.visibility import reveals
from peergroup.facilitation.withholding import contributors, opening
from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.kit.time import to_wire


async def begin(ctx: Context, circle: Circle, step_no: int) -> None:
    """Let the phase at this place of the way begin."""
    exercise, protocol = circle.exercise, circle.protocol
    step = steps(protocol, exercise.rounds)[step_no]
    phase = protocol.phase(step.phase)
    exercise.step_no, exercise.round, exercise.phase = step_no, step.round, step.phase
    exercise.phase_opened_at, exercise.left_us = ctx.now, None
    exercise.ends_at = _end(ctx, exercise, phase)
    await _sit_down(ctx, circle, phase)
    await schedule(ctx, exercise)
    ctx.record("phase.started", exercise, phase=step.phase, round=step.round, number=step_no + 1)


def _end(ctx: Context, exercise: Exercise, phase: Phase) -> dt.datetime | None:
    deadline = exercise.deadlines.get(phase.key)
    when = None if deadline is None else dt.datetime.fromisoformat(deadline)
    return ends_at(phase, "async" if exercise.mode == "async" else "live", ctx.now, when)


async def _sit_down(ctx: Context, circle: Circle, phase: Phase) -> None:
    people = [seat.person_id for seat in circle.seats.values() if seat.counts]
    known = breakouts_of(circle.exercise)
    fresh = form(circle.protocol, phase, people, str(circle.exercise.id), known)
    new = [one for one in fresh if one not in known]
    if new:
        await seat(ctx, circle.exercise, [*known, *new])


async def sit_down_at_home(ctx: Context, circle: Circle) -> None:
    """Form the breakouts in which roles are cast, before the first phase begins."""
    kind = home_formation(circle.protocol)
    for place, phase in enumerate(circle.protocol.phases):
        if kind is not None and formation(circle.protocol, place) == kind:
            await _sit_down(ctx, circle, phase)
            return


async def schedule(ctx: Context, exercise: Exercise) -> None:
    """Let the clock end an asynchronous phase at its deadline, and only then."""
    if exercise.mode != "async":
        return
    if exercise.ends_at is None or exercise.state != "running":
        await unschedule(ctx, exercise)
        return
    await jobs.enqueue(
        ctx, "end_phase", due_at=exercise.ends_at, dedupe=str(exercise.id), exercise_id=exercise.id
    )


async def unschedule(ctx: Context, exercise: Exercise) -> None:
    """The clock has nothing to end any more."""
    if exercise.mode == "async":
        await jobs.cancel(ctx, "end_phase", str(exercise.id))


async def end(ctx: Context, circle: Circle, entering: Step | None) -> None:
    """End the present phase: reveal what this opens, count and close its lists, record it."""
    exercise, protocol, leaving = circle.exercise, circle.protocol, circle.exercise.step
    exercise.phase_ends = exercise.phase_ends | {str(exercise.step_no): to_wire(ctx.now)}
    for step in reveals(protocol, leaving, entering):
        await _reveal(ctx, exercise, protocol.phase(step.phase), step)
    closed = await close_ballots(ctx, exercise, circle.phase)
    exercise.board = pin(exercise, closed)
    marked = {one.marks.list: sum(one.count.marks.values()) for one in closed if may_show_results(one.voters)}
    exercise.contribution_count = _readable(circle, entering)
    facts = _facts(circle, leaving) | ({"marks": marked} if marked else {})
    ctx.record("phase.ended", exercise, phase=leaving.phase, round=leaving.round, **facts)


async def _reveal(ctx: Context, exercise: Exercise, phase: Phase, step: Step) -> None:
    """One statement opens the whole phase to everybody at once."""
    if phase.anonymous:
        await reveal_cards(ctx, exercise, step, phase.visibility)
        return
    await ctx.db.execute(
        update(Contribution)
        .where(
            Contribution.exercise_id == exercise.id,
            Contribution.round == step.round,
            Contribution.phase == step.phase,
            Contribution.revealed_at.is_(None),
        )
        .values(revealed_at=ctx.now)
        .execution_options(synchronize_session=False)
    )


def _readable(circle: Circle, entering: Step | None) -> int:
    """How many contributions everybody can read once the present phase has ended."""
    exercise, protocol = circle.exercise, circle.protocol
    way = steps(protocol, exercise.rounds)
    reached = exercise.step_no if entering is None else exercise.step_no + 1
    count = 0
    for place, step in enumerate(way[: exercise.step_no + 1]):
        phase = protocol.phase(step.phase)
        together = formation(protocol, protocol.position(step.phase)) is None
        if together and opening(protocol, place, phase) <= reached and _shows(circle, step, phase):
            count += circle.total(step)
    return count


def _shows(circle: Circle, step: Step, phase: Phase) -> bool:
    return not phase.anonymous or may_show_results(contributors(circle, step))


def _facts(circle: Circle, leaving: Step) -> dict[str, Any]:
    """What may be told of a phase that ends: how often each spoke, of an anonymous one the total alone."""
    phase, exercise = circle.phase, circle.exercise
    if phase.anonymous:
        return {"contributions": circle.total(leaving)} if _shows(circle, leaving, phase) else {}
    if phase.is_secret or exercise.confidentiality in ("session_only", "chatham"):
        return {}
    said = circle.said.get(leaving, {})
    totals = {who: sum(kinds.values()) - kinds[""] for who, kinds in said.items()}
    return {"contributions": {who: count for who, count in sorted(totals.items()) if count > 0}}
