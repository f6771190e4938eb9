"""The themes and agenda templates of a season: those that the library has not are added, others brought up to date."""

from typing import Any

from peergroup.kit.context import Context
from peergroup.kit.text import fold
from peergroup.seasons.document import Season
from peergroup.seasons.names import Names
from peergroup.seasons.schemas import SeasonChange
from peergroup.sessions import library
from peergroup.sessions.library_schemas import TemplateIn, TemplatePatch, ThemeIn, ThemePatch
from peergroup.sessions.plan_schemas import FieldChange


async def keep_library(ctx: Context, season: Season, names: Names) -> list[SeasonChange]:
    """Add and change what the season says of themes and templates. What is archived comes back."""
    return [*await _themes(ctx, season, names), *await _templates(ctx, season, names)]


async def _themes(ctx: Context, season: Season, names: Names) -> list[SeasonChange]:
    changes = []
    for given in season.themes:
        known = names.themes.get(fold(given.title))
        if known is None:
            made = await library.add_theme(ctx, ThemeIn(**given.model_dump()))
            names.themes[made.title_folded] = made
            names.said[made.id] = made.title
            changes.append(outcome("theme", given.title, "created", made.id))
            continue
        differs = _differs(known, {"title": given.title, "archived": False} | _said(given, "description"))
        if differs:
            patch = ThemePatch(**{one.field: one.after for one in differs})
            await library.change_theme(ctx, known.id, patch)
        changes.append(
            outcome("theme", given.title, "updated" if differs else "unchanged", known.id, differs)
        )
    return changes


async def _templates(ctx: Context, season: Season, names: Names) -> list[SeasonChange]:
    changes = []
    for given in season.agenda_templates:
        segments = [one.model_dump() for one in given.segments]
        known = names.templates.get(fold(given.title))
        if known is None:
            made = await library.add_template(ctx, TemplateIn(title=given.title, segments=given.segments))
            names.templates[made.title_folded] = made
            names.said[made.id] = made.title
            changes.append(outcome("agenda_template", given.title, "created", made.id))
            continue
        differs = _differs(known, {"title": given.title, "segments": segments})
        if differs:
            patch = TemplatePatch(title=given.title, segments=given.segments)
            await library.change_template(ctx, known.id, patch)
        change = "updated" if differs else "unchanged"
        changes.append(outcome("agenda_template", given.title, change, known.id, differs))
    return changes


def _said(given: Any, *fields: str) -> dict[str, Any]:
    return {name: getattr(given, name) for name in fields if name in given.model_fields_set}


def _differs(known: Any, wanted: dict[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(field=name, before=getattr(known, name), after=value)
        for name, value in wanted.items()
        if getattr(known, name) != value
    ]


def outcome(
    kind: Any,
    name: str,
    change: Any,
    id_: Any = None,
    fields: list[FieldChange] | None = None,
    *,
    group: str | None = None,
    reason: str | None = None,
    person_id: Any = None,
) -> SeasonChange:
    """What became of one thing."""
    return SeasonChange(
        kind=kind,
        group=group,
        name=name,
        id=id_,
        person_id=person_id,
        change=change,
        fields=fields or [],
        reason=reason,
    )
