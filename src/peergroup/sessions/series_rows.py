"""Many sessions at once: one statement for each table, and one event for each session.

Whoever follows sessions learns of those of a series as of any other: nobody has to know what a series is.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from peergroup.kit.bulk import among, insert_rows, update_rows
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.kit.model import TENANT
from peergroup.kit.problems import BUSY, Problem
from peergroup.sessions.models import Segment, Session
from peergroup.sessions.occurrences import Change
from peergroup.sessions.series_models import FIELDS, Series
from peergroup.sessions.times import Placed

_COLUMNS = (*FIELDS, *Placed.__slots__, "sequence", "series_id", "occurrence", "state", "reason")
_PLAIN = {"synchronize_session": False}


async def call_off(ctx: Context, sessions: Sequence[Session], reason: str) -> None:
    """Cancel sessions of a series, and tell of each."""
    off = {"state": "cancelled", "reason": reason}
    await _write(ctx, [(one, off | {"sequence": one.sequence + 1}) for one in sessions])
    for one in sessions:
        told: Any = {"starts_at": one.starts_at, "sequence": one.sequence + 1, "by": "series"}
        ctx.record("session.cancelled", one.id, group_id=one.group_id, moved=(one.state, "cancelled"), **told)


async def delete_all(ctx: Context, sessions: Sequence[Session]) -> None:
    """Let sessions of a series be gone, on which nothing hangs, and tell of each."""
    if not sessions:
        return
    ids = [one.id for one in sessions]
    await forget_segments(ctx, ids)
    gone = delete(Session).where(among(ctx.db, Session.id, ids))
    await ctx.db.execute(gone.execution_options(**_PLAIN))
    for one in sessions:
        ctx.record("session.deleted", one.id, group_id=one.group_id, by="series")
        ctx.db.expunge(one)


async def forget_segments(ctx: Context, session_ids: Sequence[UUID]) -> None:
    """Take away the agendas of sessions that are still to come."""
    gone = delete(Segment).where(among(ctx.db, Segment.session_id, session_ids))
    await ctx.db.execute(gone.execution_options(**_PLAIN))


async def change_all(ctx: Context, changes: Sequence[Change], **facts: Any) -> None:
    """Change sessions, and tell of each; `facts` go with those that moved."""
    moved = [one for one in changes if one.moved]
    before = {one.session.starts_at for one in moved}
    if any(one.columns.get("starts_at") in before for one in moved):
        # One takes the place that another one leaves: until both have moved, neither takes any time.
        ids = [one.session.id for one in moved]
        aside = update(Session).where(among(ctx.db, Session.id, ids)).values(state="draft")
        await ctx.db.execute(aside.execution_options(**_PLAIN))
    await _write(ctx, [(one.session, one.columns) for one in changes])
    for change in changes:
        _tell(ctx, change, facts)


def _tell(ctx: Context, change: Change, facts: dict[str, Any]) -> None:
    session, columns = change.session, change.columns
    about: Any = {"group_id": session.group_id}
    if change.moved:
        times: Any = {name: columns.get(name, getattr(session, name)) for name in ("starts_at", "ends_at")}
        times |= {"sequence": columns["sequence"]}
        ctx.record("session.rescheduled", session.id, **about, **times, **facts)
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


async def make_all(ctx: Context, series: Series, made: Sequence[tuple[str, Placed]]) -> list[UUID]:
    """Make sessions, scheduled, and tell of each."""
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


async def give_agenda(ctx: Context, series: Series, session_ids: Sequence[UUID]) -> None:
    """Let sessions without an agenda begin with that of their series."""
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
