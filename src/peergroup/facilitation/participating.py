"""The moderator's hand in who takes part; and the owner's in who may read what began before their time."""

from uuid import UUID

from sqlalchemy import or_, select

from peergroup.facilitation import company, policy
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.entering import enter, find_exercise
from peergroup.facilitation.guards import the_circle
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.schemas import ExerciseOpenedIn, ParticipantIn
from peergroup.groups.models import ActivePeriod, Group, Membership
from peergroup.groups.standing import Standing
from peergroup.kit.context import Context, get
from peergroup.kit.problems import GUARD_FAILED, INVALID_TRANSITION, Problem, not_found


async def set_participant(
    ctx: Context, exercise_id: UUID, person_id: UUID, given: ParticipantIn
) -> tuple[Exercise, Standing]:
    """Let somebody of the group take part in a running exercise, or no longer."""
    found, _ = await find_exercise(ctx, exercise_id)
    await get(ctx, Group, found.group_id, share=True)
    exercise, standing = await enter(ctx, exercise_id, policy.LEAD, lock=True)
    ctx.expect(exercise)
    if not exercise.is_going_on:
        detail = "Who takes part is settled at the start, and over with the end."
        raise Problem(INVALID_TRANSITION, detail, state=exercise.state, allowed=[])
    circle = await the_circle(ctx, exercise)
    if given.takes_part:
        await _judge_person(ctx, exercise, person_id)
        seat = circle.seats.get(person_id)
        if seat is None or seat.state != "in":
            await company.take_in(ctx, circle, person_id)
            ctx.record("exercise.participant_joined", exercise, person_id=person_id)
    elif person_id not in circle.seats:
        raise not_found()
    else:
        await company.take_out(ctx, exercise, person_id)
    await ctx.db.flush()
    ctx.memory.pop((Circle, exercise.id), None)
    return exercise, standing


async def _judge_person(ctx: Context, exercise: Exercise, person_id: UUID) -> None:
    """An active member, or a guest of that session, for whom the exercise is not older than they are here."""
    active = select(Membership.id).where(
        Membership.group_id == exercise.group_id,
        Membership.person_id == person_id,
        Membership.state == "active",
        or_(Membership.role != "guest", Membership.session_id == exercise.session_id),
    )
    if await ctx.db.scalar(active) is None:
        raise not_found()
    period = select(ActivePeriod.id).where(
        ActivePeriod.group_id == exercise.group_id,
        ActivePeriod.person_id == person_id,
        ActivePeriod.started_at <= exercise.started_at,
        or_(ActivePeriod.ended_at.is_(None), ActivePeriod.ended_at >= exercise.started_at),
    )
    if exercise.opened_at is None and await ctx.db.scalar(period.limit(1)) is None:
        detail = "It began before their time; its owner can open it to newcomers."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "newcomer", "detail": detail}])


async def set_opened(
    ctx: Context, exercise_id: UUID, given: ExerciseOpenedIn | None
) -> tuple[Exercise, Standing]:
    """Let newcomers read an exercise that began before their time, or no longer."""
    exercise, standing = await enter(ctx, exercise_id, policy.OPEN, lock=True)
    ctx.expect(exercise)
    opened = given is None or given.opened
    if opened != (exercise.opened_at is not None):
        exercise.opened_at = ctx.now if opened else None
        ctx.record("exercise.opened" if opened else "exercise.closed", exercise)
        await ctx.db.flush()
    return exercise, standing
