"""NDJSON to rows: one JSON object a line, its members as cells."""

import json
from collections.abc import Iterator
from typing import Final, NoReturn

from peergroup.sync.rows import (
    Bounds,
    Problem,
    Row,
    cell_too_long,
    name_too_long,
    too_many_columns,
    unreadable,
)
from peergroup.sync.splitting import Broken, Splitter

_NOT_AN_OBJECT: Final = Problem("not_an_object", "This line is not a JSON object.")
_WORDS: Final = {None: "", True: "true", False: "false"}


def _refuse(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


# Numbers stay as they are written: a reference of twenty digits must not turn into a float.
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse)


class Lines:
    """The rows of an NDJSON file, fed with text whose line breaks are `\\n`.

    Objects need not have the same members, so `columns` grows; all objects of one piece of text share one
    tuple.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.columns: tuple[str, ...] = ()
        self._known: dict[str, None] = {}
        self._bounds = bounds
        self._splitter = Splitter(bounds.row)
        self._number = 0

    def read(self, text: str, final: bool) -> Iterator[Row]:
        """The rows that are complete with this text."""
        found: list[tuple[int, dict[str, str | None] | Problem]] = []
        self._splitter.add(text, final)
        while (line := self._splitter.take(final)) is not None:
            self._number += 1
            if isinstance(line, Broken) or line.strip():
                found.append((self._number, self._cells(line)))
        if len(self._known) > len(self.columns):
            self.columns = tuple(self._known)
        for number, cells in found:
            if isinstance(cells, Problem):
                yield Row(number, self.columns, {}, cells)
            else:
                yield Row(number, self.columns, cells)

    def _cells(self, line: str | Broken) -> dict[str, str | None] | Problem:
        if isinstance(line, Broken):
            return Problem(line.value, f"This line is longer than {self._bounds.row:,} characters.")
        if problem := unreadable(line):
            return problem
        try:
            members = _DECODER.decode(line)
        except (ValueError, RecursionError):
            return _NOT_AN_OBJECT
        if not isinstance(members, dict):
            return _NOT_AN_OBJECT
        cells = {name: _text(value) for name, value in members.items()}
        return self._misfit(cells, "\\u" in line) or cells

    def _misfit(self, cells: dict[str, str | None], is_escaped: bool) -> Problem | None:
        new = cells.keys() - self._known.keys()
        if len(self._known) + len(new) > self._bounds.columns:
            return too_many_columns(self._bounds)
        if any(len(name) > self._bounds.column_name for name in new):
            return name_too_long(self._bounds)
        for column, value in cells.items():
            # Escapes can smuggle in what the line itself did not show.
            if is_escaped and (problem := unreadable(column) or unreadable(value or "")):
                return problem
            if value and len(value) > self._bounds.field:
                return cell_too_long(column, self._bounds)
        self._known.update((name, None) for name in cells if name in new)
        return None


def _text(value: object) -> str | None:
    """The value as text (`null` is empty); None for lists and objects."""
    if isinstance(value, str):
        return value
    return _WORDS[value] if value is None or isinstance(value, bool) else None
