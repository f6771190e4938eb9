"""A season file: read and judged before anything is asked of the service; what is wrong has its line and column."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peergroup.cli.refusals import USAGE, Refusal
from peergroup.kit.text import fold

MOST = 20_000_000
"""Bytes of a season file."""
Data = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What is applied at once: the library, or one group with what it needs of the library."""

    title: str
    pointer: str
    """Where its group stands in the file; empty for the library."""
    body: Data


@dataclass(frozen=True)
class SeasonFile:
    """A season as it was written, and where everything stands."""

    source: str
    data: Data
    places: dict[str, tuple[int, int]]

    def parts(self) -> Iterator[Part]:
        """The library first, then group by group."""
        library = {name: self.data.get(name) or [] for name in ("themes", "agenda_templates")}
        if any(library.values()):
            yield Part("library", "", {"season": self.data["season"], **library})
        for place, group in enumerate(self.data.get("groups") or []):
            needed = {
                name: [one for one in listed if fold(one["title"]) in _titles(group)]
                for name, listed in library.items()
            }
            body = {"season": self.data["season"], **needed, "groups": [group]}
            yield Part(group["name"], f"/groups/{place}", body)

    def place_of(self, pointer: str) -> str:
        """`FILE:line:column` of a place in the file, or of the nearest part around it."""
        from peergroup.kit.documents import Finding, placed

        found = placed(Finding(pointer, ""), self.places)
        return self.source if found.line is None else f"{self.source}:{found.line}:{found.column}"


def _titles(group: Data) -> set[str]:
    """Every title of the library that a group names."""
    named = [group, group.get("usual") or {}, *(group.get("sessions") or []), *(group.get("series") or [])]
    found = [one.get(name) for one in named for name in ("theme", "agenda_template")]
    return {fold(title) for title in found if title is not None}


def read_season(file: Path) -> SeasonFile:
    """The season in a file. A refusal names every place where it is wrong, one on a line."""
    from pydantic import ValidationError

    from peergroup.kit.documents import findings_of, placed
    from peergroup.kit.yaml_text import UnreadableText, read_yaml
    from peergroup.seasons.document import Season

    if not file.is_file():
        raise Refusal(f"{file} is not there, or is no ordinary file.", code=USAGE)
    try:
        data, places = read_yaml(file.read_text(encoding="utf-8"), MOST)
    except UnicodeDecodeError as error:
        raise Refusal(f"{file} is not UTF-8.", "Save it as UTF-8.", code=USAGE) from error
    except UnreadableText as error:
        found = error.finding
        raise Refusal(f"{file}:{found.line}:{found.column}: {found.detail}.", code=USAGE) from error
    try:
        Season.model_validate_json(json.dumps(data))
    except ValidationError as error:
        findings = [placed(one, places) for detail in error.errors() for one in findings_of(data, detail)]
        lines = dict.fromkeys(
            f"{file}:{one.line or 1}:{one.column or 1}: {one.pointer or '/'}: {one.detail}"
            for one in findings
        )
        raise Refusal("\n".join([f"{file} is no season:", *lines]), code=USAGE) from error
    return SeasonFile(str(file), data, places)
