"""The year of a season's group: its plan, and the series beside it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import select

from peergroup.groups.models import Group
from peergroup.kit.context import Context
from peergroup.kit.problems import invalid
from peergroup.kit.text import fold
from peergroup.seasons.document import SeasonGroup, SeasonSeries, SeasonSession, SeasonUsual
from peergroup.seasons.library import outcome
from peergroup.seasons.names import Names
from peergroup.seasons.places import at
from peergroup.seasons.schemas import SeasonChange
from peergroup.sessions import series
from peergroup.sessions.plan_changing import make_year
from peergroup.sessions.plan_schemas import EntryIn, FieldChange, PlanIn, Usual, as_data
from peergroup.sessions.series_models import Series
from peergroup.sessions.series_schemas import SeriesIn, SeriesPatch

_CALLED = {"theme_id": "theme", "host_id": "host"}
_SERIES = ("rule", "local_start", "time_zone", "dst_policy", "minutes", "place", "capacity")


async def keep_year(
    ctx: Context, group: Group, number: int, given: SeasonGroup, names: Names
) -> list[SeasonChange]:
    """Make the group's year what the season says, if it says anything of it."""
    if given.sessions is None:
        return []
    usual = Usual(**_usual(given.usual, names))
    entries = [
        EntryIn(**_entry(one, names, f"/sessions/{place}")) for place, one in enumerate(given.sessions)
    ]
    made = await make_year(ctx, group.id, number, PlanIn(usual=usual, entries=entries))
    _learn(names, made)
    return [
        outcome(
            "session",
            one.key,
            one.change,
            one.session_id,
            [_said(names, field) for field in one.fields],
            group=group.name,
            reason=one.reason,
        )
        for one in made.changes
    ]


def _usual(given: SeasonUsual, names: Names) -> dict[str, Any]:
    sent = given.model_dump(exclude_unset=True)
    if "agenda_template" in sent:
        title = sent.pop("agenda_template")
        sent["agenda_template_id"] = names.template(title, "/usual/agenda_template")
    return {name: value for name, value in sent.items() if value is not None or name != "dst_policy"}


def _entry(given: SeasonSession, names: Names, pointer: str) -> dict[str, Any]:
    sent: dict[str, Any] = {name: getattr(given, name) for name in given.model_fields_set}
    if "theme" in sent:
        sent["theme_id"] = names.theme(sent.pop("theme"), f"{pointer}/theme")
    if "agenda_template" in sent:
        title = sent.pop("agenda_template")
        sent["agenda_template_id"] = names.template(title, f"{pointer}/agenda_template")
    if (host := sent.pop("host", None)) is not None:
        sent["host_id"] = names.person(host, f"{pointer}/host")
    if sent.get("hot_seats") is not None:
        sent["hot_seats"] = [
            names.person(who, f"{pointer}/hot_seats/{place}") for place, who in enumerate(sent["hot_seats"])
        ]
    if sent.get("agenda") is not None:
        sent["agenda"] = [one.model_dump() for one in sent["agenda"]]
    return sent


def _learn(names: Names, made: Any) -> None:
    for entry in made.entries:
        for one in filter(None, (entry.theme, entry.host, *entry.hot_seats)):
            names.said[one.id] = one.name


def _said(names: Names, change: FieldChange) -> FieldChange:
    """The change with names where the plan has identifiers."""
    return FieldChange(
        field=_CALLED.get(change.field, change.field),
        before=_called(names, change.before),
        after=_called(names, change.after),
    )


def _called(names: Names, value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_called(names, one) for one in value]
    if isinstance(value, dict):
        return {name: _called(names, one) for name, one in value.items()}
    if isinstance(value, str) and len(value) == 36:
        try:
            return names.said.get(UUID(value), value)
        except ValueError:
            return value
    return value


async def keep_series(ctx: Context, group: Group, given: SeasonGroup, names: Names) -> list[SeasonChange]:
    """Make and change what recurs, each known by its title. Series that are not named stay as they are."""
    if not given.series:
        return []
    query = select(Series).where(Series.group_id == group.id, Series.ended_at.is_(None)).order_by(Series.id)
    known = (await ctx.db.scalars(query)).all()
    changes = []
    for place, one in enumerate(given.series):
        with at(f"/series/{place}"):
            changes.append(await _one_series(ctx, group, one, _meant(one, known), names))
    return changes


def _meant(given: SeasonSeries, known: Sequence[Series]) -> Series | None:
    """The series of this id, or else of this title; a change of all that follow leaves two of one title."""
    if given.id is not None:
        found = [one for one in known if one.id == given.id]
        if not found:
            raise invalid("/id", "is no series of this group")
        return found[0]
    titled = [one for one in known if fold(one.title or "") == fold(given.title)]
    if len(titled) > 1:
        raise invalid("/title", "is the title of several series: say which one by its id")
    return titled[0] if titled else None


async def _one_series(
    ctx: Context, group: Group, given: SeasonSeries, known: Series | None, names: Names
) -> SeasonChange:
    sent: dict[str, Any] = {name: getattr(given, name) for name in given.model_fields_set - {"id"}}
    if "theme" in sent:
        sent["theme_id"] = names.theme(sent.pop("theme"), "/theme")
    if sent.get("agenda") is not None:
        sent["agenda"] = [one.model_dump() for one in sent["agenda"]]
    if known is None:
        values = {name: value for name, value in sent.items() if value is not None}
        made, _ = await series.create(ctx, group.id, SeriesIn(**values))
        return outcome("series", given.title, "created", made.id, group=group.name)
    wanted = {name: sent[name] for name in (*_SERIES, "theme_id", "agenda", "title") if name in sent}
    differs = {name: value for name, value in wanted.items() if getattr(known, name) != value}
    fields = [
        FieldChange(
            field=_CALLED.get(name, name),
            before=_called(names, as_data(getattr(known, name))),
            after=_called(names, as_data(value)),
        )
        for name, value in differs.items()
    ]
    if differs:
        await series.change(ctx, known.id, SeriesPatch(**differs))
    change = "updated" if differs else "unchanged"
    return outcome("series", given.title, change, known.id, fields, group=group.name)
