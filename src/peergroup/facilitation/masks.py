"""What a retried request of an anonymous phase leaves in the table of retries: a pseudonym, and no words."""

from collections.abc import Mapping
from typing import Any

from peergroup.facilitation.cards import part_of
from peergroup.facilitation.entering import find_exercise
from peergroup.facilitation.sealing import RETRIES, key_of, pseudonym
from peergroup.facilitation.shelf import protocol_of
from peergroup.kit.context import Context
from peergroup.kit.idempotency import Mask


async def mask_of(ctx: Context, given: Mapping[str, Any]) -> Mask | None:
    """The mask of a request to an exercise whose present phase is anonymous; None elsewhere.

    The exercise is held from here on, so that the phase that was looked at is the one that is spoken in.
    """
    if ctx.idempotency_key is None or ctx.principal.person_id is None:
        return None
    exercise, _ = await find_exercise(ctx, given["exercise_id"], share=True)
    if (
        not exercise.is_going_on
        or not (await protocol_of(ctx, exercise)).phase(exercise.phase or "").anonymous
    ):
        return None
    key = await key_of(ctx, exercise)
    if key is None:
        return None
    return Mask(pseudonym(key, RETRIES, ctx.me), key, part_of(exercise, exercise.step))
