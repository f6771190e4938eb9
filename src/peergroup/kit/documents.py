"""Documents that people write: what is wrong with one, and where: pointer, line and column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from peergroup.kit.text import said_of


def pointer(*parts: str | int) -> str:
    """The JSON pointer (RFC 6901) of a place in a document; no parts name the whole document."""
    path = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    # A lone surrogate in an unknown key must not make the answer about it unsendable.
    return path.encode(errors="replace").decode()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. `line` and `column` count from 1 and are there if the document was text."""

    pointer: str
    detail: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}, column {self.column}: "
        return f"{place}{self.pointer or '/'}: {self.detail}"


def findings_of(data: Any, error: ErrorDetails) -> tuple[Finding, ...]:
    """What one error of a validation says about the document `data`."""
    if error["type"] == "contradiction":
        found: tuple[Finding, ...] = error["ctx"]["contradictions"]
        return found
    return (Finding(_pointer(data, error["loc"], error["type"]), _detail(error)),)


def _detail(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "the format knows no such field"
    if error["type"] == "string_pattern_mismatch":
        return said_of(error["ctx"]["pattern"])
    return error["msg"].removeprefix("Value error, ")


def _pointer(data: Any, location: tuple[str | int, ...], kind: str) -> str:
    """The pointer of a Pydantic location, without the names of union members that Pydantic puts into it."""
    parts: list[str | int] = []
    for step, part in enumerate(location):
        is_last = step == len(location) - 1
        if _holds(data, part):
            parts.append(part)
            data = data[part]
        elif is_last and kind == "missing":
            parts.append(part)
    return pointer(*parts)


def _holds(data: Any, part: str | int) -> bool:
    return part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)


def placed(finding: Finding, places: Mapping[str, tuple[int, int]]) -> Finding:
    """The finding with the line and column of its place, or of the nearest part around it."""
    around = finding.pointer
    while around and around not in places:
        around = around.rpartition("/")[0]
    line, column = places.get(around, (None, None))
    return Finding(finding.pointer, finding.detail, line, column)
