"""How exercises react: who loses their standing takes part no longer, at once; what ends unnamed names nobody."""

from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation.company import take_out
from peergroup.facilitation.models import GOING_ON, Exercise, Participant
from peergroup.facilitation.narrowing import narrow_what_was_told
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on


@on(
    "membership.leave_taken",
    "membership.left",
    "membership.suspended",
    "membership.removed",
    "membership.expired",
)
async def leave_exercises(ctx: Context, fact: Fact) -> None:
    """Whoever leaves, pauses or is suspended is taken out of every exercise that is going on in the group."""
    person = fact.facts.get("person_id")
    if fact.group_id is None or person is None:
        return
    person_id = UUID(str(person))
    query = (
        select(Exercise.id)
        .join(Participant, Participant.exercise_id == Exercise.id)
        .where(
            Exercise.group_id == fact.group_id,
            Exercise.state.in_(GOING_ON),
            Participant.person_id == person_id,
            Participant.state != "out",
        )
        .order_by(Exercise.id)
    )
    for exercise_id in (await ctx.db.scalars(query)).all():
        exercise = await get(ctx, Exercise, exercise_id, lock=True)
        if exercise.is_going_on:
            await take_out(ctx, exercise, person_id)


@on("exercise.finished", "exercise.abandoned")
async def name_nobody_any_more(ctx: Context, fact: Fact) -> None:
    """Where no name is shown after the end, what was told while it went on names nobody either."""
    exercise = await get(ctx, Exercise, fact.subject_id)
    if exercise.is_unnamed:
        await narrow_what_was_told(ctx, exercise)
