"""What may stand in the way of a verb of a promise, and when its day is over."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.commitments.models import Commitment
from peergroup.kit.context import Context
from peergroup.kit.time import end_of_local_day
from peergroup.organizations.models import Organization
from peergroup.people.models import Person

MOST_MOVES = 100


async def zone_of(ctx: Context, person_id: UUID) -> str:
    """Where somebody lives: their own time zone, else the organization's."""
    key = ("zone", person_id)
    if key not in ctx.memory:
        query = (
            select(func.coalesce(Person.time_zone, Organization.time_zone))
            .join(Organization, Organization.id == Person.organization_id)
            .where(Person.id == person_id)
        )
        ctx.memory[key] = await ctx.db.scalar(query) or "UTC"
    zone: str = ctx.memory[key]
    return zone


async def lies_ahead(ctx: Context, person_id: UUID, by_on: dt.date) -> bool:
    """Whether a by-when is in the future: its day is not over yet where the person lives."""
    return end_of_local_day(by_on, await zone_of(ctx, person_id)) > ctx.now


async def by_when_lies_ahead(ctx: Context, commitment: Commitment, taken: Any) -> str | None:
    """A promise is renegotiated to a day that is still to come."""
    if taken is None or await lies_ahead(ctx, commitment.owner_id, taken.by_on):
        return None
    return "The new by-when lies in the past."


async def moved_rarely(_ctx: Context, commitment: Commitment, _taken: Any) -> str | None:
    """A promise that was moved so often is none."""
    moved = commitment.renegotiated
    return f"It was moved {moved} times already; drop it." if moved >= MOST_MOVES else None
