"""What is read of cases: by the moderators of the group, and by none of them about themselves."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, exists, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups import policy
from peergroup.groups.case_lifecycle import CASE
from peergroup.groups.case_models import Case
from peergroup.groups.case_schemas import CaseOut
from peergroup.groups.models import Group, Membership
from peergroup.groups.standing import MODERATORS, Standing, beside, group_standing, standing_of
from peergroup.kit.context import LOCK, Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person

_Closer, _Suggester, _Leader = aliased(Person), aliased(Person), aliased(Membership)


def _is_about(person: Any) -> ColumnElement[bool]:
    """SQL: `Case.is_about`. Findings are a list of texts, in which an id occurs only where it is named."""
    return or_(Case.person_id == person, cast(Case.findings, String).contains(cast(person, String)))


def _visible(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether a case is not about the reader, or about everybody who leads the group."""
    another = exists().where(
        _Leader.group_id == Case.group_id,
        _Leader.role.in_(MODERATORS),
        _Leader.state == "active",
        ~_is_about(_Leader.person_id),
    )
    return or_(~_is_about(_reader(ctx)), ~another)


def _reader(ctx: Context) -> Any:
    return select(Person.id).where(Person.id == ctx.principal.person_id).scalar_subquery()


def _cases() -> Any:
    return (
        select(
            Case,
            Group.name.label("group_name"),
            Person.name.label("person_name"),
            _Closer.name.label("closer"),
            _Suggester.name.label("suggester"),
        )
        .join(Group, Group.id == Case.group_id)
        .join(Person, Person.id == Case.person_id)
        .outerjoin(_Closer, _Closer.id == Case.closed_by_id)
        .outerjoin(_Suggester, _Suggester.id == Case.suggested_by_id)
    )


async def list_cases(
    ctx: Context, group_id: UUID, paging: Paging, state: str | None, kind: str | None
) -> Page[CaseOut]:
    """The cases of a group, the newest first."""
    standing = await group_standing(ctx, group_id)
    ctx.require(policy.READ_CASES, standing)
    statement = _cases().where(Case.group_id == group_id, _visible(ctx))
    if state is not None:
        statement = statement.where(Case.state == state)
    if kind is not None:
        statement = statement.where(Case.kind == kind)
    rows, following = await page(ctx, statement, paging, by=[Case.created_at, Case.id], descending=True)
    return Page[CaseOut](items=[_out(row, standing) for row in rows], next_cursor=following)


async def find_case(ctx: Context, case_id: UUID, *, lock: bool = False) -> tuple[Case, Standing]:
    """A case and the actor's standing in its group, which is locked before it; 404 but for those who look after it."""
    statement = beside(ctx, _cases().where(Case.id == case_id, _visible(ctx)))
    if lock:
        statement = statement.with_for_update(of=(Group, Case), **LOCK)
        statement = statement.execution_options(populate_existing=True)
    row: Any = (await ctx.db.execute(statement)).one_or_none()
    if row is None:
        raise not_found()
    standing = standing_of(ctx, row.Case.group_id, row[-6:])
    if not standing.is_moderator:
        raise not_found()
    ctx.memory[Case, case_id] = row
    return row.Case, standing


async def show_case(ctx: Context, case: Case, standing: Standing) -> CaseOut:
    """A case that `find_case` found, on the wire."""
    row = ctx.memory[Case, case.id]
    return _out(row, standing, await _own_name(ctx) if case.closed_by_id and not row.closer else None)


async def _own_name(ctx: Context) -> str | None:
    name: str | None = await ctx.db.scalar(select(Person.name).where(Person.id == ctx.principal.person_id))
    return name


def _out(row: Any, standing: Standing, closer: str | None = None) -> CaseOut:
    case: Case = row.Case
    same = ("id", "kind", "state", "findings", "misses", "decision", "reason", "created_at", "closed_at")
    return CaseOut(
        **{name: getattr(case, name) for name in same},
        group=Named(id=case.group_id, name=row.group_name),
        person=Named(id=case.person_id, name=row.person_name),
        closed_by=_named(case.closed_by_id, row.closer or closer),
        suggested_by=_named(case.suggested_by_id, row.suggester),
        version=case.version,
        allowed_actions=CASE.allowed(standing, case),
    )


def _named(person_id: UUID | None, name: str | None) -> Named | None:
    return None if person_id is None else Named(id=person_id, name=name or "")
