"""The one function behind which the two databases search."""

from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from peergroup.kit.context import Context
from peergroup.search.models import WORDS_TABLE, SearchEntry
from peergroup.search.words import fts5, tsquery


def matches(ctx: Context, words: list[str]) -> ColumnElement[bool]:
    """SQL: whether each of these folded words begins a word of a `SearchEntry`."""
    if ctx.house.database.is_sqlite:
        question: Any = bindparam(None, fts5(words), type_=String(), unique=True)
        found: Any = select(literal_column("rowid")).select_from(table(WORDS_TABLE))
        hits = found.where(literal_column(WORDS_TABLE).op("MATCH")(question))
        inside: ColumnElement[bool] = SearchEntry.number.in_(hits)
        return inside
    matched: ColumnElement[bool] = SearchEntry.vector.op("@@", is_comparison=True)(
        cast(bindparam(None, tsquery(words), type_=String(), unique=True), TSQUERY)
    )
    return matched
