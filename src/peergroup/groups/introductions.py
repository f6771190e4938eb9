"""Who introduced whom: two people of a group to each other, or a new member to the group. It is credited to them."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from peergroup.groups import policy
from peergroup.groups.admission import PRESENT
from peergroup.groups.case_models import Introduction
from peergroup.groups.case_schemas import IntroductionIn, IntroductionOut
from peergroup.groups.models import Membership
from peergroup.groups.queries import find_group
from peergroup.groups.standing import group_standing
from peergroup.kit.context import Context
from peergroup.kit.events import Fact, on
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person

_Introducer, _Other = aliased(Person), aliased(Person)


async def list_introductions(
    ctx: Context, group_id: UUID, paging: Paging, introducer_id: UUID | None
) -> Page[IntroductionOut]:
    """Who introduced whom in a group, the newest first; for those who see its roster."""
    ctx.require(policy.ROSTER, await group_standing(ctx, group_id))
    statement = _introductions().where(Introduction.group_id == group_id)
    if introducer_id is not None:
        statement = statement.where(Introduction.introducer_id == introducer_id)
    by = [Introduction.created_at, Introduction.id]
    rows, following = await page(ctx, statement, paging, by=by, descending=True)
    return Page[IntroductionOut](items=[_out(row) for row in rows], next_cursor=following)


def _introductions() -> Any:
    return (
        select(
            Introduction,
            _Introducer.name.label("introducer"),
            Person.name.label("person"),
            _Other.name.label("other"),
        )
        .join(_Introducer, _Introducer.id == Introduction.introducer_id)
        .join(Person, Person.id == Introduction.person_id)
        .outerjoin(_Other, _Other.id == Introduction.other_id)
    )


def _out(row: Any) -> IntroductionOut:
    one: Introduction = row.Introduction
    return IntroductionOut.model_validate(
        {
            "id": one.id,
            "kind": one.kind,
            "introducer": Named(id=one.introducer_id, name=row.introducer),
            "person": Named(id=one.person_id, name=row.person),
            "other": None if one.other_id is None else Named(id=one.other_id, name=row.other),
            "created_at": one.created_at,
        },
        from_attributes=False,
    )


async def introduce(ctx: Context, group_id: UUID, given: IntroductionIn) -> IntroductionOut:
    """Record that you brought two people of the group together; the credit is yours."""
    _, standing = await find_group(ctx, group_id, lock=True)
    ctx.require(policy.INTRODUCE, standing)
    await _judge(ctx, group_id, given)
    one = Introduction(
        group_id=group_id,
        kind="members",
        introducer_id=ctx.me,
        person_id=given.person_id,
        other_id=given.other_id,
        created_at=ctx.now,
    )
    ctx.db.add(one)
    await ctx.db.flush()
    ctx.record("introduction.made", one, person_id=one.person_id, other_id=one.other_id, credited_id=ctx.me)
    return _out((await ctx.db.execute(_introductions().where(Introduction.id == one.id))).one())


async def _judge(ctx: Context, group_id: UUID, given: IntroductionIn) -> None:
    """Two different people whom the introducer sees in this group, neither of them the introducer; once."""
    pair = (given.person_id, given.other_id)
    query = select(Membership.person_id).where(
        Membership.group_id == group_id,
        Membership.person_id.in_(pair),
        Membership.state.in_(PRESENT),
        Membership.role != "guest",
    )
    here = set((await ctx.db.scalars(query)).all()) - {ctx.me}
    for name, person_id in zip(("person_id", "other_id"), pair, strict=True):
        if person_id not in here:
            raise invalid(f"/{name}", "is nobody else of this group")
    if given.person_id == given.other_id:
        raise invalid("/other_id", "is the same person")
    known = select(Introduction.id).where(
        Introduction.group_id == group_id,
        Introduction.introducer_id == ctx.me,
        or_(
            (Introduction.person_id == pair[0]) & (Introduction.other_id == pair[1]),
            (Introduction.person_id == pair[1]) & (Introduction.other_id == pair[0]),
        ),
    )
    if await ctx.db.scalar(known) is not None:
        raise Problem(CONFLICT, "You introduced these two before.")


@on("membership.activated")
async def credit_the_connector(ctx: Context, fact: Fact) -> None:
    """Whoever brought somebody to the group gets the credit when they become active, and once."""
    membership = fact.subject
    if (
        not isinstance(membership, Membership)
        or membership.connector_id is None
        or membership.role == "guest"
    ):
        return
    query = select(Introduction.id).where(
        Introduction.group_id == membership.group_id,
        Introduction.person_id == membership.person_id,
        Introduction.kind == "joining",
    )
    if await ctx.db.scalar(query) is not None:
        return
    one = Introduction(
        group_id=membership.group_id,
        kind="joining",
        introducer_id=membership.connector_id,
        person_id=membership.person_id,
        created_at=ctx.now,
    )
    ctx.db.add(one)
    await ctx.db.flush()
    ctx.record(
        "introduction.made", one, person_id=one.person_id, other_id=None, credited_id=one.introducer_id
    )
