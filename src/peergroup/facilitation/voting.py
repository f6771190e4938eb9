"""Giving and taking back marks: openly under one's name, in hidden lists under a pseudonym."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from peergroup.facilitation import policy
from peergroup.facilitation.ballot_models import Ballot
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.contribution_schemas import MarkOut
from peergroup.facilitation.entering import enter
from peergroup.facilitation.guards import the_circle
from peergroup.facilitation.marking import refuse_mark
from peergroup.facilitation.models import Contribution, Exercise, Participant
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.problems import BUDGET_SPENT, NOT_ACCEPTED
from peergroup.facilitation.seen import sees
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.telling import SHOWN_TO_ALL
from peergroup.facilitation.turn import ballot_name, require_open
from peergroup.facilitation.urns import Urn
from peergroup.kit.context import Context
from peergroup.kit.problems import Problem, not_found


@dataclass(frozen=True, slots=True)
class Booth:
    """Somebody about to mark a contribution in a list of the present phase."""

    circle: Circle
    contribution: Contribution
    marks: MarkList
    urn: Urn

    @property
    def ballot(self) -> str:
        return self.urn.ballot

    @property
    def is_hidden(self) -> bool:
        return self.marks.tally == "hidden"


async def set_mark(ctx: Context, contribution_id: UUID, list_name: str) -> MarkOut:
    """Mark a contribution in a list; the same mark again changes nothing."""
    booth = await _enter(ctx, contribution_id, list_name)
    given = await _given(ctx, booth)
    if contribution_id not in given.values():
        _judge(ctx, booth, len(given))
        given[await _mark(ctx, booth, given)] = contribution_id
        _tell(ctx, booth, "mark.set")
    return MarkOut(list=list_name, contribution_id=contribution_id, left=booth.marks.budget - len(given))


async def take_back(ctx: Context, contribution_id: UUID, list_name: str) -> None:
    """Take a mark back; 404 where there is none."""
    booth = await _enter(ctx, contribution_id, list_name)
    if booth.ballot in booth.circle.closed:
        raise _refusal(booth.circle, f"The list `{list_name}` is closed.")
    if not await booth.urn.take(ctx, contribution_id):
        raise not_found()
    _tell(ctx, booth, "mark.removed")


async def _enter(ctx: Context, contribution_id: UUID, list_name: str) -> Booth:
    """The contribution as the voter sees it, its exercise held, and the voter's own row where they have a name."""
    query = select(Contribution).where(
        Contribution.id == contribution_id, sees(Contribution, ctx.me, str(ctx.me))
    )
    contribution: Contribution | None = await ctx.db.scalar(query)
    if contribution is None:
        raise not_found()
    exercise, _ = await enter(ctx, contribution.exercise_id, policy.SAY, share=True)
    require_open(ctx, exercise)
    await _hold_voter(ctx, exercise, list_name)
    circle = await the_circle(ctx, exercise)
    marks = next((one for one in circle.phase.marks if one.list == list_name), None)
    if marks is None:
        raise _refusal(circle, f"The phase `{circle.phase.key}` has no such list. It has{_lists(circle)}.")
    key = circle.key if marks.tally == "hidden" else None
    urn = Urn(exercise.id, ballot_name(marks, exercise.round), ctx.me, key)
    return Booth(circle, contribution, marks, urn)


async def _hold_voter(ctx: Context, exercise: Exercise, list_name: str) -> None:
    """One mark at a time for each person. Where ballots are secret nothing of theirs is touched:

    a lock leaves its trace on the row, beside the trace that the mark leaves. There the key of the marks alone
    makes one too many impossible.
    """
    key = (ctx.organization_id, exercise.id, ctx.me)
    if not await _is_hidden(ctx, exercise, list_name):
        await ctx.db.get(Participant, key, with_for_update=True, populate_existing=True)


async def _is_hidden(ctx: Context, exercise: Exercise, list_name: str) -> bool:
    phase = (await protocol_of(ctx, exercise)).phase(exercise.phase or "")
    return any(marks.list == list_name and marks.tally == "hidden" for marks in phase.marks)


async def _given(ctx: Context, booth: Booth) -> dict[int, UUID]:
    """The voter's marks in this list by slot; 409 where the contribution cannot be marked any more."""
    here = (Ballot.exercise_id == booth.circle.exercise.id, Ballot.ballot == booth.ballot)
    gone = or_(
        Contribution.deleted_at.is_not(None),
        Contribution.merged_into_id.is_not(None),
        Contribution.dropped_at.is_not(None),
    )
    query = (
        select(gone, Ballot.is_run_off, Ballot.tied)
        .select_from(Contribution)
        .outerjoin(Ballot, and_(*here))
        .where(Contribution.id == booth.contribution.id)
    )
    rows = (await ctx.db.execute(booth.urn.beside(query))).all()
    is_gone, is_run_off, tied = rows[0][:3]
    if is_gone:
        raise _refusal(booth.circle, "This contribution was taken back, merged or dropped.")
    if is_run_off and str(booth.contribution.id) not in tied:
        raise _refusal(booth.circle, "This vote is about the tied ones alone.")
    return booth.urn.given(rows)


def _judge(ctx: Context, booth: Booth, used: int) -> None:
    circle = booth.circle
    roles = circle.roles(ctx.me)
    refused = refuse_mark(
        circle.phase, roles, {booth.marks.list: used}, booth.marks.list, booth.contribution.kind
    )
    if refused is not None:
        kind = BUDGET_SPENT if refused.code == BUDGET_SPENT.code else NOT_ACCEPTED
        raise _refusal(circle, refused.detail, kind)
    if booth.ballot in circle.closed:
        raise _refusal(circle, f"The list `{booth.marks.list}` is closed.")


async def _mark(ctx: Context, booth: Booth, given: dict[int, UUID]) -> int:
    """Take the lowest free slot. Of two requests of one person for it, the second one looks again."""
    for slot in range(1, booth.marks.budget + 1):
        if slot in given:
            continue
        if await booth.urn.put(ctx, slot, booth.contribution.id):
            return slot
        given |= await _given(ctx, booth)
        if booth.contribution.id in given.values():
            return next(taken for taken, card in given.items() if card == booth.contribution.id)
    raise _refusal(
        booth.circle, f"All {booth.marks.budget} marks of `{booth.marks.list}` are given.", BUDGET_SPENT
    )


def _lists(circle: Circle) -> str:
    named = ", ".join(f"`{marks.list}`" for marks in circle.phase.marks)
    return f": {named}" if named else " none"


def _refusal(circle: Circle, detail: str, kind: Any = NOT_ACCEPTED) -> Problem:
    return Problem(kind, detail, phase=circle.phase.key, lists=[marks.list for marks in circle.phase.marks])


def _tell(ctx: Context, booth: Booth, type_: str) -> None:
    """Marks of hidden lists make no event: one with totals follows at the end of the phase."""
    if booth.is_hidden:
        return
    exercise, contribution = booth.circle.exercise, booth.contribution
    to_all = contribution.breakout is None and exercise.confidentiality in SHOWN_TO_ALL
    only_for = None if to_all and contribution.revealed_at is not None else ctx.me
    ctx.record(
        type_,
        contribution,
        only_for=only_for,
        began_at=exercise.began_at,
        exercise_id=exercise.id,
        list=booth.marks.list,
    )
