"""Text to records: where one row of a CSV file, or one line, ends and the next begins.

A quotation mark opens a quoted cell only where a cell begins, as in Python's `csv` and in spreadsheets; line
breaks inside it belong to the cell. A record beyond the bound is skipped to its real end with its quoting
followed: resuming at the next line instead would let the text of an overlong note pass itself off as rows.
"""

import re
from enum import Enum
from typing import Final


class Broken(Enum):
    """What stands in place of a record that cannot be had."""

    TOO_LONG = "row_too_long"
    UNCLOSED = "unclosed_quote"


class _State(Enum):
    START = "at the start of a cell"
    PLAIN = "in a cell without quotes"
    QUOTED = "inside quotes"
    CLOSING = "after a quote inside quotes"


_LINE: Final = re.compile(r"[^\n]*+\n")


class Splitter:
    """Takes text in any pieces (`add`) and gives records without their line break (`take`).

    `delimiters` are the characters that end a cell; empty means plain lines without quoting. Memory stays
    below the longest record allowed plus one piece.
    """

    def __init__(self, longest: int, delimiters: str = "") -> None:
        self._longest = longest
        self._text = ""
        self._at = 0
        self._state: _State | None = None  # None: nothing is being skipped
        self.divide_at(delimiters)

    def divide_at(self, delimiters: str) -> None:
        """From the next record on, cells end at these characters."""
        ends = re.escape(delimiters)
        cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"[^{ends}\n]*+|(?!")[^{ends}\n]*+)'
        self._is_quoting = bool(delimiters)
        self._record = re.compile(rf"{cell}(?:[{ends}]{cell})*+\n") if delimiters else _LINE
        self._special = re.compile(rf'["{ends}\n]' if delimiters else r"\n")

    def add(self, text: str, final: bool = False) -> None:
        """More text, its line breaks already `\\n`. With `final`, the last record needs no line break."""
        rest = self._text[self._at :] + text
        self._text = f"{rest}\n" if final and rest and not rest.endswith("\n") else rest
        self._at = 0

    def take(self, final: bool = False) -> str | Broken | None:
        """The next record, what is wrong with it, or None when more text is needed."""
        if self._state is not None and not self._skip():
            return None
        end = self._end()
        if end:
            record = self._text[self._at : end - 1]
            self._at = end
            return record if len(record) <= self._longest else Broken.TOO_LONG
        waiting = len(self._text) - self._at
        if waiting > self._longest:
            self._state = _State.START
            self._skip()
            return Broken.TOO_LONG
        if final and waiting:
            self._at = len(self._text)
            return Broken.UNCLOSED
        return None

    def _end(self) -> int:
        """The position after the next record's line break, or 0. Most records hold no quotes and need no
        pattern.
        """
        end = self._text.find("\n", self._at) + 1
        if not end or not self._is_quoting or self._text.find('"', self._at, end) < 0:
            return end
        match = self._record.match(self._text, self._at)
        return match.end() if match else 0

    def _skip(self) -> bool:
        """Drops text up to the end of the overlong record; False when that end has not come yet."""
        state, last = self._state or _State.START, self._at
        for found in self._special.finditer(self._text, self._at):
            state, character = _after_text(state, found.start() > last), found[0]
            last = found.end()
            if character == "\n" and state is not _State.QUOTED:
                self._at, self._state = last, None
                return True
            state = _after_special(state, character)
        self._state = _after_text(state, last < len(self._text))
        self._text, self._at = "", 0
        return False


def _after_text(state: _State, is_text: bool) -> _State:
    """Ordinary characters turn the start of a cell, or what follows its closing quote, into a plain cell."""
    return _State.PLAIN if is_text and state in (_State.START, _State.CLOSING) else state


def _after_special(state: _State, character: str) -> _State:
    if state is _State.QUOTED:
        return _State.CLOSING if character == '"' else state
    if character != '"':
        return _State.START
    return state if state is _State.PLAIN else _State.QUOTED
