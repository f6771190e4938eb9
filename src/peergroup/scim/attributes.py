"""What an attribute of SCIM is in the database: how it is compared, and whether it can be sorted by.

Every condition is true or false, never unknown, so that `not` means what SCIM says it means.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scim2_models.path import ORDERING_OPERATORS, CompareOperator
from sqlalchemy import ColumnElement, false, func, literal, not_, true

from peergroup.kit.text import fold

_EARLIEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LATEST = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
Op = CompareOperator
Condition = ColumnElement[bool]
_EQUAL = frozenset({Op.eq, Op.ne})
_PARTS = frozenset({Op.co, Op.sw, Op.ew})


@dataclass(frozen=True)
class Attribute:
    """What an attribute is in SQL, which operators it takes, and whether it can be sorted by."""

    column: Any
    operators: frozenset[Op]
    sorts: bool = False

    def value(self, given: Any) -> Any:
        """What a filter's value is in the database; raises ValueError where it is nothing there."""
        return given

    def compare(self, op: Op, given: Any) -> Condition:
        """The condition for values that are there."""
        value = self.value(given)
        simple: dict[Op, Any] = {
            Op.eq: lambda: self.column == value,
            Op.gt: lambda: self.column > value,
            Op.ge: lambda: self.column >= value,
            Op.lt: lambda: self.column < value,
            Op.le: lambda: self.column <= value,
            Op.co: lambda: self.column.contains(value, autoescape=True),
            Op.sw: lambda: self.column.startswith(value, autoescape=True),
            Op.ew: lambda: self.column.endswith(value, autoescape=True),
        }
        found: Condition = simple[op]()
        return found

    @property
    def present(self) -> Condition:
        found: Condition = self.column.is_not(None)
        return found


class Folded(Attribute):
    """A text that is compared whatever its case; the column is folded already."""

    def value(self, given: Any) -> str:
        if not isinstance(given, str):
            raise ValueError("is a text")
        return fold(given)


class Exact(Attribute):
    """A text that is compared as it is."""

    def value(self, given: Any) -> str:
        if not isinstance(given, str):
            raise ValueError("is a text")
        return given

    def compare(self, op: Op, given: Any) -> Condition:
        if op is Op.sw:  # LIKE would ignore the case on SQLite
            value = self.value(given)
            return func.substr(self.column, 1, len(value)) == value
        return super().compare(op, given)


class Identifier(Attribute):
    """An id of ours; what is none of the kind is nobody's."""

    def compare(self, op: Op, given: Any) -> Condition:
        try:
            return super().compare(op, UUID(str(given)))
        except ValueError:
            return false()


class Truth(Attribute):
    """A condition that is itself the value."""

    def value(self, given: Any) -> bool:
        if not isinstance(given, bool):
            raise ValueError("is true or false")
        return given

    def compare(self, op: Op, given: Any) -> Condition:
        found: Condition = self.column if self.value(given) else not_(self.column)
        return found

    @property
    def present(self) -> Condition:
        return true()


class Moment(Attribute):
    """An instant. What lies outside of all times that can be stored counts as the nearest one."""

    def value(self, given: Any) -> dt.datetime:
        if not isinstance(given, str):
            raise ValueError("is an instant")
        try:
            read = dt.datetime.fromisoformat(given)
            aware = read.astimezone(dt.UTC) if read.tzinfo else read.replace(tzinfo=dt.UTC)
        except OverflowError:
            aware = _EARLIEST if given < "5" else _LATEST
        return min(max(aware, _EARLIEST), _LATEST)


class AnyOf(Attribute):
    """A value of many, as `exists(value)` asks the database."""

    def compare(self, op: Op, given: Any) -> Condition:
        try:
            found: Condition = self.column(UUID(str(given)))
        except ValueError:
            return false()
        return found

    @property
    def present(self) -> Condition:
        found: Condition = self.column(None)
        return found


def folded(column: Any, *, ordered: bool = True) -> Attribute:
    """A folded column; `ordered` where both databases sort it alike."""
    return Folded(column, _EQUAL | _PARTS | (ORDERING_OPERATORS if ordered else frozenset()), sorts=ordered)


def exact(column: Any) -> Attribute:
    """A column that is compared as it is."""
    return Exact(column, _EQUAL | {Op.sw})


def identifier(column: Any) -> Attribute:
    return Identifier(column, _EQUAL, sorts=True)


def truth(column: Any) -> Attribute:
    return Truth(column, _EQUAL)


def moment(column: Any) -> Attribute:
    return Moment(column, _EQUAL | ORDERING_OPERATORS, sorts=True)


def any_of(exists: Any) -> Attribute:
    """Something of which there are many: `exists(id)` is the condition that this one is there, None: any."""
    return AnyOf(exists, _EQUAL)


def constant(text: str) -> Attribute:
    """The same for every resource."""
    return Folded(literal(fold(text)), _EQUAL)
