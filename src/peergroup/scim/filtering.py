"""SCIM filters and orders as SQL: what a table cannot answer is refused, never looked for row by row.

A room of attributes says for each path what it is in the database. Every condition is true or false, never
unknown, so that `not` means what SCIM says it means.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scim2_models import InvalidFilterException, InvalidPathException, ScimFilter, SearchRequest
from scim2_models.path import (
    ORDERING_OPERATORS,
    AttrPath,
    CompareOperator,
    Comparison,
    FilterNode,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)
from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, true

from peergroup.kit.text import fold

LONGEST, DEEPEST, MOST_TERMS = 8_000, 20, 100
_EARLIEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LATEST = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
Op = CompareOperator
Condition = ColumnElement[bool]


def refuse_sprawling(expression: str) -> None:
    """Refuse an expression before it is parsed that is too long, too deep or has too many terms."""
    depth = deepest = 0
    quoted = escaped = False
    for sign in expression[: LONGEST + 1]:
        if quoted:
            quoted, escaped = escaped or sign != '"', not escaped and sign == "\\"
        elif sign == '"':
            quoted = True
        else:
            depth += (sign in "([") - (sign in ")]")
            deepest = max(deepest, depth)
    words = expression[: LONGEST + 1].lower().split()
    if len(expression) > LONGEST or deepest > DEEPEST or words.count("and") + words.count("or") > MOST_TERMS:
        raise InvalidFilterException(
            detail=f"A filter has at most {LONGEST} characters, {MOST_TERMS} terms and {DEEPEST} levels"
        )


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


_EQUAL = frozenset({Op.eq, Op.ne})
_PARTS = frozenset({Op.co, Op.sw, Op.ew})


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


class Translator(FilterVisitor[Condition]):
    """From a parsed filter to a condition."""

    def __init__(self, attributes: Mapping[str, Attribute], schema: str) -> None:
        self.attributes, self.schema = attributes, schema.lower()

    def attribute(self, path: AttrPath, within: str = "") -> Attribute:
        """What a path stands for; refused where the database cannot answer it."""
        found = self.attributes.get(self.name(path, within))
        if found is None:
            raise InvalidFilterException(detail=f"Nobody can be looked up by '{_short(str(path))}' here")
        return found

    def name(self, path: AttrPath, within: str = "") -> str:
        """The path as the table of attributes has it."""
        plain = f"{path.attr}.{path.sub_attr}" if path.sub_attr else path.attr
        prefix = "" if path.uri is None or path.uri.lower() == self.schema else f"{path.uri}:"
        name = f"{within}.{plain}" if within else f"{prefix}{plain}"
        return name.lower()

    def visit_comparison(self, node: Comparison, within: str = "") -> Condition:
        attribute = self.attribute(node.attr_path, within)
        if node.value is None and node.op in _EQUAL:
            return not_(attribute.present) if node.op is Op.eq else attribute.present
        if node.op not in attribute.operators:
            detail = f"'{_short(str(node.attr_path))}' is not looked up by '{node.op.value}' here"
            raise InvalidFilterException(detail=detail)
        op = Op.eq if node.op is Op.ne else node.op
        try:
            met = and_(attribute.present, attribute.compare(op, node.value))
        except ValueError as error:
            detail = f"The value compared with '{_short(str(node.attr_path))}' is of another kind"
            raise InvalidFilterException(detail=detail) from error
        return not_(met) if node.op is Op.ne else met

    def visit_present(self, node: Present, within: str = "") -> Condition:
        return self.attribute(node.attr_path, within).present

    def visit_not(self, node: Not) -> Condition:
        return not_(self.visit(node.expr))

    def visit_logical_expr(self, node: LogicalExpr) -> Condition:
        terms = [self.visit(term) for term in node.terms]
        return and_(*terms) if node.op is LogicalOperator.and_ else or_(*terms)

    def visit_value_path(self, node: ValuePath) -> Condition:
        """`emails[type eq "work"]`: of what is there once, the parts are simply its own."""
        return _Within(self, self.name(node.attr_path)).visit(node.val_filter)


class _Within(FilterVisitor[Condition]):
    """The filter in the brackets."""

    def __init__(self, outer: Translator, place: str) -> None:
        self.outer, self.place = outer, place

    def visit_comparison(self, node: Comparison) -> Condition:
        return self.outer.visit_comparison(node, self.place)

    def visit_present(self, node: Present) -> Condition:
        return self.outer.visit_present(node, self.place)

    def visit_not(self, node: Not) -> Condition:
        if isinstance(self.outer.attributes.get(f"{self.place}.value"), AnyOf):
            raise InvalidFilterException(detail="What is not among many is not looked up here")
        return not_(self.visit(node.expr))

    def visit_logical_expr(self, node: LogicalExpr) -> Condition:
        if isinstance(self.outer.attributes.get(f"{self.place}.value"), AnyOf):
            raise InvalidFilterException(detail="One value at a time is looked up among many")
        terms = [self.visit(term) for term in node.terms]
        return and_(*terms) if node.op is LogicalOperator.and_ else or_(*terms)


def condition(asked: ScimFilter[Any] | None, attributes: Mapping[str, Attribute], schema: str) -> Condition:
    """The condition of a search; true where nothing is asked."""
    if asked is None:
        return true()
    node: FilterNode = asked.ast
    return Translator(attributes, schema).visit(node)


def order(
    search: SearchRequest[Any], attributes: Mapping[str, Attribute], schema: str, last: Any
) -> list[Any]:
    """The order of a search: what is missing comes last, descending first; `last` tells equal ones apart."""
    if search.sort_by is None:
        return [last]
    name = str(search.sort_by).lower().removeprefix(f"{schema.lower()}:")
    attribute = attributes.get(name)
    if attribute is None or not attribute.sorts:
        raise InvalidPathException(detail=f"Nothing is sorted by '{_short(name)}' here")
    if search.sort_order is SearchRequest.SortOrder.descending:
        return [attribute.column.desc().nulls_first(), last.desc()]
    return [attribute.column.asc().nulls_last(), last]


def _short(path: str) -> str:
    return path[:100]
