"""What was asked before, and what is asked now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select

from peergroup.facilitation.models import Participant
from peergroup.icebreakers import policy
from peergroup.icebreakers.drawing import Memory
from peergroup.icebreakers.models import Draw
from peergroup.icebreakers.schemas import DrawOut, FirstOut
from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named
from peergroup.people.models import Person
from peergroup.sessions import hanging
from peergroup.sessions.models import Attendance, Session
from peergroup.sessions.queries import find_session

THERE = ("present", "late")
hanging.register("an icebreaker was drawn for it", Draw.session_id)


async def present_draw(ctx: Context, session_id: UUID) -> Draw | None:
    """The question of a session, if one was drawn."""
    query = select(Draw).where(Draw.session_id == session_id, Draw.skipped_at.is_(None))
    found: Draw | None = await ctx.db.scalar(query)
    return found


async def sessions_held(ctx: Context, group_id: UUID) -> int:
    """How often a group has met."""
    query = select(func.count()).where(Session.group_id == group_id, Session.state == "completed")
    return int(await ctx.db.scalar(query) or 0)


async def memory_of(ctx: Context, session: Session, here: Sequence[UUID]) -> tuple[Memory, Sequence[Draw]]:
    """What this group was asked, and what those here were asked elsewhere; with the group's draws, oldest first."""
    query = select(Draw).where(Draw.group_id == session.group_id).order_by(Draw.id)
    past = (await ctx.db.scalars(query)).all()
    asked = {one.key: one.created_at for one in past if one.skipped_at is None}
    skipped = frozenset(one.key for one in past if one.skipped_at and one.session_id == session.id)
    return Memory(asked, await _elsewhere(ctx, session, here), skipped), past


async def _elsewhere(ctx: Context, session: Session, here: Sequence[UUID]) -> dict[str, int]:
    """By question, how many of these people were there when another group was asked."""
    if not here:
        return {}
    sat = (Attendance.session_id == Draw.session_id) & Attendance.mark.in_(THERE)
    wrote = (Participant.exercise_id == Draw.exercise_id) & (Participant.state == "in")
    query = (
        select(Draw.key, func.count(Person.id.distinct()))
        .join(Person, among(ctx.db, Person.id, here))
        .outerjoin(Attendance, sat & (Attendance.person_id == Person.id))
        .outerjoin(Participant, wrote & (Participant.person_id == Person.id))
        .where(
            Draw.group_id != session.group_id,
            Draw.skipped_at.is_(None),
            or_(Attendance.person_id.is_not(None), Participant.person_id.is_not(None)),
        )
        .group_by(Draw.key)
    )
    return {key: int(count) for key, count in (await ctx.db.execute(query)).all()}


async def show_of_session(ctx: Context, session_id: UUID) -> DrawOut:
    """The question of a session, for those who see the session whole; 404 where none was drawn."""
    session, here = await find_session(ctx, session_id, agenda=False)
    if here.sight != "whole":
        raise not_found()
    ctx.require(policy.SEE, here, session)
    found = await present_draw(ctx, session_id)
    if found is None:
        raise not_found()
    return await show(ctx, found)


async def show(ctx: Context, drawn: Draw) -> DrawOut:
    """A draw on the wire."""
    first = None
    if drawn.first_id is not None:
        name = await ctx.db.scalar(select(Person.name).where(Person.id == drawn.first_id))
        first = FirstOut(person=Named(id=drawn.first_id, name=name or ""), why=drawn.first_why or "")
    return DrawOut(
        session_id=drawn.session_id,
        key=drawn.key,
        text=drawn.text,
        depth=drawn.depth,
        why=drawn.why,
        first=first,
        exercise_id=drawn.exercise_id,
        drawn_at=drawn.created_at,
    )
