"""Who is at a session: asked of the room above, which knows; until it registers, everybody counts as present."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from peergroup.kit.context import Context


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was expected at a session, and who is known to be absent or excused."""

    expected: set[UUID] = field(default_factory=set)
    absent: set[UUID] = field(default_factory=set)


PresentAt = Callable[[Context, UUID], Awaitable[Presence]]
_asked: list[PresentAt] = []


def register(present_at: PresentAt) -> None:
    """Let a room above answer who is present at a session; the last one registered is asked."""
    _asked[:] = [present_at]


def somebody_knows() -> bool:
    """Whether a room above answers at all."""
    return bool(_asked)


async def presence(ctx: Context, session_id: UUID | None) -> Presence:
    """Who is at this session; nobody is absent where nobody can say."""
    if session_id is None or not _asked:
        return Presence()
    return await _asked[0](ctx, session_id)
