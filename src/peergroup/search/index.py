"""Keeping the index: what was said is found from the moment at which it may be read."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import cast, delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import TSVECTOR

from peergroup.kit.context import Context
from peergroup.search.models import SearchEntry
from peergroup.search.words import words_of

_KEYS = ("organization_id", "kind", "subject_id")
_UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found by its words."""

    kind: str
    subject_id: UUID
    group_id: UUID
    author_id: UUID | None
    happened_at: dt.datetime
    texts: Sequence[str | None]


async def put(ctx: Context, *entries: Entry) -> None:
    """Let these be found by their present words. One statement."""
    if not entries:
        return
    is_sqlite = ctx.house.database.is_sqlite
    dialect = sqlite if is_sqlite else postgresql
    statement: Any = dialect.insert(SearchEntry).values([_row(ctx, entry) for entry in entries])
    changed = {"words": statement.excluded.words, "vector": statement.excluded.vector}
    await ctx.db.execute(statement.on_conflict_do_update(index_elements=_KEYS, set_=changed))


def _row(ctx: Context, entry: Entry) -> dict[str, Any]:
    words = words_of(*entry.texts)
    # Quoted words are a vector as they are: no parser of the database cuts them once more.
    vector = cast(" ".join(f"'{word}'" for word in words), TSVECTOR)
    return {
        "organization_id": ctx.organization_id,
        "kind": entry.kind,
        "subject_id": entry.subject_id,
        "number": _number(entry),
        "group_id": entry.group_id,
        "author_id": entry.author_id,
        "happened_at": entry.happened_at,
        "words": " ".join(words),
        "vector": None if ctx.house.database.is_sqlite else vector,
    }


def _number(entry: Entry) -> int:
    digest = hashlib.blake2b(entry.subject_id.bytes, key=entry.kind.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


async def remove(ctx: Context, subject_id: UUID, *kinds: str) -> None:
    """Let something be found no longer."""
    await ctx.db.execute(
        delete(SearchEntry)
        .where(SearchEntry.kind.in_(kinds), SearchEntry.subject_id == subject_id)
        .execution_options(**_UNSEEN)
    )


async def forget(ctx: Context, person_id: UUID, words: str) -> int:
    """Remove what somebody said from the index, where their words go with them."""
    if words != "remove":
        return 0
    gone = await ctx.db.execute(
        delete(SearchEntry)
        .where(SearchEntry.author_id == person_id)
        .returning(SearchEntry.subject_id)
        .execution_options(**_UNSEEN)
    )
    count = len(gone.all())
    if count and ctx.house.database.is_sqlite:
        # The full-text table only marks words as deleted; merging its parts removes them.
        await ctx.db.execute(text("INSERT INTO search_words(search_words) VALUES ('optimize')"))
    return count
