"""What directories read of groups: those that they founded, with everybody who has a live membership."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scim2_models import Meta, NotFoundException, ScimFilter, SearchRequest
from sqlalchemy import ColumnElement, Select, case, exists, func, select

from peergroup.groups.models import LIVE, Membership
from peergroup.groups.models import Group as PeerGroup
from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.people.models import Person
from peergroup.scim import attributes as by
from peergroup.scim import filtering
from peergroup.scim.models import ScimGroup, ScimUser
from peergroup.scim.resources import Group, GroupMember

SCHEMA = str(Group.__schema__)
_HERE = Membership.state.in_(LIVE) & (Membership.role != "guest")


def _total(what: Any) -> Any:
    """Something of all memberships that a group ever had."""
    theirs = select(what).where(Membership.group_id == PeerGroup.id)
    return theirs.correlate(PeerGroup).scalar_subquery()


def _later(one: Any, other: Any) -> Any:
    return case((other > one, other), else_=one)


# Whoever comes has a new membership, and whoever goes has an end: the sum of their versions tells both.
_COUNT, _SUM = _total(func.count()), _total(func.coalesce(func.sum(Membership.version), 0))
_CHANGED = _later(
    _later(ScimGroup.updated_at, _total(func.max(Membership.created_at))),
    _total(func.max(Membership.ended_at)),
)


def _has(person_id: UUID | None) -> ColumnElement[bool]:
    member = exists().where(Membership.group_id == PeerGroup.id, _HERE)
    return member if person_id is None else member.where(Membership.person_id == person_id)


ATTRIBUTES = {
    "id": by.identifier(PeerGroup.id),
    "externalid": by.exact(ScimGroup.external_id),
    "displayname": by.folded(ScimGroup.name_folded),
    "members": by.any_of(_has),
    "members.value": by.any_of(_has),
    "meta.resourcetype": by.constant("Group"),
    "meta.created": by.moment(PeerGroup.created_at),
    "meta.lastmodified": by.moment(_CHANGED),
}


@dataclass(frozen=True)
class Known:
    """A group with what the directory calls it."""

    group: PeerGroup
    link: ScimGroup
    count: int
    versions: int
    changed_at: dt.datetime
    members: list[GroupMember]

    @property
    def version(self) -> str:
        return f'W/"{self.group.version}-{self.link.version}-{self.count}-{self.versions}"'


def _every_group() -> Select[Any]:
    return select(PeerGroup, ScimGroup, _COUNT, _SUM, _CHANGED).join(
        ScimGroup, ScimGroup.group_id == PeerGroup.id
    )


async def find(ctx: Context, group_id: str, *, lock: bool = False, members: bool = True) -> Known:
    """A group that the directory founded; 404 for every other one."""
    try:
        query = _every_group().where(PeerGroup.id == UUID(group_id))
    except ValueError:
        raise NotFoundException from None
    if lock:
        # By itself and first: the version counts memberships, and is to be counted once the group is held.
        held = select(PeerGroup.id).where(PeerGroup.id == UUID(group_id))
        await ctx.db.execute(held.with_for_update(key_share=True))
    row = (await ctx.db.execute(query.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise NotFoundException(detail="There is no such group here")
    listed = await _members(ctx, [row[0].id]) if members else {}
    return _known(row, listed)


def _known(row: Any, listed: Mapping[UUID, list[GroupMember]]) -> Known:
    group, link, count_, versions, changed_at = row
    return Known(group, link, count_, versions, changed_at, listed.get(group.id, []))


def matching(asked: ScimFilter[Any] | None) -> Any:
    """The condition of a search."""
    return filtering.condition(asked, ATTRIBUTES, SCHEMA)


def order(search: SearchRequest[Any]) -> list[Any]:
    """The order of a search."""
    return filtering.order(search, ATTRIBUTES, SCHEMA, PeerGroup.id)


async def count(ctx: Context, condition: Any) -> int:
    """How many groups meet a condition."""
    query = _every_group().with_only_columns(func.count(), maintain_column_froms=True).where(condition)
    return int((await ctx.db.execute(query)).scalar_one())


async def some(
    ctx: Context, condition: Any, order: Sequence[Any], offset: int, limit: int, *, members: bool
) -> list[Group]:
    """A page of the groups that meet a condition."""
    query = _every_group().where(condition).order_by(*order).offset(offset).limit(limit)
    rows = (await ctx.db.execute(query)).all()
    listed = await _members(ctx, [row[0].id for row in rows]) if members and rows else {}
    return [show(_known(row, listed)) for row in rows]


async def _members(ctx: Context, groups: Collection[UUID]) -> dict[UUID, list[GroupMember]]:
    known = (ScimUser.person_id == Membership.person_id) & ScimUser.dropped_at.is_(None)
    query = (
        select(Membership.group_id, Membership.person_id, Person.name, ScimUser.person_id.is_not(None))
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(ScimUser, known)
        .where(among(ctx.db, Membership.group_id, groups), _HERE)
        .order_by(Membership.id)
    )
    found: dict[UUID, list[GroupMember]] = {}
    for group_id, person_id, name, is_known in await ctx.db.execute(query):
        ref: Any = f"Users/{person_id}" if is_known else None
        member = GroupMember(value=str(person_id), ref=ref, type="User", display=name)
        found.setdefault(group_id, []).append(member)
    return found


def show(known: Known) -> Group:
    """A group as directories see it."""
    return Group(
        id=str(known.group.id),
        external_id=known.link.external_id,
        display_name=known.group.name,
        members=known.members or None,
        meta=Meta(
            resource_type="Group",
            created=known.group.created_at,
            last_modified=known.changed_at,
            version=known.version,
        ),
    )
