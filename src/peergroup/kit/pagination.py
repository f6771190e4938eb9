"""Pages by keyset: the cursor names the last entry seen, so that inserts never shift a page."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from sqlalchemy import Select, tuple_
from sqlalchemy.engine import Row

from peergroup.kit.context import Context
from peergroup.kit.problems import invalid
from peergroup.kit.wire import In

_BAD = "Use a cursor exactly as a previous page gave it, with the same filters."


class Paging(In):
    """`?limit=` and `?cursor=`."""

    limit: int = 50
    cursor: str | None = None


def paging(
    limit: Annotated[int, Query(ge=1, le=200, description="How many entries at most.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=500, description="`next_cursor` of the previous page.")
    ] = None,
) -> Paging:
    """The two query parameters of every list."""
    return Paging.model_construct(limit=limit, cursor=cursor)


def encode(values: Sequence[Any]) -> str:
    """A cursor from the sort values of the last entry."""
    raw = json.dumps([str(v) if isinstance(v, UUID) else v for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """The sort values in a cursor; 422 where it was not made by `encode` for these kinds (str, int, UUID)."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [_typed(value, kind) for value, kind in zip(values, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError, UnicodeError) as error:
        raise invalid("cursor", _BAD) from error


def _typed(value: Any, kind: Any) -> Any:
    if kind is UUID:
        return UUID(value)
    if type(value) is not kind or (kind is int and abs(value) > 2**62):
        raise ValueError
    if isinstance(value, str) and any(ch == "\x00" or "\ud800" <= ch <= "\udfff" for ch in value):
        raise ValueError
    return value


async def page(
    ctx: Context,
    statement: Select[Any],
    paging: Paging,
    *,
    by: Sequence[Any],
    descending: bool = False,
) -> tuple[list[Row[Any]], str | None]:
    """One page of a select and the cursor of the next. `by` are its sort columns, the last one unique."""
    if paging.cursor is not None:
        kinds = [column.type.python_type for column in by]
        after = tuple_(*decode(paging.cursor, kinds))
        here = tuple_(*by)
        statement = statement.where(here < after if descending else here > after)
    ordered = statement.order_by(*(column.desc() if descending else column for column in by))
    keys = [column.label(f"key_{place}") for place, column in enumerate(by)]
    rows = (await ctx.db.execute(ordered.add_columns(*keys).limit(paging.limit + 1))).all()
    shown = list(rows[: paging.limit])
    more = len(rows) > paging.limit
    return shown, encode(list(shown[-1])[-len(by) :]) if more else None
