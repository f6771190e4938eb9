"""Guests: invited to one session, in by signing, gone with the session, and once in a group for ever."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups import actions, meetings
from peergroup.groups.lifecycles import MEMBERSHIP
from peergroup.groups.models import Group, Membership
from peergroup.groups.schemas import InviteIn
from peergroup.groups.visits import GUEST_ONCE, what
from peergroup.kit import jobs
from peergroup.kit.context import Context, House, get
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.people import consumptions

PATIENCE = dt.timedelta(days=1)
"""A session that nobody opened may still be opened late; a day after its planned end nobody waits any more."""
STAYING = ("invited", "active", "suspended")


async def judge_visit(ctx: Context, group: Group, given: InviteIn, person_id: UUID) -> dt.datetime:
    """When the session is over by its plan; refuses a session of another group, a past one, and a second visit."""
    session = await meetings.meeting(ctx, given.session_id) if given.session_id else None
    if session is None or session.group_id != group.id:
        raise invalid("/session_id", "is no session of this group")
    if session.is_over:
        raise Problem(CONFLICT, "This session is over.")
    if await consumptions.used(ctx, what(group.id), person_id):
        raise Problem(GUEST_ONCE, "They were a guest of this group before.")
    return session.ends_at


async def watch(ctx: Context, membership: Membership, ends_at: dt.datetime) -> None:
    """Look again a day after the session should be over: nobody may have opened it, or it was moved."""
    await jobs.enqueue(
        ctx,
        "see_guest_off",
        due_at=max(ends_at, ctx.now) + PATIENCE,
        dedupe=str(membership.id),
        membership_id=membership.id,
    )


async def welcome(ctx: Context, membership_id: UUID) -> None:
    """Somebody who was invited as a guest has signed: they are in. Their group is locked by the caller."""
    membership = await get(ctx, Membership, membership_id, lock=True)
    await perform(ctx, MEMBERSHIP, "welcome", membership, action=actions.welcome)


async def end_visits(ctx: Context, session_id: UUID, *, took_place: bool) -> None:
    """A session is over, or will not be: its guests go. A visit that could not take place is not used up."""
    query = select(Membership.group_id, Membership.id).where(
        Membership.session_id == session_id, Membership.role == "guest", Membership.state.in_(STAYING)
    )
    for group_id, membership_id in (await ctx.db.execute(query.order_by(Membership.id))).all():
        await _see_off(ctx, group_id, membership_id, took_place=took_place)


async def _see_off(ctx: Context, group_id: UUID, membership_id: UUID, *, took_place: bool) -> None:
    await get(ctx, Group, group_id, lock=True)
    membership = await get(ctx, Membership, membership_id, lock=True)
    if membership.state not in STAYING:
        return
    if not took_place and membership.visit_id is not None:
        await consumptions.give_back(ctx, membership.visit_id)
        membership.visit_id = None
    await perform(ctx, MEMBERSHIP, "see_off", membership, action=actions.see_off)


@jobs.job("see_guest_off")
async def see_guest_off(house: House, due: jobs.Due) -> None:
    """Let a guest go whose session is over by the clock; where it was moved or still runs, look again later."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        query = select(Membership).where(
            Membership.id == UUID(due.payload["membership_id"]), Membership.state.in_(STAYING)
        )
        guest: Any = await ctx.db.scalar(query)
        if guest is None:
            return
        session = await meetings.meeting(ctx, guest.session_id)
        waits = session is not None and not session.is_over
        if session is not None and waits and (session.runs or session.ends_at + PATIENCE > ctx.now):
            await watch(ctx, guest, session.ends_at)
        else:
            await _see_off(ctx, guest.group_id, guest.id, took_place=session is not None)
