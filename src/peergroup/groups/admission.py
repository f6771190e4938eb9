"""Whether somebody could join a group: capacity, covenant, conflicts of companies; waivers are recorded."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Covenant, Group, Membership, Waiver
from peergroup.groups.schemas import AdmissionOut, Finding, WaiverIn
from peergroup.groups.seats import highest_seat
from peergroup.groups.standing import covenant_in_force
from peergroup.kit.context import Context, get
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.people.connections import connected
from peergroup.people.models import Person

PRESENT = ("provisional", "active", "on_leave")


async def conflicts(ctx: Context, group_id: UUID, person_id: UUID) -> dict[str, str]:
    """Connections to people of the group that nobody waived: finding → reason code."""
    query = select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.state.in_(PRESENT), Membership.person_id != person_id
    )
    others = list((await ctx.db.scalars(query)).all())
    found = await connected(ctx, person_id, others)
    return {f"conflict:{other}": reason for other, reason in found.items()}


async def waived(ctx: Context, group_id: UUID, person_id: UUID) -> set[str]:
    """The findings that were waived for somebody in a group."""
    query = select(Waiver.finding).where(Waiver.group_id == group_id, Waiver.person_id == person_id)
    return set((await ctx.db.scalars(query)).all())


async def no_unwaived_conflict(ctx: Context, membership: Any, _taken: Any) -> str | None:
    """Two people of one company, or of competing ones, do not sit in one group unless a moderator says so."""
    found = await conflicts(ctx, membership.group_id, membership.person_id)
    open_ = set(found) - await waived(ctx, membership.group_id, membership.person_id) if found else set()
    return f"{len(open_)} connection(s) to people of the group are not waived." if open_ else None


async def check(ctx: Context, group_id: UUID, person_id: UUID) -> AdmissionOut:
    """Every point of an admission with its reason. Changes nothing."""
    person = await ctx.db.scalar(select(Person).where(Person.id == person_id, Person.state == "active"))
    if person is None:
        raise invalid("/person_id", "is nobody who is active here")
    found = await conflicts(ctx, group_id, person_id)
    settled = await waived(ctx, group_id, person_id)
    findings = [await _capacity(ctx, group_id), await _covenant(ctx, group_id)]
    findings += [
        Finding(
            code="conflict",
            result="waivable",
            detail=f"Connected with somebody here: {reason}.",
            finding=finding,
            waived=finding in settled,
        )
        for finding, reason in found.items()
    ]
    if not found:
        findings.append(_ok("conflict", "No connection to anybody in the group."))
    fine = all(one.result == "ok" or one.waived for one in findings)
    return AdmissionOut(admissible=fine, findings=findings)


def _ok(code: str, detail: str) -> Finding:
    return Finding(code=code, result="ok", detail=detail, finding=None, waived=False)


async def _capacity(ctx: Context, group_id: UUID) -> Finding:
    group = await get(ctx, Group, group_id)
    free = group.capacity - await highest_seat(ctx, group_id)
    if free > 0:
        return _ok("capacity", f"{free} seat(s) are free.")
    return Finding(
        code="capacity", result="blocker", detail="Every seat is taken.", finding=None, waived=False
    )


async def _covenant(ctx: Context, group_id: UUID) -> Finding:
    if await ctx.db.scalar(select(Covenant.id).where(Covenant.id == covenant_in_force(group_id, ctx.now))):
        return _ok("covenant", "There is a covenant to sign.")
    return Finding(
        code="covenant",
        result="blocker",
        detail="The group has no covenant in force.",
        finding=None,
        waived=False,
    )


async def waive(ctx: Context, group_id: UUID, waiver: WaiverIn) -> Waiver:
    """Record that a finding does not stand in somebody's way."""
    found = await conflicts(ctx, group_id, waiver.person_id)
    if waiver.finding not in found:
        raise Problem(CONFLICT, "There is no such finding for this person; run the check again.")
    if waiver.finding in await waived(ctx, group_id, waiver.person_id):
        raise Problem(CONFLICT, "This finding was waived before.")
    made = Waiver(
        group_id=group_id,
        person_id=waiver.person_id,
        finding=waiver.finding,
        reason=waiver.reason,
        made_by_id=ctx.principal.person_id,
        created_at=ctx.now,
    )
    ctx.db.add(made)
    await ctx.db.flush()
    ctx.record("admission.waived", made, person_id=waiver.person_id)
    return made
