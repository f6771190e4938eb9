"""The contract as the generator reads it: operations with what they take and answer, and the schemas behind them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peergroup.client.generating import naming
from peergroup.client.generating.typing_ import Schema, reference

JSON = "application/json"
TEXTS = {"text/markdown": "markdown", "text/calendar": "calendar", "text/csv": "csv", "image/svg+xml": "svg",
         "text/plain": "text", "application/x-ndjson": "ndjson"}  # fmt: skip
YAML = "application/yaml"
STREAM = "text/event-stream"
RAW = ("application/octet-stream", "text/csv", "application/x-ndjson")


@dataclass
class Parameter:
    """Something in the path or the query."""

    name: str
    schema: Schema
    about: str
    is_needed: bool

    @property
    def python(self) -> str:
        return naming.python_name(self.name)


@dataclass
class Operation:
    """One operation of the contract."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    headers: set[str]
    in_path: list[Parameter]
    query: list[Parameter]
    body: dict[str, Schema]
    """The schema of the body by its media type."""
    needs_body: bool
    answers: dict[str, Schema]
    """The schema of the answer by its media type; empty where there is none."""
    name: str = field(default="")

    @property
    def is_keyed(self) -> bool:
        return "idempotency-key" in self.headers


class Contract:
    """The whole document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas: dict[str, Schema] = document["components"]["schemas"]
        self.about_tags = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
        self.operations = [
            _operation(path, verb, how) for path, by in document["paths"].items() for verb, how in by.items()
        ]
        self._name_inline_objects()
        self._dissolve_plain_values(document)
        tags = sorted({one.tag for one in self.operations})
        for one in self.operations:
            one.name = naming.method(one.id, one.tag, tags)
        self._refuse_clashes()

    def _refuse_clashes(self) -> None:
        seen: dict[tuple[str, str], str] = {}
        for one in self.operations:
            other = seen.setdefault((one.tag, one.name), one.id)
            if other != one.id:
                raise SystemExit(
                    f"{one.id} and {other} would both be {one.tag}.{one.name}: see generating/naming.py"
                )

    def _name_inline_objects(self) -> None:
        """A titled object in a list becomes a schema of its own, so that it has a type of its own."""
        for schema in list(self.schemas.values()):
            for inner in schema.get("properties", {}).values():
                item = inner.get("items", {})
                if "properties" in item and (title := item.get("title")):
                    self.schemas.setdefault(title, item)
                    inner["items"] = {"$ref": f"#/components/schemas/{title}"}

    def _dissolve_plain_values(self, node: Any) -> None:
        """A schema without fields needs no class: what refers to it becomes what it is."""
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            self._dissolve_plain_values(inner)
        if isinstance(node, dict) and (name := reference(node)):
            target = self.schemas.get(name, {})
            if target.get("type") != "object" and reference(target) != name:
                del node["$ref"]
                node.update(target | node)

    def by_tag(self) -> dict[str, list[Operation]]:
        """The operations of each tag, in the order of the contract."""
        found: dict[str, list[Operation]] = {}
        for one in self.operations:
            found.setdefault(one.tag, []).append(one)
        return dict(sorted(found.items()))

    def resolved(self, schema: Schema) -> Schema:
        """The schema itself, where it is a reference or may also be null."""
        kinds = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
        if len(kinds) == 1:
            return self.resolved(kinds[0])
        name = reference(schema)
        return schema if name is None else self.schemas[name]

    def page_of(self, schema: Schema) -> str | None:
        """The schema of the entries, where this one is a page."""
        name = reference(schema)
        if name is None or not name.startswith("Page_"):
            return None
        return reference(self.schemas[name]["properties"]["items"]["items"])

    def answered(self) -> list[str]:
        """The names of all schemas that are answered; pages are not among them."""
        found: set[str] = set()
        for one in self.operations:
            self._collect(list(one.answers.values()), found)
        return sorted(name for name in found if not name.startswith("Page_"))

    def sent(self) -> list[str]:
        """The names of all schemas inside of bodies; the fields of a body itself are arguments of its method."""
        found: set[str] = set()
        for one in self.operations:
            for kind, schema in one.body.items():
                whole = kind == YAML
                self._collect(schema if whole else self.resolved(schema).get("properties", {}), found)
        return sorted(found)

    def _collect(self, node: Any, found: set[str]) -> None:
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            self._collect(inner, found)
        if isinstance(node, dict) and (name := reference(node)) and name not in found:
            found.add(name)
            self._collect(self.schemas[name], found)


def read(path: Path) -> Contract:
    """The contract in a file."""
    return Contract(json.loads(path.read_text(encoding="utf-8")))


def _operation(path: str, verb: str, how: dict[str, Any]) -> Operation:
    said = how.get("parameters", [])
    body = how.get("requestBody", {})
    good = [answer for status, answer in how["responses"].items() if status in ("200", "201", "202")]
    return Operation(
        id=how["operationId"],
        method=verb.upper(),
        path=path,
        tag=how["tags"][0],
        summary=how["summary"],
        description=how.get("description", ""),
        headers={one["name"].lower() for one in said if one["in"] == "header"},
        in_path=[_parameter(one) for one in said if one["in"] == "path"],
        query=[_parameter(one) for one in said if one["in"] == "query"],
        body={kind: content.get("schema", {}) for kind, content in body.get("content", {}).items()},
        needs_body=bool(body.get("required")),
        answers={
            kind: content.get("schema", {})
            for answer in good
            for kind, content in answer.get("content", {}).items()
        },
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    return Parameter(one["name"], one["schema"], one.get("description", ""), bool(one.get("required")))
