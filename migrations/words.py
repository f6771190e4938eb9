"""Operations for the words that things are found by: `op.found_words`, `op.dismiss_words`.

SQLite keeps them in a full-text table beside `search_entry`, in step by triggers; PostgreSQL in a column of it.
What an operation does is part of the history: to change it, add an operation and a migration.
"""

from typing import Any

from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, Operations

TABLE = "search_words"
_FOUND = (
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
_DISMISS = ("DROP TABLE search_words",)


@Operations.register_operation("found_words")
class FoundWords(MigrateOperation):
    """Begin to keep the words of `search_entry`; after the table was made."""

    name, statements = "found_words", _FOUND

    @classmethod
    def found_words(cls, operations: Operations) -> Any:
        return operations.invoke(cls())


@Operations.register_operation("dismiss_words")
class DismissWords(MigrateOperation):
    """Keep them no longer; before the table is dropped."""

    name, statements = "dismiss_words", _DISMISS

    @classmethod
    def dismiss_words(cls, operations: Operations) -> Any:
        return operations.invoke(cls())


def is_ours(name: str | None) -> bool:
    """Whether a table of the database belongs to the full-text index: the models do not know it."""
    return name is not None and (name == TABLE or name.startswith(f"{TABLE}_"))


def _build(operations: Operations, operation: Any) -> None:
    if operations.get_context().dialect.name == "sqlite":
        for statement in operation.statements:
            operations.execute(statement)


def _render(_context: Any, operation: Any) -> str:
    return f"op.{operation.name}()"


for kind in (FoundWords, DismissWords):
    Operations.implementation_for(kind)(_build)
    renderers.dispatch_for(kind)(_render)
