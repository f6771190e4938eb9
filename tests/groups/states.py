"""How groups and memberships live: into every state, and every obstacle in their way."""

import datetime as dt

from peergroup.groups.case_models import Case
from peergroup.groups.models import Group, Membership
from peergroup.people.models import Person
from tests.groups.factories import colleagues
from tests.matrix.roles import ADMINS, IN_THE_GROUP, ON_THE_ROSTER
from tests.matrix.stage import Stage
from tests.matrix.states import CONCERNED, Obstructed, Subject, a_life

LIVE = ("invited", "provisional", "active", "on_leave", "suspended")


async def a_group(stage: Stage, state: str) -> Subject:
    return Subject((await stage.group(state)).id)


group = a_life("group", made=a_group, found_by=lambda _state: IN_THE_GROUP)


@group.obstacle("no_moderator")
async def nobody_leads(stage: Stage, _verb: str, state: str) -> Obstructed:
    return Obstructed((await stage.bare_group(state)).id, stage.admin)


@group.obstacle("no_covenant")
async def no_rules(stage: Stage, _verb: str, state: str) -> Obstructed:
    bare = await stage.bare_group(state, covenant=False)
    await stage.somebody(group=bare, role="moderator", signed=False)
    return Obstructed(bare.id, stage.admin)


async def a_membership(stage: Stage, state: str) -> Subject:
    one = await stage.somebody(state)
    return Subject(one.membership_id, one)


def _finders(state: str) -> tuple[str, ...]:
    """Ended ones are for those who lead the group, and for oneself."""
    leaders = (*ADMINS, "moderator", "co_moderator", "service")
    return (*(ON_THE_ROSTER if state in LIVE else leaders), CONCERNED)


membership = a_life(
    "membership",
    made=a_membership,
    found_by=_finders,
    bodies={"suspend": {"reason": "Away."}, "remove": {"reason": "Away."}, "leave": {"reason": "time"}},
    lands={"reinstate": "active"},
)
membership.never("suspend", "last_moderator", because="whoever suspends is another active moderator")


@membership.obstacle("invitation_expired")
async def too_late(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state)
    yesterday = stage.world.house.clock() - dt.timedelta(days=1)
    await stage.change(Membership, one.membership_id, expires_at=yesterday)
    return Obstructed(one.membership_id, one)


@membership.obstacle("person_inactive")
async def deactivated(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state)
    await stage.change(Person, one.person_id, state="deactivated")
    return Obstructed(one.membership_id, stage.moderator)


@membership.obstacle("covenant_unsigned")
async def unsigned(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state, signed=False)
    return Obstructed(one.membership_id, stage.moderator)


@membership.obstacle("not_in_parent")
async def not_in_parent(stage: Stage, _verb: str, state: str) -> Obstructed:
    pod = await stage.group(parent_id=(await stage.group()).id)
    one = await stage.somebody(state, group=pod)
    return Obstructed(one.membership_id, stage.moderator)


@membership.obstacle("conflict")
async def same_company(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state)
    await colleagues(stage.world, one, await stage.somebody(group=one.group))
    return Obstructed(one.membership_id, stage.moderator)


@membership.obstacle("no_seat")
async def full(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state)
    await stage.change(Membership, one.membership_id, seat_no=None)
    await stage.change(Group, one.group_id, capacity=1)
    await stage.change(Membership, one.group.memberships["member"], seat_no=1)
    return Obstructed(one.membership_id, stage.moderator)


@membership.obstacle("last_moderator")
async def alone(stage: Stage, verb: str, state: str) -> Obstructed | None:
    if state != "active":
        return None
    one = await stage.somebody(group=await stage.bare_group(), role="moderator")
    return Obstructed(one.membership_id, stage.admin if verb == "remove" else one)


@membership.obstacle("guest_signs")
async def a_guest_comes_in_otherwise(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state, role="guest")
    return Obstructed(one.membership_id, one)


@membership.obstacle("guest")
async def a_guest(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await stage.somebody(state, role="guest")
    return Obstructed(one.membership_id, one)


async def a_case(stage: Stage, state: str, kind: str = "attendance") -> Subject:
    """Something about a member that the moderators look after, or, for a handover, about a former one."""
    group = await stage.group()
    one = await stage.somebody("alumni" if kind == "handover" else "active", group=group)
    async with stage.world.acting() as ctx:
        case = Case(
            group_id=group.id,
            person_id=one.person_id,
            kind=kind,
            state=state,
            misses=3 if kind == "attendance" else None,
            decision="talk" if state == "closed" else None,
            reason=f"{group.name}: why" if state == "closed" else None,
            created_at=ctx.now,
        )
        ctx.db.add(case)
        await ctx.db.flush()
    stage.ids.add(str(case.id))
    return Subject(case.id)


case = a_life(
    "case",
    made=a_case,
    found_by=lambda _state: ("moderator", "co_moderator"),
    bodies={"close": {"decision": "talk", "reason": "We talked."}},
)
