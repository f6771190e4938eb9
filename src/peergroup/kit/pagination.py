"""Pages by keyset: the cursor names the last entry seen, so that inserts never shift a page."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BeforeValidator, Field
from sqlalchemy import BigInteger, Select, SmallInteger, literal, tuple_
from sqlalchemy.engine import Row

from peergroup.kit.context import Context
from peergroup.kit.exact import a_whole
from peergroup.kit.problems import invalid
from peergroup.kit.time import WIRE, to_wire
from peergroup.kit.wire import In

MOST = 200
"""Entries on one page."""
Limit = Annotated[int, Field(ge=1, le=MOST), BeforeValidator(a_whole)]
_BAD = "Use a cursor exactly as a previous page gave it, with the same filters."


class Paging(In):
    """`?limit=` and `?cursor=`."""

    limit: int = Field(50, ge=1, le=MOST, description="How many entries at most.")
    cursor: str | None = Field(None, max_length=500, description="`next_cursor` of the previous page.")


def paging(
    limit: Annotated[Limit, Query(description="How many entries at most.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=500, description="`next_cursor` of the previous page.")
    ] = None,
) -> Paging:
    """The two query parameters of every list."""
    return Paging.model_construct(limit=limit, cursor=cursor)


def encode(values: Sequence[Any]) -> str:
    """A cursor from the sort values of the last entry."""
    raw = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return to_wire(value)
    return str(value) if isinstance(value, UUID) else value


def decode(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """The sort values in a cursor; 422 where it was not made by `encode` for these kinds (str, int, UUID, datetime)."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [_typed(value, kind) for value, kind in zip(values, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError, UnicodeError) as error:
        raise invalid("cursor", _BAD) from error


def _typed(value: Any, kind: Any) -> Any:
    if kind in (UUID, dt.datetime) and not isinstance(value, str):
        raise ValueError
    if kind is UUID:
        return UUID(value)
    if kind is dt.datetime:
        return dt.datetime.strptime(value, WIRE).replace(tzinfo=dt.UTC)
    if type(value) is not kind or (kind is int and abs(value) > 2**62):
        raise ValueError
    if isinstance(value, str) and any(ch == "\x00" or "\ud800" <= ch <= "\udfff" for ch in value):
        raise ValueError
    return value


def place_in(cursor: str, by: Sequence[Any]) -> list[Any]:
    """The values of these sort columns in a cursor; 422 where it was not made of such values."""
    values = decode(cursor, [column.type.python_type for column in by])
    if not all(_fits(value, column.type) for value, column in zip(values, by, strict=True)):
        raise invalid("cursor", _BAD)
    return values


def _fits(value: Any, column: Any) -> bool:
    """Whether the column could hold it: PostgreSQL refuses to compare with what it could not."""
    bits = 63 if isinstance(column, BigInteger) else 15 if isinstance(column, SmallInteger) else 31
    return not isinstance(value, int) or -(2**bits) <= value < 2**bits


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
        last = zip(place_in(paging.cursor, by), by, strict=True)
        after = tuple_(*(literal(value, column.type) for value, column in last))
        here = tuple_(*by)
        statement = statement.where(here < after if descending else here > after)
    ordered = statement.order_by(*(column.desc() if descending else column for column in by))
    keys = [column.label(f"key_{place}") for place, column in enumerate(by)]
    rows = (await ctx.db.execute(ordered.add_columns(*keys).limit(paging.limit + 1))).all()
    shown = list(rows[: paging.limit])
    more = len(rows) > paging.limit
    return shown, encode(list(shown[-1])[-len(by) :]) if more else None
