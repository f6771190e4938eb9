"""What was promised the last time: asked of the room above, which keeps promises."""

from collections.abc import Awaitable, Callable

from peergroup.facilitation.models import Exercise
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.schemas import CarriedOut
from peergroup.kit.context import Context

Carried = Callable[[Context, Exercise], Awaitable[list[CarriedOut]]]
_asked: list[Carried] = []


def register(carried: Carried) -> None:
    """Let a room above answer what an exercise begins with; the last one registered is asked."""
    _asked[:] = [carried]


async def carried_over(ctx: Context, exercise: Exercise, protocol: Protocol) -> list[CarriedOut]:
    """The promises that the present phase opens with; nothing is asked where it does not."""
    if not _asked or not exercise.is_going_on or not protocol.phase(exercise.phase or "").carries_over:
        return []
    return await _asked[0](ctx, exercise)
