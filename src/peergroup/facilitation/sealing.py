"""Keys and pseudonyms: how an exercise knows that two cards are of one author without knowing of whom."""

import hmac
import secrets
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation.models import Exercise
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.sealed_models import KEYS, ExerciseKey
from peergroup.kit.context import Asking, Context

CARDS, MARKS, RETRIES = "cards", "marks", "retries"
_PURPOSE = "exercise-key"


def needs_key(protocol: Protocol) -> bool:
    """Whether anything in this method is said or marked under a pseudonym."""
    return any(
        phase.anonymous or any(marks.tally == "hidden" for marks in phase.marks) for phase in protocol.phases
    )


def new_key(ctx: Context, exercise: Exercise) -> None:
    """Make the key of an exercise; the server's secret is needed to open it."""
    key = secrets.token_bytes(32)
    _remember(ctx, exercise, key)
    wrapped = ctx.house.vault.wrap(_PURPOSE, str(exercise.id), key)
    ctx.db.add(ExerciseKey(exercise_id=exercise.id, wrapped=wrapped))


async def key_of(ctx: Context, exercise: Exercise) -> bytes | None:
    """The key of an exercise; None where there is none any more."""
    if (_PURPOSE, exercise.id) not in ctx.memory:
        query = select(ExerciseKey.wrapped).where(ExerciseKey.exercise_id == exercise.id)
        keep_key(ctx, exercise, await ctx.db.scalar(query))
    found: bytes | None = ctx.memory[_PURPOSE, exercise.id]
    return found


def keep_key(ctx: Context, exercise: Exercise, wrapped: str | None) -> None:
    """Open a key that was read together with its exercise."""
    _remember(ctx, exercise, opened_key(ctx, exercise.id, wrapped))


def forget_key(ctx: Context, exercise: Exercise) -> None:
    """From now on there is no key."""
    _remember(ctx, exercise, None)


def _remember(ctx: Context, exercise: Exercise, key: bytes | None) -> None:
    ctx.memory[_PURPOSE, exercise.id] = key
    ctx.db.info.setdefault(KEYS, {})[exercise.id] = key  # where sealed cards look for it


def opened_key(asking: Asking, exercise_id: UUID, wrapped: str | None) -> bytes | None:
    """A key that was read, opened with the server's secret."""
    return None if wrapped is None else asking.house.vault.unwrap(_PURPOSE, str(exercise_id), wrapped)


def pseudonym(key: bytes, purpose: str, person_id: UUID) -> str:
    """64 characters that stand for a person in one exercise and for one purpose."""
    return hmac.digest(key, f"{purpose}/{person_id}".encode(), "sha256").hex()
