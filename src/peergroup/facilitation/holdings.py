"""What exercises hold of a person, and how it goes when they are forgotten."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from peergroup.facilitation.ballot_models import Ballot
from peergroup.facilitation.models import GOING_ON, Contribution, Exercise, Minutes, Participant, Revision
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.facilitation.sealing import CARDS, key_of, pseudonym
from peergroup.kit.context import Context
from peergroup.people import personal_data

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
    return len(ids) + await _sealed(ctx, person_id)


async def _change(ctx: Context, statement: Any) -> None:
    await ctx.db.execute(statement.execution_options(**_UNSEEN))


async def _rewrite_minutes(ctx: Context, person_id: UUID, ids: set[str]) -> None:
    """The one change that minutes ever see: lines lose their words."""
    of_theirs = (
        select(Minutes)
        .join(Exercise, Exercise.id == Minutes.exercise_id)
        .where(
            or_(
                Exercise.owner_id == person_id,
                Minutes.exercise_id.in_(
                    select(Contribution.exercise_id).where(Contribution.author_id == person_id)
                ),
            )
        )
    )
    for minutes in (await ctx.db.scalars(of_theirs)).all():
        owner = await ctx.db.scalar(select(Exercise.owner_id).where(Exercise.id == minutes.exercise_id))
        subject = None if owner == person_id else minutes.content["subject"]
        phases = [
            phase | {"said": [_without_words(line, ids) for line in phase["said"]]}
            for phase in minutes.content["phases"]
        ]
        minutes.content = minutes.content | {"subject": subject, "phases": phases}


def _without_words(line: dict[str, Any], ids: set[str]) -> dict[str, Any]:
    return line | {"body": "", "action": None} if line["contribution_id"] in ids else line


async def _sealed(ctx: Context, person_id: UUID) -> int:
    """Cards under the person's pseudonym in exercises that are still going on."""
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
    "contributions", holds="What the person said in exercises, and what it said before.", remove=remove
)
