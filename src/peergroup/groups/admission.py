"""Whether somebody could join a group: capacity, covenant, conflicts, parity, hours in common; waivers are recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from peergroup.groups.findings import blocked, ok, parity, time_zones, waivable
from peergroup.groups.models import Group, Membership, Waiver
from peergroup.groups.roster import active_moderators
from peergroup.groups.schemas import AdmissionOut, Finding, WaiverIn
from peergroup.groups.standing import covenant_in_force
from peergroup.kit.context import Context
from peergroup.kit.problems import CONFLICT, Problem, forbidden, invalid
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import Settings
from peergroup.people.connections import connected
from peergroup.people.models import Person

PRESENT = ("provisional", "active", "on_leave")
_CONFLICT = "conflict:"


async def conflicts(ctx: Context, group_id: UUID, person_id: UUID) -> dict[str, str]:
    """Connections to people of the group, whether or not they were waived: finding → reason code."""
    query = select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.state.in_(PRESENT), Membership.person_id != person_id
    )
    others = list((await ctx.db.scalars(query)).all())
    found = await connected(ctx, person_id, others)
    return {f"{_CONFLICT}{other}": reason for other, reason in found.items()}


async def waived(ctx: Context, group_id: UUID, person_id: UUID) -> set[str]:
    """The findings that were waived for somebody in a group: a connection of two, whichever of them came last."""
    mutual = Waiver.finding == f"{_CONFLICT}{person_id}"
    query = select(Waiver.person_id, Waiver.finding).where(
        Waiver.group_id == group_id, or_(Waiver.person_id == person_id, mutual)
    )
    rows = (await ctx.db.execute(query)).all()
    return {row.finding if row.person_id == person_id else f"{_CONFLICT}{row.person_id}" for row in rows}


async def no_unwaived_conflict(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """Two people of one company, or of competing ones, do not sit in one group unless a moderator says so."""
    found = await conflicts(ctx, membership.group_id, membership.person_id)
    open_ = set(found) - await waived(ctx, membership.group_id, membership.person_id) if found else set()
    return f"{len(open_)} connection(s) to people of the group are not waived." if open_ else None


@dataclass(frozen=True)
class Place:
    """What an admission asks of a group."""

    group_id: UUID
    free: int
    zone: str
    has_covenant: bool
    settings: Settings


async def check(ctx: Context, group_id: UUID, person_id: UUID) -> AdmissionOut:
    """Every point of an admission with its reason. Changes nothing."""
    person = await _person(ctx, person_id)
    if person is None:
        raise invalid("/person_id", "is nobody who is active here")
    findings = await _findings(ctx, group_id, person)
    fine = all(one.result == "ok" or one.waived for one in findings)
    return AdmissionOut(admissible=fine, findings=findings)


async def _person(ctx: Context, person_id: UUID) -> Person | None:
    query = select(Person).where(Person.id == person_id, Person.state == "active")
    found: Person | None = await ctx.db.scalar(query)
    return found


async def _findings(ctx: Context, group_id: UUID, person: Person) -> list[Finding]:
    place, settled = await _place(ctx, group_id), await waived(ctx, group_id, person.id)
    findings = [_capacity(place), _covenant(place), *await _conflicts(ctx, group_id, person.id, settled)]
    return [*findings, *await _fit(ctx, place, person, settled)]


async def _place(ctx: Context, group_id: UUID) -> Place:
    seated = (Membership.group_id == group_id) & Membership.seat_no.is_not(None)
    seats = select(func.count()).where(seated).scalar_subquery()
    in_force = covenant_in_force(group_id, ctx.now)
    query = (
        select(Group.capacity - seats, Group.time_zone, in_force.is_not(None), Organization.settings)
        .join(Organization, Organization.id == ctx.organization_id)
        .where(Group.id == group_id)
    )
    free, zone, has_covenant, settings = (await ctx.db.execute(query)).one()
    return Place(group_id, free, zone, bool(has_covenant), Settings.model_validate(settings))


def _capacity(place: Place) -> Finding:
    if place.free > 0:
        return ok("capacity", f"{place.free} seat(s) are free.")
    return blocked("capacity", "Every seat is taken.")


def _covenant(place: Place) -> Finding:
    if place.has_covenant:
        return ok("covenant", "There is a covenant to sign.")
    return blocked("covenant", "The group has no covenant in force.")


async def _conflicts(
    ctx: Context, group_id: UUID, person_id: UUID, settled: Collection[str]
) -> Sequence[Finding]:
    found = await conflicts(ctx, group_id, person_id)
    if not found:
        return [ok("conflict", "No connection to anybody in the group.")]
    return [
        waivable("conflict", f"Connected with somebody here: {reason}.", name, settled)
        for name, reason in sorted(found.items())
    ]


async def _fit(ctx: Context, place: Place, person: Person, settled: Collection[str]) -> Sequence[Finding]:
    """Parity is asked of members, hours in common of everybody who comes, and of the group's own zone."""
    query = (
        select(Membership.role, Person.level, Person.time_zone)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.group_id == place.group_id,
            Membership.state.in_(PRESENT),
            Membership.role != "guest",
            Person.id != person.id,
        )
    )
    others, rules = (await ctx.db.execute(query)).all(), place.settings
    levels = [one.level for one in others if one.role == "member"]
    zones = [place.zone, *(one.time_zone for one in others)]
    hours = (rules.working_hours.begins, rules.working_hours.ends)
    judged = {
        "parity": parity(rules.levels, rules.level_distance, person.level, levels),
        "time_zone": time_zones(person.time_zone, zones, hours, rules.shared_hours, ctx.now),
    }
    return [
        ok(code, detail) if result == "ok" else waivable(code, detail, f"{code}:{place.group_id}", settled)
        for code, (result, detail) in judged.items()
    ]


async def waive(ctx: Context, group_id: UUID, given: WaiverIn) -> Waiver:
    """Record that a finding does not stand in somebody's way."""
    leading = await active_moderators(ctx, group_id)
    if is_about(ctx.principal.person_id, given) and set(leading) - {ctx.principal.person_id}:
        raise forbidden("It is about you: another moderator waives it.")
    person = await _person(ctx, given.person_id)
    found = await _findings(ctx, group_id, person) if person is not None else []
    mine = next((one for one in found if one.finding == given.finding), None)
    if mine is None:
        raise Problem(CONFLICT, "There is no such finding for this person; run the check again.")
    if mine.waived:
        raise Problem(CONFLICT, "This finding was waived before.")
    return await note(ctx, group_id, given, leading)


def is_about(me: UUID | None, given: WaiverIn) -> bool:
    """Whether somebody would waive what stands in their own way."""
    return me is not None and (given.person_id == me or given.finding == f"conflict:{me}")


async def note(ctx: Context, group_id: UUID, given: WaiverIn, leading: Sequence[UUID]) -> Waiver:
    """Write a waiver down; whoever calls this knows that there is something to waive."""
    made = Waiver(
        group_id=group_id,
        person_id=given.person_id,
        finding=given.finding,
        reason=given.reason,
        made_by_id=ctx.principal.person_id,
        created_at=ctx.now,
    )
    ctx.db.add(made)
    await ctx.db.flush()
    facts: dict[str, Any] = {"person_id": given.person_id, "finding": given.finding.partition(":")[0]}
    # That two people are connected is nobody's business but of those who lead the group.
    for moderator in leading or [ctx.me]:
        ctx.record("admission.waived", made, only_for=moderator, **facts)
    return made
