"""Inviting somebody into a group, and changing what they are in it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from peergroup.groups import actions, guests, policy
from peergroup.groups.guards import another_moderator_stays
from peergroup.groups.lifecycles import MEMBERSHIP
from peergroup.groups.models import LIVE, Group, Membership
from peergroup.groups.queries import find_group, find_membership, shown
from peergroup.groups.schemas import InviteIn, MembershipOut, MembershipPatch
from peergroup.groups.seats import free_seat
from peergroup.groups.standing import MODERATORS, Standing
from peergroup.kit import jobs
from peergroup.kit.context import Context, House, get
from peergroup.kit.jobs import Due, job
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import CONFLICT, GUARD_FAILED, Problem, invalid
from peergroup.people.models import Person
from peergroup.people.provision import find_or_make

VALID_FOR = dt.timedelta(days=14)


async def invite(ctx: Context, group_id: UUID, given: InviteIn) -> MembershipOut:
    """Invite somebody into the group, known or new; the invitation is open for 14 days."""
    group, standing = await find_group(ctx, group_id, lock=True)
    ctx.require(policy.INVITE, standing)
    if given.role == "moderator":
        ctx.require(policy.ADMINISTER, standing)
    if group.state == "archived":
        raise Problem(CONFLICT, "The group is archived.")
    person = await _invited_person(ctx, group, given)
    connector = await _connector(ctx, given, person.id)
    until = await guests.judge_visit(ctx, group, given, person.id) if given.role == "guest" else None
    membership = await open_invitation(
        ctx,
        group.id,
        person.id,
        given.role,
        connector_id=None if connector is None else connector.id,
        session_id=given.session_id,
    )
    if until is not None:
        await guests.watch(ctx, membership, until)
    return shown(membership, standing, group.name, person.name, connector.name if connector else None)


async def open_invitation(
    ctx: Context,
    group_id: UUID,
    person_id: UUID,
    role: str,
    *,
    connector_id: UUID | None = None,
    session_id: UUID | None = None,
) -> Membership:
    """An invitation that is open for 14 days. The caller judged that it may be, and holds the group locked."""
    membership = Membership(
        group_id=group_id,
        person_id=person_id,
        role=role,
        state="invited",
        invited_by_id=ctx.principal.person_id,
        connector_id=connector_id,
        session_id=session_id,
        expires_at=ctx.now + VALID_FOR,
        created_at=ctx.now,
    )
    ctx.db.add(membership)
    await ctx.db.flush()
    await jobs.enqueue(
        ctx,
        "expire_invitation",
        due_at=membership.expires_at,
        dedupe=str(membership.id),
        membership_id=membership.id,
    )
    ctx.record("membership.invited", membership, person_id=person_id, role=role, to="invited")
    return membership


async def _invited_person(ctx: Context, group: Group, given: InviteIn) -> Person:
    """Whoever is meant, if they are not in the group already."""
    person_id = given.person_id
    if given.person is not None:
        person_id = (await find_or_make(ctx, name=given.person.name, email=given.person.email)).id
    live = (Membership.group_id == group.id) & Membership.state.in_(LIVE)
    query = (
        select(Person, Membership.id)
        .outerjoin(Membership, (Membership.person_id == Person.id) & live)
        .where(Person.id == person_id)
    )
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        raise invalid("/person_id", "is nobody known here")
    person, existing = row
    if person.state != "active":
        raise Problem(CONFLICT, "This person is deactivated; reactivate them first.")
    if existing is not None:
        raise Problem(CONFLICT, "This person is in the group already.", membership_id=str(existing))
    found: Person = person
    return found


async def _connector(ctx: Context, given: InviteIn, person_id: UUID) -> Person | None:
    if given.connector_id is None:
        return None
    if given.connector_id == person_id:
        raise invalid("/connector_id", "is the person invited")
    known: Person | None = await ctx.db.scalar(select(Person).where(Person.id == given.connector_id))
    if known is None:
        raise invalid("/connector_id", "is nobody known here")
    return known


async def change(ctx: Context, membership_id: UUID, patch: MembershipPatch) -> tuple[Membership, Standing]:
    """Change somebody's role: who moderates is the admin's, who co-moderates also the moderator's."""
    membership, standing = await find_membership(ctx, membership_id, lock=True)
    ctx.require(policy.EDIT_MEMBERSHIP, standing)
    ctx.expect(membership)
    if patch.role is None or patch.role == membership.role:
        return membership, standing
    if "moderator" in (patch.role, membership.role):
        ctx.require(policy.ADMINISTER, standing)
    if membership.state not in LIVE or membership.role == "guest":
        raise Problem(CONFLICT, "The role of an ended membership or a guest does not change.")
    await _judge_change(ctx, membership, patch.role)
    before, membership.role = membership.role, patch.role
    if membership.role == "member" and membership.state == "active":
        await actions.take_seat(ctx, membership)
    elif membership.role != "member":
        membership.seat_no = None
    ctx.record(
        "membership.role_changed",
        membership,
        person_id=membership.person_id,
        moved=(before, membership.role),
    )
    await ctx.db.flush()
    return membership, standing


async def _judge_change(ctx: Context, membership: Membership, role: str) -> None:
    guards = []
    if role not in MODERATORS and (detail := await another_moderator_stays(ctx, membership, None)):
        guards.append({"code": "last_moderator", "detail": detail})
    takes_seat = role == "member" and membership.state == "active"
    if takes_seat and await free_seat(ctx, membership.group_id) is None:
        guards.append({"code": "no_seat", "detail": "Every seat of the group is taken."})
    if guards:
        raise Problem(GUARD_FAILED, " ".join(guard["detail"] for guard in guards), guards=guards)


@job("expire_invitation")
async def expire_invitation(house: House, due: Due) -> None:
    """Close an invitation whose time is over, unless it was answered."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        membership_id = UUID(due.payload["membership_id"])
        group_id = await ctx.db.scalar(select(Membership.group_id).where(Membership.id == membership_id))
        if group_id is None:
            return
        await get(ctx, Group, group_id, lock=True)
        membership = await get(ctx, Membership, membership_id, lock=True)
        if membership.state == "invited":
            await perform(ctx, MEMBERSHIP, "expire", membership, action=actions.expire)
