"""Values written as the contract writes them: what a library would take out of kindness is refused.

A number as text, `true` for a number, seconds since 1970 for an instant, or an identifier in braces would be
taken by one server and refused by the next, and no client could know beforehand.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator
from pydantic_core import core_schema

ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ID = re.compile(ID)
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,14})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(value: Any, *, kind: type, form: re.Pattern[str], wanted: str) -> Any:
    if type(value) is kind or (isinstance(value, str) and form.fullmatch(value)):
        return value
    raise ValueError(f"is not {wanted}")


an_id = partial(_written, kind=UUID, form=_ID, wanted="an identifier: 32 hexadecimal digits in five groups")
an_instant = partial(
    _written, kind=dt.datetime, form=_INSTANT, wanted="an instant, for example 2026-12-15T17:00:00Z"
)
a_day = partial(_written, kind=dt.date, form=_DAY, wanted="a day, for example 2026-12-15")
a_whole = partial(_written, kind=int, form=_WHOLE, wanted="a whole number")
_switched = partial(_written, kind=bool, form=re.compile("true|false"), wanted="true or false")
Switch = Annotated[bool, BeforeValidator(_switched)]
"""`true` or `false` in an address."""


def _number(value: Any) -> Any:
    if isinstance(value, bool | str):
        raise ValueError("is not a number")
    return value


def _switch(value: Any) -> Any:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return value


_FORMS: dict[str, Callable[[Any], Any]] = {
    "uuid": an_id,
    "datetime": an_instant,
    "date": a_day,
    "int": _number,
    "float": _number,
    "decimal": _number,
    "bool": _switch,
}
_OURS = tuple(_FORMS.values())
_NO_SCHEMAS = ("serialization", "metadata", "default", "cls", "config", "function", "expected", "ref")


def exact(schema: Any) -> Any:
    """A core schema of Pydantic in which every leaf takes its own form alone."""
    if isinstance(schema, list | tuple):
        return type(schema)(exact(one) for one in schema)
    if not isinstance(schema, dict) or _is_exact(schema):
        return schema
    judge = _FORMS.get(schema.get("type", ""))
    if judge is not None:
        return core_schema.no_info_before_validator_function(judge, schema)
    return {name: one if name in _NO_SCHEMAS else exact(one) for name, one in schema.items()}


def _is_exact(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "function-before" and schema["function"]["function"] in _OURS
