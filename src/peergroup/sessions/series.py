"""Recurring sessions: making a series, changing it, taking it back."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Group
from peergroup.groups.standing import beside, standing_of
from peergroup.kit.context import LOCK, Context
from peergroup.kit.ids import new_id
from peergroup.kit.problems import CONFLICT, GUARD_FAILED, Problem, invalid, not_found
from peergroup.kit.wire import Named
from peergroup.sessions import policy
from peergroup.sessions.agenda import refuse_too_long
from peergroup.sessions.models import AgendaTemplate, Session
from peergroup.sessions.occurrences import fit, is_to_come
from peergroup.sessions.planning import USUAL_MINUTES, theme_title
from peergroup.sessions.recurrence import days
from peergroup.sessions.recurrence_text import parsed
from peergroup.sessions.schemas import SegmentPlan
from peergroup.sessions.series_models import Series
from peergroup.sessions.series_queries import BesideSeries, find_series, sees_whole, sessions_of
from peergroup.sessions.series_schemas import ChangeOut, SeriesIn, SeriesPatch
from peergroup.sessions.series_writing import carry_out, take_away

ENDED = "The series was ended."


async def create(ctx: Context, group_id: UUID, given: SeriesIn) -> tuple[Series, BesideSeries]:
    """Make a series and schedule all its sessions."""
    statement = beside(ctx, select(Group).where(Group.id == group_id))
    row = (await ctx.db.execute(statement.with_for_update(of=(Group,), **LOCK))).one_or_none()
    if row is None:
        raise not_found()
    group: Group = row.Group
    standing = standing_of(ctx, group_id, row[-6:])
    sees_whole(standing)
    ctx.require(policy.PLAN, standing)
    refuse_inactive(group.state)
    segments = await _segments(ctx, given.agenda, given.agenda_template_id, group.agenda_template_id)
    minutes = given.minutes or max(sum(one.minutes for one in segments), 5 * bool(segments)) or USUAL_MINUTES
    refuse_too_long(segments, minutes, "/agenda")
    series = Series(
        id=new_id(),
        group_id=group_id,
        minutes=minutes,
        time_zone=given.time_zone or group.time_zone,
        agenda=[_kept(one) for one in segments],
        exdates=[],
        created_at=ctx.now,
        updated_at=ctx.now,
        **given.model_dump(include={*_PLAIN, "rule", "local_start", "dst_policy"}),
    )
    here = BesideSeries(standing, Named(id=group.id, name=group.name))
    here.theme_title = await theme_title(ctx, given.theme_id)
    await begin(ctx, series, [], here)
    return series, here


_PLAIN = ("title", "theme_id", "place", "capacity")
_SENT_AS_IT_IS = (*_PLAIN, "rule", "time_zone", "dst_policy", "minutes")


def _kept(segment: SegmentPlan) -> dict[str, Any]:
    return segment.model_dump(include=set(SegmentPlan.model_fields))


def refuse_inactive(group_state: str) -> None:
    """409 before a group is active, or after: a series schedules its sessions at once."""
    if group_state != "active":
        detail = f"A series schedules its sessions at once, and the group is {group_state}, not active."
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "group_inactive", "detail": detail}])


async def begin(
    ctx: Context,
    series: Series,
    sessions: Sequence[Session],
    here: BesideSeries,
    *,
    agenda: bool = False,
    **facts: Any,
) -> None:
    """Store a new series and give it its sessions: those of another one that it takes over, and new ones."""
    fitting = fit(series, sessions, ctx.now)
    if not (fitting.made or fitting.changed or fitting.kept):
        raise invalid("/local_start", "leaves nothing to come: every day of the rule is over, or called off")
    ctx.db.add(series)
    await ctx.db.flush()
    here.changes = await carry_out(ctx, series, fitting, agenda=agenda)
    ctx.record("series.created", series, sessions=counted(here.changes), **facts)


async def change(ctx: Context, series_id: UUID, patch: SeriesPatch) -> tuple[Series, BesideSeries]:
    """Change a series and every session of it that is still to come."""
    series, here = await find_series(ctx, series_id, lock=True)
    ctx.require(policy.PLAN, here.standing)
    ctx.expect(series)
    refuse_ended(series)
    sent = {name: getattr(patch, name) for name in patch.model_fields_set}
    await apply(ctx, series, sent, here)
    return series, here


def refuse_ended(series: Series) -> None:
    """409 where a series was deleted."""
    if series.ended_at is not None:
        raise Problem(CONFLICT, "The series has ended; its sessions are changed one by one.")


async def apply(ctx: Context, series: Series, sent: dict[str, Any], here: BesideSeries) -> None:
    """Let a locked series say what was sent, and its sessions follow."""
    here.changes = []
    if not sent:
        return
    refuse_inactive(here.standing.group_state)
    sessions = await sessions_of(ctx, series.id)
    with ctx.db.no_autoflush:  # one change of the series is one version
        renewed = await adopt(ctx, series, sent, here)
    fitting = fit(series, sessions, ctx.now)
    here.changes = await carry_out(ctx, series, fitting, agenda=renewed)
    tell(ctx, series, sorted(sent), here.changes)
    await ctx.db.flush()


async def adopt(ctx: Context, series: Series, sent: dict[str, Any], here: BesideSeries) -> bool:
    """Write into a series what was sent, and say whether its agenda is another one now."""
    if "theme_id" in sent:
        here.theme_title = await theme_title(ctx, sent["theme_id"])
    for name in _SENT_AS_IT_IS:
        if name in sent:
            setattr(series, name, sent[name])
    if "local_start" in sent:
        series.local_start = sent["local_start"]
    elif "rule" in sent:
        series.local_start = beginning(series.rule, series.local_start)
    renewed = "agenda" in sent or "agenda_template_id" in sent
    if renewed:
        found = await _segments(ctx, sent.get("agenda"), sent.get("agenda_template_id"))
        series.agenda = [_kept(one) for one in found]
    segments = [SegmentPlan.model_validate(one) for one in series.agenda]
    refuse_too_long(segments, series.minutes, "/agenda" if renewed else "/minutes")
    series.updated_at = ctx.now
    return renewed


def beginning(rule: str, since: str) -> str:
    """The first local start of a rule from `since` on; `since` itself where there is none, to be refused."""
    found = days(parsed(rule), dt.date.fromisoformat(since[:10]))
    return f"{found[0]}{since[10:]}" if found else since


async def _segments(
    ctx: Context, given: Sequence[SegmentPlan] | None, template_id: UUID | None, usual_id: UUID | None = None
) -> Sequence[SegmentPlan]:
    """The agenda as sent, of the template named, or of the group's template."""
    if given is not None or (template_id or usual_id) is None:
        return given or []
    query = select(AgendaTemplate).where(AgendaTemplate.id == (template_id or usual_id))
    template: AgendaTemplate | None = await ctx.db.scalar(query)
    if template is None and template_id is not None:
        raise invalid("/agenda_template_id", "is no template of this organization")
    return [SegmentPlan.model_validate(one) for one in template.segments] if template else []


def tell(ctx: Context, series: Series, changed: list[str], changes: Sequence[ChangeOut]) -> None:
    """Record that a series was changed, with how many sessions became what."""
    ctx.record("series.changed", series, changed=changed, sessions=counted(changes))


def counted(changes: Sequence[ChangeOut]) -> dict[str, int]:
    """How many sessions became what."""
    became = [one.became for one in changes]
    return {name: became.count(name) for name in sorted(set(became))}


async def delete(ctx: Context, series_id: UUID) -> None:
    """Take a series back: what is to come goes, or is cancelled where something hangs on it; what happened stays."""
    series, here = await find_series(ctx, series_id, lock=True)
    ctx.require(policy.PLAN, here.standing)
    ctx.expect(series)
    await end(ctx, series)


async def end(ctx: Context, series: Series) -> None:
    """End a locked series; where nothing is left of it, it is gone."""
    refuse_ended(series)
    sessions = await sessions_of(ctx, series.id)
    to_come = [one for one in sessions if is_to_come(one, ctx.now)]
    told = await take_away(ctx, to_come, ENDED)
    ctx.record("series.ended", series.id, group_id=series.group_id, sessions=counted(told))
    if counted(told).get("deleted", 0) == len(sessions):
        await ctx.db.delete(series)
    else:
        series.ended_at = series.updated_at = ctx.now
    await ctx.db.flush()
