"""The first row of a table: what divides its cells, and what its columns are called."""

import re
from typing import Final

from peergroup.sync.rows import Bounds, Problem, name_too_long, too_many_columns

DELIMITERS: Final = ",;\t|"
# Excel's own hint in the first line; Excel does not show it as a row, so it is not counted as one.
_EXCEL_HINT: Final = re.compile(r" *sep=([,;\t|]) *", re.IGNORECASE)


def hinted_delimiter(line: str) -> str | None:
    """The delimiter that a line like `sep=;` prescribes."""
    found = _EXCEL_HINT.fullmatch(line)
    return found[1] if found else None


def likely_delimiter(header: str) -> str:
    """The delimiter that stands most often outside quotes; the earlier of `, ; tab |` when equal."""
    plain = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=plain.count)


def columns_of(cells: list[str], bounds: Bounds) -> tuple[str, ...] | Problem:
    """Column names, told apart: a second `Email` becomes `Email (2)`; nameless ones stay empty."""
    if len(cells) > bounds.columns:
        return too_many_columns(bounds)
    names: dict[str, None] = {}
    columns = []
    for cell in cells:
        if len(cell) > bounds.column_name:
            return name_too_long(bounds)
        stem = name = " ".join(cell.split())
        count = 1
        while name and name in names:
            count += 1
            name = f"{stem} ({count})"
        names[name] = None
        columns.append(name)
    return tuple(columns)
