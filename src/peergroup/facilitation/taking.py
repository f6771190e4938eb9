"""What was chosen to be done: somebody takes it, or it is dropped, and that is said."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from peergroup.facilitation.ballots import ballots, counts, outcome
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.models import Contribution
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.phase import VOLUNTEER, Phase
from peergroup.facilitation.telling import tell
from peergroup.facilitation.turn import ballot_name
from peergroup.kit.context import Context


def chosen_lists(phase: Phase) -> tuple[MarkList, ...]:
    """The lists whose top people volunteer for in the same phase. What is counted in secret nobody can take yet."""
    wanted = set(phase.parent_kinds(VOLUNTEER))
    return tuple(
        marks
        for marks in phase.marks
        if marks.top and marks.tally == "open" and wanted.intersection(marks.on)
    )


async def untaken(ctx: Context, circle: Circle) -> Sequence[Contribution]:
    """What is on top of such a list, and neither taken by anybody nor dropped."""
    exercise = circle.exercise
    lists = {ballot_name(marks, exercise.round): marks for marks in chosen_lists(circle.phase)}
    if not lists:
        return ()
    known, found = await ballots(ctx, exercise), await counts(ctx, exercise, list(lists))
    top = {
        card for name, marks in lists.items() for card in outcome(marks, known.get(name), found[name]).kept
    }
    taking = aliased(Contribution)
    taken = exists().where(
        taking.parent_id == Contribution.id, taking.kind == VOLUNTEER, taking.deleted_at.is_(None)
    )
    query = (
        select(Contribution)
        .where(
            Contribution.id.in_(top),
            Contribution.kind.in_(circle.phase.parent_kinds(VOLUNTEER)),
            Contribution.dropped_at.is_(None),
            ~taken,
        )
        .order_by(Contribution.id)
    )
    return (await ctx.db.scalars(query)).all() if top else ()


async def drop_untaken(ctx: Context, circle: Circle, reason: str) -> None:
    """Drop what nobody takes, where the moderator goes on and says why."""
    for one in await untaken(ctx, circle):
        one.dropped_at, one.drop_reason = ctx.now, reason
        tell(ctx, circle.exercise, one, "contribution.dropped")
