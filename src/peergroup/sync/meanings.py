"""What the columns of a source mean: kept, changed as a whole, tried on a sample."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.problems import invalid
from peergroup.sync import policy
from peergroup.sync.columns import FIELDS, NAMES, plain
from peergroup.sync.mapping import Mapping, MappingError, Override, Words, detect
from peergroup.sync.mapping_schemas import (
    BuiltIn,
    ColumnMeaning,
    ColumnMeaningOut,
    MappingIn,
    MappingOut,
    MappingPreviewIn,
    MappingPreviewOut,
    PreviewedRecord,
)
from peergroup.sync.models import SourceMapping
from peergroup.sync.reading import Reader
from peergroup.sync.records import PERSON_FIELDS, Record, Rejection
from peergroup.sync.rows import Row
from peergroup.sync.schemas import Columns, Issue

SHOWN = 100
BUILT_IN = [
    BuiltIn(field=field, columns=[name.strip() for name in names.split(",")])
    for field, names in NAMES.items()
]


async def kept(ctx: Context, source: str) -> SourceMapping | None:
    """What was set for a source."""
    query: Any = select(SourceMapping).where(SourceMapping.source == source)
    found: SourceMapping | None = await ctx.db.scalar(query)
    return found


async def read(ctx: Context, source: str) -> MappingOut:
    """The mapping of a source; an empty one where nothing was set."""
    ctx.require(policy.SYNC, ctx.principal)
    return show(source, await kept(ctx, source))


async def replace(ctx: Context, source: str, given: MappingIn) -> MappingOut:
    """Set the mapping of a source as a whole. Runs that are open already keep the one they began with."""
    ctx.require(policy.SYNC, ctx.principal)
    _judge(given.columns)
    mapping = await kept(ctx, source)
    ctx.expect(mapping or _Nothing)
    columns = [one.model_dump() for one in given.columns]
    if mapping is None:
        mapping = SourceMapping(source=source, columns=columns, created_at=ctx.now)
        ctx.db.add(mapping)
    elif mapping.columns == columns:
        return show(source, mapping)
    mapping.columns = columns
    await ctx.db.flush()
    ctx.record("source_mapping.changed", mapping)
    return show(source, mapping)


class _Nothing:
    version = 0


def _judge(columns: Sequence[ColumnMeaning]) -> None:
    """Refuse what could never be meant: no such field, one column or field twice."""
    seen: set[str] = set()
    for place, one in enumerate(columns):
        if one.field not in FIELDS:
            raise invalid(f"/columns/{place}/field", f"is none of {', '.join(sorted(FIELDS))}")
        if (name := plain(one.column)) in seen:
            raise invalid(f"/columns/{place}/column", "is mapped already")
        seen.add(name)


def show(source: str, mapping: SourceMapping | None) -> MappingOut:
    """A mapping on the wire."""
    columns = [] if mapping is None else [ColumnMeaningOut(**one) for one in mapping.columns]
    return MappingOut(
        source=source, columns=columns, built_in=BUILT_IN, version=0 if mapping is None else mapping.version
    )


def as_usual(columns: Sequence[dict[str, Any]]) -> tuple[tuple[Override, ...], Words]:
    """Stored meanings as `detect` takes them: what is usual, and what texts mean."""
    words = {
        one["field"]: {text.strip().casefold(): meant for text, meant in one["values"].items()}
        for one in columns
        if one["values"]
    }
    return tuple((one["column"], one["field"]) for one in columns), words


async def preview(ctx: Context, source: str, given: MappingPreviewIn) -> MappingPreviewOut:
    """How the beginning of an export would be read."""
    ctx.require(policy.SYNC, ctx.principal)
    if given.columns is None:
        mapping = await kept(ctx, source)
        columns = [] if mapping is None else mapping.columns
    else:
        _judge(given.columns)
        columns = [one.model_dump() for one in given.columns]
    reader = Reader()
    rows = [*reader.feed(given.sample.encode()), *reader.close()]
    if not rows or (rows[0].problem and not reader.columns):
        raise invalid("/sample", rows[0].problem.reason if rows and rows[0].problem else "holds no records")
    usual, words = as_usual(columns)
    try:
        found = detect(reader.columns, (), usual, words)
    except MappingError as error:
        raise invalid("/sample", str(error)) from error
    return MappingPreviewOut(
        columns=Columns(fields=found.fields, ignored=list(found.ignored)[:1_000]),
        records=[_previewed(found, row) for row in islice(rows, SHOWN)],
        footer_rows=reader.footer_rows,
    )


def _previewed(mapping: Mapping, row: Row) -> PreviewedRecord:
    taken = mapping.apply(row)
    if isinstance(taken, Rejection):
        problem = Issue(code=taken.code, column=taken.column, detail=taken.reason)
        return PreviewedRecord(
            row=taken.row,
            external_id=taken.external_id,
            is_active=None,
            fields={},
            problem=problem,
            warnings=[],
        )
    said = _said(taken) if taken.is_active else {}
    warnings = [Issue(code=one.code, column=one.column, detail=one.reason) for one in taken.warnings]
    return PreviewedRecord(
        row=taken.row,
        external_id=taken.external_id,
        is_active=taken.is_active,
        fields=said,
        problem=None,
        warnings=warnings,
    )


def _said(record: Record) -> dict[str, str | None]:
    return {name: value for name in PERSON_FIELDS if (value := getattr(record, name)) is not None}
