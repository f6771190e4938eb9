"""What a season says twice: of two that mean the same thing, the second is refused where it stands."""

from collections.abc import Iterable

from peergroup.kit.problems import invalid
from peergroup.kit.text import fold
from peergroup.seasons.document import Season

MOST_GROUPS = 100
"""Groups of one request: all of them are held until the last one is done."""


def refuse_doubles(season: Season) -> None:
    """422 at the second of two themes, templates, groups or series that are one, and for too many groups."""
    if len(season.groups) > MOST_GROUPS:
        raise invalid("/groups", f"has more than {MOST_GROUPS} groups: send them in several seasons")
    _refuse("/themes", "title", (one.title for one in season.themes))
    _refuse("/agenda_templates", "title", (one.title for one in season.agenda_templates))
    _refuse("/groups", "id", (str(one.id) if one.id else None for one in season.groups))
    _refuse("/groups", "name", (None if one.id else one.name for one in season.groups))
    for place, group in enumerate(season.groups):
        titles = (None if one.id else one.title for one in group.series)
        _refuse(f"/groups/{place}/series", "title", titles)


def _refuse(pointer: str, field: str, names: Iterable[str | None]) -> None:
    known: set[str] = set()
    for place, name in enumerate(names):
        if name is None:
            continue
        if fold(name) in known:
            raise invalid(f"{pointer}/{place}/{field}", "is there twice")
        known.add(fold(name))
