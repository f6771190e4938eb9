"""What groups hold of a person, and how it moves when two entries turn out to be one human."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups import actions, guards
from peergroup.groups.models import LIVE, TAKING_PART, ActivePeriod, Group, Membership, Signature, Waiver
from peergroup.groups.periods import close_period
from peergroup.kit.context import Context, get
from peergroup.kit.problems import GUARD_FAILED, Problem
from peergroup.kit.text import mailbox
from peergroup.people import merging
from peergroup.people.merging import Conflict
from peergroup.people.models import Person


async def conflicts(ctx: Context, person_id: UUID, into_id: UUID) -> list[Conflict]:
    """Both live in one group. Nobody takes over somebody's place in a group for themselves."""
    theirs, kept = await _live(ctx, person_id), await _live(ctx, into_id)
    if theirs and ctx.principal.person_id == into_id:
        detail = "Merging them into yourself would let you into their groups; another admin has to do it."
        raise _in_the_way("own_merge", detail)
    return [
        Conflict(_key(group_id), "same_group", "Both are in this group.")
        for group_id in sorted(theirs.keys() & kept.keys())
    ]


async def _live(ctx: Context, person_id: UUID) -> dict[UUID, Membership]:
    query = select(Membership).where(Membership.person_id == person_id, Membership.state.in_(LIVE))
    return {one.group_id: one for one in (await ctx.db.scalars(query)).all()}


def _key(group_id: UUID) -> str:
    return f"membership:{group_id}"


def _in_the_way(code: str, detail: str) -> Problem:
    return Problem(GUARD_FAILED, detail, guards=[{"code": code, "detail": detail}])


async def move(ctx: Context, person_id: UUID, into_id: UUID, resolve: Mapping[str, str]) -> None:
    """One membership a group stays; the other one, a double, is gone. Every group is told.

    Where the survivor reads another mailbox, a moderator of the group has to say that it is them.
    """
    elsewhere = await _is_elsewhere(ctx, person_id, into_id)
    for group_id in sorted((await _live(ctx, person_id)).keys()):
        await get(ctx, Group, group_id, lock=True)
    theirs, kept = await _live(ctx, person_id), await _live(ctx, into_id)
    for group_id, membership in sorted(theirs.items()):
        facts: dict[str, Any] = {"person_id": into_id, "was_person_id": person_id}
        stays, double = membership, kept.get(group_id)
        if double is not None and resolve.get(_key(group_id)) != "this":
            stays, double = double, stays
        if double is not None:
            facts["double_id"] = double.id
            await _drop(ctx, double, stays)
        if stays is membership:
            await _hand_over(ctx, stays, into_id, in_doubt=elsewhere)
        ctx.record("membership.merged", stays, group_id=group_id, **facts)


async def _is_elsewhere(ctx: Context, person_id: UUID, into_id: UUID) -> bool:
    query = select(Person.id, Person.email).where(Person.id.in_((person_id, into_id)))
    address = {row.id: row.email for row in (await ctx.db.execute(query)).all()}
    was, now = address[person_id], address[into_id]
    # Whoever has no address takes over the other one's.
    return now is not None and mailbox(was) != mailbox(now)


async def _hand_over(ctx: Context, membership: Membership, into_id: UUID, *, in_doubt: bool) -> None:
    if in_doubt and membership.state in TAKING_PART:
        await actions.doubt(ctx, membership)
    membership.person_id = into_id
    await ctx.db.flush()


async def _drop(ctx: Context, double: Membership, stays: Membership) -> None:
    if not (stays.role == double.role and stays.state == "active") and (
        detail := await guards.another_moderator_stays(ctx, double, None)
    ):
        raise _in_the_way("last_moderator", detail)
    await close_period(ctx, double)
    await ctx.db.delete(double)
    await ctx.db.flush()


merging.register(
    "groups",
    conflicts=conflicts,
    move=move,
    follows=(
        Signature.person_id,
        Waiver.person_id,
        Waiver.made_by_id,
        ActivePeriod.person_id,
        Membership.person_id,
        Membership.invited_by_id,
        Membership.connector_id,
    ),
)
