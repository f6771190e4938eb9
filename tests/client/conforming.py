"""Whether a value is what its annotation says, all the way down."""

import datetime as dt
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from peergroup.client import Record


def misfits(record: Record, at: str = "") -> list[str]:
    """The fields of a record, and of what is in it, that are not of their declared type."""
    found = []
    said = record.to_dict()
    for name, hint in get_type_hints(type(record)).items():
        if name.removesuffix("_") not in said:
            continue
        value = getattr(record, name)
        where = f"{at}{type(record).__name__}.{name}"
        if not _fits(value, hint):
            found.append(f"{where}: {value!r} is no {hint}")
        for one in _records(value):
            found += misfits(one, f"{where} → ")
    return found


def _fits(value: Any, hint: Any) -> bool:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, types.UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is Literal:
        return value in inner
    if origin in (list, dict):
        each = value.values() if isinstance(value, dict) else value
        return isinstance(value, origin) and all(_fits(one, inner[-1]) for one in each)
    if hint is dt.date:
        return type(value) is dt.date
    return value is None if hint in (None, type(None)) else isinstance(value, hint)


def _records(value: Any) -> list[Record]:
    if isinstance(value, Record):
        return [value]
    several = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [one for each in several for one in _records(each)]
