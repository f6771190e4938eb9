"""When a session is: local time to instants, times that the clocks skip, and sessions that would overlap."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.problems import GUARD_FAILED, Problem, invalid, problem_type
from peergroup.kit.time import LATEST, local_instant, wall_time
from peergroup.sessions.models import HELD, Session

NO_SUCH_TIME = problem_type(
    "no_such_time",
    422,
    "The clocks skip this time",
    'Choose a time that exists on that day, or send "dst_policy": "shift_forward".',
)


@dataclass(frozen=True, slots=True)
class Placed:
    """When something is: what the clock on the wall shows then, and the instants that follow from it."""

    local_start: str
    time_zone: str
    dst_policy: str
    minutes: int
    starts_at: dt.datetime
    ends_at: dt.datetime


def placed(
    local_start: str, zone: str, dst_policy: str, minutes: int, pointer: str = "/local_start"
) -> Placed:
    """When a local time is. Refuses one that the clocks skip, if so told; else it comes later by what is skipped."""
    instant = local_instant(local_start, zone)
    shown = wall_time(instant, zone)
    if shown != local_start and dst_policy == "refuse":
        skipped = {"pointer": pointer, "detail": f"the clocks in {zone} skip {local_start}"}
        raise Problem(NO_SUCH_TIME, "There is no such time on that day.", errors=[skipped])
    ends_at = instant + dt.timedelta(minutes=minutes)
    if ends_at >= LATEST:
        raise invalid(pointer, "ends after the year 2199")
    return Placed(shown, zone, dst_policy, minutes, instant, ends_at)


def place_in_time(session: Session, local_start: str, zone: str, dst_policy: str, minutes: int) -> bool:
    """Set when a session is, and say whether that changed. Refuses a time that the clocks skip, if so told."""
    found = placed(local_start, zone, dst_policy, minutes)
    before = (session.local_start, session.time_zone, session.starts_at, session.ends_at)
    for name in Placed.__slots__:
        setattr(session, name, getattr(found, name))
    return before != (session.local_start, session.time_zone, session.starts_at, session.ends_at)


async def overlapping(ctx: Context, session: Session) -> dt.datetime | None:
    """When another session of the group begins that takes some of the same time. Asked under the group's lock."""
    query = select(Session.starts_at).where(
        Session.group_id == session.group_id,
        Session.state.in_(HELD),
        Session.id != session.id,
        Session.starts_at < session.ends_at,
        Session.ends_at > session.starts_at,
    )
    with ctx.db.no_autoflush:
        return await ctx.db.scalar(query.order_by(Session.starts_at).limit(1))


async def refuse_overlap(ctx: Context, session: Session) -> None:
    """409 where a scheduled session would take time that another one has."""
    if await overlapping(ctx, session) is not None:
        detail = "Another session of the group takes that time."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "overlap", "detail": detail}])
