"""Routes of groups, covenants, admissions and memberships."""

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BeforeValidator, Field

from peergroup.groups import actions, admission, founding, invitations, policy, queries, waivers
from peergroup.groups.lifecycles import GROUP, MEMBERSHIP
from peergroup.groups.reads import GROUP_WITH_ROSTER
from peergroup.groups.schemas import (
    AdmissionIn,
    AdmissionOut,
    CovenantIn,
    CovenantOut,
    GroupBrief,
    GroupIn,
    GroupOut,
    GroupPatch,
    InviteIn,
    MembershipOut,
    MembershipPatch,
    WaiverIn,
    WaiverOut,
)
from peergroup.kit.entrance import Ctx
from peergroup.kit.exact import a_whole
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page

room = Room("groups", "Groups, their covenants, and who may join.")
memberships = Room("memberships", "One person in one group: from invitation to leaving.")
Pages = Annotated[Paging, Depends(paging)]
GroupState = Annotated[
    Literal["forming", "active", "archived"] | None, Query(description="Only groups in this state.")
]
MembershipState = Annotated[
    Literal[
        "invited",
        "provisional",
        "active",
        "on_leave",
        "suspended",
        "alumni",
        "removed",
        "declined",
        "expired",
    ]
    | None,
    Query(description="Only memberships in this state; live ones if left out."),
]
CovenantNumber = Annotated[
    int,
    Field(ge=1, le=100_000, description="Version of the covenant.", examples=[1]),
    BeforeValidator(a_whole),
]


@room.get("/groups", policy.LIST)
async def list_groups(ctx: Ctx, paging: Pages, state: GroupState = None) -> Page[GroupBrief]:
    """Your groups; for admins and service keys every group."""
    return await queries.list_groups(ctx, paging, state)


@room.post("/groups", policy.FOUND, location="/v1/groups/{id}", errors=(404,))
async def create_group(ctx: Ctx, group: GroupIn) -> GroupOut:
    """Found a group with its moderators."""
    made = await founding.found(ctx, group)
    _, standing = await queries.find_group(ctx, made.id)
    return await queries.show_group(ctx, made, standing)


@room.get("/groups/{group_id}", policy.SEE, hot=(GROUP_WITH_ROSTER,))
async def get_group(ctx: Ctx, group_id: ResourceId) -> GroupOut:
    """One group with its roster."""
    group, standing = await queries.find_group(ctx, group_id)
    ctx.require(policy.SEE, standing)
    return await queries.show_group(ctx, group, standing)


@room.patch("/groups/{group_id}", policy.GUIDE)
async def update_group(ctx: Ctx, group_id: ResourceId, patch: GroupPatch) -> GroupOut:
    """Change a group's name, focus, cadence, zone, capacity or run of show."""
    return await queries.show_group(ctx, *await founding.update(ctx, group_id, patch))


verbs(
    room,
    "group",
    GROUP,
    actions=founding,
    find=queries.find_group,
    show=queries.show_group,
    out=GroupOut,
    path="/groups",
)


@room.get("/groups/{group_id}/covenants", policy.SEE)
async def list_covenants(ctx: Ctx, group_id: ResourceId) -> Page[CovenantOut]:
    """Every version of a group's covenant, the newest first."""
    return await queries.list_covenants(ctx, group_id)


@room.post("/groups/{group_id}/covenants", policy.GUIDE, status=201)
async def create_covenant(ctx: Ctx, group_id: ResourceId, covenant: CovenantIn) -> CovenantOut:
    """Write a new version of a group's covenant."""
    return await queries.show_covenant(ctx, await founding.write_covenant(ctx, group_id, covenant))


@room.post("/groups/{group_id}/covenants/{number}/sign", policy.SIGN)
async def sign_covenant(ctx: Ctx, group_id: ResourceId, number: CovenantNumber) -> CovenantOut:
    """Sign a version of a group's covenant."""
    return await queries.show_covenant(ctx, await founding.sign(ctx, group_id, number))


@room.post("/groups/{group_id}/admission-checks", policy.ADMIT)
async def check_admission(ctx: Ctx, group_id: ResourceId, whom: AdmissionIn) -> AdmissionOut:
    """See whether somebody could join a group, and what stands in the way; nothing is changed."""
    _, standing = await queries.find_group(ctx, group_id)
    ctx.require(policy.ADMIT, standing)
    return await admission.check(ctx, group_id, whom.person_id)


@room.post("/groups/{group_id}/admission-checks/waivers", policy.ADMIT, status=201)
async def waive_finding(ctx: Ctx, group_id: ResourceId, waiver: WaiverIn) -> WaiverOut:
    """Record that a finding of an admission check is acceptable, and why."""
    _, standing = await queries.find_group(ctx, group_id, lock=True)
    ctx.require(policy.ADMIT, standing)
    return await waivers.show_waiver(ctx, await admission.waive(ctx, group_id, waiver))


@room.get("/groups/{group_id}/admission-checks/waivers", policy.READ_WAIVERS)
async def list_waivers(ctx: Ctx, group_id: ResourceId, paging: Pages) -> Page[WaiverOut]:
    """What was waived in a group, by whom and why."""
    return await waivers.list_waivers(ctx, group_id, paging)


@memberships.get("/groups/{group_id}/memberships", policy.ROSTER)
async def list_memberships(
    ctx: Ctx, group_id: ResourceId, paging: Pages, state: MembershipState = None
) -> Page[MembershipOut]:
    """The memberships of a group."""
    return await queries.list_memberships(ctx, group_id, paging, state)


@memberships.post("/groups/{group_id}/memberships", policy.INVITE, location="/v1/memberships/{id}")
async def invite_member(ctx: Ctx, group_id: ResourceId, invitation: InviteIn) -> MembershipOut:
    """Invite somebody into a group."""
    return await invitations.invite(ctx, group_id, invitation)


@memberships.get("/memberships/{membership_id}", policy.OWN)
async def get_membership(ctx: Ctx, membership_id: ResourceId) -> MembershipOut:
    """One membership."""
    membership, standing = await queries.find_membership(ctx, membership_id)
    ctx.require(policy.OWN, standing, membership)
    return await queries.show_membership(ctx, membership, standing)


@memberships.patch("/memberships/{membership_id}", policy.EDIT_MEMBERSHIP)
async def update_membership(ctx: Ctx, membership_id: ResourceId, patch: MembershipPatch) -> MembershipOut:
    """Change what somebody is in a group."""
    return await queries.show_membership(ctx, *await invitations.change(ctx, membership_id, patch))


verbs(
    memberships,
    "membership",
    MEMBERSHIP,
    actions=actions,
    find=queries.find_membership,
    show=queries.show_membership,
    out=MembershipOut,
    path="/memberships",
)
