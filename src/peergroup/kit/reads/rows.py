"""Many rows inside one: a subselect as a JSON array of arrays, and its entries by their names when they arrive."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from pydantic import BaseModel
from sqlalchemy import ColumnElement, ScalarSelect, literal_column, select

from peergroup.kit.reads.shapes import Array, Tuple
from peergroup.kit.time import to_wire


class Fields:
    """Values under their names: what a hot read has instead of an entity."""

    def __init__(self, names: Iterable[str], values: Iterable[Any]) -> None:
        self.__dict__ = dict(zip(names, values, strict=False))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Table:
    """The rows of an ordered and bounded subselect as one column, `json`.

    Ids and instants arrive as text, in the wire form; `read` names those that are needed as something else.
    """

    def __init__(self, rows: Any, **read: Callable[[str], Any]) -> None:
        entries = rows.subquery()
        self.names: list[str] = list(entries.c.keys())
        self.json: ScalarSelect[Any] = select(Array(Tuple(*entries.c))).scalar_subquery()
        self._readers = [(self.names.index(name), reader) for name, reader in read.items()]

    def entries(self, text: str, kind: type[Fields] = Fields) -> list[Fields]:
        """The rows in what the database wrote, each an instance of `kind`."""
        return [kind(self.names, values) for values in self.tuples(text)]

    def tuples(self, text: str) -> list[list[Any]]:
        """The same without names."""
        found: list[list[Any]] = orjson.loads(text)
        for values in found:
            for place, read in self._readers:
                if values[place] is not None:
                    values[place] = read(values[place])
        return found


class Columns:
    """Columns of a wide row that are read as one thing, an instance of `kind`."""

    def __init__(self, start: int, names: Sequence[str], kind: type[Fields] = Fields) -> None:
        self.names, self.kind = tuple(names), kind
        self.start, self.end = start, start + len(self.names)

    def of(self, row: Sequence[Any]) -> Any:
        """The thing in a row."""
        return self.kind(self.names, row[self.start : self.end])


def around(column: Any) -> ColumnElement[Any]:
    """A mapped column of the statement around, however deep the subselect is in which it is named."""
    return literal_column(f'"{column.class_.__tablename__}"."{column.key}"', column.type)


def in_order(schema: type[BaseModel], members: Mapping[str, Any]) -> dict[str, Any]:
    """Members in the order of their schema."""
    return {name: members[name] for name in schema.model_fields}


def written(schema: type[BaseModel], members: Mapping[str, Any]) -> bytes:
    """The bytes of a schema whose members are at hand, in the schema's order. Nothing is validated."""
    return orjson.dumps(
        in_order(schema, members),
        default=_plain,
        option=orjson.OPT_PASSTHROUGH_DATETIME,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)  # The driver's own kind of them.
    if isinstance(value, BaseModel):
        return value.__dict__
    return to_wire(value) if isinstance(value, dt.datetime) else value.isoformat()
