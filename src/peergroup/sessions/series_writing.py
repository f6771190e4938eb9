"""Carrying out what a series calls for: what stands in the way, and then what becomes of each session."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select

from peergroup.kit.bulk import among
from peergroup.kit.context import Context, get
from peergroup.kit.problems import invalid
from peergroup.sessions import rsvps
from peergroup.sessions.hanging import hanging
from peergroup.sessions.models import HELD, Rsvp, Segment, Session
from peergroup.sessions.occurrences import Change, Fitting, refuse_overlap, spans
from peergroup.sessions.series_models import Series
from peergroup.sessions.series_rows import (
    call_off,
    change_all,
    delete_all,
    forget_segments,
    give_agenda,
    make_all,
)
from peergroup.sessions.series_schemas import ChangeOut

NO_DATE = "It is no date of the series any more."


async def carry_out(
    ctx: Context, series: Series, fitting: Fitting, *, agenda: bool = False, reason: str = NO_DATE
) -> list[ChangeOut]:
    """Make, change and take away sessions as reckoned; with `agenda`, those that have none of their own get the
    series' anew. `reason` is why those are cancelled on which something hangs. Under the group's lock."""
    if fitting.made or any(change.moved for change in fitting.changed):
        await _refuse_overlap(ctx, series, fitting)
    await _refuse_too_short(ctx, series, fitting, agenda)
    told = await take_away(ctx, fitting.vanished, reason)
    changed = list(fitting.changed)
    if agenda:
        changed += [Change(one, {}, False) for one in fitting.kept if "agenda" not in one.overridden]
    await change_all(ctx, changed)
    made = await make_all(ctx, series, fitting.made)
    if agenda:
        renewed = [one.session.id for one in changed if "agenda" not in one.session.overridden]
        await forget_segments(ctx, renewed)
        for session_id in renewed:
            ctx.record(
                "session.agenda_changed", session_id, group_id=series.group_id, segments=len(series.agenda)
            )
        await give_agenda(ctx, series, [*renewed, *made])
    else:
        await give_agenda(ctx, series, made)
    await _fit_capacity(ctx, fitting.changed)
    return [*told, *_told_changes(changed), *_told_made(fitting, made)]


def _told_changes(changed: Iterable[Change]) -> list[ChangeOut]:
    return [
        ChangeOut(
            session_id=one.session.id,
            occurrence=one.columns.get("occurrence", one.session.occurrence),
            became="moved" if one.moved else "changed",
            reason=None,
        )
        for one in changed
    ]


def _told_made(fitting: Fitting, made: Sequence[UUID]) -> list[ChangeOut]:
    return [
        ChangeOut(session_id=session_id, occurrence=occurrence, became="made", reason=None)
        for session_id, (occurrence, _) in zip(made, fitting.made, strict=True)
    ]


async def _refuse_overlap(ctx: Context, series: Series, fitting: Fitting) -> None:
    ours = sorted(spans(fitting))
    gone = [*fitting.vanished, *fitting.kept, *(change.session for change in fitting.changed)]
    query = select(Session.starts_at, Session.ends_at).where(
        Session.group_id == series.group_id,
        Session.state.in_(HELD),
        Session.starts_at < max(span[1] for span in ours),
        Session.ends_at > ours[0][0],
        ~among(ctx.db, Session.id, [one.id for one in gone]),
    )
    others = [(starts_at, ends_at, "") for starts_at, ends_at in (await ctx.db.execute(query)).all()]
    refuse_overlap([*ours, *others])


async def _refuse_too_short(ctx: Context, series: Series, fitting: Fitting, agenda: bool) -> None:
    """422 where a session would be shorter than its own agenda."""
    shorter = {
        one.session.id: one
        for one in fitting.changed
        if one.columns.get("minutes", one.session.minutes) < one.session.minutes
        and not (agenda and "agenda" not in one.session.overridden)
    }
    if not shorter:
        return
    query = select(Segment.session_id, func.sum(Segment.minutes)).where(
        among(ctx.db, Segment.session_id, list(shorter))
    )
    for session_id, total in (await ctx.db.execute(query.group_by(Segment.session_id))).all():
        if total > shorter[session_id].columns["minutes"]:
            occurrence = shorter[session_id].columns.get("occurrence", shorter[session_id].session.occurrence)
            raise invalid("/minutes", f"is shorter than the agenda of the occurrence {occurrence}")


async def take_away(ctx: Context, sessions: Sequence[Session], reason: str) -> list[ChangeOut]:
    """Sessions that are no date any more: with something hanging on them they are cancelled, so that those whom it
    concerns hear of it; else they are gone."""
    found = await hanging(ctx, [one.id for one in sessions])
    called_off = [one for one in sessions if one.id in found]
    gone = [one for one in sessions if one.id not in found]
    await delete_all(ctx, gone)
    await call_off(ctx, called_off, reason)
    return [
        ChangeOut(
            session_id=one.id,
            occurrence=one.occurrence or "",
            became="cancelled" if one.id in found else "deleted",
            reason=found.get(one.id),
        )
        for one in sessions
    ]


async def _fit_capacity(ctx: Context, changes: Sequence[Change]) -> None:
    """More places go to those who wait; fewer than are taken are refused."""
    ids = [one.session.id for one in changes if "capacity" in one.columns]
    if not ids:
        return
    query = select(Rsvp.session_id).where(among(ctx.db, Rsvp.session_id, ids)).distinct()
    for session_id in (await ctx.db.scalars(query.order_by(Rsvp.session_id))).all():
        await rsvps.fit_capacity(ctx, await get(ctx, Session, session_id))
