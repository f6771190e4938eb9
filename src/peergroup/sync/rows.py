"""What reading gives: rows with their cells by column name, or with what is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read at once and how long things may be, in characters (`block`: bytes).

    Fields as long as HubSpot's longest text property; `block` + `row` is what the reader holds at most.
    """

    field: int = 65_536
    row: int = 131_072
    columns: int = 1_000
    column_name: int = 200
    block: int = 65_536


class Problem(NamedTuple):
    """Why a row cannot be taken: a code for machines, a sentence for people, the column to blame if any."""

    code: str
    reason: str
    column: str | None = None


class Row(NamedTuple):
    """One row. `number` is what a spreadsheet shows beside it: the header is row 1, empty rows count, a cell
    with line breaks is still one row; in NDJSON it is the line.

    `columns` are all columns known so far (one shared tuple). `cells` may lack columns; a value that is
    neither text, number nor truth value (NDJSON only) is None. With a `problem` there are no cells, but for the
    reference's where that is known all the same.
    """

    number: int
    columns: tuple[str, ...]
    cells: Mapping[str, str | None]
    problem: Problem | None = None


UNREADABLE: Final = re.compile("[\0\ud800-\udfff]")


def unreadable(text: str) -> Problem | None:
    """The problem of text that no database takes: a NUL, or characters that could not be decoded."""
    if text.isascii():
        return Problem("nul_character", "This row contains a NUL character.") if "\0" in text else None
    found = UNREADABLE.search(text)
    if found is None:
        return None
    if found[0] == "\0":
        return Problem("nul_character", "This row contains a NUL character.")
    return Problem("undecodable_text", "This row contains characters that do not fit the file's encoding.")


def too_many_columns(bounds: Bounds) -> Problem:
    """The problem of a row that brings more columns than are read."""
    return Problem("too_many_columns", f"There are more than {bounds.columns:,} columns.")


def name_too_long(bounds: Bounds) -> Problem:
    """The problem of a column whose name is none."""
    return Problem(
        "column_name_too_long", f"The name of a column is longer than {bounds.column_name} characters."
    )


def cell_too_long(column: str | None, bounds: Bounds) -> Problem:
    """The problem of a row with an overlong cell in that column."""
    return Problem("cell_too_long", f"This cell is longer than {bounds.field:,} characters.", column or None)
