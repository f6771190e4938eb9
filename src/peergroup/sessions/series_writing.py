"""Carrying out what a series calls for: few statements, however many sessions there are."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from peergroup.kit.bulk import among, insert_rows, update_rows
from peergroup.kit.context import Context, get
from peergroup.kit.ids import new_id
from peergroup.kit.model import TENANT
from peergroup.kit.problems import BUSY, Problem, invalid
from peergroup.sessions import rsvps
from peergroup.sessions.hanging import hanging
from peergroup.sessions.models import HELD, Rsvp, Segment, Session
from peergroup.sessions.occurrences import Change, Fitting, refuse_overlap, spans
from peergroup.sessions.series_models import FIELDS, Series
from peergroup.sessions.series_schemas import ChangeOut
from peergroup.sessions.times import Placed

NO_DATE = "It is no date of the series any more."
_COLUMNS = (*FIELDS, *Placed.__slots__, "sequence", "series_id", "occurrence", "state", "reason")
_PLAIN = {"synchronize_session": False}


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
    await _change(ctx, changed)
    made = await _make(ctx, series, fitting.made)
    if agenda:
        renewed = [one.session.id for one in changed if "agenda" not in one.session.overridden]
        await _forget_segments(ctx, renewed)
        for session_id in renewed:
            ctx.record(
                "session.agenda_changed", session_id, group_id=series.group_id, segments=len(series.agenda)
            )
        await _give_agenda(ctx, series, [*renewed, *made])
    else:
        await _give_agenda(ctx, series, made)
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
    await _delete(ctx, gone)
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


async def call_off(ctx: Context, sessions: Sequence[Session], reason: str) -> None:
    """Cancel sessions of a series, and tell of each."""
    off = {"state": "cancelled", "reason": reason}
    await _write(ctx, [(one, off | {"sequence": one.sequence + 1}) for one in sessions])
    for one in sessions:
        told: Any = {"starts_at": one.starts_at, "sequence": one.sequence + 1, "by": "series"}
        ctx.record("session.cancelled", one.id, group_id=one.group_id, moved=(one.state, "cancelled"), **told)


async def _delete(ctx: Context, sessions: Sequence[Session]) -> None:
    if not sessions:
        return
    ids = [one.id for one in sessions]
    await _forget_segments(ctx, ids)
    gone = delete(Session).where(among(ctx.db, Session.id, ids))
    await ctx.db.execute(gone.execution_options(**_PLAIN))
    for one in sessions:
        ctx.record("session.deleted", one.id, group_id=one.group_id, by="series")
        ctx.db.expunge(one)


async def _forget_segments(ctx: Context, session_ids: Sequence[UUID]) -> None:
    gone = delete(Segment).where(among(ctx.db, Segment.session_id, session_ids))
    await ctx.db.execute(gone.execution_options(**_PLAIN))


async def _change(ctx: Context, changes: Sequence[Change]) -> None:
    moved = [one for one in changes if one.moved]
    before = {one.session.starts_at for one in moved}
    if any(one.columns.get("starts_at") in before for one in moved):
        # One takes the place that another one leaves: until both have moved, neither takes any time.
        ids = [one.session.id for one in moved]
        aside = update(Session).where(among(ctx.db, Session.id, ids)).values(state="draft")
        await ctx.db.execute(aside.execution_options(**_PLAIN))
    await _write(ctx, [(one.session, one.columns) for one in changes])
    for change in changes:
        _tell(ctx, change)


def _tell(ctx: Context, change: Change) -> None:
    session, columns = change.session, change.columns
    about: Any = {"group_id": session.group_id}
    if change.moved:
        times = {name: columns.get(name, getattr(session, name)) for name in ("starts_at", "ends_at")}
        ctx.record("session.rescheduled", session.id, **about, **times, sequence=columns["sequence"])
    if names := sorted({*FIELDS, "dst_policy", "series_id"} & set(columns)):
        ctx.record("session.updated", session.id, **about, changed=names)


async def _write(ctx: Context, changes: Sequence[tuple[Session, dict[str, Any]]]) -> None:
    rows = [
        {name: columns.get(name, getattr(one, name)) for name in _COLUMNS}
        | {"updated_at": ctx.now, TENANT: ctx.organization_id, "id": one.id, "version": one.version}
        for one, columns in changes
    ]
    if await update_rows(ctx.db, Session.__table__, rows) != len(rows):
        raise Problem(BUSY, "Somebody changed a session of the series at the same time.", retry_after=1)
    for one, _ in changes:
        ctx.db.expunge(one)  # what was read is not what is there any more


async def _make(ctx: Context, series: Series, made: Sequence[tuple[str, Placed]]) -> list[UUID]:
    rows = [
        _row(
            ctx,
            Session,
            group_id=series.group_id,
            series_id=series.id,
            occurrence=occurrence,
            overridden=[],
            state="scheduled",
            updated_at=ctx.now,
            **{name: getattr(series, name) for name in FIELDS},
            **{name: getattr(at, name) for name in Placed.__slots__},
        )
        for occurrence, at in made
    ]
    await insert_rows(ctx.db, Session.__table__, rows)
    for row in rows:
        told = {name: row[name] for name in ("starts_at", "ends_at", "sequence", "series_id", "occurrence")}
        ctx.record(
            "session.scheduled", row["id"], group_id=series.group_id, moved=(None, "scheduled"), **told
        )
    return [row["id"] for row in rows]


async def _give_agenda(ctx: Context, series: Series, session_ids: Sequence[UUID]) -> None:
    rows = [
        _row(ctx, Segment, session_id=session_id, position=place, **segment)
        for session_id in session_ids
        for place, segment in enumerate(series.agenda)
    ]
    await insert_rows(ctx.db, Segment.__table__, rows)


def _row(ctx: Context, model: Any, **given: Any) -> dict[str, Any]:
    """A row with all its columns, as `insert_rows` wants it."""
    row: dict[str, Any] = {}
    for column in model.__table__.columns:
        default = column.default
        row[column.name] = default.arg if default is not None and default.is_scalar else None
    return row | {TENANT: ctx.organization_id, "id": new_id(), "created_at": ctx.now} | given


async def _fit_capacity(ctx: Context, changes: Sequence[Change]) -> None:
    """More places go to those who wait; fewer than are taken are refused."""
    ids = [one.session.id for one in changes if "capacity" in one.columns]
    if not ids:
        return
    query = select(Rsvp.session_id).where(among(ctx.db, Rsvp.session_id, ids)).distinct()
    for session_id in (await ctx.db.scalars(query.order_by(Rsvp.session_id))).all():
        await rsvps.fit_capacity(ctx, await get(ctx, Session, session_id))
