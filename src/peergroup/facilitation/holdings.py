"""What exercises hold of a person, and how it goes when they are forgotten."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import aliased

from peergroup.facilitation.ballot_models import Ballot, Mark
from peergroup.facilitation.minutes import held_minutes, without_words
from peergroup.facilitation.models import (
    GOING_ON,
    Contribution,
    Exercise,
    Hearing,
    Minutes,
    Participant,
    ProtocolVersion,
    Revision,
    RoleTaken,
)
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.facilitation.sealing import CARDS, key_of, pseudonym
from peergroup.kit.context import Context
from peergroup.kit.problems import GUARD_FAILED, Problem
from peergroup.people import merging, personal_data
from peergroup.people.merging import Conflict

_UNSEEN = {"synchronize_session": False}


async def remove(ctx: Context, person_id: UUID, words: str) -> int:
    """What was said stays as a former member's, or without words; marks and counts stay.

    Cards that are still sealed can be found and go. Revealed anonymous ones cannot: nobody knows whose they are.
    """
    if words != "remove":
        return 0
    spoken = select(Contribution.id).where(Contribution.author_id == person_id)
    ids = list((await ctx.db.scalars(spoken)).all())
    await _change(ctx, delete(Revision).where(Revision.contribution_id.in_(ids)))
    await _change(ctx, update(Contribution).where(Contribution.id.in_(ids)).values(body=None, action=None))
    owned = update(Exercise).where(Exercise.owner_id == person_id).values(subject_title=None)
    await _change(ctx, owned)
    await _change(ctx, update(Ballot).where(Ballot.decided_by_id == person_id).values(reason=None))
    await _rewrite_minutes(ctx, person_id, {str(one) for one in ids})
    return len(ids) + await remove_sealed(ctx, person_id, words)


async def _change(ctx: Context, statement: Any) -> None:
    await ctx.db.execute(statement.execution_options(**_UNSEEN))


async def _rewrite_minutes(ctx: Context, person_id: UUID, ids: set[str]) -> None:
    """Let the lines that somebody wrote lose their words."""
    theirs = select(Exercise.id).where(
        or_(
            Exercise.owner_id == person_id,
            Exercise.id.in_(select(Contribution.exercise_id).where(Contribution.author_id == person_id)),
        )
    )
    for minutes in await held_minutes(ctx, Minutes.exercise_id.in_(theirs)):
        owner = await ctx.db.scalar(select(Exercise.owner_id).where(Exercise.id == minutes.exercise_id))
        subject = None if owner == person_id else minutes.content["subject"]
        minutes.content = without_words(minutes.content, ids) | {"subject": subject}


async def remove_sealed(ctx: Context, person_id: UUID, words: str) -> int:
    """Remove the cards of somebody in exercises that still go on: once they are revealed, nobody finds them."""
    if words != "remove":
        return 0
    running = (
        select(Exercise)
        .join(Participant, Participant.exercise_id == Exercise.id)
        .where(Participant.person_id == person_id, Exercise.state.in_(GOING_ON))
    )
    count = 0
    for exercise in (await ctx.db.scalars(running)).all():
        key = await key_of(ctx, exercise)
        if key is not None:
            mine = delete(SealedCard).where(
                SealedCard.exercise_id == exercise.id, SealedCard.author == pseudonym(key, CARDS, person_id)
            )
            gone = await ctx.db.execute(mine.returning(SealedCard.id).execution_options(**_UNSEEN))
            count += len(gone.all())
    return count


personal_data.register(
    "contributions",
    holds="What the person said in exercises, and what it said before.",
    remove=remove,
    at_once=remove_sealed,
)


async def conflicts(ctx: Context, person_id: UUID, into_id: UUID) -> list[Conflict]:
    """Both marked in one list. While they take part in something, nobody is merged: it may be unnamed there."""
    going_on = (
        select(Exercise.id)
        .join(Participant, Participant.exercise_id == Exercise.id)
        .where(Participant.person_id == person_id, Participant.state != "out", Exercise.state.in_(GOING_ON))
        .limit(1)
    )
    if await ctx.db.scalar(going_on):
        detail = "They take part in an exercise that goes on: wait for its end, or let its moderator take them out."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "in_exercise", "detail": detail}])
    return [
        Conflict(_key(*found), "same_ballot", "Both marked something in this list.")
        for found in await _both_marked(ctx, person_id, into_id)
    ]


async def _both_marked(ctx: Context, person_id: UUID, into_id: UUID) -> list[tuple[UUID, str]]:
    other = aliased(Mark)
    query = (
        select(Mark.exercise_id, Mark.ballot)
        .join(other, (other.exercise_id == Mark.exercise_id) & (other.ballot == Mark.ballot))
        .where(Mark.person_id == person_id, other.person_id == into_id)
        .distinct()
        .order_by(Mark.exercise_id, Mark.ballot)
    )
    return [(row.exercise_id, row.ballot) for row in (await ctx.db.execute(query)).all()]


def _key(exercise_id: UUID, ballot: str) -> str:
    return f"ballot:{exercise_id}:{ballot}"


async def move(ctx: Context, person_id: UUID, into_id: UUID, resolve: Mapping[str, str]) -> None:
    """The marks of one side stay; what was decided stays decided. Seats are the survivor's."""
    for exercise_id, ballot in await _both_marked(ctx, person_id, into_id):
        loser = into_id if resolve.get(_key(exercise_id, ballot)) == "this" else person_id
        where = (Mark.exercise_id == exercise_id, Mark.ballot == ballot, Mark.person_id == loser)
        await _change(ctx, delete(Mark).where(*where))
    sat = (
        select(Exercise)
        .join(Participant, Participant.exercise_id == Exercise.id)
        .where(Participant.person_id == person_id)
    )
    for exercise in (await ctx.db.scalars(sat)).all():
        exercise.seating = _renamed(exercise.seating, person_id, into_id)
        exercise.formed = [
            {key: _renamed(value, person_id, into_id) for key, value in one.items()}
            for one in exercise.formed
        ]
    await ctx.db.flush()


def _renamed(value: Any, person_id: UUID, into_id: UUID) -> Any:
    """A list of ids with one instead of the other, once; anything else as it is."""
    if not isinstance(value, list):
        return value
    return list(dict.fromkeys(str(into_id) if one == str(person_id) else one for one in value))


merging.register(
    "facilitation",
    conflicts=conflicts,
    move=move,
    follows=(
        ProtocolVersion.made_by_id,
        Exercise.owner_id,
        Exercise.made_by_id,
        Participant.person_id,
        RoleTaken.person_id,
        Hearing.person_id,
        Contribution.author_id,
        Contribution.recorded_by_id,
        Ballot.decided_by_id,
        Mark.person_id,
    ),
)
