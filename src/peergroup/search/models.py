"""The index of words, kept in the transaction that changes them.

PostgreSQL keeps the words as a `tsvector` beside the row. A GIN index over it would never be used: behind
row-level security only operators that are known not to leak may look into an index, and `@@` is none of
them. So a search reads the entries of one group, through an ordinary index, and compares their vectors.
SQLite keeps a full-text table beside this one, in step by triggers.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Connection, String, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Model, TenantOwned, index, unique

WORDS_TABLE = "search_words"
CREATED = (
    "CREATE VIRTUAL TABLE search_words USING fts5"
    "(words, content='search_entry', content_rowid='number', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN"
    " INSERT INTO search_words(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN"
    " INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.number, old.words); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE OF words ON search_entry BEGIN"
    " INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.number, old.words);"
    " INSERT INTO search_words(rowid, words) VALUES (new.number, new.words); END",
)
"""What SQLite needs after the table was made. Triggers go with the table; the full-text one has to be dropped.

The history has the same statements as `op.found_words` and `op.dismiss_words`, in `migrations/words.py`.
"""
DROPPED = "DROP TABLE IF EXISTS search_words"


class SearchEntry(TenantOwned, Model):
    """The words of one thing. Who finds it is decided by the thing itself."""

    __tablename__ = "search_entry"
    __table_args__ = (
        index("search_entry_group", "group_id", "happened_at"),
        index("search_entry_kind", "kind", "happened_at"),
        index("search_entry_author", "author_id"),
        unique("search_entry_number", "number"),
        {"info": {"full_text": WORDS_TABLE}},
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    """63 random bits of the id: the row's number in SQLite's full-text table."""
    group_id: Mapped[UUID]
    author_id: Mapped[UUID | None]
    happened_at: Mapped[dt.datetime]
    words: Mapped[str] = mapped_column(Text)
    vector: Mapped[str | None] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


@event.listens_for(SearchEntry.__table__, "after_create")
def _found_words(_table: Any, connection: Connection, **_more: Any) -> None:
    for statement in CREATED if connection.dialect.name == "sqlite" else ():
        connection.exec_driver_sql(statement)


@event.listens_for(SearchEntry.__table__, "before_drop")
def _dismiss_words(_table: Any, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(DROPPED)
