"""Statements as one database reads them: text made once, with numbered parameters and everything else written out.

For what is asked too often to be built anew each time: hot reads (`kit.reads`), and what nearly every request
says (`kit.prepared`). A statement in which a tenant table is not tied to the organization is refused.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import BindParameter, Boolean, Date, Dialect, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.types import JSON, TypeEngine

from peergroup.kit.ids import Id
from peergroup.kit.model import TENANT, TenantOwned
from peergroup.kit.tenancy import TenancyBreach, tenant_tables
from peergroup.kit.time import UtcDateTime

Row = Sequence[Any]
Values = Mapping[str, Any]


class Text(JSON):
    """JSON that stays the text it is when it arrives."""


class Given(BindParameter[Any]):
    """A value that comes with each request. Everything else is a constant, and written out."""

    inherit_cache = True


@compiles(Given)
def _write_given(given: Given, compiler: Any, **how: Any) -> str:
    if not how.get("literal_binds"):
        return str(compiler.visit_bindparam(given, **how))
    order: dict[str, Given] = compiler.__dict__.setdefault("given", {})
    order.setdefault(given.key, given)
    place = list(order).index(given.key) + 1
    if compiler.dialect.name == "sqlite":
        return f"?{place}"
    return f"${place}::{compiler.dialect.type_compiler_instance.process(given.type)}"


def given(name: str, type_: TypeEngine[Any]) -> Given:
    """A parameter of that name. In a hot read: one in the path, or one that `Read.values` finds in the query."""
    return Given(name, type_=type_, required=True)


ORGANIZATION, NOW = given(TENANT, Id()), given("now", UtcDateTime())


class Compiled:
    """A statement in the words of one database. Selects of mapped classes are tied to the organization here.

    `reads_json` where the driver leaves documents as texts.
    """

    def __init__(self, statement: Any, dialect: Dialect, *, reads_json: bool = True) -> None:
        scope = with_loader_criteria(
            TenantOwned,
            lambda cls: cls.organization_id == ORGANIZATION,
            include_aliases=True,
            track_closure_variables=False,
        )
        is_select = isinstance(statement, Select)
        compiled: Any = (statement.options(scope) if is_select else statement).compile(
            dialect=dialect, compile_kwargs={"literal_binds": True}
        )
        self.sql: str = compiled.string
        given: dict[str, Given] = getattr(compiled, "given", {})
        require_tied_sql(self.sql, list(given))
        self._givers = [(name, _writer(one.type, dialect)) for name, one in given.items()]
        columns = statement.selected_columns if is_select else statement.exported_columns
        self.names: list[str] = [column.key for column in columns]
        readers = [_reader(column.type, dialect, reads_json) for column in columns]
        self._readers = [(place, read) for place, read in enumerate(readers) if read is not None]

    def arguments(self, values: Values) -> list[Any]:
        """The values in the order of the statement's parameters."""
        return [values[name] if write is None else write(values[name]) for name, write in self._givers]

    def row(self, raw: Row) -> Row:
        """A row of the driver with the values that the application works with."""
        row = list(raw)
        for place, read in self._readers:
            if row[place] is not None:
                row[place] = read(row[place])
        return row


_SOURCE = re.compile(r'(?:FROM|JOIN|UPDATE|,) "?(\w+)"?(?: AS "?(\w+)"?)?(?=[\s,)]|$)')


def require_tied_sql(sql: str, given: list[str]) -> None:
    """Refuse SQL in which a tenant table stands anywhere without its own `organization_id = <the parameter>`.

    Mapped classes are tied by themselves, as in every session; this looks at the result, tables included.
    """
    parameter = rf"[?$]{given.index(TENANT) + 1}\b" if TENANT in given else "(?!)"
    tied = Counter(re.findall(rf'"?(\w+)"?\.{TENANT} = {parameter}', sql))
    tenants = set(tenant_tables())
    named = (match for match in _SOURCE.finditer(sql) if match[1] in tenants)
    missing = Counter(match[2] or match[1] for match in named) - tied
    if missing:
        raise TenancyBreach(f"not tied to the organization: {', '.join(sorted(missing))}")


def _writer(type_: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


_READ_ON_SQLITE: dict[type[TypeEngine[Any]], Callable[[Any], Any]] = {
    Boolean: bool,
    Date: dt.date.fromisoformat,
}
"""What its driver leaves as it is stored."""


def _reader(type_: TypeEngine[Any], dialect: Dialect, reads_json: bool) -> Callable[[Any], Any] | None:
    if isinstance(type_, JSON):
        return orjson.loads if reads_json and not isinstance(type_, Text) else None
    if dialect.name != "sqlite":
        return None
    if isinstance(type_, Id | UtcDateTime):
        return lambda value: type_.process_result_value(value, dialect)
    return next((read for kind, read in _READ_ON_SQLITE.items() if isinstance(type_, kind)), None)
