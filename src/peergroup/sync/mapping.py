"""Which column of an export gives which field of a person: found by name, or said so."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from peergroup.sync.columns import FIELDS, KNOWN, NOT_KEPT, plain
from peergroup.sync.judging import judge, reference
from peergroup.sync.records import Record, Refused, Rejection
from peergroup.sync.rows import Row

Override = tuple[str, str]
Cells = Table[str, str | None]
Words = dict[str, dict[str, str]]
_SHOWN: Final = 30


class MappingError(ValueError):
    """The columns cannot be mapped; the message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column gives which field.

    `fields` maps a field to its column's name: what is not in it the file says nothing about, so applying a
    record leaves it alone. `ignored` lists the columns that are not taken, in the file's order.
    """

    columns: tuple[str, ...]
    fields: dict[str, str] = field(hash=False)
    ignored: tuple[str, ...]
    overrides: tuple[Override, ...] = ()
    usual: tuple[Override, ...] = ()
    words: Words = field(default_factory=dict, hash=False)
    """For a field, what a text means (case-folded): the text that is taken in its place."""

    def apply(self, row: Row) -> Record | Rejection:
        """The row as a record, or the first reason against it. Never raises."""
        if row.problem is not None:
            known = reference(row.cells, self.fields)
            return Rejection(row.number, row.problem.column, row.problem.reason, row.problem.code, known)
        cells = row.cells
        fields = self.fields
        if row.columns is not self.columns:
            # A later line of NDJSON may bring a field that was missing so far; what is mapped already stays,
            # or the reference could change its meaning in the middle of a file.
            fields = _assigned(row.columns, self.overrides, self.usual).fields | fields
        if self.words:
            cells = {**cells, **dict(_in_our_words(cells, fields, self.words))}
        try:
            return judge(row.number, cells, fields)
        except Refused as refusal:
            known = reference(cells, fields)
            return Rejection(row.number, refusal.column, refusal.reason, refusal.code, known)


def _in_our_words(cells: Cells, fields: dict[str, str], words: Words) -> Iterator[tuple[str, str]]:
    for name, meant in words.items():
        text = cells.get(column := fields.get(name, ""))
        if text is not None and (ours := meant.get(text.strip().casefold())) is not None:
            yield column, ours


def override(text: str) -> Override:
    """`COLUMN=field` as (column, field).

    Raises `MappingError` when it has not that form or there is no such field.
    """
    column, equals, name = text.rpartition("=")
    name = name.strip().casefold()
    if not equals or not column.strip() or name not in FIELDS:
        raise MappingError(
            f"A mapping is written COLUMN=field, with one of the fields {', '.join(sorted(FIELDS))}."
        )
    return column.strip(), name


def detect(
    columns: tuple[str, ...],
    overrides: Iterable[Override] = (),
    usual: Iterable[Override] = (),
    words: Words | None = None,
) -> Mapping:
    """The mapping for these columns: overrides first, then what is usual for the source, built-in names after.

    `words` says for a field what a text means. What is usual counts as far as its columns are there.

    Raises `MappingError` when there is no column for the reference or the name, when an override names a
    column that is not there, or when two name one field.
    """
    mapping = _assigned(columns, tuple(overrides), tuple(usual))
    if "external_id" not in mapping.fields:
        raise MappingError(
            f"No column holds the record's reference (as Record ID or Kundennummer do); {_seen(columns)}. "
            "Map it to external_id, in the source's mapping or with --map where a command takes that."
        )
    if not mapping.fields.keys() & {"name", "first_name", "last_name"}:
        raise MappingError(f"No column holds names; {_seen(columns)}. Map it to name.")
    return replace(mapping, words=words) if words else mapping


@lru_cache(maxsize=16)
def _assigned(
    columns: tuple[str, ...], overrides: tuple[Override, ...], usual: tuple[Override, ...]
) -> Mapping:
    chosen = _chosen(columns, overrides)
    for wanted, name in usual:
        found = _column(columns, wanted)
        if found is not None and found not in chosen and (name not in chosen.values() or name in NOT_KEPT):
            chosen[found] = name
    best: dict[str, tuple[int, str]] = {name: (-1, column) for column, name in chosen.items()}
    for column in columns:
        name, rank = KNOWN.get(plain(column), ("ignore", 0))
        if column not in chosen and (name not in best or rank < best[name][0]):
            best[name] = (rank, column)
    fields = {name: column for name, (_, column) in best.items() if name not in NOT_KEPT}
    # Beside a Vorname, a column called Name holds family names.
    is_family_name = (
        "first_name" in fields and "last_name" not in fields and plain(fields.get("name", "")) == "name"
    )
    if is_family_name and "name" not in chosen.values():
        fields["last_name"] = fields.pop("name")
    taken = set(fields.values())
    return Mapping(columns, fields, tuple(c for c in columns if c and c not in taken), overrides, usual)


def _chosen(columns: tuple[str, ...], overrides: tuple[Override, ...]) -> dict[str, str]:
    """The overrides as column → field, each column by its name in the file."""
    chosen: dict[str, str] = {}
    for wanted, name in overrides:
        if name not in FIELDS:
            raise MappingError(f"There is no field “{name}”; there are {', '.join(sorted(FIELDS))}.")
        found = _column(columns, wanted)
        if found is None:
            raise MappingError(f"There is no column “{wanted[:80]}”; {_seen(columns)}.")
        if found in chosen or (name in chosen.values() and name not in NOT_KEPT):
            raise MappingError(f"“{found}” cannot be mapped to {name}: one of the two is mapped already.")
        chosen[found] = name
    return chosen


def _column(columns: tuple[str, ...], wanted: str) -> str | None:
    """The column of this name, or one that differs in case and signs alone."""
    alike = (column for column in columns if column and plain(column) == plain(wanted))
    return wanted if wanted in columns else next(alike, None)


def _seen(columns: tuple[str, ...]) -> str:
    names = [column[:80] for column in columns if column]
    if not names:
        return "the file has no header"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"the columns are: {', '.join(names[:_SHOWN])}{more}"
