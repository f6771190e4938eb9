"""Reading calendars: a person's feed, and a single session for download. Who sees a session is `sight_of`'s to say."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from peergroup.access import feeds
from peergroup.calendars.entries import entries_of, one_of, single
from peergroup.calendars.writing import Entry, calendar_text
from peergroup.groups.models import Group, Membership
from peergroup.groups.standing import beside, standing_of
from peergroup.kit.context import Context, House
from peergroup.kit.problems import not_found
from peergroup.sessions import policy
from peergroup.sessions.models import Rsvp, Session
from peergroup.sessions.queries import find_session, sight_of
from peergroup.sessions.series_models import Series

KEPT = dt.timedelta(days=365)
"""How long sessions stay in a calendar after they were."""
MOST = 2_000
_Mine = aliased(Rsvp)
_TAKING_PART = ("invited", "provisional", "active", "on_leave")


async def feed_text(house: House, token: str) -> str:
    """The calendar behind a feed's address: the sessions of the groups in which its person takes part now."""
    async with feeds.reading(house, token) as ctx:
        return calendar_text(await _entries(ctx))


async def _entries(ctx: Context) -> list[Entry]:
    rows = await _sessions(ctx)
    seen = [row.Session for row in rows if _is_seen(ctx, row)]
    declined = frozenset(row.Session.id for row in rows if row.answer == "no")
    # Of a series that somebody sees in part, its rule would show the rest.
    partly = {row.Session.series_id for row in rows if row.Session not in seen}
    series = await _series(ctx, {session.series_id for session in seen if session.series_id})
    whole = {series_id: one for series_id, one in series.items() if series_id not in partly}
    alone = [session for session in seen if session.series_id in partly and session.series_id in series]
    together = [session for session in seen if session not in alone]
    return [
        *entries_of(together, whole, declined),
        *(one_of(series[session.series_id], session, free=session.id in declined) for session in alone),
    ]


async def _sessions(ctx: Context) -> Sequence[Any]:
    """The sessions of the person's groups that were fixed, with their own answer and standing beside each."""
    me = ctx.principal.person_id
    mine = exists().where(
        Membership.group_id == Session.group_id,
        Membership.person_id == me,
        Membership.state.in_(_TAKING_PART),
    )
    statement: Any = (
        select(Session, _Mine.answer.label("answer"))
        .join(Group, Group.id == Session.group_id)
        .outerjoin(_Mine, and_(_Mine.session_id == Session.id, _Mine.person_id == me))
        .where(
            mine,
            Session.state != "draft",
            or_(Session.ends_at > ctx.now - KEPT, Session.series_id.is_not(None)),
        )
        .order_by(Session.starts_at.desc(), Session.id)
        .limit(MOST)
    )
    rows: Sequence[Any] = (await ctx.db.execute(beside(ctx, statement))).all()
    return rows[::-1]


def _is_seen(ctx: Context, row: Any) -> bool:
    standing = standing_of(ctx, row.Session.group_id, row[-6:])
    return sight_of(standing, row.Session.id) is not None


async def _series(ctx: Context, ids: set[UUID]) -> dict[UUID, Series]:
    if not ids:
        return {}
    found = await ctx.db.scalars(select(Series).where(Series.id.in_(ids)))
    return {one.id: one for one in found}


async def session_text(ctx: Context, session_id: UUID) -> str:
    """One session as a calendar, for whoever sees its times; a draft has no time yet that anybody should note."""
    session, here = await find_session(ctx, session_id, agenda=False)
    ctx.require(policy.SEE, here, session)
    if session.state == "draft":
        raise not_found()
    if session.series_id is None:
        return calendar_text([single(session)])
    series = await _series(ctx, {session.series_id})
    return calendar_text([one_of(series[session.series_id], session)])
