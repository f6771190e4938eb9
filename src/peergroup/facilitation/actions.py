"""What happens to an exercise: one function per verb, in the order in which they happen in life."""

import datetime as dt
from typing import Any

from peergroup.facilitation import company, phases
from peergroup.facilitation.cards import forget_everything
from peergroup.facilitation.circle import Circle, circle_of
from peergroup.facilitation.guards import soft_unmet, the_circle
from peergroup.facilitation.minutes import write_minutes
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.schemas import AdvanceIn, ExtendIn
from peergroup.facilitation.sealing import needs_key, new_key
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.steps import following
from peergroup.facilitation.taking import drop_untaken
from peergroup.facilitation.timing import ends_after_resume, extended, left_at_pause
from peergroup.kit.context import Context
from peergroup.kit.lifecycle import came_from
from peergroup.kit.time import to_wire

Facts = dict[str, Any]
_MICROSECOND = dt.timedelta(microseconds=1)


async def start(ctx: Context, exercise: Exercise, _taken: Any) -> None:
    """Begin an exercise: who takes part is settled now, and the first phase opens."""
    protocol = await protocol_of(ctx, exercise)
    exercise.started_at = ctx.now
    moved = (came_from(exercise), exercise.state)
    if needs_key(protocol):
        new_key(ctx, exercise)
    await company.gather(ctx, exercise)
    circle = await circle_of(ctx, exercise, protocol, fresh=True)
    await phases.sit_down_at_home(ctx, circle)
    company.count_rounds(circle)
    ctx.record("exercise.started", exercise, moved=moved, mode=exercise.mode, session_id=exercise.session_id)
    await phases.begin(ctx, circle, 0)


async def advance(ctx: Context, exercise: Exercise, taken: AdvanceIn | None) -> None:
    """End the present phase and begin the next one; after the last one the exercise is finished."""
    circle = await the_circle(ctx, exercise)
    if taken is not None and taken.override_reason is not None:
        await _override(ctx, exercise, taken.override_reason)
    entering = following(circle.protocol, exercise.rounds, exercise.step)
    with ctx.db.no_autoflush:  # one change of the exercise, not one for each thing that is read meanwhile
        await phases.end(ctx, circle, entering)
        if entering is None:
            await _finish(ctx, circle, ("running", "finished"))
        else:
            await phases.begin(ctx, circle, exercise.step_no + 1)


async def _override(ctx: Context, exercise: Exercise, reason: str) -> None:
    passed_over = await soft_unmet(ctx, exercise)
    await drop_untaken(ctx, await the_circle(ctx, exercise), reason)
    if passed_over:
        entry = {
            "phase": exercise.phase,
            "round": exercise.round,
            "guards": passed_over,
            "reason": reason,
            "at": to_wire(ctx.now),
        }
        exercise.overrides = [*exercise.overrides, entry]


async def back(ctx: Context, exercise: Exercise, _taken: Any) -> None:
    """Go back to the phase before, where it was open and nothing was revealed or marked since."""
    circle = await the_circle(ctx, exercise)
    ctx.record("phase.left_back", exercise, phase=exercise.phase, round=exercise.round)
    await phases.begin(ctx, circle, exercise.step_no - 1)


async def pause(ctx: Context, exercise: Exercise, _taken: Any) -> Facts:
    """Stop the clock of an exercise; nothing is said or marked meanwhile."""
    left = left_at_pause(exercise.ends_at, ctx.now)
    exercise.left_us = None if left is None else left // _MICROSECOND
    exercise.ends_at, exercise.paused_at = None, ctx.now
    await phases.unschedule(ctx, exercise)
    return {"phase": exercise.phase}


async def resume(ctx: Context, exercise: Exercise, _taken: Any) -> Facts:
    """Let a paused exercise go on with the time that was left."""
    left = None if exercise.left_us is None else exercise.left_us * _MICROSECOND
    exercise.ends_at = ends_after_resume(left, ctx.now)
    if exercise.paused_at is not None:
        await _put_off(ctx, exercise, ctx.now - exercise.paused_at)
    exercise.left_us = exercise.paused_at = None
    await phases.schedule(ctx, exercise)
    return {"phase": exercise.phase}


async def extend(ctx: Context, exercise: Exercise, taken: ExtendIn) -> Facts:
    """Give the present phase more minutes; deadlines of later phases move along."""
    assert exercise.ends_at is not None  # noqa: S101 - the guard has asked
    before = exercise.ends_at
    exercise.ends_at = extended(before, taken.minutes, ctx.now)
    await _put_off(ctx, exercise, exercise.ends_at - before)
    await phases.schedule(ctx, exercise)
    return {"phase": exercise.phase, "ends_at": exercise.ends_at}


async def _put_off(ctx: Context, exercise: Exercise, by: dt.timedelta) -> None:
    """Move the deadlines of the present phase and those after it."""
    order = [phase.key for phase in (await protocol_of(ctx, exercise)).phases]
    coming = order[order.index(exercise.phase or order[0]) :]
    exercise.deadlines = {
        key: to_wire(dt.datetime.fromisoformat(when) + by) if key in coming else when
        for key, when in exercise.deadlines.items()
    }


async def finish(ctx: Context, exercise: Exercise, _taken: Any) -> None:
    """End an exercise now, with what there is; promises and ties still have to be settled."""
    before = came_from(exercise)
    circle = await the_circle(ctx, exercise)
    await phases.end(ctx, circle, None)
    await _finish(ctx, circle, (before, "finished"))


async def abandon(ctx: Context, exercise: Exercise, _taken: Any) -> Facts:
    """Give an exercise up: nothing hidden is revealed, and no result is kept."""
    phase, begun = exercise.phase, exercise.started_at is not None
    await _end(ctx, exercise)
    if begun and needs_key(await protocol_of(ctx, exercise)):
        await forget_everything(ctx, exercise)
    return {"phase": phase}


async def _finish(ctx: Context, circle: Circle, moved: tuple[str, str]) -> None:
    await _end(ctx, circle.exercise)
    if needs_key(circle.protocol):
        await forget_everything(ctx, circle.exercise)
    await write_minutes(ctx, circle)
    ctx.record("exercise.finished", circle.exercise, moved=moved)


async def _end(ctx: Context, exercise: Exercise) -> None:
    exercise.ended_at = ctx.now
    exercise.ends_at = exercise.left_us = exercise.paused_at = None
    await phases.unschedule(ctx, exercise)
