"""Writing a group's season down, so that applying it changes nothing. Only what is not usual is said."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import LIVE, Membership
from peergroup.kit.context import Context
from peergroup.kit.text import fold
from peergroup.people.models import Person
from peergroup.seasons import policy
from peergroup.seasons.document import Season
from peergroup.sessions.library import librarian
from peergroup.sessions.models import AgendaTemplate, Session, Theme
from peergroup.sessions.plans import Year, find_year
from peergroup.sessions.policy import PLAN_YEAR
from peergroup.sessions.series_models import Series

Document = dict[str, Any]


async def export(ctx: Context, group_id: UUID, number: int) -> Season:
    """The season of one group: its library, its people, its year. Five statements."""
    ctx.require(policy.EXPORT, await librarian(ctx))
    ctx.need_scopes("groups:read", "people:read")
    year = await find_year(ctx, group_id, number)
    ctx.require(PLAN_YEAR, year.standing)
    titles = _Titles(await _titled(ctx, Theme), await _titled(ctx, AgendaTemplate))
    people = await _people(ctx, group_id)
    series = await _series(ctx, group_id)
    group = _group(year, titles, people) | _year(year, titles, people)
    if series:
        several = Counter(fold(one.title or "") for one in series)
        group["series"] = [
            _recurring(one, year, titles, named=several[fold(one.title or "")] > 1) for one in series
        ]
    document: Document = {"season": number} | titles.used() | {"groups": [group]}
    return Season.model_validate(document)


class _Titles:
    """The titles of the library, and which of them were needed."""

    def __init__(self, themes: Mapping[UUID, Any], templates: Mapping[UUID, Any]) -> None:
        self.themes, self.templates = themes, templates
        self._themes: dict[UUID, None] = {}
        self._templates: dict[UUID, None] = {}

    def theme(self, id_: UUID | None) -> str | None:
        """The title of a theme, which is needed from now on."""
        if id_ is None or id_ not in self.themes:
            return None
        self._themes[id_] = None
        return str(self.themes[id_].title)

    def template(self, id_: UUID | str | None) -> str | None:
        """The title of an agenda template, which is needed from now on."""
        key = UUID(str(id_)) if id_ is not None else None
        if key is None or key not in self.templates:
            return None
        self._templates[key] = None
        return str(self.templates[key].title)

    def used(self) -> Document:
        """What the document has to say of the library."""
        themes = [
            {"title": one.title} | _given(description=one.description)
            for one in (self.themes[id_] for id_ in self._themes)
        ]
        templates = [
            {"title": one.title, "segments": one.segments}
            for one in (self.templates[id_] for id_ in self._templates)
        ]
        return _given(themes=themes or None, agenda_templates=templates or None)


def _given(**values: Any) -> Document:
    return {name: value for name, value in values.items() if value is not None}


async def _titled(ctx: Context, model: Any) -> dict[UUID, Any]:
    return {one.id: one for one in await ctx.db.scalars(select(model).where(model.archived.is_(False)))}


async def _people(ctx: Context, group_id: UUID) -> dict[UUID, tuple[str, str]]:
    """Everybody with a place in the group: how to name them, and their role. Guests are no part of a season."""
    query = (
        select(Person.id, Person.email, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group_id, Membership.state.in_(LIVE), Membership.role != "guest")
        .order_by(Person.name_folded, Person.id)
    )
    return {row.id: (row.email or str(row.id), row.role) for row in (await ctx.db.execute(query)).all()}


async def _series(ctx: Context, group_id: UUID) -> Sequence[Series]:
    query = select(Series).where(
        Series.group_id == group_id, Series.ended_at.is_(None), Series.title.is_not(None)
    )
    return (await ctx.db.scalars(query.order_by(Series.id))).all()


def _group(year: Year, titles: _Titles, people: Mapping[UUID, tuple[str, str]]) -> Document:
    group = year.group
    return {
        "name": group.name,
        "id": UUID(int=group.id.int),
        **_given(focus=group.focus, cadence=group.cadence),
        "time_zone": group.time_zone,
        "capacity": group.capacity,
        **_given(agenda_template=titles.template(group.agenda_template_id)),
        "active": group.state == "active",
        "moderators": [who for who, role in people.values() if role == "moderator"],
        "members": [who for who, role in people.values() if role != "moderator"],
    }


def _year(year: Year, titles: _Titles, people: Mapping[UUID, tuple[str, str]]) -> Document:
    if year.plan is None:
        return {}
    usual = dict(year.plan.usual)
    if (template_id := usual.pop("agenda_template_id", None)) is not None:
        usual |= _given(agenda_template=titles.template(template_id))
    sessions = [dict(_entry(year, session, titles, people)) for session in year.sessions]
    return {"usual": usual, "sessions": sessions}


def _entry(
    year: Year, session: Session, titles: _Titles, people: Mapping[UUID, tuple[str, str]]
) -> Iterator[tuple[str, Any]]:
    usual: Mapping[str, Any] = {} if year.plan is None else year.plan.usual
    yield "key", session.plan_key
    yield "local_start", session.local_start
    as_usual = {
        "time_zone": usual.get("time_zone") or year.group.time_zone,
        "dst_policy": usual.get("dst_policy") or "refuse",
        "minutes": usual.get("minutes"),
        "title": None,
        "place": usual.get("place"),
        "capacity": usual.get("capacity"),
    }
    for name, expected in as_usual.items():
        if getattr(session, name) != expected:
            yield name, getattr(session, name)
    if (theme := titles.theme(session.theme_id)) is not None:
        yield "theme", theme
    if session.host_id is not None:
        yield "host", _who(people, session.host_id)
    sitting = [one.person_id for one in year.hot_seats(session) if one.person_id is not None]
    if sitting:
        yield "hot_seats", [_who(people, person_id) for person_id in sitting]
    yield from _agenda(session, usual.get("agenda_template_id") or year.group.agenda_template_id, titles)


def _who(people: Mapping[UUID, tuple[str, str]], person_id: UUID) -> str:
    return people[person_id][0] if person_id in people else str(person_id)


def _agenda(session: Session, usual_id: Any, titles: _Titles) -> Iterator[tuple[str, Any]]:
    source = session.planned_agenda
    if source is None:
        if usual_id is not None:
            yield "agenda_template", None
    elif "segments" in source:
        plain = ("title", "kind", "minutes")
        yield "agenda", [{name: one[name] for name in plain} for one in source["segments"]]
    elif source["template"] != str(usual_id):
        yield "agenda_template", titles.template(source["template"])
    else:
        titles.template(source["template"])


def _recurring(series: Series, year: Year, titles: _Titles, *, named: bool) -> Document:
    same_zone = series.time_zone == year.group.time_zone
    return {
        "title": series.title,
        **_given(id=UUID(int=series.id.int) if named else None),
        "rule": series.rule,
        "local_start": series.local_start,
        **_given(
            time_zone=None if same_zone else series.time_zone,
            dst_policy=None if series.dst_policy == "refuse" else series.dst_policy,
            minutes=series.minutes,
            place=series.place,
            capacity=series.capacity,
            theme=titles.theme(series.theme_id),
            agenda=series.agenda or None,
        ),
    }
