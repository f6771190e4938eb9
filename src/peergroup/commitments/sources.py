"""Where promises come from besides exercises: rooms above say of which group a thing of theirs is.

A room registers `find(ctx, id)`: the group it belongs to and when it began, or None where there is no such
thing in which something can be promised now. Who may speak in that group is judged here.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from peergroup.kit.context import Context


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was promised."""

    group_id: UUID
    began_at: dt.datetime


Find = Callable[[Context, UUID], Awaitable[Place | None]]
_sources: dict[str, Find] = {}


def register(source: str, find: Find) -> None:
    """Let promises be made in a thing of a higher room."""
    _sources[source] = find


async def place_of(ctx: Context, source: str, thing_id: UUID) -> Place | None:
    """The group of a thing in which something is promised."""
    find = _sources.get(source)
    return None if find is None else await find(ctx, thing_id)
