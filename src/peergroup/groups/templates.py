"""Whether there is such an agenda template: asked of the room above, which keeps them."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from peergroup.kit.context import Context

Exists = Callable[[Context, UUID], Awaitable[bool]]
_asked: list[Exists] = []


def register(exists: Exists) -> None:
    """Let a room above answer; the last one registered is asked."""
    _asked[:] = [exists]


async def exists(ctx: Context, template_id: UUID) -> bool:
    """Whether the organization has this template; none has one where nobody keeps them."""
    return bool(_asked) and await _asked[0](ctx, template_id)
