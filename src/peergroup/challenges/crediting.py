"""Who helped: the brains whose contributions the owner marked."""

from sqlalchemy import func, select

from peergroup.challenges.models import Challenge, Credit
from peergroup.facilitation.ballot_models import Mark
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context

HELPED = "helped"


async def credit(ctx: Context, challenge: Challenge, exercise: Exercise) -> None:
    """Note who helped, once and for all, and tell each of them. Where no name is shown, nobody is credited."""
    if exercise.confidentiality == "chatham":
        return
    query = (
        select(Contribution.author_id, func.count())
        .join(Mark, Mark.contribution_id == Contribution.id)
        .where(
            Mark.exercise_id == exercise.id,
            Mark.ballot == HELPED,
            Contribution.author_id.is_not(None),
            Contribution.author_id != challenge.owner_id,
            Contribution.deleted_at.is_(None),
        )
        .group_by(Contribution.author_id)
    )
    found = (await ctx.db.execute(query)).all()
    helped = sorted((person, count) for person, count in found if person is not None)
    rows = [
        {
            "organization_id": ctx.organization_id,
            "challenge_id": challenge.id,
            "person_id": person,
            "helped": count,
        }
        for person, count in helped
    ]
    await insert_rows(ctx.db, Credit.__table__, rows)
    for person, count in helped:
        ctx.record("challenge.credited", challenge, only_for=person, helped=count)
