"""Reading the plan of a group's year: its sessions, with whom and what they name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import Group
from peergroup.groups.standing import Standing, beside, refuse_unknown, standing_of
from peergroup.kit.context import Context, get
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named
from peergroup.people.models import Person
from peergroup.sessions import policy
from peergroup.sessions.models import Plan, Segment, Session, Theme
from peergroup.sessions.plan_schemas import PlannedOut, PlanOut
from peergroup.sessions.schemas import SegmentPlan

_Host, _Sitter = aliased(Person), aliased(Person)
_PLAIN = (
    "state",
    "local_start",
    "time_zone",
    "dst_policy",
    "minutes",
    "starts_at",
    "ends_at",
    "title",
    "place",
    "capacity",
)


@dataclass
class Year:
    """The plan of a year as it is: without a plan, there are no sessions."""

    group: Group
    standing: Standing
    number: int
    plan: Plan | None
    sessions: list[Session] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)
    """Of themes and people."""
    is_new: bool = False

    @property
    def version(self) -> int:
        """Of the plan; 0 where there is none. What If-Match names."""
        return 0 if self.plan is None else self.plan.version

    def hot_seats(self, session: Session) -> list[Segment]:
        """The hot seats of a session's agenda, in order."""
        return [one for one in session.agenda if one.kind == "hot_seat"]


async def find_year(ctx: Context, group_id: UUID, year: int, *, lock: bool = False) -> Year:
    """The plan of a year and its sessions with their agendas; 404 where there is no such group for the reader.

    Two statements, and one to lock the group: who holds it, changes its sessions alone.
    """
    if lock:
        await get(ctx, Group, group_id, lock=True)
    statement: Any = (
        select(Group, Plan, Session, Theme.title.label("theme_title"), _Host.name.label("host_name"))
        .outerjoin(Plan, and_(Plan.group_id == Group.id, Plan.year == year))
        .outerjoin(Session, Session.plan_id == Plan.id)
        .outerjoin(Theme, Theme.id == Session.theme_id)
        .outerjoin(_Host, _Host.id == Session.host_id)
        .where(Group.id == group_id)
        .order_by(Session.starts_at, Session.id)
    )
    rows: Sequence[Any] = (await ctx.db.execute(beside(ctx, statement))).all()
    if not rows:
        raise not_found()
    standing = standing_of(ctx, group_id, rows[0][-6:])
    refuse_unknown(ctx, standing)
    found = Year(rows[0].Group, standing, year, rows[0].Plan)
    for row in rows:
        if row.Session is not None:
            found.sessions.append(row.Session)
            found.names |= {row.Session.theme_id: row.theme_title, row.Session.host_id: row.host_name}
    await _read_agendas(ctx, found)
    return found


async def _read_agendas(ctx: Context, year: Year) -> None:
    if not year.sessions:
        return
    query = (
        select(Segment, _Sitter.name)
        .outerjoin(_Sitter, _Sitter.id == Segment.person_id)
        .where(Segment.session_id.in_([session.id for session in year.sessions]))
        .order_by(Segment.position, Segment.id)
    )
    agendas: dict[UUID, list[Segment]] = {session.id: [] for session in year.sessions}
    for segment, name in (await ctx.db.execute(query)).all():
        agendas[segment.session_id].append(segment)
        if segment.person_id is not None:
            year.names[segment.person_id] = name
    for session in year.sessions:
        session.agenda = agendas[session.id]


async def read_year(ctx: Context, group_id: UUID, year: int) -> PlanOut:
    """The plan of a group's year."""
    found = await find_year(ctx, group_id, year)
    ctx.require(policy.SEE_PLAN, found.standing)
    return PlanOut(**shown(found))


def shown(year: Year) -> dict[str, Any]:
    """The fields of a plan on the wire."""
    return {
        "group": Named(id=year.group.id, name=year.group.name),
        "year": year.number,
        "usual": {} if year.plan is None else year.plan.usual,
        "entries": [_planned(year, session) for session in year.sessions],
        "version": year.version,
    }


def _planned(year: Year, session: Session) -> PlannedOut:
    source: Mapping[str, Any] = session.planned_agenda or {}
    return PlannedOut(
        key=session.plan_key or "",
        session_id=session.id,
        **{name: getattr(session, name) for name in _PLAIN},
        theme=_named(year, session.theme_id),
        host=_named(year, session.host_id),
        hot_seats=[
            Named(id=one.person_id, name=year.names.get(one.person_id, ""))
            for one in year.hot_seats(session)
            if one.person_id is not None
        ],
        agenda_template_id=source.get("template"),
        agenda=[SegmentPlan.model_validate(one) for one in source["segments"]]
        if "segments" in source
        else None,
    )


def _named(year: Year, id_: UUID | None) -> Named | None:
    return None if id_ is None else Named(id=id_, name=year.names.get(id_) or "")
