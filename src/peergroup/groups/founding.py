"""What happens to a group: founding, changes, covenant versions and signatures, and its two verbs."""

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from peergroup.groups import guests, policy, templates
from peergroup.groups.models import Covenant, Group, Membership, Signature
from peergroup.groups.periods import open_period
from peergroup.groups.queries import find_group
from peergroup.groups.schemas import CovenantIn, GroupIn, GroupPatch
from peergroup.groups.seats import highest_seat
from peergroup.groups.standing import Standing, covenant_in_force, group_standing
from peergroup.kit.context import Context, get
from peergroup.kit.problems import GUARD_FAILED, Problem, invalid, not_found
from peergroup.kit.time import local_day
from peergroup.organizations import actions as organizations
from peergroup.people.models import Person

_ADMINISTERED = {"name", "capacity", "time_zone"}


async def found(ctx: Context, given: GroupIn) -> Group:
    """Found a group, with its moderators active and its first covenant in force."""
    ctx.require(policy.FOUND, ctx.principal)
    zone = given.time_zone or (await organizations.get(ctx)).time_zone
    if given.parent_id is not None:
        await get(ctx, Group, given.parent_id)
    group = Group(
        name=given.name,
        focus=given.focus,
        cadence=given.cadence,
        time_zone=zone,
        capacity=given.capacity,
        parent_id=given.parent_id,
        created_at=ctx.now,
    )
    ctx.db.add(group)
    await ctx.db.flush()
    ctx.record("group.founded", group, group_id=group.id)
    await _seat_moderators(ctx, group, list(dict.fromkeys(given.moderators)))
    if given.covenant is not None:
        await _write(ctx, group, CovenantIn(text=given.covenant))
    return group


async def _seat_moderators(ctx: Context, group: Group, moderators: list[UUID]) -> None:
    known = set(
        await ctx.db.scalars(select(Person.id).where(Person.id.in_(moderators), Person.state == "active"))
    )
    for place, person_id in enumerate(moderators):
        if person_id not in known:
            raise invalid(f"/moderators/{place}", "is not an active person of this organization")
        membership = Membership(
            group_id=group.id,
            person_id=person_id,
            role="moderator",
            state="active",
            invited_by_id=ctx.principal.person_id,
            created_at=ctx.now,
        )
        ctx.db.add(membership)
        await ctx.db.flush()
        open_period(ctx, membership)
        ctx.record("membership.activated", membership, person_id=person_id, role="moderator", to="active")


async def update(ctx: Context, group_id: UUID, patch: GroupPatch) -> tuple[Group, Standing]:
    """Change a group. Capacity, name and zone are the admin's; focus, cadence and run of show also the moderator's."""
    group, standing = await find_group(ctx, group_id, lock=True)
    sent = patch.model_dump(exclude_unset=True)
    ctx.require(policy.GUIDE, standing)
    if _ADMINISTERED & set(sent):
        ctx.require(policy.ADMINISTER, standing)
    ctx.expect(group)
    if (template_id := patch.agenda_template_id) is not None and not await templates.exists(ctx, template_id):
        raise invalid("/agenda_template_id", "is no template of this organization")
    for name, value in sent.items():
        setattr(group, name, value)
    if "capacity" in sent and group.capacity < await highest_seat(ctx, group.id):
        detail = "More members have a seat than the new capacity allows."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "seats_taken", "detail": detail}])
    if sent:
        ctx.record("group.updated", group, group_id=group.id, changed=sorted(sent))
    await ctx.db.flush()
    return group, standing


async def write_covenant(ctx: Context, group_id: UUID, given: CovenantIn) -> Covenant:
    """Write a new version of the covenant; from its day on, whoever has not signed it reads no words."""
    group, standing = await find_group(ctx, group_id, lock=True)
    ctx.require(policy.GUIDE, standing)
    return await _write(ctx, group, given)


async def _write(ctx: Context, group: Group, given: CovenantIn) -> Covenant:
    day = given.effective_on or local_day(ctx.now, group.time_zone)
    begins = dt.datetime.combine(day, dt.time(), ZoneInfo(group.time_zone)).astimezone(dt.UTC)
    query = select(func.max(Covenant.number), func.max(Covenant.effective_at)).where(
        Covenant.group_id == group.id
    )
    number, latest = (await ctx.db.execute(query)).one()
    if latest is not None and begins < latest:
        raise invalid("/effective_on", "a newer version cannot bind before an older one")
    covenant = Covenant(
        group_id=group.id,
        number=(number or 0) + 1,
        text=given.text,
        effective_on=day,
        effective_at=begins,
        created_at=ctx.now,
    )
    ctx.db.add(covenant)
    await ctx.db.flush()
    ctx.record("covenant.written", covenant, number=covenant.number, effective_on=day)
    return covenant


async def sign(ctx: Context, group_id: UUID, number: int) -> Covenant:
    """Sign a version of the covenant. Signing again changes nothing."""
    standing = await group_standing(ctx, group_id)
    ctx.require(policy.SIGN, standing)
    await get(ctx, Group, group_id, lock=True)
    query = select(Covenant).where(Covenant.group_id == group_id, Covenant.number == number)
    covenant: Covenant | None = await ctx.db.scalar(query)
    if covenant is None:
        raise not_found()
    key: Any = (ctx.organization_id, covenant.id, ctx.me)
    if await ctx.db.get(Signature, key) is None:
        ctx.db.add(Signature(covenant_id=covenant.id, person_id=ctx.me, signed_at=ctx.now))
        await ctx.db.flush()
        ctx.record("covenant.signed", covenant, person_id=ctx.me, number=number)
    if standing.role == "guest" and standing.state == "invited" and standing.membership_id is not None:
        in_force = await ctx.db.scalar(select(covenant_in_force(group_id, ctx.now)))
        if in_force == covenant.id:
            await guests.welcome(ctx, standing.membership_id)
    return covenant


async def activate(_ctx: Context, _group: Group, _taken: Any) -> None:
    """Open a forming group: from now on sessions can be scheduled."""


async def archive(_ctx: Context, _group: Group, _taken: Any) -> None:
    """Close a group for good; what was said stays readable to those who were in it."""
