"""When a session is and whose: asked of the room above, which keeps them. Guests come for one of them."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from peergroup.kit.context import Context


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as far as an invitation to it asks."""

    group_id: UUID
    ends_at: dt.datetime
    runs: bool
    is_over: bool


MeetingOf = Callable[[Context, UUID], Awaitable[Meeting | None]]
_asked: list[MeetingOf] = []


def register(meeting_of: MeetingOf) -> None:
    """Let a room above answer; the last one registered is asked."""
    _asked[:] = [meeting_of]


async def meeting(ctx: Context, session_id: UUID) -> Meeting | None:
    """The session of this id; None where there is none, or nobody keeps any."""
    return await _asked[0](ctx, session_id) if _asked else None
