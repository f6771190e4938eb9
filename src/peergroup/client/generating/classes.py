"""The classes of schemas: records for what is answered, typed dictionaries for what is sent."""

import re
from collections.abc import Iterator

from peergroup.client.generating.contract import Contract
from peergroup.client.generating.naming import hides_builtin, python_name, schema_name
from peergroup.client.generating.prose import docstring, quoted
from peergroup.client.generating.typing_ import Schema, annotation

MARK = "Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit."
ANSWERS = f'''"""What the service answers.

{MARK}
"""

from __future__ import annotations

import builtins
import datetime as dt
from typing import Any, Literal

from peergroup.client.records import Record
'''
INPUTS = f'''"""What is sent inside of bodies.

{MARK}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict

from peergroup.client.asking import Day, Id, Time
'''
_RESERVED = ("etag", "http", "to_dict")


def answers(contract: Contract) -> str:
    """The module with a `Record` for each schema that is answered."""
    return ANSWERS + "".join(_record(name, contract.schemas[name]) for name in contract.answered())


def inputs(contract: Contract) -> str:
    """The module with a `TypedDict` for each schema that is sent."""
    return INPUTS + "".join(_dictionary(name, contract.schemas[name]) for name in contract.sent())


def _record(name: str, schema: Schema) -> str:
    fields = schema.get("properties", {})
    hidden = hides_builtin(fields)
    lines = [f"\n\nclass {schema_name(name)}(Record):", *_about(schema)]
    for field, inner in fields.items():
        kind = annotation(inner, sent=False)
        for word in hidden & {"list", "dict", "str", "int", "bool", "float"}:
            kind = _qualified(kind, word)
        spelled = f"{field}_" if field in _RESERVED else python_name(field)
        lines += [f"    {spelled}: {kind}", *_beneath(inner)]
    return "\n".join(lines) + "\n"


def _dictionary(name: str, schema: Schema) -> str:
    needed = schema.get("required", [])
    lines = [f"\n\nclass {schema_name(name)}(TypedDict):", *_about(schema)]
    for field, inner in schema.get("properties", {}).items():
        if python_name(field) != field:
            raise SystemExit(f"{name}.{field} is a word of Python: typed dictionaries cannot spell it")
        kind = annotation(inner, sent=True)
        lines += [f"    {field}: {kind if field in needed else f'NotRequired[{kind}]'}", *_beneath(inner)]
    return "\n".join(lines) + "\n"


def _qualified(kind: str, word: str) -> str:
    return re.sub(rf"(?<![\w.'\"]){word}(?![\w'\"])", f"builtins.{word}", kind)


def _about(schema: Schema) -> Iterator[str]:
    yield docstring(schema.get("description") or schema.get("title", ""), indent=4)


def _beneath(schema: Schema) -> Iterator[str]:
    if about := schema.get("description"):
        yield f"    {quoted(about, indent=4)}"
