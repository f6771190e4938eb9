"""Who comes: answers, and places where there are only so many. All of it under the session's lock."""

from collections.abc import Sequence
from itertools import count
from uuid import UUID

from sqlalchemy import select

from peergroup.kit.context import Context, get
from peergroup.kit.problems import GUARD_FAILED, INVALID_TRANSITION, Problem
from peergroup.sessions import policy
from peergroup.sessions.models import HELD, Rsvp, Session
from peergroup.sessions.queries import find_session


async def answer(ctx: Context, session_id: UUID, person_id: UUID, given: str) -> Rsvp:
    """Say whether one comes; where every place is taken, a yes waits its turn."""
    session, here = await find_session(ctx, session_id, lock=True, agenda=False)
    ctx.require(policy.ANSWER, here, person_id)
    if session.state not in HELD:
        raise Problem(
            INVALID_TRANSITION,
            f"Nobody answers while it is {session.state}.",
            state=session.state,
            allowed=[],
        )
    rsvps = await _answers(ctx, session.id)
    mine = next((one for one in rsvps if one.person_id == person_id), None)
    if mine is None:
        mine = Rsvp(session_id=session.id, person_id=person_id, answer="", answered_at=ctx.now)
        ctx.db.add(mine)
        rsvps = [*rsvps, mine]
    if mine.answer != given:
        await _change(ctx, session, rsvps, mine, given)
    return mine


async def _answers(ctx: Context, session_id: UUID) -> Sequence[Rsvp]:
    query = select(Rsvp).where(Rsvp.session_id == session_id).execution_options(populate_existing=True)
    return (await ctx.db.scalars(query)).all()


async def _change(ctx: Context, session: Session, rsvps: Sequence[Rsvp], mine: Rsvp, given: str) -> None:
    freed = mine.seat_no is not None
    mine.answer, mine.answered_at = given, ctx.now
    mine.seat_no, mine.queue_no = None, None
    if given == "yes":
        mine.seat_no = _free_seat(session, rsvps)
        if mine.seat_no is None:
            mine.queue_no = max((one.queue_no or 0 for one in rsvps), default=0) + 1
    ctx.record("rsvp.changed", session, person_id=mine.person_id, answer=given, waiting=mine.waits)
    # The place is free in the database before somebody else gets it: it is unique there.
    await ctx.db.flush()
    if freed:
        await promote(ctx, session, rsvps)


async def promote(ctx: Context, session: Session, rsvps: Sequence[Rsvp]) -> None:
    """Give free places to those who wait, in the order in which they said yes; nobody is promoted twice."""
    for one in sorted((one for one in rsvps if one.waits), key=lambda one: one.queue_no or 0):
        one.seat_no = _free_seat(session, rsvps)
        if one.seat_no is None:
            break
        one.queue_no, one.promoted_at = None, ctx.now
        ctx.record("rsvp.promoted", session, person_id=one.person_id)
    await ctx.db.flush()


def _free_seat(session: Session, rsvps: Sequence[Rsvp]) -> int | None:
    taken = {one.seat_no for one in rsvps}
    places = count(1) if session.capacity is None else range(1, session.capacity + 1)
    return next((place for place in places if place not in taken), None)


async def fit_capacity(ctx: Context, session: Session) -> None:
    """After a change of capacity: more places go to those who wait; fewer than are taken are refused."""
    rsvps = await _answers(ctx, session.id)
    seated = [one for one in rsvps if one.seat_no is not None]
    if session.capacity is not None and len(seated) > session.capacity:
        detail = f"{len(seated)} people have a place already."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "seats_taken", "detail": detail}])
    if session.capacity is not None:
        for one in seated:
            if one.seat_no is not None and one.seat_no > session.capacity:
                one.seat_no = _free_seat(session, seated)
    await promote(ctx, session, rsvps)


async def withdraw(ctx: Context, session_id: UUID, person_id: UUID) -> None:
    """Somebody takes no part any more: their place is free."""
    session = await get(ctx, Session, session_id, lock=True)
    rsvps = await _answers(ctx, session_id)
    mine = next((one for one in rsvps if one.person_id == person_id), None)
    if mine is not None and mine.answer != "no" and session.state in HELD:
        await _change(ctx, session, rsvps, mine, "no")
