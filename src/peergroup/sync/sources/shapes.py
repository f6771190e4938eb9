"""Answers taken apart: each part has the type that is documented, or the walk ends with what was expected."""

import re
from collections.abc import Iterable
from typing import Any

from peergroup.sync.sources.protocol import broken

_WORDS = {True: "true", False: "false"}


def an_object(value: Any, where: str) -> dict[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise broken(f"an object as {where}")
    return value


def a_list(value: Any, where: str) -> list[Any]:
    """A JSON list."""
    if not isinstance(value, list):
        raise broken(f"a list as {where}")
    return value


def a_text(value: Any, where: str, *, longest: int = 500) -> str:
    """Text of at least one character and at most `longest`."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise broken(f"a text of 1 to {longest} characters as {where}")
    return value


def a_flag(value: Any, where: str) -> bool:
    """True or false; databases without truth values write 1 and 0."""
    if not isinstance(value, bool) and value not in (0, 1):
        raise broken(f"true or false as {where}")
    return bool(value)


def a_count(value: Any, where: str) -> int:
    """A whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise broken(f"a whole number as {where}")
    return value


def said(value: Any, where: str) -> str:
    """A property's value as text: as it was given, numbers and truth values written out, "" for none."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int | float):
        return str(value)
    raise broken(f"text, a number, true, false or nothing as {where}")


def at_path(record: dict[str, Any], path: str) -> Any:
    """A field of the record or, behind dots, of what it refers to; None where it refers to nothing."""
    value: Any = record
    for name in path.split("."):
        if value is None:
            return None
        value = an_object(value, f"what has the field {path}").get(name)
    return value


def fitting(names: Iterable[str], form: re.Pattern[str]) -> tuple[str, ...]:
    """The names that can be a property's at all, each once: what is asked for is put together from them."""
    return tuple(dict.fromkeys(name for name in names if form.fullmatch(name)))
