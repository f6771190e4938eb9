"""Delimited text to rows: cells by column name."""

import csv
from collections.abc import Iterator

from peergroup.sync.footers import Footers
from peergroup.sync.headers import DELIMITERS, columns_of, hinted_delimiter, likely_delimiter
from peergroup.sync.rows import Bounds, Problem, Row, cell_too_long, unreadable
from peergroup.sync.splitting import Broken, Splitter


class Table:
    """The rows of a CSV file, fed with text whose line breaks are `\\n`.

    Without a header that can be read there is one row, which says what is wrong with it, and the rest is
    passed over.
    """

    def __init__(self, bounds: Bounds, delimiter: str | None = None) -> None:
        self.columns: tuple[str, ...] = ()
        self.delimiter = delimiter
        self.footers = Footers(0)
        self._bounds = bounds
        # Any delimiter may end a cell of the header: which one it is, the header itself tells.
        self._splitter = Splitter(bounds.row, delimiter or DELIMITERS)
        self._number = 0
        self._is_over = False

    def read(self, text: str, final: bool) -> Iterator[Row]:
        """The rows that are complete with this text."""
        if self._is_over:
            return
        self._splitter.add(text, final)
        while (record := self._splitter.take(final)) is not None:
            self._number += 1
            row = self._row(record) if self.columns else self._header(record)
            if row is not None:
                yield row
            if self._is_over:
                return

    def _header(self, record: str | Broken) -> Row | None:
        if isinstance(record, str):
            hint = hinted_delimiter(record) if self._number == 1 else None
            if hint:
                self._number = 0
                self._divide_at(hint)
                return None
            if not record.strip(f" {DELIMITERS}"):
                return None
        columns = self._broken(record) if isinstance(record, Broken) else self._columns(record)
        if isinstance(columns, Problem):
            self._is_over = True
            return self._bad(columns)
        self.columns = columns
        self.footers = Footers(len(columns))
        return None

    def _columns(self, record: str) -> tuple[str, ...] | Problem:
        if self.delimiter is None:
            self._divide_at(likely_delimiter(record))
        cells = self._cells(record)
        return cells if isinstance(cells, Problem) else columns_of(cells, self._bounds)

    def _divide_at(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self._splitter.divide_at(delimiter)

    def _row(self, record: str | Broken) -> Row | None:
        if isinstance(record, Broken):
            return self._bad(self._broken(record))
        cells = self._cells(record)
        if isinstance(cells, Problem):
            return self._bad(cells)
        if not any(map(str.strip, cells)):
            self.footers.pass_blank()
            return None
        if self.footers.take(cells):
            return None
        if (len(cells) > len(self.columns) or len(record) > self._bounds.field) and (
            bad := self._misfit(cells)
        ):
            return self._bad(bad)
        return Row(self._number, self.columns, dict(zip(self.columns, cells, strict=False)))

    def _bad(self, problem: Problem) -> Row:
        return Row(self._number, self.columns, {}, problem)

    def _cells(self, record: str) -> list[str] | Problem:
        if problem := unreadable(record):
            return problem
        delimiter = self.delimiter or ","
        if '"' not in record:
            return record.split(delimiter)
        try:
            return next(csv.reader((record,), delimiter=delimiter))
        except csv.Error:
            # After the splitter only the limit on cells can be hit, which is global to the process.
            return cell_too_long(None, self._bounds)

    def _misfit(self, cells: list[str]) -> Problem | None:
        width = len(self.columns)
        if any(map(str.strip, cells[width:])):
            reason = (
                f"This row has {len(cells)} cells, the header {width}: a “{self.delimiter}” without quotes?"
            )
            return Problem("too_many_cells", reason)
        for column, cell in zip(self.columns, cells, strict=False):
            if len(cell) > self._bounds.field:
                return cell_too_long(column, self._bounds)
        return None

    def _broken(self, record: Broken) -> Problem:
        if record is Broken.UNCLOSED:
            return Problem(record.value, "A quotation mark opens in this row and is never closed.")
        reason = f"This row is longer than {self._bounds.row:,} characters: is a quotation mark never closed?"
        return Problem(record.value, reason)
