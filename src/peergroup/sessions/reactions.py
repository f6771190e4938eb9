"""How sessions react to what happens in groups."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Membership
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on
from peergroup.sessions import hosts, rsvps
from peergroup.sessions.attention import note_touch_of_exercise
from peergroup.sessions.models import HELD, Rsvp, Session


@on(
    "membership.left",
    "membership.removed",
    "membership.suspended",
    "membership.leave_taken",
    "membership.expired",
)
async def free_the_place(ctx: Context, fact: Fact) -> None:
    """Whoever takes no part any more does not come: their places go to those who wait."""
    membership = await get(ctx, Membership, fact.subject_id)
    query = (
        select(Rsvp.session_id)
        .join(Session, Session.id == Rsvp.session_id)
        .where(
            Rsvp.person_id == membership.person_id,
            Rsvp.answer != "no",
            Session.group_id == membership.group_id,
            Session.state.in_(HELD),
        )
        .order_by(Rsvp.session_id)
    )
    for session_id in (await ctx.db.scalars(query)).all():
        await rsvps.withdraw(ctx, session_id, membership.person_id)
    if membership.role != "guest":
        await hosts.give_up(ctx, membership.group_id, membership.person_id)


@on("group.archived")
async def cancel_what_was_planned(ctx: Context, fact: Fact) -> None:
    """An archived group meets no more: what was planned is cancelled."""
    query = select(Session.id).where(
        Session.group_id == fact.subject_id, Session.state.in_(("draft", "scheduled"))
    )
    for session_id in (await ctx.db.scalars(query.order_by(Session.id))).all():
        await _cancel(ctx, session_id)


async def _cancel(ctx: Context, session_id: UUID) -> None:
    session: Any = await get(ctx, Session, session_id, lock=True)
    before, session.state = session.state, "cancelled"
    session.reason, session.updated_at = "The group was archived.", ctx.now
    session.sequence += 1
    ctx.record("session.cancelled", session, moved=(before, "cancelled"), by="archive")
    await ctx.db.flush()


@on(
    "exercise.started",
    "exercise.paused",
    "exercise.resumed",
    "exercise.finished",
    "exercise.abandoned",
    "phase.started",
    "phase.left_back",
    "phase.extended",
)
async def note_who_leads(ctx: Context, fact: Fact) -> None:
    """Whoever leads the exercise of a session leads the session too: nobody claims it from them."""
    if fact.actor_id is not None:
        await note_touch_of_exercise(ctx, fact.subject_id)
