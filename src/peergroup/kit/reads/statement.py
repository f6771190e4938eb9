"""How a hot read is written, and how it becomes SQL text with its parameters in order."""

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BindParameter, Boolean, Dialect, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.types import JSON, TypeEngine

from peergroup.kit.context import House, Principal, Token
from peergroup.kit.ids import Id
from peergroup.kit.model import TENANT, TenantOwned
from peergroup.kit.reads.shapes import Text
from peergroup.kit.tenancy import TenancyBreach, tenant_tables
from peergroup.kit.time import UtcDateTime

Row = Sequence[Any]
Values = Mapping[str, Any]


class Given(BindParameter[Any]):
    """A value that comes with each request. Everything else in a hot read is a constant, and written out."""

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
    """A parameter of a hot read: a name in the route's path, or one that `Read.values` finds in the query."""
    return Given(name, type_=type_, required=True)


ORGANIZATION, CREDENTIAL, NOW = given(TENANT, Id()), given("credential", Id()), given("now", UtcDateTime())


@dataclass(frozen=True)
class Who:
    """The credential as the beginning of every hot read.

    `statement` selects the row of `CREDENTIAL`, `judge(row, token, house)` makes a principal of that row or
    refuses it with 401, and `principal` is the same over columns, for conditions in SQL.
    """

    statement: Any
    principal: Principal
    judge: Callable[[Row | None, Token, House], Principal]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and in which house. As much of a `Context` as presenting something asks for."""

    house: House
    principal: Principal
    now: dt.datetime


class Answer(NamedTuple):
    """What a hot read found: JSON as it goes out; the version for its ETag; for pages the next cursor."""

    body: bytes
    version: int | None = None
    next_cursor: str | None = None


class Read(ABC):
    """One hot read. What it does not answer, the route's ordinary endpoint does: every refusal, for one."""

    def values(self, query: Mapping[str, str]) -> Values | None:
        """The parameters in the query string; None where the ordinary endpoint should look at it."""
        return None if query else {}

    @abstractmethod
    def select(self, who: Who) -> Any:
        """`who.statement` with further columns and outer joins: a row comes back whatever is found."""

    @abstractmethod
    def standing(self, principal: Principal, row: Row) -> Any:
        """The reader's standing, for the route's policy; None where there is no such thing for them."""

    @abstractmethod
    def answer(self, reader: Reader, standing: Any, rows: Sequence[Row]) -> Answer | None:
        """The answer for somebody whom the policy admits; None where the ordinary endpoint should look."""


class Compiled:
    """A hot read in the words of one database."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        scope = with_loader_criteria(
            TenantOwned,
            lambda cls: cls.organization_id == ORGANIZATION,
            include_aliases=True,
            track_closure_variables=False,
        )
        compiled: Any = statement.options(scope).compile(
            dialect=dialect, compile_kwargs={"literal_binds": True}
        )
        self.sql: str = compiled.string
        given: dict[str, Given] = getattr(compiled, "given", {})
        require_tied_sql(self.sql, list(given))
        self._givers = [(name, _writer(one.type, dialect)) for name, one in given.items()]
        readers = [_reader(column.type, dialect) for column in statement.selected_columns]
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


_SOURCE = re.compile(r'(?:FROM|JOIN|,) "?(\w+)"?(?: AS "?(\w+)"?)?(?=[\s,)]|$)')


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


def _reader(type_: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(type_, Text):
        return None
    if isinstance(type_, JSON):
        return orjson.loads
    if dialect.name != "sqlite":
        return None
    if isinstance(type_, Boolean):
        return bool
    if isinstance(type_, Id | UtcDateTime):
        return lambda value: type_.process_result_value(value, dialect)
    return None
