"""The times of a plan together: sessions that change places, and sessions that would take each other's time."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import or_, select

from peergroup.kit.context import Context
from peergroup.kit.problems import GUARD_FAILED, Problem
from peergroup.kit.time import to_wire
from peergroup.sessions.models import HELD, Session
from peergroup.sessions.plans import Year
from peergroup.sessions.times import Placed

Span = tuple[dt.datetime, dt.datetime, str | None]
"""Beginning, end, and the key of what is in the plan."""


async def flush_moved(
    ctx: Context, sessions: Sequence[Session], moved: Sequence[tuple[Session, Placed]]
) -> None:
    """Give sessions their new times. Where one takes the beginning that another one leaves, all of them step
    aside first: no two of a group begin at once, in the database neither."""
    left = {session.starts_at for session in sessions}
    if any(placed.starts_at in left - {session.starts_at} for session, placed in moved):
        states = [session.state for session, _ in moved]
        for session, _ in moved:
            session.state = "draft"
        await ctx.db.flush()
        for (session, _), state in zip(moved, states, strict=True):
            session.state = state
    for session, placed in moved:
        for name in Placed.__slots__:
            setattr(session, name, getattr(placed, name))
    await ctx.db.flush()


async def refuse_overlaps(ctx: Context, year: Year) -> None:
    """409 where two sessions of the group would take the same time, with the key of the one in the plan."""
    planned = [session for session in year.sessions if session.state in HELD]
    if not planned:
        return
    others = await _others(ctx, year, planned)
    spans: list[Span] = [(one.starts_at, one.ends_at, one.plan_key) for one in planned] + others
    spans.sort(key=lambda span: span[:2])
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            key = after[2] or before[2]
            detail = f"{key} takes time that another session of the group has from {to_wire(before[0])} on."
            raise Problem(GUARD_FAILED, detail, guards=[{"code": "overlap", "detail": detail}])


async def _others(ctx: Context, year: Year, planned: Sequence[Session]) -> list[Span]:
    plan: Any = None if year.plan is None else year.plan.id
    query = select(Session.starts_at, Session.ends_at).where(
        Session.group_id == year.group.id,
        or_(Session.plan_id.is_(None), Session.plan_id != plan),
        Session.state.in_(HELD),
        Session.starts_at < max(session.ends_at for session in planned),
        Session.ends_at > min(session.starts_at for session in planned),
    )
    return [(row.starts_at, row.ends_at, None) for row in (await ctx.db.execute(query)).all()]
