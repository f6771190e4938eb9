"""What is read of groups and memberships: found only by those for whom it exists."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from peergroup.groups import policy
from peergroup.groups.lifecycles import GROUP, MEMBERSHIP
from peergroup.groups.models import LIVE, Covenant, Group, Membership, Signature
from peergroup.groups.roster import roster
from peergroup.groups.schemas import CovenantOut, GroupBrief, GroupOut, MembershipOut
from peergroup.groups.standing import (
    Standing,
    beside,
    covenant_in_force,
    group_standing,
    refuse_unknown,
    standing_of,
)
from peergroup.kit.context import LOCK, Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named, Page
from peergroup.people import visibility
from peergroup.people.models import Person

SEES_ALL = ("admin", "owner")
_Mine, _Leading, _Beside, _Theirs = (aliased(Membership) for _ in range(4))
_Signed, _Connector = aliased(Signature), aliased(Person)


def sees_everything(ctx: Context) -> bool:
    """Whether every group of the organization exists for this principal."""
    return ctx.principal.is_admin or ctx.principal.is_service or ctx.principal.is_system


async def list_groups(ctx: Context, paging: Paging, state: str | None) -> Page[GroupBrief]:
    """The groups that exist for the reader, by name."""
    ctx.require(policy.LIST, ctx.principal)
    seats = (
        select(func.count())
        .where(Membership.group_id == Group.id, Membership.seat_no.is_not(None))
        .correlate(Group)
        .scalar_subquery()
    )
    statement = select(
        Group.id,
        Group.name,
        Group.state,
        Group.capacity,
        seats.label("seats_taken"),
        _Mine.state.label("my_state"),
        _Mine.role.label("my_role"),
    ).outerjoin(
        _Mine,
        and_(_Mine.group_id == Group.id, _Mine.person_id == ctx.principal.person_id, _Mine.state.in_(LIVE)),
    )
    if not sees_everything(ctx):
        statement = statement.where(_Mine.state.in_(("invited", "provisional", "active", "on_leave")))
    if state is not None:
        statement = statement.where(Group.state == state)
    rows, following = await page(ctx, statement, paging, by=[Group.name, Group.id])
    return Page[GroupBrief](items=[GroupBrief.model_validate(row) for row in rows], next_cursor=following)


async def find_group(ctx: Context, group_id: UUID, *, lock: bool = False) -> tuple[Group, Standing]:
    """A group and the reader's standing in it; 404 for those for whom it does not exist."""
    statement = beside(ctx, select(Group).where(Group.id == group_id))
    if lock:
        statement = statement.with_for_update(of=Group, **LOCK).execution_options(populate_existing=True)
    row = (await ctx.db.execute(statement)).one_or_none()
    if row is None:
        raise not_found()
    standing = standing_of(ctx, group_id, row[1:])
    refuse_unknown(ctx, standing)
    return row.Group, standing


async def show_group(ctx: Context, group: Group, standing: Standing) -> GroupOut:
    """A group on the wire, with the roster this reader may see."""
    return GroupOut(
        **{
            name: getattr(group, name)
            for name in (
                "id",
                "name",
                "state",
                "cadence",
                "time_zone",
                "capacity",
                "parent_id",
                "created_at",
                "version",
            )
        },
        focus=group.focus if standing.reads_roster else None,
        agenda_template_id=group.agenda_template_id,
        roster=await roster(ctx, standing),
        allowed_actions=GROUP.allowed(standing, group),
    )


async def list_covenants(ctx: Context, group_id: UUID) -> Page[CovenantOut]:
    """Every version of a group's covenant, the newest first."""
    ctx.require(policy.SEE, await group_standing(ctx, group_id))
    return Page[CovenantOut](items=await _covenants(ctx, group_id, true()), next_cursor=None)


async def show_covenant(ctx: Context, covenant: Covenant) -> CovenantOut:
    """One version on the wire."""
    return (await _covenants(ctx, covenant.group_id, Covenant.id == covenant.id))[0]


async def _covenants(ctx: Context, group_id: UUID, which: ColumnElement[bool]) -> list[CovenantOut]:
    count = (
        select(func.count()).where(Signature.covenant_id == Covenant.id).correlate(Covenant).scalar_subquery()
    )
    statement = (
        select(
            Covenant.number,
            Covenant.text,
            Covenant.effective_on,
            _Signed.signed_at,
            (Covenant.id == covenant_in_force(group_id, ctx.now)).label("in_force"),
            count.label("signatures"),
        )
        .outerjoin(
            _Signed, and_(_Signed.covenant_id == Covenant.id, _Signed.person_id == ctx.principal.person_id)
        )
        .where(Covenant.group_id == group_id, which)
        .order_by(Covenant.number.desc())
        .limit(200)
    )
    rows = (await ctx.db.execute(statement)).mappings().all()
    return [CovenantOut(**dict(row) | {"in_force": bool(row["in_force"])}) for row in rows]


def _memberships() -> Select[Any, Any, Any, Any]:
    return (
        select(
            Membership,
            Group.name.label("group_name"),
            Person.name.label("person_name"),
            _Connector.name.label("connector_name"),
        )
        .join(Group, Group.id == Membership.group_id)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(_Connector, _Connector.id == Membership.connector_id)
    )


async def list_memberships(
    ctx: Context, group_id: UUID, paging: Paging, state: str | None
) -> Page[MembershipOut]:
    """The memberships of a group: live ones unless a state is named; former ones are for those who lead it."""
    standing = await group_standing(ctx, group_id)
    ctx.require(policy.ROSTER, standing)
    leads = standing.is_moderator or sees_everything(ctx)
    wanted = Membership.state == state if state is not None else Membership.state.in_(LIVE)
    permitted = or_(Membership.state.in_(LIVE), true() if leads else false())
    statement = _memberships().where(Membership.group_id == group_id, wanted, permitted)
    rows, following = await page(ctx, statement, paging, by=[Person.name, Membership.id])
    items = [
        shown(row.Membership, standing, row.group_name, row.person_name, row.connector_name) for row in rows
    ]
    return Page[MembershipOut](items=items, next_cursor=following)


async def find_membership(
    ctx: Context, membership_id: UUID, *, lock: bool = False
) -> tuple[Membership, Standing]:
    """A membership and the reader's standing in its group. Locks the group first: seats and moderators hang on it."""
    statement = beside(ctx, _memberships().where(Membership.id == membership_id))
    if lock:
        statement = statement.with_for_update(of=(Group, Membership), **LOCK)
        statement = statement.execution_options(populate_existing=True)
    row: Any = (await ctx.db.execute(statement)).one_or_none()
    if row is None:
        raise not_found()
    membership: Membership = row.Membership
    standing = standing_of(ctx, membership.group_id, row[4:])
    own = membership.person_id == ctx.principal.person_id
    live = membership.state in LIVE
    leads = standing.is_moderator or sees_everything(ctx)
    if not (own or leads or (standing.reads_roster and live)):
        raise not_found()
    ctx.memory[Membership, membership.id] = row[1:4]
    return membership, standing


async def show_membership(ctx: Context, membership: Membership, standing: Standing) -> MembershipOut:
    """A membership that `find_membership` found, on the wire."""
    return shown(membership, standing, *ctx.memory[Membership, membership.id])


def shown(
    one: Membership, standing: Standing, group: str, person: str, connector: str | None
) -> MembershipOut:
    """A membership on the wire; the names it mentions are at hand."""
    private = standing.is_moderator or one.person_id == standing.person_id
    return MembershipOut(
        id=one.id,
        group=Named(id=one.group_id, name=group),
        person=Named(id=one.person_id, name=person),
        role=one.role,
        state=one.state,
        seat_no=one.seat_no,
        session_id=one.session_id,
        connector=Named(id=one.connector_id, name=connector) if one.connector_id and connector else None,
        expires_at=one.expires_at if one.state == "invited" else None,
        reason=one.reason if private else None,
        created_at=one.created_at,
        ended_at=one.ended_at,
        version=one.version,
        allowed_actions=MEMBERSHIP.allowed(standing, one),
    )


def shares_a_group(ctx: Context, person_id: Any) -> ColumnElement[bool]:
    """SQL: whether the reader sees this person on the roster of one of their groups."""
    return exists().where(
        _Beside.person_id == ctx.principal.person_id,
        _Beside.state.in_(("active", "on_leave")),
        _Beside.role != "guest",
        _Theirs.group_id == _Beside.group_id,
        _Theirs.person_id == person_id,
        _Theirs.state.in_(LIVE),
    )


def leads_a_group(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether the reader moderates any group: moderators see the directory."""
    return exists().where(
        _Leading.person_id == ctx.principal.person_id,
        _Leading.state == "active",
        _Leading.role.in_(("moderator", "co_moderator")),
    )


visibility.register("groups", whole=leads_a_group, known=lambda ctx: shares_a_group(ctx, Person.id))
