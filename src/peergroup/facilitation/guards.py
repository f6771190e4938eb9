"""What may stand in the way of a verb of an exercise. Each judge says what is wrong, or None."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import exists, select

from peergroup.facilitation.ballots import undecided
from peergroup.facilitation.circle import Circle, circle_of
from peergroup.facilitation.company import invited_company
from peergroup.facilitation.exits import PhaseFacts, Unmet, stopping, unmet
from peergroup.facilitation.models import GOING_ON, Contribution, Exercise
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.steps import refuse_back
from peergroup.facilitation.taking import untaken
from peergroup.facilitation.turn import ballot_name, present_voices
from peergroup.facilitation.urns import any_marks
from peergroup.groups.models import Group
from peergroup.kit.context import Context

Judge = Callable[[Context, Any, Any], Awaitable[str | None]]


async def the_circle(ctx: Context, exercise: Exercise) -> Circle:
    """The circle of an exercise with its document."""
    return await circle_of(ctx, exercise, await protocol_of(ctx, exercise))


async def group_is_active(ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """Nothing begins in a group that has not begun, or has ended."""
    state = await ctx.db.scalar(select(Group.state).where(Group.id == exercise.group_id))
    return None if state == "active" else "The group is not active."


async def enough_people(ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """Moderators may join in, so they count for the least number."""
    least = (await protocol_of(ctx, exercise)).participants.min
    there = len(await invited_company(ctx, exercise))
    return None if there >= least else f"The method needs at least {least} people; there are {there}."


async def not_too_many_people(ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """A method made for ten does not work with forty."""
    most = (await protocol_of(ctx, exercise)).participants.max
    there = sum(state == "in" for state in (await invited_company(ctx, exercise)).values())
    return None if there <= most else f"The method is made for at most {most} people; there are {there}."


async def owner_is_there(ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """What somebody owns is not worked on without them."""
    needed = "subject.owner" in (await protocol_of(ctx, exercise)).roles.values()
    if not needed or exercise.owner_id in await invited_company(ctx, exercise):
        return None
    return "The owner of the subject does not take part."


async def session_is_free(ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """One exercise at a time where people sit together."""
    if exercise.session_id is None or exercise.mode != "live":
        return None
    query = select(Exercise.id).where(
        Exercise.session_id == exercise.session_id,
        Exercise.mode == "live",
        Exercise.state.in_(GOING_ON),
        Exercise.id != exercise.id,
    )
    running = await ctx.db.scalar(query)
    return None if running is None else "Another exercise is running in this session."


async def is_the_phase_meant(_ctx: Context, exercise: Any, taken: Any) -> str | None:
    """Two people who press the button at once mean the same phase."""
    meant = getattr(taken, "from_phase", None)
    return None if meant in (None, exercise.phase) else f"The present phase is `{exercise.phase}` by now."


async def _exits(ctx: Context, exercise: Exercise, reason: str | None) -> tuple[Unmet, ...]:
    key = ("exits", exercise.id, reason)
    if key not in ctx.memory:
        ctx.memory[key] = stopping(
            (await the_circle(ctx, exercise)).phase, await phase_facts(ctx, exercise), reason
        )
    found: tuple[Unmet, ...] = ctx.memory[key]
    return found


async def phase_facts(ctx: Context, exercise: Exercise) -> PhaseFacts:
    """What the exit guards of the present phase look at."""
    circle = await the_circle(ctx, exercise)
    open_ = await undecided(ctx, circle)
    return PhaseFacts(
        present_voices(circle),
        circle.total(exercise.step),
        circle.commitments(),
        open_.tied,
        open_.waiting,
    )


async def soft_unmet(ctx: Context, exercise: Exercise) -> list[str]:
    """The soft guards of the present phase that do not hold."""
    circle = await the_circle(ctx, exercise)
    return [one.code for one in unmet(circle.phase, await phase_facts(ctx, exercise)) if not one.is_hard]


async def everything_is_taken(ctx: Context, exercise: Any, taken: Any) -> str | None:
    """What was chosen is not forgotten: somebody takes it, or it is dropped; with a reason, by going on."""
    if getattr(taken, "override_reason", None):
        return None
    left = len(await untaken(ctx, await the_circle(ctx, exercise)))
    return f"Of what was chosen, {left} are neither taken by anybody nor dropped." if left else None


def exit_holds(code: str) -> Judge:
    """The exit guard of that name, where the present phase has it and no reason overrides it."""

    async def judge(ctx: Context, exercise: Any, taken: Any) -> str | None:
        found = await _exits(ctx, exercise, getattr(taken, "override_reason", None))
        return next((one.detail for one in found if one.code == code), None)

    return judge


def hard_exit_holds(code: str) -> Judge:
    """The hard exit guard of that name in this phase and, where the exercise ends early, in those after it."""

    async def judge(ctx: Context, exercise: Any, _taken: Any) -> str | None:
        circle, facts = await the_circle(ctx, exercise), await phase_facts(ctx, exercise)
        here = circle.protocol.position(exercise.phase)
        found = (
            one.detail
            for phase in circle.protocol.phases[here:]
            for one in unmet(phase, facts)
            if one.is_hard and one.code == code
        )
        return next(found, None)

    return judge


async def can_go_back(ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """What people have seen or chosen cannot be taken back."""
    protocol = await protocol_of(ctx, exercise)
    lists = [ballot_name(marks, exercise.round) for marks in protocol.phase(exercise.phase).marks]
    revealed = exists().where(
        Contribution.exercise_id == exercise.id,
        Contribution.visibility != "open",
        Contribution.revealed_at >= exercise.phase_opened_at,
    )
    marked = any_marks(exercise.id, lists)
    query = select(revealed, marked).select_from(Exercise).where(Exercise.id == exercise.id)
    is_revealed, is_marked = (await ctx.db.execute(query)).one()
    refusal = refuse_back(
        protocol,
        exercise.rounds,
        exercise.step,
        marked_since=bool(is_marked),
        revealed_since=bool(is_revealed),
    )
    return None if refusal is None else refusal.detail


async def has_an_end(_ctx: Context, exercise: Any, _taken: Any) -> str | None:
    """Only what ends by the clock can be given more time."""
    return None if exercise.ends_at is not None else "The phase has no end that could be put off."
