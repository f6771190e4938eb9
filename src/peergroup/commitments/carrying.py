"""Promises open the next exercise of the same kind: a retrospective begins with those of the last one."""

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from peergroup.commitments.models import Commitment
from peergroup.commitments.queries import promises
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.facilitation.schemas import CarriedOut
from peergroup.kit.context import Context
from peergroup.kit.wire import Named

MOST = 200
_Said, _Proposal = aliased(Contribution), aliased(Contribution)


async def carried_into(ctx: Context, exercise: Exercise) -> list[CarriedOut]:
    """What the group promised when it last played this method, and what is still open from before; by-when first.

    As far as the reader may read it: newcomers see nothing that was promised before their time.
    """
    query = (
        promises(ctx)
        .where(
            Exercise.group_id == exercise.group_id,
            Exercise.protocol_key == exercise.protocol_key,
            Exercise.state == "finished",
            Exercise.id != exercise.id,
            or_(Commitment.state == "open", Commitment.exercise_id == _the_last(exercise)),
        )
        .outerjoin(_Said, _Said.id == Commitment.contribution_id)
        .outerjoin(_Proposal, and_(_Proposal.id == _Said.parent_id, _Proposal.revealed_at.is_not(None)))
        .add_columns(_Proposal.body.label("about"))
        .order_by(Commitment.by_on, Commitment.id)
        .limit(MOST)
    )
    return [_shown(ctx, row) for row in (await ctx.db.execute(query)).all()]


def _the_last(exercise: Exercise) -> Any:
    other = Exercise.__table__.alias("last")
    return (
        select(other.c.id)
        .where(
            other.c.organization_id == exercise.organization_id,
            other.c.group_id == exercise.group_id,
            other.c.protocol_key == exercise.protocol_key,
            other.c.state == "finished",
            other.c.id != exercise.id,
        )
        .order_by(other.c.ended_at.desc(), other.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _shown(ctx: Context, row: Any) -> CarriedOut:
    one: Commitment = row.Commitment
    mine = one.owner_id == ctx.principal.person_id
    return CarriedOut(
        commitment_id=one.id,
        body=one.body,
        action=one.action,
        about=row.about,
        by_on=one.by_on,
        state=one.state,
        owner=None if one.is_unnamed and not mine else Named(id=one.owner_id, name=row.owner_name),
        mine=mine,
    )
