"""Finding an exercise: its row, the reader's standing, and whether it began in their time, in one statement."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from peergroup.facilitation import policy
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.models import Exercise, Participant
from peergroup.facilitation.row import COLUMNS, NAMES, ReadExercise
from peergroup.facilitation.sealed_models import ExerciseKey
from peergroup.facilitation.sealing import keep_key
from peergroup.groups.models import Group
from peergroup.groups.reach import began_in_time_of
from peergroup.groups.standing import Standing, refuse_words, standing_columns, standing_of
from peergroup.kit.compiled import NOW, given
from peergroup.kit.context import SHARE, Context, get
from peergroup.kit.ids import Id
from peergroup.kit.policy import Policy
from peergroup.kit.prepared import Prepared
from peergroup.kit.problems import not_found

_There = aliased(Participant)


def covers(person: Any) -> ColumnElement[bool]:
    """SQL: whether an `Exercise` is somebody's to see, besides their standing in its group.

    It began in one of their active periods or was opened to newcomers, and, where it is only for those who
    were there, they take part. What has not begun is everybody's to see. `person` is an id or a column.
    """
    takes_part = exists().where(
        _There.exercise_id == Exercise.id, _There.person_id == person, _There.state != "out"
    )
    in_time = or_(
        Exercise.started_at.is_(None),
        Exercise.opened_at.is_not(None),
        began_in_time_of(person, Exercise.group_id, Exercise.started_at),
    )
    open_to_all = or_(Exercise.confidentiality != "session_only", Exercise.started_at.is_(None))
    return and_(in_time, or_(open_to_all, takes_part))


def _finding(share: bool) -> Any:
    person = given("person_id", Id())
    mine, own, standing = standing_columns(person, NOW)
    found: Any = (
        select(ExerciseKey.wrapped, covers(person), *standing, *COLUMNS)
        .select_from(Exercise)
        .join(Group, Group.id == Exercise.group_id)
        .outerjoin(ExerciseKey, ExerciseKey.exercise_id == Exercise.id)
        .outerjoin(mine, own)
        .where(Exercise.id == given("exercise_id", Id()))
    )
    return found.with_for_update(of=Exercise, **SHARE) if share else found


_FOUND, _SHARED = Prepared(lambda _dialect: _finding(False)), Prepared(lambda _dialect: _finding(True))


async def find_exercise(
    ctx: Context, exercise_id: UUID, *, lock: bool = False, share: bool = False
) -> tuple[Exercise, Standing]:
    """An exercise and the actor's standing in its group; 404 for whom it does not exist.

    `lock` keeps everybody else out of it; `share`, for those who speak and mark, only those who move it on.
    Only what is locked can be changed: without, it is a row to be read.
    """
    wanted = 2 if lock else int(share)
    held, known = ctx.memory.get((Exercise, exercise_id), (-1, None))
    if held >= wanted:
        return known  # type: ignore[no-any-return]  # the memory of a transaction has no types
    asked = {"exercise_id": exercise_id, "person_id": ctx.principal.person_id, "now": ctx.now}
    row = await (_SHARED if share else _FOUND).row(ctx.db, **asked)
    if row is None:
        raise not_found()
    exercise: Any = ReadExercise(NAMES, row[8:])
    standing = standing_of(ctx, exercise.group_id, row[2:8])
    keep_key(ctx, exercise, row[0])
    judge_reading(ctx, exercise, standing, covered=bool(row[1]))
    if lock:
        if exercise.state == "pending":
            # Who takes part is settled at the start: nobody joins or leaves the group meanwhile.
            await get(ctx, Group, exercise.group_id, share=True)
        exercise = await get(ctx, Exercise, exercise_id, lock=True)
        ctx.memory.pop((Circle, exercise_id), None)  # It has the row that was read before.
    ctx.memory[Exercise, exercise_id] = (wanted, (exercise, standing))
    return exercise, standing


def judge_reading(ctx: Context, exercise: Exercise, standing: Standing, *, covered: bool) -> None:
    """404 (or 403 `covenant_unsigned`) for everybody for whom this exercise does not exist."""
    if ctx.principal.is_system:
        return
    if not policy.GUEST.fits(standing, exercise):
        refuse_words(standing)
    if not covered:
        raise not_found()


async def enter(ctx: Context, exercise_id: UUID, wanted: Policy, **how: Any) -> tuple[Exercise, Standing]:
    """As `find_exercise`, and 403 for whom the policy does not admit."""
    exercise, standing = await find_exercise(ctx, exercise_id, **how)
    ctx.require(wanted, standing, exercise)
    return exercise, standing
