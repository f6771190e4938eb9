"""Zones whose rules change: what was planned stays at its local time, and so it begins at another instant.

Governments move clocks, and the service learns of it with new zone data. Sessions keep their local time and their
zone; the instants beside them are derived anew, once a day, wherever they do not agree any more.
"""

import datetime as dt
from typing import Any

from sqlalchemy import select

from peergroup.kit import jobs
from peergroup.kit.bulk import among
from peergroup.kit.context import Context, House
from peergroup.kit.events import Fact, on
from peergroup.sessions.models import Session
from peergroup.sessions.occurrences import Change
from peergroup.sessions.series_rows import change_all
from peergroup.sessions.times import Placed, placed

EVERY = dt.timedelta(days=1)


@on("organization.founded")
async def begin_checking(ctx: Context, _fact: Fact) -> None:
    """From the first day on, every organization looks whether its sessions are still when they say."""
    await _again(ctx)


@jobs.job("check_zone_rules")
async def check_zone_rules(house: House, due: jobs.Due) -> None:
    """Derive the instants of sessions to come from the zone data of today."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        await derive_anew(ctx)
        await _again(ctx)


async def _again(ctx: Context) -> None:
    await jobs.enqueue(ctx, "check_zone_rules", due_at=ctx.now + EVERY, dedupe="daily")


async def derive_anew(ctx: Context) -> int:
    """Give sessions to come the instants that follow from their local time; say how many that moved."""
    query = select(Session.id, Session.local_start, Session.time_zone, Session.starts_at).where(
        Session.state.in_(("draft", "scheduled")), Session.starts_at > ctx.now
    )
    # The local time that was wanted may be one that the clocks skip no more: it stands in `occurrence`.
    query = query.add_columns(Session.occurrence, Session.overridden, Session.dst_policy, Session.minutes)
    wrong = [row.id for row in (await ctx.db.execute(query)).all() if not _agrees(row)]
    if not wrong:
        return 0
    locked: Any = select(Session).where(among(ctx.db, Session.id, wrong)).order_by(Session.id)
    changes = []
    for session in (await ctx.db.scalars(locked.with_for_update())).all():
        at = _when(session)
        columns = {name: getattr(at, name) for name in Placed.__slots__ if name != "dst_policy"}
        changes.append(Change(session, columns | {"sequence": session.sequence + 1}, moved=True))
    await change_all(ctx, changes, by="zone_rules")
    return len(changes)


def _agrees(one: Any) -> bool:
    at = _when(one)
    return bool((at.starts_at, at.local_start) == (one.starts_at, one.local_start))


def _when(one: Any) -> Placed:
    own = one.occurrence is None or "local_start" in one.overridden
    wanted = one.local_start if own else one.occurrence
    return placed(wanted, one.time_zone, "shift_forward", one.minutes)
