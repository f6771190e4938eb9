"""What is read of sessions: found only by those for whom they exist, and as far as they may see them."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import Group
from peergroup.groups.reach import began_in_time_of
from peergroup.groups.standing import Standing, beside, standing_in, standing_of
from peergroup.kit.context import LOCK, Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.time import UtcDateTime
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person
from peergroup.sessions import policy
from peergroup.sessions.lifecycles import SESSION
from peergroup.sessions.models import Rsvp, Segment, Session, Theme
from peergroup.sessions.schemas import ClockOut, CountsOut, SegmentOut, SessionBrief, SessionOut

Sight = Literal["whole", "times"]
_Mine, _Host = aliased(Rsvp), aliased(Person)
_TIMES = (
    "id",
    "state",
    "local_start",
    "time_zone",
    "minutes",
    "starts_at",
    "ends_at",
    "series_id",
    "occurrence",
)
_WHOLE = (
    "title",
    "dst_policy",
    "place",
    "capacity",
    "led_by_id",
    "claimed_by_id",
    "started_at",
    "ended_at",
    "created_at",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class Here(Standing):
    """The standing of the actor in the group of one session, and what is shown beside that session."""

    sight: Sight = "times"
    group_name: str = ""
    theme_title: str | None = None
    in_my_time: bool = False
    """Whether its words are the reader's to read: it began in their time, or was opened."""
    host_name: str | None = None
    figures: Any = None

    def with_theme(self, title: str | None) -> "Here":
        """The same, with another theme."""
        return dataclasses.replace(self, theme_title=title)

    def with_host(self, names: Mapping[UUID, str]) -> "Here":
        """The same, with another host; none where no name is given."""
        return dataclasses.replace(self, host_name=next(iter(names.values()), None))


@dataclass(frozen=True)
class NoFigures:
    """Of a session that was just made."""

    yes = maybe = no = waiting = 0
    my_answer = my_seat = None


def new_here(standing: Standing, group_name: str, theme_title: str | None, host_name: str | None) -> Here:
    """The standing beside a session that was just made."""
    names = (group_name, theme_title, host_name)
    return _here(standing, "whole", names, in_my_time=True, figures=NoFigures())


def _here(
    standing: Standing,
    sight: Sight,
    names: tuple[str, str | None, str | None],
    *,
    in_my_time: bool,
    figures: Any,
) -> Here:
    given = {field.name: getattr(standing, field.name) for field in dataclasses.fields(Standing)}
    return Here(
        **given,
        sight=sight,
        group_name=names[0],
        theme_title=names[1],
        host_name=names[2],
        in_my_time=in_my_time,
        figures=figures,
    )


def sight_of(standing: Standing, session_id: UUID) -> Sight | None:
    """How much of a session somebody sees: agenda and answers, its times only, or nothing."""
    if standing.is_guest:
        own = standing.session_id == session_id
        return ("whole" if standing.signed else "times") if own else _by_office(standing)
    if standing.role == "guest" and standing.state == "invited":
        return _by_office(standing) or ("times" if standing.session_id == session_id else None)
    if standing.is_active or standing.state == "on_leave" or standing.is_admin:
        return "whole"
    return "times" if standing.state == "provisional" or standing.is_service else None


def _by_office(standing: Standing) -> Sight | None:
    return "whole" if standing.is_admin else None


class _Figures:
    """The columns of how many said what, and of what the reader said; the same select serves page and single."""

    def __init__(self, ctx: Context) -> None:
        self.join = and_(_Mine.session_id == Session.id, _Mine.person_id == ctx.principal.person_id)
        self.columns = (
            _count(Rsvp.answer == "yes", Rsvp.seat_no.is_not(None)).label("yes"),
            _count(Rsvp.answer == "maybe").label("maybe"),
            _count(Rsvp.answer == "no").label("no"),
            _count(Rsvp.answer == "yes", Rsvp.seat_no.is_(None)).label("waiting"),
            _Mine.answer.label("my_answer"),
            _Mine.seat_no.label("my_seat"),
            _Host.name.label("host_name"),
        )


def _count(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(func.count())
        .select_from(Rsvp)
        .where(Rsvp.session_id == Session.id, *conditions)
        .correlate(Session)
        .scalar_subquery()
    )


async def find_session(
    ctx: Context, session_id: UUID, *, lock: bool = False, agenda: bool = True
) -> tuple[Session, Here]:
    """A session with its agenda, and the actor's standing there; 404 for those for whom it does not exist.

    With `lock` the group is locked before the session, in the same statement. Two statements in all, one
    without the agenda.
    """
    figures = _Figures(ctx)
    statement: Select[Any] = (
        select(Session, Group, Theme.title, _in_my_time(ctx).label("in_my_time"), *figures.columns)
        .join(Group, Group.id == Session.group_id)
        .outerjoin(Theme, Theme.id == Session.theme_id)
        .outerjoin(_Mine, figures.join)
        .outerjoin(_Host, _Host.id == Session.host_id)
        .where(Session.id == session_id)
    )
    statement = beside(ctx, statement)
    if lock:
        statement = statement.with_for_update(of=(Group, Session), **LOCK)
        statement = statement.execution_options(populate_existing=True)
    row = (await ctx.db.execute(statement)).one_or_none()
    if row is None:
        raise not_found()
    session: Session = row.Session
    standing = standing_of(ctx, session.group_id, row[-6:])
    sight = sight_of(standing, session.id)
    if sight is None:
        raise not_found()
    if agenda:
        session.agenda = await agenda_of(ctx, session.id)
    in_my_time = bool(row.in_my_time)
    names = (row.Group.name, row.title, row.host_name)
    return session, _here(standing, sight, names, in_my_time=in_my_time, figures=row)


async def agenda_of(ctx: Context, session_id: UUID) -> list[Segment]:
    """The segments of a session in order."""
    query = (
        select(Segment, _Host.name)
        .outerjoin(_Host, _Host.id == Segment.person_id)
        .where(Segment.session_id == session_id)
        .order_by(Segment.position, Segment.id)
    )
    found: list[Segment] = []
    for segment, name in (await ctx.db.execute(query)).all():
        segment.name_person(name)
        found.append(segment)
    return found


def _in_my_time(ctx: Context) -> ColumnElement[bool]:
    began = func.coalesce(Session.started_at, literal(ctx.now, UtcDateTime()))
    return or_(Session.minutes_opened, began_in_time_of(ctx.principal.person_id, Session.group_id, began))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows a list of sessions: their state, and a span of time that they touch."""

    state: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """SQL: what a `Session` has to fulfil."""
        if self.state is not None:
            yield Session.state == self.state
        if self.since is not None:
            yield Session.ends_at > self.since
        if self.until is not None:
            yield Session.starts_at < self.until


async def list_sessions(ctx: Context, group_id: UUID, paging: Paging, wanted: Wanted) -> Page[SessionBrief]:
    """The sessions of a group, the earliest first; a guest sees the one they were invited to."""
    standing = await standing_in(ctx, group_id)
    if sight_of(standing, standing.session_id or group_id) is None:
        raise not_found()
    ctx.require(policy.SEE, standing)
    figures = _Figures(ctx)
    statement = (
        select(Session, Theme.title.label("theme_title"), *figures.columns)
        .outerjoin(Theme, Theme.id == Session.theme_id)
        .outerjoin(_Mine, figures.join)
        .outerjoin(_Host, _Host.id == Session.host_id)
        .where(Session.group_id == group_id, *wanted.conditions())
    )
    if standing.role == "guest" and not standing.is_admin:
        statement = statement.where(Session.id == standing.session_id)
    rows, following = await page(ctx, statement, paging, by=[Session.starts_at, Session.id])
    items = [
        SessionBrief(
            **_brief(row.Session, row, (row.theme_title, row.host_name), sight_of(standing, row.Session.id))
        )
        for row in rows
    ]
    return Page[SessionBrief](items=items, next_cursor=following)


def _brief(
    session: Session, row: Any, names: tuple[str | None, str | None], sight: Sight | None
) -> dict[str, Any]:
    times = {name: getattr(session, name) for name in _TIMES}
    if sight != "whole":
        hidden = ("title", "theme", "host", "counts", "my_answer", "i_wait", "overridden")
        return times | dict.fromkeys(hidden)
    return times | {
        "title": session.title,
        "overridden": session.overridden if session.series_id is not None else None,
        "theme": _named(session.theme_id, names[0]),
        "host": _named(session.host_id, names[1]),
        "counts": CountsOut(yes=row.yes, maybe=row.maybe, no=row.no, waiting=row.waiting),
        "my_answer": row.my_answer,
        "i_wait": None if row.my_answer is None else row.my_answer == "yes" and row.my_seat is None,
    }


def _named(id_: UUID | None, name: str | None) -> Named | None:
    return None if id_ is None else Named(id=id_, name=name or "")


async def show_session(_ctx: Context, session: Session, here: Here) -> SessionOut:
    """A session on the wire, as far as this reader may see it."""
    whole = here.sight == "whole"
    shown = {name: getattr(session, name) if whole else None for name in _WHOLE}
    return SessionOut(
        **_brief(session, here.figures, (here.theme_title, here.host_name), here.sight) | shown,
        group=Named(id=session.group_id, name=here.group_name),
        sequence=session.sequence,
        reason=session.reason if whole and session.state == "cancelled" else None,
        agenda=[SegmentOut.model_validate(one) for one in session.agenda] if whole else [],
        clock=clock_of(session) if whole else None,
        version=session.version,
        allowed_actions=SESSION.allowed(here, session),
    )


def clock_of(session: Session) -> ClockOut | None:
    """The time of the segment that runs."""
    if session.current_id is None:
        return None
    return ClockOut(
        segment_id=session.current_id, ends_at=session.clock_ends_at, left_seconds=session.clock_left
    )
