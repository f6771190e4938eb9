"""Names in a season, and whom or what they mean: each kind is looked up in one statement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.kit.problems import invalid
from peergroup.kit.text import fold
from peergroup.people.models import Person, PersonReference
from peergroup.seasons.document import Season, SeasonGroup, SeasonPerson
from peergroup.sessions.models import AgendaTemplate, Theme


@dataclass
class Names:
    """What the names of a season mean here."""

    people: dict[str, UUID] = field(default_factory=dict)
    """By folded address, by `source/external-id`, or by identifier, as far as they are known."""
    themes: dict[str, Theme] = field(default_factory=dict)
    templates: dict[str, AgendaTemplate] = field(default_factory=dict)
    said: dict[UUID, str] = field(default_factory=dict)
    """How to call a person, a theme or a template."""

    def person(self, who: str, pointer: str) -> UUID:
        """Whom a name means; 422 at its pointer where it is nobody."""
        found = self.people.get(who) or self.people.get(fold(who))
        if found is None:
            raise invalid(pointer, "is nobody known here")
        return plain(found)

    def theme(self, title: str | None, pointer: str) -> UUID | None:
        """The theme of this title; 422 at its pointer where there is none."""
        return self._titled(self.themes, title, pointer, "theme")

    def template(self, title: str | None, pointer: str) -> UUID | None:
        """The agenda template of this title; 422 at its pointer where there is none."""
        return self._titled(self.templates, title, pointer, "agenda template")

    def _titled(self, known: dict[str, Any], title: str | None, pointer: str, kind: str) -> UUID | None:
        if title is None:
            return None
        if fold(title) not in known:
            raise invalid(pointer, f"is no {kind} of the library or of this season")
        return plain(known[fold(title)].id)


def plain(id_: UUID) -> UUID:
    """An id as schemas take it: the driver of PostgreSQL has a class of its own for them."""
    return UUID(int=id_.int)


async def look_up(ctx: Context, season: Season) -> Names:
    """The people, themes and templates that a season names. Three statements at the most."""
    names = Names()
    await _find_people(ctx, names, {who for group in season.groups for who in people_of(group)})
    themes, templates = _titles(season)
    if themes:
        found: Any = await ctx.db.scalars(select(Theme).where(among(ctx.db, Theme.title_folded, themes)))
        names.themes = {one.title_folded: one for one in found}
    if templates:
        query = select(AgendaTemplate).where(
            among(ctx.db, AgendaTemplate.title_folded, templates), AgendaTemplate.archived.is_(False)
        )
        # Titles of templates are not unique: of several the oldest counts.
        for template in await ctx.db.scalars(query.order_by(AgendaTemplate.id.desc())):
            names.templates[template.title_folded] = template
    titled: list[Theme | AgendaTemplate] = [*names.themes.values(), *names.templates.values()]
    names.said |= {one.id: one.title for one in titled}
    return names


def people_of(group: SeasonGroup) -> Iterator[str]:
    """Everybody whom a group names."""
    yield from group.moderators
    yield from (one.email if isinstance(one, SeasonPerson) else one for one in group.members)
    for session in group.sessions or ():
        yield from filter(None, (session.host, *(session.hot_seats or ())))


def _titles(season: Season) -> tuple[set[str], set[str]]:
    themes: set[str | None] = {one.title for one in season.themes}
    templates: set[str | None] = {one.title for one in season.agenda_templates}
    for group in season.groups:
        templates |= {group.agenda_template, group.usual.agenda_template}
        for session in group.sessions or ():
            themes.add(session.theme)
            templates.add(session.agenda_template)
        themes |= {one.theme for one in group.series}
    return _folded(themes), _folded(templates)


def _folded(titles: Iterable[str | None]) -> set[str]:
    return {fold(title) for title in titles if title is not None}


async def _find_people(ctx: Context, names: Names, wanted: set[str]) -> None:
    if not wanted:
        return
    ids = [one for one in map(_as_id, wanted) if one is not None]
    references = [tuple(one.split("/", 1)) for one in wanted if "/" in one]
    known = or_(
        among(ctx.db, Person.email_folded, {fold(one) for one in wanted}),
        among(ctx.db, Person.id, ids),
        among(ctx.db, PersonReference.source, {source for source, _ in references})
        & among(ctx.db, PersonReference.external_id, {external for _, external in references}),
    )
    query = (
        select(
            Person.id, Person.name, Person.email_folded, PersonReference.source, PersonReference.external_id
        )
        .outerjoin(PersonReference, PersonReference.person_id == Person.id)
        .where(Person.state == "active", known)
    )
    for row in (await ctx.db.execute(query)).all():
        names.said[row.id] = row.name
        names.people[str(row.id)] = row.id
        if row.email_folded is not None:
            names.people[row.email_folded] = row.id
        if row.source is not None:
            names.people[f"{row.source}/{row.external_id}"] = row.id


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
