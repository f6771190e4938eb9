"""Cases: raised by a rule, closed by a moderator, or by themselves where their reason is gone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups import admission
from peergroup.groups.case_lifecycle import CASE
from peergroup.groups.case_models import Case
from peergroup.groups.case_schemas import FITS, CloseIn
from peergroup.groups.models import LIVE, Group, Membership
from peergroup.groups.roster import active_moderators
from peergroup.groups.schemas import WaiverIn
from peergroup.groups.standing import group_standing
from peergroup.kit.context import Context, get
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import CONFLICT, NOT_FOUND, Problem, invalid


async def raise_case(ctx: Context, group_id: UUID, kind: str, person_id: UUID, **more: Any) -> Case:
    """Open a case and tell those who look after it; one that is open already stays as it is."""
    open_ = await open_case(ctx, group_id, kind, person_id)
    if open_ is not None:
        return open_
    case = Case(group_id=group_id, kind=kind, person_id=person_id, created_at=ctx.now, **more)
    ctx.db.add(case)
    await ctx.db.flush()
    await tell(ctx, "case.opened", case)
    return case


async def open_case(ctx: Context, group_id: UUID, kind: str, person_id: UUID) -> Case | None:
    """The open case of a kind about somebody in a group."""
    query = select(Case).where(
        Case.group_id == group_id, Case.kind == kind, Case.person_id == person_id, Case.state == "open"
    )
    found: Case | None = await ctx.db.scalar(query)
    return found


async def tell(ctx: Context, type_: str, case: Case) -> None:
    """Let the moderators know, one by one: nobody else may, and none of them whom it is about."""
    for moderator in await lookers_after(ctx, case):
        facts: dict[str, Any] = {"kind": case.kind, "person_id": case.person_id, "state": case.state}
        if case.misses is not None:
            facts["misses"] = case.misses
        ctx.record(type_, case, only_for=moderator, **facts)


async def lookers_after(ctx: Context, case: Case) -> Sequence[UUID]:
    """The moderators of the group whom a case is not about; if it is about all of them, all of them."""
    leading = await active_moderators(ctx, case.group_id)
    return [one for one in leading if not case.is_about(one)] or leading


async def settle(ctx: Context, case: Case, _taken: Any = None) -> None:
    """Close a case whose reason is gone."""
    case.decision, case.closed_at = "settled", ctx.now
    await tell(ctx, "case.closed", case)


async def settle_by_rule(ctx: Context, case: Case) -> None:
    """The reason of a case is gone: nobody has to decide it any more."""
    await perform(ctx, CASE, "settle", case, action=settle)


async def close(ctx: Context, case: Case, taken: CloseIn) -> None:
    """Close a case with what was decided and why; the person it is about reads none of it."""
    if case.kind not in FITS.get(taken.decision, (case.kind,)):
        raise invalid("/decision", "does not fit a case of this kind")
    if taken.decision == "waive":
        await _waive(ctx, case, taken.reason)
    if taken.group_id is not None:
        await _suggest(ctx, case, taken.group_id)
    case.decision, case.reason = taken.decision, taken.reason
    case.closed_by_id, case.closed_at = ctx.me, ctx.now
    await tell(ctx, "case.closed", case)


async def _waive(ctx: Context, case: Case, reason: str) -> None:
    leading = await active_moderators(ctx, case.group_id)
    for finding in sorted(set(case.findings) - await admission.waived(ctx, case.group_id, case.person_id)):
        waiver = WaiverIn.model_construct(person_id=case.person_id, finding=finding, reason=reason)
        await admission.note(ctx, case.group_id, waiver, leading)


async def _suggest(ctx: Context, case: Case, group_id: UUID) -> None:
    """Tell the moderators of another group that somebody might fit in; they invite, and the person decides."""
    try:
        standing = await group_standing(ctx, group_id)
    except Problem as problem:
        if problem.kind is not NOT_FOUND:
            raise
        standing = None
    # Whether somebody is in that group already, is told to those alone who see who is.
    if standing is None or not standing.reads_roster or group_id == case.group_id:
        raise invalid("/group_id", "is no other group that you see")
    await get(ctx, Group, group_id, lock=True)
    there = select(Membership.id).where(
        Membership.group_id == group_id, Membership.person_id == case.person_id, Membership.state.in_(LIVE)
    )
    if await ctx.db.scalar(there) is not None:
        raise Problem(CONFLICT, "They are in that group already.")
    await raise_case(ctx, group_id, "suggestion", case.person_id, suggested_by_id=ctx.me)
