"""What is read of series: found only by those for whom they exist, and as far as they may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Group
from peergroup.groups.standing import Standing, beside, standing_in, standing_of
from peergroup.kit.context import LOCK, Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named, Page
from peergroup.sessions import policy
from peergroup.sessions.models import Session, Theme
from peergroup.sessions.occurrences import ends_by
from peergroup.sessions.queries import sight_of
from peergroup.sessions.recurrence import MOST
from peergroup.sessions.recurrence_text import parsed
from peergroup.sessions.series_models import Series
from peergroup.sessions.series_schemas import ChangeOut, OccurrenceOut, SeriesBrief, SeriesOut

_BRIEF = ("id", "rule", "local_start", "last_occurrence", "time_zone", "minutes", "ended_at")
_ALWAYS = ("exdates", "created_at", "updated_at", "version")
_WHOLE = ("dst_policy", "place", "capacity")


@dataclass
class BesideSeries:
    """The actor's standing in the series' group, and what is shown beside the series."""

    standing: Standing
    group: Named
    theme_title: str | None = None
    changes: list[ChangeOut] | None = field(default=None)

    @property
    def sees_words(self) -> bool:
        return sees_whole(self.standing)


def sees_whole(standing: Standing) -> bool:
    """Whether somebody sees more of a series than its times. 404 for those for whom it does not exist: a guest is
    invited to one session, and not to a series."""
    sight = sight_of(standing, standing.group_id)
    if sight is None:
        raise not_found()
    return sight == "whole"


async def find_series(ctx: Context, series_id: UUID, *, lock: bool = False) -> tuple[Series, BesideSeries]:
    """A series and the actor's standing there. With `lock` the group is locked before it, in the same statement."""
    statement: Any = (
        select(Series, Group, Theme.title)
        .join(Group, Group.id == Series.group_id)
        .outerjoin(Theme, Theme.id == Series.theme_id)
        .where(Series.id == series_id)
    )
    statement = beside(ctx, statement)
    if lock:
        statement = statement.with_for_update(of=(Group, Series), **LOCK)
        statement = statement.execution_options(populate_existing=True)
    row = (await ctx.db.execute(statement)).one_or_none()
    if row is None:
        raise not_found()
    standing = standing_of(ctx, row.Series.group_id, row[-6:])
    sees_whole(standing)
    return row.Series, BesideSeries(standing, Named(id=row.Group.id, name=row.Group.name), row.title)


async def sessions_of(ctx: Context, series_id: UUID) -> Sequence[Session]:
    """Every session of a series, the earliest first, locked: nobody hangs anything on one that is about to go."""
    query = select(Session).where(Session.series_id == series_id).order_by(Session.starts_at, Session.id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return (await ctx.db.scalars(query)).all()


async def list_series(ctx: Context, group_id: UUID, paging: Paging) -> Page[SeriesBrief]:
    """The series of a group, the oldest first."""
    standing = await standing_in(ctx, group_id)
    whole = sees_whole(standing)
    ctx.require(policy.SEE_SERIES, standing)
    statement: Any = (
        select(Series, Theme.title)
        .outerjoin(Theme, Theme.id == Series.theme_id)
        .where(Series.group_id == group_id)
    )
    rows, following = await page(ctx, statement, paging, by=[Series.id])
    items = [SeriesBrief(**_brief(row.Series, row.title, whole=whole)) for row in rows]
    return Page[SeriesBrief](items=items, next_cursor=following)


async def show_series(ctx: Context, series: Series, here: BesideSeries) -> SeriesOut:
    """A series on the wire with what is still to come, as far as this reader may see it."""
    whole = here.sees_words
    query = (
        select(Session)
        .where(Session.series_id == series.id, Session.ends_at > ctx.now)
        .order_by(Session.starts_at, Session.id)
        .limit(MOST)
        .execution_options(populate_existing=True)
    )
    sessions = (await ctx.db.scalars(query)).all()
    return SeriesOut(
        **_brief(series, here.theme_title, whole=whole),
        **{name: getattr(series, name) for name in _ALWAYS},
        **{name: getattr(series, name) if whole else None for name in _WHOLE},
        agenda=series.agenda if whole else [],
        group=here.group,
        occurrences=[_occurrence(one, whole=whole) for one in sessions],
        changes=here.changes,
    )


def _brief(series: Series, theme_title: str | None, *, whole: bool) -> dict[str, Any]:
    theme = None
    if whole and series.theme_id is not None:
        theme = Named(id=series.theme_id, name=theme_title or "")
    return {name: getattr(series, name) for name in _BRIEF} | {
        "ends_by": ends_by(parsed(series.rule)),
        "title": series.title if whole else None,
        "theme": theme,
    }


def _occurrence(session: Session, *, whole: bool) -> OccurrenceOut:
    names = [name for name in OccurrenceOut.model_fields if name not in ("session_id", "overridden")]
    return OccurrenceOut(
        **{name: getattr(session, name) for name in names},
        session_id=session.id,
        overridden=session.overridden if whole else [],
    )
