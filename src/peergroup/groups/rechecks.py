"""Connections are looked at again whenever somebody's company changes, or what two companies are to each other.

A few people are looked at in the transaction of the change; where many are concerned, a job does it, group by
group. What is found becomes a case for the moderators; a case whose connections are gone is settled.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from peergroup.groups import admission, cases
from peergroup.groups.admission import PRESENT
from peergroup.groups.case_models import Case
from peergroup.groups.models import Group, Membership
from peergroup.kit import jobs
from peergroup.kit.bulk import among
from peergroup.kit.context import Context, House, get
from peergroup.kit.events import Fact, on
from peergroup.kit.time import to_wire
from peergroup.people.models import Person

FEW = 5
"""Groups that are looked at within the change itself."""
_SEEN = "groups.rechecked"
_One, _Other, _Colleague = aliased(Membership), aliased(Membership), aliased(Person)


async def recheck(ctx: Context, group_id: UUID, people: Collection[UUID]) -> None:
    """Look at the connections of these people in one group. Of two who are connected, one has the case.

    The group is locked: two who change at once are looked at one after the other, and the second one is found.
    """
    await get(ctx, Group, group_id, lock=True)
    open_ = {one.person_id: one for one in await _open(ctx, group_id)}
    named = [case.person_id for case in open_.values() if any(case.is_about(person) for person in people)]
    for person_id in dict.fromkeys([*named, *await _newest_first(ctx, group_id, people)]):
        others = {f"conflict:{other}" for other, case in open_.items() if _names(case, other, person_id)}
        found = await _unwaived(ctx, group_id, person_id) - others
        case = open_.get(person_id)
        if case is None and found:
            open_[person_id] = await cases.raise_case(
                ctx, group_id, "conflict", person_id, findings=sorted(found)
            )
        elif case is not None and not found:
            await cases.settle_by_rule(ctx, open_.pop(person_id))
        elif case is not None and set(case.findings) != found:
            case.findings = sorted(found)
            await cases.tell(ctx, "case.updated", case)
    await ctx.db.flush()


def _names(case: Case, other: UUID, person_id: UUID) -> bool:
    return other != person_id and case.is_about(person_id)


async def _open(ctx: Context, group_id: UUID) -> Sequence[Case]:
    query = select(Case).where(Case.group_id == group_id, Case.kind == "conflict", Case.state == "open")
    return (await ctx.db.scalars(query.order_by(Case.id))).all()


async def _newest_first(ctx: Context, group_id: UUID, people: Collection[UUID]) -> list[UUID]:
    """Those of them who are in the group: whoever came last fits in with who was there."""
    query = select(Membership.person_id).where(
        Membership.group_id == group_id,
        Membership.state.in_(PRESENT),
        among(ctx.db, Membership.person_id, people),
    )
    return list((await ctx.db.scalars(query.order_by(Membership.created_at.desc(), Membership.id))).all())


async def _unwaived(ctx: Context, group_id: UUID, person_id: UUID) -> set[str]:
    here = select(Membership.id).where(
        Membership.group_id == group_id, Membership.person_id == person_id, Membership.state.in_(PRESENT)
    )
    if await ctx.db.scalar(here) is None:
        return set()
    found = await admission.conflicts(ctx, group_id, person_id)
    return set(found) - await admission.waived(ctx, group_id, person_id) if found else set()


# Somebody's company.


@on("person.updated")
async def look_at_who_moved(ctx: Context, fact: Fact) -> None:
    """Whoever works elsewhere now may be connected with somebody. The first fact of a batch takes all along."""
    seen: set[UUID] = ctx.memory.setdefault(_SEEN, set())
    if fact.subject_id in seen or not _changed_company(fact):
        return
    fresh = {one.subject_id for one in ctx.facts if _changed_company(one)} - seen
    seen |= fresh
    query = _where_they_are().where(among(ctx.db, Membership.person_id, fresh))
    groups = (await ctx.db.scalars(query.limit(FEW + 1))).all()
    if len(groups) > FEW:
        await jobs.enqueue(ctx, "recheck_people", since=to_wire(ctx.now))
        return
    for group_id in groups:
        await recheck(ctx, group_id, fresh)


def _changed_company(fact: Fact) -> bool:
    return fact.type == "person.updated" and "company" in fact.facts.get("changed", ())


def _where_they_are() -> Select[Any]:
    here = Membership.state.in_(PRESENT)
    return select(Membership.group_id).where(here).distinct().order_by(Membership.group_id)


@jobs.job("recheck_people")
async def recheck_people(house: House, due: jobs.Due) -> None:
    """Look at the connections of everybody who was changed since then, group by group."""
    since = dt.datetime.fromisoformat(due.payload["since"])
    changed = select(Person.id).where(Person.updated_at >= since)
    async with house.acting(house.system(due.organization_id), writes=False) as ctx:
        groups = (await ctx.db.scalars(_where_they_are().where(Membership.person_id.in_(changed)))).all()
    for group_id in groups:
        async with house.acting(house.system(due.organization_id)) as ctx:
            query = select(Membership.person_id).where(
                Membership.group_id == group_id, Membership.person_id.in_(changed)
            )
            await recheck(ctx, group_id, list((await ctx.db.scalars(query)).all()))


@on("admission.waived")
async def look_at_what_is_left(ctx: Context, fact: Fact) -> None:
    """What was waived is no case any more. The group is locked: whoever waives something holds it.

    Each of those who lead the group is told of a waiver; one of these facts is enough.
    """
    if ctx.memory.setdefault(("waived", fact.subject_id), fact) is not fact:
        return
    if fact.group_id is not None and await _open(ctx, fact.group_id):
        await recheck(ctx, fact.group_id, [UUID(str(fact.facts["person_id"]))])


# What companies are to each other.


@on("company.relation_changed")
async def look_at_both_companies(ctx: Context, fact: Fact) -> None:
    """Two companies are competitors now, or no longer: groups in which both have people are looked at."""
    pair = (fact.subject_id, UUID(str(fact.facts["other_id"])))
    groups = (await ctx.db.scalars(_where_both_are(*pair).limit(FEW + 1))).all()
    if len(groups) > FEW:
        await jobs.enqueue(ctx, "recheck_companies", company_id=pair[0], other_id=pair[1])
        return
    for group_id in groups:
        await recheck(ctx, group_id, await _people_of(ctx, group_id, pair))


def _where_both_are(company_id: UUID, other_id: UUID) -> Select[Any]:
    return (
        select(_One.group_id)
        .join(Person, and_(Person.id == _One.person_id, Person.company_id == company_id))
        .join(_Other, and_(_Other.group_id == _One.group_id, _Other.state.in_(PRESENT)))
        .join(_Colleague, and_(_Colleague.id == _Other.person_id, _Colleague.company_id == other_id))
        .where(_One.state.in_(PRESENT))
        .distinct()
        .order_by(_One.group_id)
    )


async def _people_of(ctx: Context, group_id: UUID, companies: Collection[UUID]) -> list[UUID]:
    query = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.group_id == group_id,
            Membership.state.in_(PRESENT),
            Person.company_id.in_(companies),
        )
    )
    return list((await ctx.db.scalars(query)).all())


@jobs.job("recheck_companies")
async def recheck_companies(house: House, due: jobs.Due) -> None:
    """Look at the people of two companies in every group that has some of both."""
    pair = (UUID(due.payload["company_id"]), UUID(due.payload["other_id"]))
    async with house.acting(house.system(due.organization_id), writes=False) as ctx:
        groups = (await ctx.db.scalars(_where_both_are(*pair))).all()
    for group_id in groups:
        async with house.acting(house.system(due.organization_id)) as ctx:
            await recheck(ctx, group_id, await _people_of(ctx, group_id, pair))
