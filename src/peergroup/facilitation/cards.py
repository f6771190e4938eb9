"""Anonymous cards: sealed apart from their authors, revealed shuffled, and deleted with everything that could tell."""

import datetime as dt
import secrets
from collections import Counter
from typing import Any

from sqlalchemy import delete, func, select

from peergroup.facilitation.ballot_models import SealedMark
from peergroup.facilitation.marking import may_show_results
from peergroup.facilitation.models import Contribution, Exercise, Voice
from peergroup.facilitation.sealed_models import ExerciseKey, SealedCard
from peergroup.facilitation.sealing import forget_key, key_of
from peergroup.facilitation.steps import Step
from peergroup.kit import idempotency, jobs
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context
from peergroup.kit.ids import new_anonymous_id

_NAMELESS = 36
"""Voices under a longer name than a person's id are pseudonyms."""
_shuffle = secrets.SystemRandom().shuffle


def part_of(exercise: Exercise, step: Step | None = None) -> str:
    """What anonymous requests of an exercise, or of one of its phases, are kept under."""
    return f"{exercise.id}/" if step is None else f"{exercise.id}/{step.round}/{step.phase}/"


async def reveal_cards(ctx: Context, exercise: Exercise, step: Step, visibility: str) -> None:
    """Turn the sealed cards of a phase into contributions of nobody, in random order, and forget the authors.

    Fewer than three authors: their cards stay sealed, because the others could tell whose they are.
    """
    here = (
        SealedCard.exercise_id == exercise.id,
        SealedCard.round == step.round,
        SealedCard.phase == step.phase,
    )
    cards = list((await ctx.db.scalars(select(SealedCard).where(*here))).all())
    if not may_show_results(len({card.author for card in cards})):
        return
    await key_of(ctx, exercise)  # It opens the cards.
    _shuffle(cards)
    ended_at = phase_end(ctx, exercise, cards[0].step_no)
    rows = [_revealed(ctx, exercise, card, visibility, ended_at) for card in cards]
    await insert_rows(ctx.db, Contribution.__table__, rows)
    for card in cards:
        ctx.db.expunge(card)
    await _delete(ctx, SealedCard, *here)
    await _forget_voices(ctx, exercise, step, Counter(card.kind for card in cards))
    await idempotency.drop_masked(ctx, part_of(exercise, step))
    await sweep(ctx)


def phase_end(ctx: Context, exercise: Exercise, step_no: int) -> dt.datetime:
    """When the phase at this place ended: the time that its anonymous cards bear."""
    ended = exercise.phase_ends.get(str(step_no))
    return ctx.now if ended is None else dt.datetime.fromisoformat(ended)


def _revealed(
    ctx: Context, exercise: Exercise, card: SealedCard, visibility: str, ended_at: Any
) -> dict[str, Any]:
    return {
        "organization_id": ctx.organization_id,
        "id": new_anonymous_id(),
        "exercise_id": exercise.id,
        "group_id": exercise.group_id,
        "round": card.round,
        "phase": card.phase,
        "step_no": card.step_no,
        "breakout": card.breakout,
        "visibility": visibility,
        "revealed_at": ctx.now,
        "kind": card.kind,
        "body": card.body,
        "parent_id": card.parent_id,
        "after_seeing": False,
        "revision_count": 0,
        "is_tombstone": False,
        "created_at": ended_at,
        "version": 1,
    }


async def _forget_voices(ctx: Context, exercise: Exercise, step: Step, kinds: Counter[str]) -> None:
    """Who spoke in an anonymous phase is forgotten with its reveal; how often, stays."""
    here = (Voice.exercise_id == exercise.id, Voice.round == step.round, Voice.phase == step.phase)
    await _delete(ctx, Voice, *here)
    rows = [
        {
            "organization_id": ctx.organization_id,
            "exercise_id": exercise.id,
            "round": step.round,
            "phase": step.phase,
            "who": "",
            "kind": kind,
            "posted": number,
            "times": number,
        }
        for kind, number in sorted(kinds.items())
    ]
    await insert_rows(ctx.db, Voice.__table__, rows)


async def forget_everything(ctx: Context, exercise: Exercise) -> None:
    """At the end: no key, no sealed card, no hidden ballot, no pseudonym, no retry of any of them."""
    await _delete(ctx, SealedCard, SealedCard.exercise_id == exercise.id)
    await _delete(ctx, SealedMark, SealedMark.exercise_id == exercise.id)
    await _delete(ctx, Voice, Voice.exercise_id == exercise.id, func.length(Voice.who) > _NAMELESS)
    await _delete(ctx, ExerciseKey, ExerciseKey.exercise_id == exercise.id)
    await idempotency.drop_masked(ctx, part_of(exercise))
    forget_key(ctx, exercise)
    await sweep(ctx)


async def _delete(ctx: Context, model: Any, *where: Any) -> None:
    await ctx.db.execute(delete(model).where(*where).execution_options(synchronize_session=False))


async def sweep(ctx: Context) -> None:
    """Let the worker clear away what PostgreSQL keeps of deleted rows."""
    await jobs.enqueue(ctx, "sweep_sealed", dedupe="sweep_sealed")
