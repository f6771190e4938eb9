"""What a service would do that did not mean it: switches that each take one part of the anonymity away."""

import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from peergroup.facilitation import cards, phases, posting
from peergroup.facilitation.models import Contribution
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.kit import idempotency
from peergroup.kit.ids import new_anonymous_id, new_id

_seal, _revealed = posting._seal, cards._revealed


def time_ordered_ids(switch: pytest.MonkeyPatch) -> None:
    """Ids that sort by the moment in which they were made, and that the reveal keeps."""
    switch.setattr(posting, "SealedCard", lambda **given: SealedCard(id=new_id(), **given))
    switch.setattr(
        cards, "_revealed", lambda ctx, run, card, *more: _row(ctx, run, card, more) | {"id": card.id}
    )


def exact_times(switch: pytest.MonkeyPatch) -> None:
    """The instant of posting, kept and shown."""
    times: dict[UUID, dt.datetime] = {}

    async def seal(ctx: Any, *given: Any) -> SealedCard:
        card = await _seal(ctx, *given)
        times[card.id] = ctx.now
        return card

    switch.setattr(posting, "_seal", seal)
    switch.setattr(
        cards,
        "_revealed",
        lambda ctx, run, card, *more: _row(ctx, run, card, more) | {"created_at": times[card.id]},
    )


def _row(ctx: Any, run: Any, card: SealedCard, more: tuple[Any, ...]) -> dict[str, Any]:
    return _revealed(ctx, run, card, *more)


def no_reinsert(switch: pytest.MonkeyPatch) -> None:
    """Rows of nobody with random ids and one time, that stay where they were first written."""
    switch.setattr(posting, "_seal", _write_for_good)
    switch.setattr(phases, "reveal_cards", _show)


async def _write_for_good(ctx: Any, raised: Any, given: Any) -> Contribution:
    exercise = raised.circle.exercise
    row = Contribution(
        id=new_anonymous_id(),
        exercise_id=exercise.id,
        group_id=exercise.group_id,
        round=exercise.round,
        phase=raised.circle.phase.key,
        step_no=exercise.step_no,
        visibility=raised.circle.phase.visibility,
        kind=given.kind,
        body=given.body,
        revealed_at=exercise.phase_opened_at,  # by now: on PostgreSQL a later change would write the row anew
        created_at=exercise.phase_opened_at,
    )
    ctx.db.add(row)
    await ctx.db.flush()
    return row


async def _show(ctx: Any, exercise: Any, step: Any, _visibility: str) -> None:
    here = (
        Contribution.exercise_id == exercise.id,
        Contribution.round == step.round,
        Contribution.phase == step.phase,
    )
    kinds = Counter(await ctx.db.scalars(select(Contribution.kind).where(*here)))
    await cards._forget_voices(ctx, exercise, step, kinds)
    await idempotency.drop_masked(ctx, cards.part_of(exercise, step))
