"""The clock of asynchronous exercises: a job at each deadline. Writing is refused from then on with or without it."""

from uuid import UUID

from peergroup.facilitation.exercises import advance_by_clock
from peergroup.facilitation.models import Exercise
from peergroup.kit import jobs
from peergroup.kit.context import House, get
from peergroup.kit.problems import GUARD_FAILED, Problem


@jobs.job("end_phase")
async def end_phase(house: House, due: jobs.Due) -> None:
    """End a phase at its deadline, unless it was moved, ended or given up meanwhile."""
    exercise_id = UUID(due.payload["exercise_id"])
    try:
        async with house.acting(house.system(due.organization_id)) as ctx:
            exercise = await get(ctx, Exercise, exercise_id, lock=True)
            if exercise.state == "running" and exercise.ends_at is not None and exercise.ends_at <= ctx.now:
                await advance_by_clock(ctx, exercise)
    except Problem as problem:
        if problem.kind is not GUARD_FAILED:
            raise
        # A promise or a tie is missing: the phase stays closed until people settle it or get more time.
