"""What a watch asks again and again: text made once, sent to the driver the short way of hot reads."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, BigInteger, ColumnElement, String, Uuid, any_, func, select
from sqlalchemy.types import TypeEngine

from peergroup.kit.compiled import Compiled, Row, given
from peergroup.kit.context import House
from peergroup.kit.ids import Id
from peergroup.kit.model import TENANT


class Question:
    """A statement over `given` parameters; `build(house)` makes it when it is first asked in a house."""

    def __init__(self, build: Callable[[House], Any]) -> None:
        self._build = build
        self._compiled: dict[str, Compiled] = {}

    async def rows(self, house: House, organization: UUID, **values: Any) -> list[Row]:
        """The answer in a transaction of its own. Raises one of `house.database.reads.trouble`."""
        reads = house.database.reads
        name = reads.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = Compiled(self._build(house), reads.dialect)
        if name == "sqlite":
            values = {key: _one_text(value) for key, value in values.items()}
        found = await reads.fetch(
            organization, compiled.sql, compiled.arguments(values | {TENANT: organization})
        )
        return [compiled.row(row) for row in found]


def _one_text(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, list) else value


def many(house: House, name: str, type_: TypeEngine[Any]) -> Any:
    """A parameter that is a list of values."""
    return given(name, String() if house.database.is_sqlite else ARRAY(type_))


def among(house: House, column: Any, name: str) -> ColumnElement[bool]:
    """Whether an id is one of those in a parameter."""
    values = many(house, name, Uuid())
    if house.database.is_sqlite:
        inside: ColumnElement[bool] = column.in_(select(func.json_each(values).table_valued("value").c.value))
        return inside
    found: ColumnElement[bool] = column == any_(values)
    return found


def pairs(house: House) -> Any:
    """The list `pairs` as a table of `place` (from 0), `sequence` and `person_id`.

    PostgreSQL takes its two columns apart, as `sequences` and `people`.
    """
    if house.database.is_sqlite:
        one = func.json_each(many(house, "pairs", String())).table_valued("key", "value")
        sequence = func.json_extract(one.c.value, "$[0]", type_=BigInteger())
        person = func.json_extract(one.c.value, "$[1]", type_=Id())
        named = (one.c.key.label("place"), sequence.label("sequence"), person.label("person_id"))
        return select(*named).subquery("pairs")
    numbers, people = many(house, "sequences", BigInteger()), many(house, "people", Uuid())
    pair = func.unnest(numbers, people).table_valued("sequence", "person_id", with_ordinality="number")
    pair = pair.render_derived("pair")
    return select((pair.c.number - 1).label("place"), pair.c.sequence, pair.c.person_id).subquery("pairs")
