"""Schemas as type annotations: one way for answers, and one for what is sent."""

from typing import Any

from peergroup.client.generating.naming import schema_name

Schema = dict[str, Any]
_PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "null": "None", "string": "str"}
_SENT = {"uuid": "Id", "date-time": "Time", "date": "Day"}
_READ = {"date-time": "dt.datetime", "date": "dt.date"}


def reference(schema: Schema) -> str | None:
    """The name of the schema that is referred to."""
    target = schema.get("$ref")
    return None if target is None else str(target).rpartition("/")[2]


def annotation(schema: Schema, *, sent: bool, prefix: str = "") -> str:
    """The annotation for a schema; `sent` says that we send it. `prefix` stands before the names of classes."""
    if name := reference(schema):
        return prefix + schema_name(name)
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return union([annotation(one, sent=sent, prefix=prefix) for one in several])
    if "enum" in schema or "const" in schema:
        return _words(schema.get("enum", [schema.get("const")]), sent=sent)
    return _of_type(schema, sent=sent, prefix=prefix)


def _of_type(schema: Schema, *, sent: bool, prefix: str) -> str:
    kind = schema.get("type")
    if kind == "array":
        return f"{'Sequence' if sent else 'list'}[{annotation(schema.get('items', {}), sent=sent, prefix=prefix)}]"
    if kind == "object":
        inner = annotation(_values(schema), sent=sent, prefix=prefix)
        return f"{'Mapping' if sent else 'dict'}[str, {inner}]"
    if kind == "string":
        return (_SENT if sent else _READ).get(str(schema.get("format")), "str")
    return _PLAIN.get(str(kind), "Any")


def union(kinds: list[str]) -> str:
    """One of several; null comes last."""
    parts = [part for kind in kinds for part in _split(kind)]
    return " | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "None"))


def _split(kind: str) -> list[str]:
    """The alternatives of a union that stand outside of brackets."""
    parts, depth = [""], 0
    for word in kind.split(" | "):
        parts[-1] += f" | {word}" if depth else word
        depth += word.count("[") - word.count("]")
        if depth == 0:
            parts.append("")
    return [part for part in parts if part]


def _words(values: list[Any], *, sent: bool) -> str:
    said = f"Literal[{', '.join(repr(value) for value in values)}]"
    # A newer service may know more words: whoever reads one has to reckon with that.
    return said if sent or not all(isinstance(value, str) for value in values) else f"{said} | str"


def _values(schema: Schema) -> Schema:
    """What the values of an object are, whatever their names."""
    if isinstance(more := schema.get("additionalProperties"), dict):
        return more
    return next(iter(schema.get("patternProperties", {}).values()), {})
