"""What cases and introductions hold of a person: closed with their standing, forgotten with them, moved in a merge."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import String, and_, cast, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from peergroup.groups import cases, rechecks
from peergroup.groups.case_models import Case, Introduction
from peergroup.groups.models import Membership, Waiver
from peergroup.kit.context import Context
from peergroup.kit.events import Fact, on
from peergroup.people import merging, personal_data

_UNSEEN = {"synchronize_session": False}


@on("membership.left", "membership.removed", "membership.expired")
async def settle_what_is_over(ctx: Context, fact: Fact) -> None:
    """Who is no longer in the group is connected with nobody there, and misses nothing."""
    person_id = UUID(str(fact.facts["person_id"]))
    about = or_(Case.person_id == person_id, _names(person_id))
    query = select(Case).where(
        Case.group_id == fact.group_id,
        Case.state == "open",
        Case.kind.in_(("conflict", "attendance")),
        about,
    )
    found = (await ctx.db.scalars(query)).all()
    for case in found:
        if case.kind == "attendance":
            await cases.settle_by_rule(ctx, case)
    if fact.group_id is not None and any(case.kind == "conflict" for case in found):
        await rechecks.recheck(ctx, fact.group_id, [person_id])


@on("membership.merged")
async def look_at_the_survivor(ctx: Context, fact: Fact) -> None:
    """Who takes over somebody's place is connected, or not, as themselves."""
    if fact.group_id is not None:
        await rechecks.recheck(ctx, fact.group_id, [UUID(str(fact.facts["person_id"]))])


def _names(person_id: UUID) -> Any:
    return cast(Case.findings, String).contains(f"conflict:{person_id}")


@on("person.erased")
async def settle_what_is_about_nobody(ctx: Context, fact: Fact) -> None:
    """Nobody is suggested to another group who is forgotten."""
    query = select(Case).where(Case.person_id == fact.subject_id, Case.state == "open")
    for case in (await ctx.db.scalars(query)).all():
        await cases.settle_by_rule(ctx, case)


async def remove(ctx: Context, person_id: UUID, _words: str) -> int:
    """Why a case about somebody was closed, or a finding waived, and why they left, goes in any case; that it was
    so stays, as a figure."""
    about = or_(Case.person_id == person_id, _names(person_id))
    waived = or_(Waiver.person_id == person_id, Waiver.finding == f"conflict:{person_id}")
    ended = or_(Membership.reason.is_not(None), Membership.farewell.is_not(None))
    gone = 0
    for statement in (
        update(Case).where(about, Case.reason.is_not(None)).values(reason=None).returning(Case.id),
        update(Waiver).where(waived, Waiver.reason != "").values(reason="").returning(Waiver.id),
        update(Membership)
        .where(Membership.person_id == person_id, ended)
        .values(reason=None, farewell=None)
        .returning(Membership.id),
    ):
        gone += len((await ctx.db.execute(statement.execution_options(**_UNSEEN))).all())
    return gone


personal_data.register(
    "reasons and farewells",
    holds="What moderators looked after about the person, what they decided or waived and why; why the person left a"
    " group, and their farewell; and who introduced whom.",
    remove=remove,
)


async def move(ctx: Context, person_id: UUID, into_id: UUID, _resolve: Mapping[str, str]) -> None:
    """One open case of a kind is enough; nobody is connected with themselves, nor introduced to themselves."""
    await _drop_doubles(ctx, person_id, into_id)
    await _rename_findings(ctx, person_id, into_id)
    both = (person_id, into_id)
    alone = or_(
        and_(Introduction.introducer_id.in_(both), Introduction.person_id.in_(both)),
        and_(Introduction.introducer_id.in_(both), Introduction.other_id.in_(both)),
        and_(Introduction.person_id.in_(both), Introduction.other_id.in_(both)),
    )
    await _change(ctx, delete(Introduction).where(alone))
    twin = aliased(Introduction)
    joined = exists().where(
        twin.group_id == Introduction.group_id, twin.person_id == into_id, twin.kind == "joining"
    )
    mine = (Introduction.person_id == person_id, Introduction.kind == "joining")
    await _change(ctx, delete(Introduction).where(*mine, joined))


async def _drop_doubles(ctx: Context, person_id: UUID, into_id: UUID) -> None:
    other = aliased(Case)
    doubled = exists().where(
        other.group_id == Case.group_id,
        other.kind == Case.kind,
        other.person_id == into_id,
        other.state == "open",
    )
    await _change(ctx, delete(Case).where(Case.person_id == person_id, Case.state == "open", doubled))


async def _rename_findings(ctx: Context, person_id: UUID, into_id: UUID) -> None:
    """A connection with somebody is one with the survivor, in cases and in what was waived."""
    was, now = f"conflict:{person_id}", f"conflict:{into_id}"
    for case in (await ctx.db.scalars(select(Case).where(_names(person_id)))).all():
        rest = {now if finding == was else finding for finding in case.findings}
        case.findings = sorted(rest - {f"conflict:{case.person_id}"} - _itself(case, person_id, now))
    await ctx.db.flush()
    twin = aliased(Waiver)
    there = exists().where(
        twin.group_id == Waiver.group_id, twin.person_id == Waiver.person_id, twin.finding == now
    )
    await _change(ctx, delete(Waiver).where(Waiver.finding == was, or_(there, Waiver.person_id == into_id)))
    await _change(ctx, update(Waiver).where(Waiver.finding == was).values(finding=now))
    await _change(ctx, delete(Waiver).where(Waiver.finding == now, Waiver.person_id == person_id))


def _itself(case: Case, person_id: UUID, now: str) -> set[str]:
    """The survivor, in a case that becomes one about the survivor."""
    return {now} if case.person_id == person_id else set()


async def _change(ctx: Context, statement: Any) -> None:
    await ctx.db.execute(statement.execution_options(**_UNSEEN))


merging.register(
    "cases",
    move=move,
    follows=(
        Case.person_id,
        Case.suggested_by_id,
        Case.closed_by_id,
        Introduction.introducer_id,
        Introduction.person_id,
        Introduction.other_id,
    ),
)
