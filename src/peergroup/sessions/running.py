"""For the rooms above: a session by its id, and the hot seat of a running one."""

from uuid import UUID

from peergroup.kit.context import Context, get
from peergroup.kit.problems import INVALID_TRANSITION, Problem
from peergroup.sessions import clock
from peergroup.sessions.agenda import made
from peergroup.sessions.attention import note_touch
from peergroup.sessions.models import Segment, Session
from peergroup.sessions.queries import agenda_of
from peergroup.sessions.schemas import SegmentOf

HOT_SEAT_MINUTES = 45


async def session_for(ctx: Context, session_id: UUID, lock: bool = False) -> Session:
    """The session with this id, locked against changes if `lock`; 404 if there is none.

    The caller judges who may see it. Locks come in the order group, session, exercise.
    """
    return await get(ctx, Session, session_id, lock=lock)


async def move_to_hot_seat(ctx: Context, session: Session, exercise_id: UUID) -> UUID:
    """Give the exercise the next unfinished hot seat of a running session, which begins; none left: one is added.

    The session has to be locked. Gives the id of the segment; 409 where the session does not run.
    """
    if session.state != "in_progress":
        raise Problem(
            INVALID_TRANSITION,
            f"The session is {session.state}, not in progress.",
            state=session.state,
            allowed=[],
        )
    session.agenda = await agenda_of(ctx, session.id)
    seat = _next_hot_seat(session)
    if seat is None:
        place = max((one.position for one in session.agenda), default=-1) + 1
        entry = SegmentOf(title="Hot seat", kind="hot_seat", minutes=HOT_SEAT_MINUTES)
        seat = made(ctx, session, entry, place)
        session.agenda = [*session.agenda, seat]
    # Whose it is, is the exercise's to say from now on: some show no name once they are over.
    seat.exercise_id, seat.person_id, session.updated_at = exercise_id, None, ctx.now
    if seat.id != session.current_id:
        clock.close_current(session, ctx.now)
        clock.begin(session, seat, ctx.now)
        ctx.record("session.segment_changed", session, segment_id=seat.id)
    await note_touch(ctx, session.id)
    await ctx.db.flush()
    return seat.id


def _next_hot_seat(session: Session) -> Segment | None:
    current = [session.current] if session.current else []
    seats = (one for one in [*current, *clock.upcoming(session)] if one.kind == "hot_seat")
    return next((one for one in seats if one.exercise_id is None), None)
