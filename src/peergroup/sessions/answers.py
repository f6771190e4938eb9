"""Who comes and who was there, as a list."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person
from peergroup.sessions import policy
from peergroup.sessions.guests import THERE
from peergroup.sessions.models import Attendance, Rsvp
from peergroup.sessions.queries import find_session
from peergroup.sessions.result_schemas import RsvpOut


async def list_answers(ctx: Context, session_id: UUID, paging: Paging) -> Page[RsvpOut]:
    """Everybody who answered or was marked, by name; notes only for those who may read words.

    A guest sees those who come or came, and no more of the roster than that.
    """
    session, here = await find_session(ctx, session_id, agenda=False)
    if here.sight != "whole":
        raise not_found()
    ctx.require(policy.SEE_ANSWERS, here, session)
    own = and_(Rsvp.person_id == Person.id, Rsvp.session_id == session_id)
    marked = and_(Attendance.person_id == Person.id, Attendance.session_id == session_id)
    statement: Any = (
        select(Person.id, Person.name, Rsvp, Attendance)
        .outerjoin(Rsvp, own)
        .outerjoin(Attendance, marked)
        .where(or_(Rsvp.answer.is_not(None), Attendance.mark.is_not(None)))
    )
    if here.is_guest and not here.is_admin:
        come = or_(Rsvp.answer == "yes", Attendance.mark.in_(THERE), Person.id == here.person_id)
        statement = statement.where(come)
    rows, following = await page(ctx, statement, paging, by=[Person.name_folded, Person.id])
    notes = here.reads_words and here.in_my_time and ctx.principal.has_scope("content:read")
    items = [out(Named(id=row.id, name=row.name), row.Rsvp, row.Attendance, notes=notes) for row in rows]
    return Page[RsvpOut](items=items, next_cursor=following)


def out(person: Named, rsvp: Rsvp | None, attendance: Attendance | None, *, notes: bool) -> RsvpOut:
    """One person's answer and mark on the wire."""
    shown: dict[str, Any] = {"answer": None, "waiting": False, "promoted_at": None, "answered_at": None}
    if rsvp is not None:
        shown = {
            "answer": rsvp.answer,
            "waiting": rsvp.waits,
            "promoted_at": rsvp.promoted_at,
            "answered_at": rsvp.answered_at,
        }
    return RsvpOut(
        person=person,
        **shown,
        attendance=attendance.mark if attendance else None,
        note=attendance.note if attendance and notes else None,
    )


async def show_answer(ctx: Context, rsvp: Rsvp) -> RsvpOut:
    """One's own answer on the wire."""
    name = await ctx.db.scalar(select(Person.name).where(Person.id == rsvp.person_id))
    return out(Named(id=rsvp.person_id, name=name or ""), rsvp, None, notes=False)
