"""What the feed told of an exercise before fewer people were to know: it keeps it for those it concerns alone.

As `telling` and `voting` tell what is narrow from the start.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from peergroup.facilitation.models import Exercise
from peergroup.facilitation.telling import SHOWN_TO_ALL
from peergroup.kit.context import Context
from peergroup.kit.events import Event, Fact

_OF_ONE_PERSON = ("contribution.", "mark.", "commitment.")
_WHOSE = ("owner_id", "recorded_for", "person_id")


async def narrow_what_was_told(ctx: Context, exercise: Exercise) -> None:
    """Let the past of an exercise, and of its subject, tell no more than its confidentiality allows now."""
    if exercise.confidentiality in SHOWN_TO_ALL:
        return
    subjects = [one for one in (exercise.id, exercise.subject_id) if one is not None]
    part_of_it = Event.facts["exercise_id"].as_string() == str(exercise.id)
    stored = select(Event).where(
        Event.group_id == exercise.group_id, or_(Event.subject_id.in_(subjects), part_of_it)
    )
    fresh = [
        one
        for one in ctx.facts
        if one.subject_id in subjects or one.facts.get("exercise_id") in (exercise.id, str(exercise.id))
    ]
    past: list[Event | Fact] = [*(await ctx.db.scalars(stored)).all(), *fresh]
    for told in past:
        _narrow(told, unnamed=exercise.confidentiality == "chatham")
    await ctx.db.flush()


def _narrow(told: Event | Fact, *, unnamed: bool) -> None:
    whose = _whose(told)
    names_one = any(name in told.facts for name in _WHOSE)
    if told.only_for is None and (told.type.startswith(_OF_ONE_PERSON) or (unnamed and names_one)):
        told.only_for = whose
    if isinstance(told.facts.get("contributions"), dict):
        told.facts = {name: fact for name, fact in told.facts.items() if name != "contributions"}
    if unnamed and told.actor_id != told.only_for:
        told.actor_id = None


def _whose(told: Event | Fact) -> UUID | None:
    named: Any = next((told.facts[name] for name in _WHOSE if told.facts.get(name)), told.actor_id)
    return named if named is None else UUID(str(named))
