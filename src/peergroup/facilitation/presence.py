"""Whose a session is and who is at it: asked of the room above; until it registers, everybody counts as present."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from peergroup.kit.context import Context


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was expected at a session, and who is known to be absent or excused."""

    expected: set[UUID] = field(default_factory=set)
    absent: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whose a session is, and what its agenda consists of. No group: there is no such session."""

    group_id: UUID | None = None
    segments: frozenset[UUID] = frozenset()


PresentAt = Callable[[Context, UUID], Awaitable[Presence]]
MeetingOf = Callable[[Context, UUID], Awaitable[Meeting]]
_asked: list[tuple[PresentAt, MeetingOf]] = []


def register(present_at: PresentAt, meeting_of: MeetingOf) -> None:
    """Let a room above answer for sessions; the last one registered is asked."""
    _asked[:] = [(present_at, meeting_of)]


async def presence(ctx: Context, session_id: UUID | None) -> Presence:
    """Who is at this session; nobody is absent where nobody can say."""
    if session_id is None or not _asked:
        return Presence()
    return await _asked[0][0](ctx, session_id)


async def meeting(ctx: Context, session_id: UUID) -> Meeting | None:
    """Whose this session is; None where nobody can say."""
    return await _asked[0][1](ctx, session_id) if _asked else None
