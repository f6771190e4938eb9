"""One session of a series, and what is changed with it: this one, it and those that follow, or all of them."""

import dataclasses
import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import update

from peergroup.kit.context import Context, get
from peergroup.kit.ids import new_id
from peergroup.kit.problems import INVALID_TRANSITION, Problem, invalid
from peergroup.kit.wire import Named
from peergroup.sessions import planning, policy, series
from peergroup.sessions.models import Session
from peergroup.sessions.occurrences import dates_of, fit
from peergroup.sessions.queries import Here, find_session
from peergroup.sessions.recurrence import Rule
from peergroup.sessions.recurrence_text import parsed, written
from peergroup.sessions.schemas import SessionPatch
from peergroup.sessions.series_models import Series
from peergroup.sessions.series_queries import BesideSeries, sessions_of
from peergroup.sessions.series_rows import call_off
from peergroup.sessions.series_schemas import Scope
from peergroup.sessions.series_writing import carry_out

TAKEN_OUT = "It was taken out of the series."
_COPIED = ("time_zone", "dst_policy", "minutes", "title", "theme_id", "place", "capacity", "agenda")


async def change(ctx: Context, session_id: UUID, patch: SessionPatch, scope: Scope) -> tuple[Session, Here]:
    """Change a session; one of a series alone, with those that follow, or with all others."""
    if scope == "this":
        if "rule" in patch.model_fields_set:
            raise invalid("/rule", "changes with scope=following or scope=all only")
        return await planning.update(ctx, session_id, patch)
    session, here = await find_session(ctx, session_id, lock=True, agenda=False)
    ctx.require(policy.PLAN, here, session)
    ctx.expect(session)
    found = await _series_of(ctx, session)
    beside = BesideSeries(here, Named(id=session.group_id, name=here.group_name))
    sent = {name: getattr(patch, name) for name in patch.model_fields_set}
    if "host_id" in sent:
        raise invalid("/host_id", "is said of each session for itself")
    if scope == "following" and (before := _days_before(found, session)):
        await _split(ctx, found, session, sent, beside, before)
    else:
        await series.apply(ctx, found, _of_the_series(found, session, sent, scope), beside)
    gone = any(one.became == "deleted" and one.session_id == session_id for one in beside.changes or ())
    if gone:
        raise invalid(
            "/rule",
            "names no day for this very session: send the rule and its first local_start to the series itself",
        )
    return await find_session(ctx, session_id)


async def _series_of(ctx: Context, session: Session) -> Series:
    if session.series_id is None:
        raise invalid("scope", "is for sessions of a series, and this one belongs to none")
    found = await get(ctx, Series, session.series_id, lock=True)
    series.refuse_ended(found)
    return found


def _day(session: Session) -> str:
    return (session.occurrence or "")[:10]


def _days_before(found: Series, session: Session) -> int:
    """How many days of the rule lie before this one."""
    return sum(str(day) < _day(session) for day in dates_of(found))


def _time_of(found: Series, session: Session, sent: dict[str, Any]) -> str:
    """The time of the day from now on; another day is a matter of the rule."""
    if "local_start" not in sent:
        return found.local_start[10:]
    day = sent["local_start"][:10]
    if "rule" not in sent and day not in (_day(session), session.local_start[:10]):
        raise invalid("/local_start", "is on another day: send the rule of the new days, too")
    return str(sent["local_start"][10:])


def _of_the_series(found: Series, session: Session, sent: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """What is said of one session, said of its whole series."""
    said = {name: value for name, value in sent.items() if name != "local_start"}
    if "local_start" in sent:
        said["local_start"] = found.local_start[:10] + _time_of(found, session, sent)
    if "rule" in sent and "local_start" in sent:
        anew = scope == "following"
        said["local_start"] = (
            sent["local_start"] if anew else series.beginning(sent["rule"], said["local_start"])
        )
    return said


async def _split(
    ctx: Context, old: Series, session: Session, sent: dict[str, Any], here: BesideSeries, before: int
) -> None:
    """End the old series before this session, and let a new one begin with it, as calendars do.

    Sessions from here on move to the new series with all that hangs on them, and the days that were taken out
    stay out. What began, is over or was changed by hand keeps what it has.
    """
    series.refuse_inactive(here.standing.group_state)
    rule, day = parsed(old.rule), _day(session)
    sessions = [one for one in await sessions_of(ctx, old.id) if _day(one) >= day]
    new = Series(
        id=new_id(),
        group_id=old.group_id,
        rule=written(_rest_of(rule, before)),
        local_start=f"{day}{_time_of(old, session, sent)}",
        exdates=[one for one in old.exdates if one >= day],
        created_at=ctx.now,
        updated_at=ctx.now,
        **{name: getattr(old, name) for name in _COPIED},
    )
    if "rule" in sent and "local_start" in sent:
        new.local_start = sent["local_start"]
        if new.local_start[:10] not in map(_day, sessions):
            session.occurrence = new.local_start  # this one stays, on its new day
    # The new series may begin earlier than the session did: what was taken out there stays out, too.
    new.exdates = [one for one in old.exdates if one >= min(day, new.local_start[:10])]
    said = {name: value for name, value in sent.items() if name != "local_start"}
    renewed = await series.adopt(ctx, new, said | {"local_start": new.local_start}, here)
    await _cut(ctx, old, rule, day)
    await series.begin(ctx, new, sessions, here, agenda=renewed, split_from=old.id)
    others = update(Session).where(Session.series_id == old.id, Session.occurrence >= day)
    others = others.values(series_id=new.id, version=Session.version + 1)
    await ctx.db.execute(others.execution_options(synchronize_session=False))


def _rest_of(rule: Rule, before: int) -> Rule:
    """The rule of the new series: of a COUNT, what is left of it; one at least, to be judged as any other rule."""
    return rule if rule.count is None else dataclasses.replace(rule, count=max(rule.count - before, 1))


async def _cut(ctx: Context, old: Series, rule: Rule, day: str) -> None:
    """Let a series end with the last day before this one."""
    last = dt.date.fromisoformat(day) - dt.timedelta(days=1)
    old.rule = written(dataclasses.replace(rule, count=None, until=last))
    old.updated_at = ctx.now
    dates_of(old)
    ctx.record("series.changed", old, changed=["rule"])
    await ctx.db.flush()


async def delete(ctx: Context, session_id: UUID, scope: Scope) -> None:
    """Take a session back; of a series this one, it and those that follow, or the whole series."""
    session, here = await find_session(ctx, session_id, lock=True, agenda=False)
    ctx.require(policy.PLAN, here, session)
    ctx.expect(session)
    if scope == "this" and session.series_id is None:
        await planning.take_back(ctx, session)
        return
    found = await _series_of(ctx, session)
    if scope == "this":
        await _take_out(ctx, found, session)
    elif scope == "following" and _days_before(found, session):
        await _cut_off(ctx, found, session)
    else:
        await series.end(ctx, found)


async def _take_out(ctx: Context, found: Series, session: Session) -> None:
    """Everybody expects this meeting by the rule, so that it is cancelled and not just gone; and it never comes
    back: the day is out, whatever the series becomes."""
    if session.state not in ("draft", "scheduled"):
        raise Problem(
            INVALID_TRANSITION,
            f"A session that is {session.state} is not taken out of its series.",
            state=session.state,
            allowed=[],
        )
    found.exdates = sorted({*found.exdates, _day(session)})
    found.updated_at = ctx.now
    ctx.record("series.changed", found, changed=["exdates"], sessions={"cancelled": 1})
    await call_off(ctx, [session], TAKEN_OUT)
    await ctx.db.flush()


async def _cut_off(ctx: Context, found: Series, session: Session) -> None:
    sessions = await sessions_of(ctx, found.id)
    await _cut(ctx, found, parsed(found.rule), _day(session))
    changes = await carry_out(ctx, found, fit(found, sessions, ctx.now), reason=series.ENDED)
    series.tell(ctx, found, ["rule"], changes)
    await ctx.db.flush()
