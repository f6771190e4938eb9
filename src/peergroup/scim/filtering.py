"""SCIM filters and orders as SQL: what a table cannot answer is refused, never looked for row by row."""

import re
from collections.abc import Mapping
from typing import Any

from scim2_models import InvalidFilterException, InvalidPathException, ScimFilter, SearchRequest
from scim2_models.path import (
    AttrPath,
    Comparison,
    FilterNode,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)
from sqlalchemy import and_, not_, or_, true

from peergroup.scim.attributes import AnyOf, Attribute, Condition, Op

LONGEST, DEEPEST, MOST_TERMS = 8_000, 20, 100
_JOINED = re.compile(r"(?<![\w$-])(?:and|or)(?![\w$-])", re.IGNORECASE)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EQUAL = (Op.eq, Op.ne)


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
    terms = len(_JOINED.findall(expression[: LONGEST + 1]))
    if len(expression) > LONGEST or deepest > DEEPEST or terms > MOST_TERMS:
        raise InvalidFilterException(
            detail=f"A filter has at most {LONGEST} characters, {MOST_TERMS} terms and {DEEPEST} levels"
        )


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
        if isinstance(node.value, str) and UNSTORABLE.search(node.value):
            raise InvalidFilterException(detail="A text has a character that cannot be stored")
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
        inner = _Within(self, self.name(node.attr_path)).visit(node.val_filter)
        return and_(self.attribute(node.attr_path).present, inner)


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
