"""Which events a contribution makes, and for whom: ids and facts, never words, and never earlier than the words."""

from typing import Any

from peergroup.facilitation.models import Contribution, Exercise
from peergroup.kit.context import Context

SHOWN_TO_ALL = ("group", "shareable")


def is_told_to_all(exercise: Exercise, contribution: Contribution) -> bool:
    """Whether everybody in the group may learn at once who said something here."""
    return (
        contribution.revealed_at is not None
        and contribution.breakout is None
        and exercise.confidentiality in SHOWN_TO_ALL
    )


def tell(ctx: Context, exercise: Exercise, contribution: Contribution, type_: str, **facts: Any) -> None:
    """Record what happened to a contribution: for all, or for its author alone beside a fact without an actor."""
    facts |= {
        "began_at": exercise.began_at,
        "exercise_id": exercise.id,
        "kind": contribution.kind,
        "phase": contribution.phase,
        "round": contribution.round,
    }
    if is_told_to_all(exercise, contribution):
        if contribution.recorded_by_id is not None:
            facts["recorded_for"] = contribution.author_id
        ctx.record(type_, contribution, **facts)
        return
    # A revealed anonymous card has no author: then only who acts on it is told.
    ctx.record(type_, contribution, only_for=contribution.author_id or ctx.principal.person_id, **facts)
    if contribution.visibility != "sealed":
        progressed(ctx, exercise)


def progressed(ctx: Context, exercise: Exercise) -> None:
    """Somebody posted, passed or took something back: who, the exercise itself tells those who may know."""
    ctx.record("exercise.progressed", exercise, unnamed=True, phase=exercise.phase, round=exercise.round)
