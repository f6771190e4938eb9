"""Finding challenges: which ones somebody reads, and a single one with what is shown beside it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from peergroup.challenges import policy
from peergroup.challenges.models import Challenge, Second
from peergroup.facilitation.entering import covers
from peergroup.facilitation.models import ENDED, Exercise
from peergroup.facilitation.sealed_models import ExerciseKey
from peergroup.facilitation.sealing import keep_key
from peergroup.groups.models import Group
from peergroup.groups.standing import Standing, beside, refuse_words, standing_of
from peergroup.kit.context import LOCK, Context, get
from peergroup.kit.problems import not_found
from peergroup.people.models import Person
from peergroup.sessions.running import session_for

_Mine = aliased(Second)


@dataclass(frozen=True, slots=True)
class Beside:
    """What one statement reads beside a challenge."""

    owner_name: str
    seconded: bool
    exercise: Any
    """The exercise, or its columns in a hot read; None where there is none."""


def covered(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether a `Challenge` is the reader's to see; see `covered_for`."""
    return covered_for(ctx.principal.person_id)


def covered_for(person: Any) -> ColumnElement[bool]:
    """SQL: whether a `Challenge` is somebody's to see, besides their standing in its group.

    In a statement that has its `Exercise` joined beside it: a draft is its owner's alone; until work on it
    begins it is everybody's, from then on it is for those for whom the exercise is.
    """
    shown = or_(Challenge.draft.is_(False), Challenge.owner_id == person)
    return and_(shown, or_(Challenge.started_at.is_(None), covers(person)))


def named_for(person: Any) -> ColumnElement[bool]:
    """SQL: whether somebody is shown whose a `Challenge` is, in a statement that has its `Exercise` beside it."""
    unnamed = and_(Exercise.confidentiality == "chatham", Exercise.state.in_(ENDED))
    return or_(Challenge.owner_id == person, Exercise.id.is_(None), ~unnamed)


def with_what_is_shown(ctx: Context) -> Any:
    """A select of challenges with the exercise, the owner's name and the reader's own second beside each."""
    return with_columns(ctx.principal.person_id, Challenge, Exercise)


def with_columns(person: Any, *columns: Any) -> Any:
    """A select of these columns of challenges and exercises, with the owner's name and somebody's own second."""
    own = and_(_Mine.challenge_id == Challenge.id, _Mine.person_id == person)
    return (
        select(*columns, Person.name.label("owner_name"), _Mine.person_id.label("seconded_by"))
        .join(Group, Group.id == Challenge.group_id)
        .join(Person, Person.id == Challenge.owner_id)
        .outerjoin(Exercise, Exercise.id == Challenge.exercise_id)
        .outerjoin(_Mine, own)
    )


def beside_of(row: Any) -> Beside:
    """What a row of `with_what_is_shown` says beside its challenge."""
    return Beside(row.owner_name, row.seconded_by is not None, row.Exercise)


async def find_challenge(
    ctx: Context, challenge_id: UUID, *, lock: bool = False
) -> tuple[Challenge, Standing]:
    """A challenge and the actor's standing in its group; 404 for whom it does not exist.

    One statement. With `lock`, what its verbs touch is locked in the order group, session, exercise, challenge.
    """
    statement = (
        with_what_is_shown(ctx)
        .outerjoin(ExerciseKey, ExerciseKey.exercise_id == Exercise.id)
        .add_columns(ExerciseKey.wrapped, covered(ctx).label("covered"))
        .where(Challenge.id == challenge_id)
    )
    if lock:
        await hold_around(ctx, challenge_id)
        statement = statement.with_for_update(of=Challenge, **LOCK)
        statement = statement.execution_options(populate_existing=True)
    row = (await ctx.db.execute(beside(ctx, statement))).one_or_none()
    if row is None:
        raise not_found()
    challenge: Challenge = row.Challenge
    standing = standing_of(ctx, challenge.group_id, row[-6:])
    if not policy.GUEST.fits(standing, challenge):
        refuse_words(standing)
    if not row.covered:
        raise not_found()
    if row.Exercise is not None:
        keep_key(ctx, row.Exercise, row.wrapped)
        ctx.memory[Exercise, row.Exercise.id] = (0, (row.Exercise, standing))
    ctx.memory[Beside, challenge.id] = beside_of(row)
    return challenge, standing


async def hold_around(ctx: Context, challenge_id: UUID) -> None:
    """Lock what is started or ended along with a challenge, before the challenge itself is locked.

    Read by its columns alone: a row that was loaded before it is locked would count as stale.
    """
    columns = (Challenge.state, Challenge.group_id, Challenge.session_id, Challenge.exercise_id)
    row = (await ctx.db.execute(select(*columns).where(Challenge.id == challenge_id))).one_or_none()
    if row is None:
        raise not_found()
    if row.state == "accepted":
        await get(ctx, Group, row.group_id, lock=True)
        if row.session_id is not None:
            await session_for(ctx, row.session_id, lock=True)
    elif row.state == "in_progress" and row.exercise_id is not None:
        await get(ctx, Exercise, row.exercise_id, lock=True)
