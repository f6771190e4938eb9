"""The server's clock: which segment runs, until when, and what moving through the agenda does. No I/O."""

import datetime as dt

from sqlalchemy.orm.attributes import flag_modified

from peergroup.sessions.models import Segment, Session


def upcoming(session: Session) -> list[Segment]:
    """What is still to come: first what follows the present segment, then what was passed over."""
    here = session.current.position if session.current else -1
    waiting = [one for one in session.agenda if one.ended_at is None and one.id != session.current_id]
    return [one for one in waiting if one.position > here] + [one for one in waiting if one.position < here]


def following(session: Session) -> Segment | None:
    """What going on leads to; None where nothing is left."""
    return next(iter(upcoming(session)), None)


def previous(session: Session) -> Segment | None:
    """The segment that ended last."""
    over = [one for one in session.agenda if one.ended_at is not None]
    return max(over, key=lambda one: (one.ended_at, one.position), default=None)


def close_current(session: Session, now: dt.datetime) -> None:
    """End the segment that runs, if one does."""
    if session.current is not None:
        session.current.ended_at = now
        _write_both_times(session.current)
    session.current_id, session.clock_ends_at, session.clock_left = None, None, None


def put_off_current(session: Session) -> None:
    """Let the segment that runs be one that is still to come."""
    if session.current is not None:
        session.current.started_at = None
        _write_both_times(session.current)


def _write_both_times(segment: Segment) -> None:
    # Changes of the same columns go to the database together.
    flag_modified(segment, "started_at")
    flag_modified(segment, "ended_at")


def begin(session: Session, segment: Segment | None, now: dt.datetime) -> None:
    """Let a segment run with its full time; none: nothing runs any more."""
    session.current_id, session.clock_left = (segment.id if segment else None), None
    session.clock_ends_at = None
    if segment is not None:
        segment.started_at, segment.ended_at = segment.started_at or now, None
        _write_both_times(segment)
        session.clock_ends_at = now + dt.timedelta(minutes=segment.minutes + segment.extended)


def stop_clock(session: Session, now: dt.datetime) -> None:
    """Remember what is left of the segment's time."""
    if session.clock_ends_at is not None:
        session.clock_left = round((session.clock_ends_at - now).total_seconds())
        session.clock_ends_at = None


def restart_clock(session: Session, now: dt.datetime) -> None:
    """Go on with what was left."""
    if session.clock_left is not None:
        session.clock_ends_at = now + dt.timedelta(seconds=session.clock_left)
        session.clock_left = None


def lengthen(session: Session, minutes: int) -> None:
    """Give the segment that runs more time."""
    if session.current is None:
        return
    session.current.extended += minutes
    if session.clock_ends_at is not None:
        session.clock_ends_at += dt.timedelta(minutes=minutes)
    if session.clock_left is not None:
        session.clock_left += 60 * minutes
